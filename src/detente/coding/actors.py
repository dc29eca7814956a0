"""A parsed sentence in, who each noun phrase is out: states and their parts, persons, groups, the unnamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.coding.discourse import (
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    Discourse,
    Mention,
)
from detente.coding.spotting import Spot, Spotter
from detente.ontology.registers import Name, Registers, Role
from detente.records import Entity

_OUTSIDE = frozenset({"acl", "acl:relcl", "conj", "cc", "appos", "parataxis", "advcl", "punct", "case", "cop", "nsubj",
                      "nsubj:pass", "aux", "mark", "advcl:relcl", "ccomp", "obl", "xcomp", "discourse"})  # fmt: skip
_FORMER = frozenset({"former", "ex", "erstwhile", "deposed", "ousted", "onetime", "late"})
_UNNAMED = frozenset({"unnamed", "anonymous", "unidentified", "undisclosed", "unspecified"})
_AGAINST = frozenset({"anti", "pro", "non"})
_PAIR_NOUNS = frozenset({"country", "nation", "side", "state", "neighbour", "neighbor", "government", "ally", "party",
                         "power", "capital", "rival", "leader", "minister", "president", "republic"})  # fmt: skip
_MUTUAL_NOUNS = frozenset({"relation", "relationship", "tie", "cooperation", "co-operation", "dispute", "quarrel", "border",
                           "alliance", "partnership", "trade", "conflict", "difference", "row", "rivalry", "dialogue",
                           "negotiation", "agreement", "treaty"})  # fmt: skip
_STATE_WORDS = frozenset({"country", "nation", "state", "republic", "kingdom", "government"})
_HOME_CASES = frozenset({"of", "from", "in", "for", "within", "at"})
_PLACE_CASES = frozenset({"in", "at", "near", "from", "over", "across", "outside", "inside", "around", "through", "via",
                          "into", "onto", "within", "throughout", "beyond"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """One reading of a noun phrase: the entity and what kind of noun carries it."""

    entity: Entity
    kind: str  # state, body, people, person, thing


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
        self, doc: Doc, discourse: Discourse, *, sentence: int, offset: int, day: dt.date | None
    ) -> Cast:
        """Who is who in one sentence; adds what it learns to `discourse`.

        Args:
            doc: The parse of the sentence.
            discourse: What came before; grows.
            sentence: Number of the sentence in the article.
            offset: Where the sentence starts in the article's text.
            day: Date of publication.
        """
        spots = self._spotter.spot(doc, day=day, known=frozenset(discourse.known))
        at = {i: spot for spot in spots for i in range(spot.start, spot.end)}
        who: dict[int, tuple[Who, ...]] = {}
        reader = _Sentence(self._registers, doc, at, who, discourse, sentence=sentence, offset=offset, day=day)
        for token in doc:
            readings = reader.token(token)
            if not readings:
                continue
            who[token.i] = readings
            subject = token.dep_ in ("nsubj", "nsubj:pass", "csubj", "ROOT")
            for reading in readings:
                head = token.lemma_.lower() if token.pos_ == "NOUN" else ""
                discourse.note(
                    Mention(entity=reading.entity, kind=reading.kind, sentence=sentence, token=token.i,
                            subject=subject, head=head)
                )  # fmt: skip
        return Cast(doc, spots, who, pair=discourse.pair() or ())


def phrase(token: Token) -> list[Token]:
    """The tokens of the noun phrase headed by `token`, without clauses, conjuncts and its own preposition."""
    kept = [token]
    for child in token.children:
        if child.dep_.split(":")[0] in _OUTSIDE or child.dep_ in _OUTSIDE:
            continue
        kept += phrase(child) if child.dep_ not in ("flat", "fixed") else list(child.subtree)
        kept += [t for t in child.children if t.dep_ in ("case", "punct") and t not in kept]
    return sorted(set(kept), key=lambda t: t.i)


def case_of(token: Token) -> str:
    """The preposition that attaches `token`, lower-case, empty without one; `because of` counts as one."""
    words = [t.lower_ for t in token.children if t.dep_ == "case" and t.lower_ not in ("'s", "’s", "'", "’")]
    return " ".join(words)


class _Sentence:
    """Reads the tokens of one sentence."""

    def __init__(
        self,
        registers: Registers,
        doc: Doc,
        spots: dict[int, Spot],
        who: dict[int, tuple[Who, ...]],
        discourse: Discourse,
        *,
        sentence: int,
        offset: int,
        day: dt.date | None,
    ) -> None:
        self.registers, self.doc, self.spots, self.who, self.discourse = registers, doc, spots, who, discourse
        self.sentence, self.offset, self.day = sentence, offset, day

    def token(self, token: Token) -> tuple[Who, ...]:
        """Readings of the phrase that `token` heads; empty when it heads none worth reading."""
        spot = self.spots.get(token.i)
        if token.pos_ in ("PRON", "DET") and spot is None:
            return self._pronoun(token)
        if token.dep_ in ("compound", "flat", "fixed", "amod", "punct", "case", "det") and token.pos_ != "PRON":
            if token.dep_ != "amod" or token.head.pos_ in ("NOUN", "PROPN"):
                return ()
        if spot is None and token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "X", "VERB"):
            return ()
        if spot is not None:
            return self._spotted(token, spot)
        if token.pos_ in ("ADJ", "NUM", "VERB"):
            return self._both(token) if token.lower_ in ("latter", "former") else ()
        return self._described(token)

    # -- names -----------------------------------------------------------------------------------------------

    def _spotted(self, token: Token, spot: Spot) -> tuple[Who, ...]:
        name = spot.name
        tokens = phrase(token)
        role = self._role(token, [t for t in tokens if not spot.start <= t.i < spot.end])
        sectors, kind = name.sectors, "state"
        if name.kind in ("leader", "surname"):
            kind = "person"
            if not name.valid(self.day, grace_days=45):
                sectors = ("ELI",)
        elif name.kind == "demonym":
            kind = "people"
        elif name.kind in ("group", "metonym"):
            kind = "body"
        elif name.kind == "adjective":
            if token.pos_ not in ("NOUN", "PROPN"):
                return ()
            kind, sectors = "people", ("CVL",)
        elif name.kind == "capital":
            if case_of(token) in _PLACE_CASES:
                sectors = ()
        if role is not None and name.kind in ("state", "capital") and token.dep_ != "ROOT":
            sectors, kind = role.sectors, role.kind
        code = name.code if not (name.kind == "group" and name.home) else name.home
        text, span = self._text(tokens)
        shown = f"{name.name}" if name.kind not in ("capital", "demonym", "adjective") else name.name
        return (Who(entity=Entity(text=text, code=code, sectors=sectors, name=shown, span=span), kind=kind),)

    # -- described persons, bodies and things ----------------------------------------------------------------

    def _described(self, token: Token) -> tuple[Who, ...]:
        tokens = phrase(token)
        pair = self._both(token)
        if pair:
            return pair
        role = self._role(token, tokens)
        text, span = self._text(tokens)
        named = self._person_name(token)
        codes = self._codes(token, tokens)
        sectors = role.sectors if role else ()
        if any(t.lower_ in _FORMER for t in token.children) and set(sectors) & {"GOV", "MIL", "LEG", "SPY"}:
            sectors = ("ELI",)
        kind = self._kind(token, role, named)
        anonymous = self._anonymous(token, tokens, role, named)
        if codes:
            return tuple(
                Who(entity=Entity(text=text, code=c, sectors=s or sectors, name=named, anonymous=anonymous, span=span), kind=kind)
                for c, s in codes
            )
        if token.lemma_.lower() in _STATE_WORDS and self._definite(token) and token.lemma_.lower() != "government":
            found = self.discourse.latest(sentence=self.sentence, token=token.i)
            if found is None or found.sentence != self.sentence:
                found = self.discourse.antecedent("it", sentence=self.sentence, token=token.i) or found
            if found is not None and found.entity.code:
                return (Who(entity=_as(found.entity, text, span), kind="state"),)
        remembered = self._remembered(token, role, text, span)
        if remembered is not None:
            return (Who(entity=remembered, kind=kind),)
        if role is None and named is None:
            return (Who(entity=Entity(text=text, span=span), kind="thing"),)
        entity = Entity(text=text, sectors=sectors, name=named, anonymous=anonymous, span=span)
        return (Who(entity=entity, kind=kind),)

    def _remembered(self, token: Token, role: Role | None, text: str, span: tuple[int, int]) -> Entity | None:
        """`the president`, `the army` after `the Turkish president`: the last one of that noun."""
        if role is None or not self._definite(token):
            return None
        before = self.discourse.heads.get(token.lemma_.lower())
        if before is None or token.lemma_.lower() in self.registers.unnamed:
            return None
        return Entity(text=text, code=before.code, sectors=role.sectors or before.sectors, name=before.name, span=span)

    @staticmethod
    def _definite(token: Token) -> bool:
        return any(t.dep_ == "det" and t.lower_ in ("the", "this", "that", "these", "those") for t in token.children)

    @staticmethod
    def _kind(token: Token, role: Role | None, named: str | None) -> str:
        if role is not None and role.kind != "vague":
            plural = token.tag_ in ("NNS", "NNPS")
            return "people" if role.kind == "person" and plural else role.kind
        if role is not None:
            return "people"
        if named is not None:
            return "person" if token.ent_type_ == "PER" else "body"
        return "thing"

    def _anonymous(self, token: Token, tokens: Sequence[Token], role: Role | None, named: str | None) -> bool:
        if named is not None or role is None:
            return False
        if any(t.lower_ in _UNNAMED for t in tokens):
            return True
        lemma = token.lemma_.lower()
        return lemma in self.registers.unnamed or role.kind == "vague"

    def _person_name(self, token: Token) -> str | None:
        """The person or body named in the phrase or beside it (`an expert, Ann Smith`)."""
        heads = [token, *(c for c in token.children if c.dep_ in ("appos", "flat", "compound", "nmod:desc", "nmod"))]
        for head in heads:
            if head.dep_ == "nmod" and case_of(head):
                continue
            if head.ent_type_ in ("PER", "ORG") and head.i not in self.spots:
                for ent in self.doc.ents:
                    if ent.start <= head.i < ent.end and (ent.label_ == "PER" or head is token):
                        return ent.text
            spot = self.spots.get(head.i)
            if spot is not None and spot.name.kind in ("leader", "surname"):
                return spot.name.name
        return None

    def _role(self, token: Token, tokens: Sequence[Token]) -> Role | None:
        """The longest role noun that ends at the head, else one elsewhere in a proper name's phrase."""
        found = self._role_at(token)
        if found is None and (token.pos_ == "PROPN" or token.i in self.spots):
            for other in tokens:
                if other.i != token.i and other.dep_ in ("compound", "appos", "flat", "nmod", "nmod:desc"):
                    found = self._role_at(other)
                    if found is not None:
                        break
        return found

    def _role_at(self, token: Token) -> Role | None:
        for size in (4, 3, 2, 1):
            first = token.i - size + 1
            if first < 0:
                continue
            words = [t for t in self.doc[first : token.i + 1] if t.text != "-"]
            for last in (token.lower_, token.lemma_.lower()):
                key = " ".join([*(t.lower_ for t in words[:-1]), last])
                role = self.registers.roles.get(key)
                if role is not None:
                    return role
        return None

    def _codes(self, token: Token, tokens: Sequence[Token]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """State or group codes that the phrase's modifiers give, with sectors where the modifier sets them."""
        for child in token.children:
            if child.dep_ in ("appos", "flat", "nmod:desc", "nmod") and child.i in self.spots:
                name = self.spots[child.i].name
                if name.code and name.kind in ("leader", "surname") and not case_of(child):
                    return ((name.code, ()),)
        best: list[tuple[int, Spot]] = []
        for other in tokens:
            spot = self.spots.get(other.i)
            if spot is None or other.i == token.i or self._against(spot):
                continue
            rank = self._rank(token, other)
            if rank is not None:
                best.append((rank, spot))
        if best:
            top = min(rank for rank, _ in best)
            chosen = [spot for rank, spot in best if rank == top]
            return tuple(dict.fromkeys((_code(s.name), _modifier_sectors(s.name)) for s in chosen if _code(s.name)))  # type: ignore[misc]
        for child in token.children:
            if child.dep_ == "nmod:poss" and child.pos_ == "PRON":
                found = self.who.get(child.i) or self._pronoun(child)
                return tuple((w.entity.code, ()) for w in found if w.entity.code)
            if child.dep_ == "nmod:poss":
                found = self.who.get(child.i) or self._described(child)
                codes = tuple((w.entity.code, ()) for w in found if w.entity.code)
                if codes:
                    return codes
            if child.dep_ in ("appos", "flat", "nmod:desc") and child.i in self.spots:
                name = self.spots[child.i].name
                if name.code and name.kind in ("leader", "surname", "state", "group"):
                    return ((_code(name) or "", name.sectors if name.kind == "leader" else ()),)
        return ()

    def _rank(self, head: Token, other: Token) -> int | None:
        """How directly a spotted modifier belongs to the head: 0 adjective, 1 possessor, 2 `of`, 3 place; None not."""
        node, path = other, []
        while node.i != head.i:
            path.append(node)
            node = node.head
            if len(path) > 4:
                return None
        top = path[-1]
        if top.dep_ in ("amod", "compound", "nmod:desc", "flat", "det") and all(
            p.dep_ in ("amod", "compound", "flat", "conj", "nmod:desc", "punct", "dep", "nmod", "nmod:poss") for p in path
        ):
            return 0
        if top.dep_ == "nmod:poss":
            return 1 if len(path) == 1 else 2
        if top.dep_ in ("nmod", "obl", "nmod:unmarked"):
            case = case_of(top)
            if case in ("of", "for") or not case:
                return 2 if len(path) == 1 else 4
            if case in _HOME_CASES:
                return 3 if len(path) == 1 else 5
        return None

    def _against(self, spot: Spot) -> bool:
        before = self.doc[spot.start - 2] if spot.start >= 2 else None
        return bool(before is not None and self.doc[spot.start - 1].text in "-–" and before.lower_ in _AGAINST)

    # -- pronouns and pairs ----------------------------------------------------------------------------------

    def _both(self, token: Token) -> tuple[Who, ...]:
        """`the two countries`, `both sides`, `the latter`, `each other`."""
        text, span = self._text(phrase(token))
        lower = token.lower_
        if lower in ("latter", "former") and any(t.dep_ == "det" for t in token.children):
            skip = 1 if lower == "former" else 0
            found = self.discourse.latest(sentence=self.sentence, token=token.i, skip=skip)
            return (Who(entity=_as(found.entity, text, span), kind=found.kind),) if found else ()
        counted = any(t.lower_ in ("two", "both", "2") for t in token.children)
        if counted and token.lemma_.lower() in _PAIR_NOUNS and token.i not in self.spots:
            own = self._codes(token, phrase(token))
            codes = tuple(c for c, _ in own) if len(own) == 2 else self.discourse.pair()
            if codes and not (len(own) == 1):
                return tuple(
                    Who(entity=Entity(text=text, code=c, name=self.registers.state_name(c), span=span), kind="state")
                    for c in codes
                )
        return ()

    def _pronoun(self, token: Token) -> tuple[Who, ...]:
        lower = token.lower_
        text, span = token.text, (self.offset + token.idx, self.offset + token.idx + len(token))
        if lower == "both" and token.dep_ in ("nsubj", "nsubj:pass", "obj", "obl"):
            codes = self.discourse.pair()
            if codes:
                return tuple(
                    Who(entity=Entity(text=text, code=c, name=self.registers.state_name(c), span=span), kind="state")
                    for c in codes
                )
        if lower in SPEAKER_PRONOUNS:
            speaker = self._speaker(token)
            if speaker is None:
                return ()
            return (Who(entity=_as(speaker, text, span), kind="people"),)
        if lower in THING_PRONOUNS and self._expletive(token):
            return ()
        if lower not in PERSON_PRONOUNS | THING_PRONOUNS | PLURAL_PRONOUNS:
            return ()
        if lower in PLURAL_PRONOUNS and self._mutual(token):
            codes = self.discourse.pair()
            if codes:
                return tuple(
                    Who(entity=Entity(text=text, code=c, name=self.registers.state_name(c), span=span), kind="state")
                    for c in codes
                )
        found = self._in_sentence(token) or self._across(token)
        if found is None:
            return ()
        return (Who(entity=_as(found.entity, text, span), kind=found.kind),)

    @staticmethod
    def _mutual(token: Token) -> bool:
        """`their cooperation`: of the two, unless it goes on `with` a third."""
        head = token.head
        return (
            token.dep_ == "nmod:poss"
            and head.lemma_.lower() in _MUTUAL_NOUNS
            and not any(case_of(c) in ("with", "to", "towards") for c in head.children)
        )

    def _speaker(self, token: Token) -> Entity | None:
        """Who says `we`: the subject of a verb of saying above or beside, else the article's last speaker."""
        node = token
        while node.head.i != node.i:
            node = node.head
            for child in node.children:
                if child.dep_ == "nsubj" and child.i in self.who and child.lower_ not in SPEAKER_PRONOUNS:
                    entity = self.who[child.i][0].entity
                    if (entity.code or entity.name) and child.i != token.i:
                        return entity
        return self.discourse.speaker

    @staticmethod
    def _expletive(token: Token) -> bool:
        """`it is likely that`, `made it clear`: a pronoun that stands for a clause."""
        if token.dep_ == "expl":
            return True
        head = token.head
        clausal = {"csubj", "csubj:outer", "csubj:pass", "ccomp"}
        if token.lower_ != "it":
            return False
        if token.dep_ == "nsubj" and head.pos_ in ("ADJ", "NOUN") and any(c.dep_ in clausal for c in head.children):
            return True
        return token.dep_ == "obj" and any(c.dep_ == "xcomp" and c.pos_ == "ADJ" for c in head.children)

    def _in_sentence(self, token: Token) -> Who | None:
        """The subject of a clause above or before the pronoun, if it fits."""
        lower = token.lower_
        node = token.head
        hops = 0
        while hops < 8:
            for child in node.children:
                if child.dep_ in ("nsubj", "nsubj:pass") and child.i < token.i and child.i in self.who:
                    if child.i == token.i or child in token.ancestors and token.dep_ != "nmod:poss":
                        continue
                    if token.dep_ in ("obj", "obl", "iobj") and child.head.i == token.head.i:
                        continue  # the object of a verb is not its subject
                    whos = self.who[child.i]
                    if _fits(lower, whos[0], len(whos)):
                        return whos[0]
            if node.head.i == node.i:
                return None
            node, hops = node.head, hops + 1
        return None

    def _across(self, token: Token) -> Mention | None:
        avoid = frozenset(
            w.entity.text for c in token.head.children for w in self.who.get(c.i, ()) if c.i != token.i
        ) if token.dep_ in ("obj", "obl", "nsubj") else frozenset()  # fmt: skip
        return self.discourse.antecedent(token.lower_, sentence=self.sentence, token=token.i, avoid=avoid)

    def _text(self, tokens: Sequence[Token]) -> tuple[str, tuple[int, int]]:
        first = tokens[0]
        last = tokens[-1]
        text = self.doc.text[first.idx : last.idx + len(last)]
        return text, (self.offset + first.idx, self.offset + last.idx + len(last))


def _fits(pronoun: str, who: Who, count: int) -> bool:
    if not (who.entity.code or who.entity.name):
        return False
    if pronoun in PERSON_PRONOUNS:
        return who.kind == "person"
    if pronoun in PLURAL_PRONOUNS:
        return who.kind in ("people", "body", "state") or count > 1
    return who.kind in ("state", "body")


def _as(entity: Entity, text: str, span: tuple[int, int]) -> Entity:
    """The same one under other words."""
    return Entity(text=text, code=entity.code, sectors=entity.sectors, name=entity.name,
                  anonymous=entity.anonymous, span=span)  # fmt: skip


def _code(name: Name) -> str | None:
    return name.home if name.kind == "group" and name.home else name.code


def _modifier_sectors(name: Name) -> tuple[str, ...]:
    return name.sectors if name.kind in ("group", "metonym") else ()
