"""A parsed sentence in, who each noun phrase is out: states and their parts, persons, groups, the unnamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from detente.coding import abbreviations, descriptions, pronouns
from detente.coding.discourse import Discourse, Mention
from detente.coding.phrases import Scene, Who, case_of, phrase, under
from detente.coding.roles import role_at
from detente.coding.spotting import Spot, Spotter
from detente.language.words import Doc, Token
from detente.ontology.folding import fold
from detente.ontology.registers import Registers

__all__ = ["Cast", "Casting", "Who", "case_of", "phrase"]

_TITLES = frozenset("mr mrs ms miss dr sir gen general col colonel adm admiral president minister".split())
_HEADLESS = frozenset({"compound", "flat", "fixed", "amod", "punct", "case", "det"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM", "X", "VERB"})


class Cast:
    """Everyone in one sentence: token index of a phrase's head to who it is (several for pairs)."""

    def __init__(
        self, doc: Doc, spots: Sequence[Spot], who: dict[int, tuple[Who, ...]], *, pair: tuple[str, ...] = ()
    ) -> None:
        """Keeps the readings of one sentence; `pair` is the pair of states the article speaks of most so far."""
        self.doc, self.spots, self._who, self.pair = doc, spots, who, pair

    def at(self, token: Token) -> tuple[Who, ...]:
        """Readings of the phrase headed by `token`, with those of its coordinated phrases."""
        own = self._who.get(token.i, ())
        more = [w for child in token.children if child.dep_ == "conj" for w in self.at(child)]
        return (*own, *more)

    def own(self, token: Token) -> tuple[Who, ...]:
        """Readings of the phrase headed by `token` alone."""
        return self._who.get(token.i, ())

    def __iter__(self) -> Iterator[tuple[int, tuple[Who, ...]]]:
        """Pairs of head index and readings, in order."""
        return iter(sorted(self._who.items()))


class Casting:
    """Reads noun phrases with the registers, sentence after sentence of one article."""

    def __init__(self, registers: Registers, spotter: Spotter) -> None:
        """Keeps the registers and their automaton."""
        self._registers, self._spotter = registers, spotter

    def read(
        self,
        doc: Doc,
        discourse: Discourse,
        *,
        sentence: int,
        offset: int,
        day: dt.date | None,
        lone: bool = False,
    ) -> Cast:
        """Who is who in one sentence; adds what it learns to `discourse`.

        Args:
            doc: The parse of the sentence.
            discourse: What came before; grows.
            sentence: Number of the sentence in the article.
            offset: Where the sentence starts in the article's text.
            day: Date of publication.
            lone: The sentence is one phrase on its own, for `detente actors resolve`.
        """
        spots = self._spotter.spot(
            doc, day=day, known=frozenset(discourse.known), states=None if lone else discourse.states
        )
        discourse.short.update(abbreviations.explained(doc, spots))
        spots = abbreviations.settled(spots, discourse.short)
        at = {i: spot for spot in spots for i in range(spot.start, spot.end)}
        who: dict[int, tuple[Who, ...]] = {}
        scene = Scene(registers=self._registers, doc=doc, spots=at, who=who, discourse=discourse, sentence=sentence,
                      offset=offset, day=day, lone=lone, ents=tuple(doc.ents), whole=doc.text)  # fmt: skip
        for token in doc:
            readings = _readings(scene, token)
            if not readings:
                continue
            who[token.i] = readings
            subject = token.dep_ in ("nsubj", "nsubj:pass", "csubj", "ROOT")
            head = token.lemma_.lower() if token.pos_ == "NOUN" else ""
            for reading in readings:
                discourse.note(
                    Mention(entity=reading.entity, kind=reading.kind, sentence=sentence, token=token.i,
                            subject=subject, head=head, plural=token.tag_ in ("NNS", "NNPS"),
                            roles=_titles(scene, token))
                )  # fmt: skip
        return Cast(doc, spots, who, pair=discourse.pair() or ())


def _titles(scene: Scene, token: Token) -> tuple[str, ...]:
    """The role nouns that one goes by, with their ends: `foreign minister`, `minister`; so `Crown Prince X` too."""
    beside = (c for c in token.children if c.dep_ in ("nmod:desc", "compound", "flat", "appos"))
    found = []
    for word in (token, *beside):
        role = role_at(scene, word) if word.pos_ in ("PROPN", "NOUN") and word.i not in scene.spots else None
        if role is not None:
            parts = role.noun.split()
            found += [" ".join(parts[n:]) for n in range(len(parts))]
        elif word is token and word.pos_ == "NOUN":
            found.append(word.lemma_.lower())
    return tuple(dict.fromkeys(found))


def _introduced(scene: Scene, token: Token, spot: Spot | None) -> Who | None:
    """A bare surname under which the article has introduced someone else than the registers know."""
    mister = token.i > 0 and token.nbor(-1).lower_.rstrip(".") in ("mr", "mrs", "ms")
    if spot is not None and (spot.end - spot.start > 1 or not (mister or spot.name.kind == "surname")):
        return None  # `Mr Haqqani` is no armed group
    if token.pos_ != "PROPN" or token.ent_type_ not in ("PER", ""):
        return None
    person = scene.discourse.people.get(fold(token.text))
    if person is None or (spot is not None and person.name == spot.name.name):
        return None
    tokens = phrase(token)
    titled = all(t.i == token.i or t.lower_.rstrip(".") in _TITLES or t.is_punct for t in tokens)
    if not titled:
        return None
    text, span = scene.text(tokens)
    return Who(entity=under(person, text=text, span=span), kind="person")


def _readings(scene: Scene, token: Token) -> tuple[Who, ...]:
    """Readings of the phrase that `token` heads; empty when it heads none worth reading."""
    spot = scene.spots.get(token.i)
    if token.pos_ in ("PRON", "DET") and spot is None:
        return pronouns.pronoun(scene, token)
    modifies = token.dep_ != "amod" or token.head.pos_ in ("NOUN", "PROPN")
    if token.dep_ in _HEADLESS and token.pos_ != "PRON" and modifies:
        return ()
    if spot is not None and spot.start <= token.head.i < spot.end and token.head.i != token.i:
        return ()  # `Justice and Development Party`: one name, one reading
    before = _introduced(scene, token, spot)
    if before is not None:
        return (before,)
    if spot is not None:
        return descriptions.named(scene, token, spot)
    if scene.lone and token.head.i == token.i and role_at(scene, token) is not None:
        return descriptions.described(scene, token)  # a phrase on its own is a noun phrase, whatever the parse says
    if token.pos_ not in _NOMINAL:
        return ()
    if token.pos_ in ("ADJ", "NUM", "VERB"):
        if token.lower_ in ("latter", "former"):
            return pronouns.both(scene, token)
        return descriptions.nominalised(scene, token)
    return descriptions.described(scene, token)
