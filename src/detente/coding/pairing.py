"""A sentence with two marked spans in, the relation between just those two out: always answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.coding.actors import Who
from detente.coding.arguments import of_noun, of_verb
from detente.coding.predicates import Predicate
from detente.errors import InputError
from detente.language.answers import Asked
from detente.language.words import Doc, Token
from detente.ontology.lexicon import Frame
from detente.records import Article, Claim, Entity, Sentence, Span, Step

_VERBAL = ("THREATEN", "REQUEST", "REJECT", "ACCUSE")
_ENTITY_SLOTS = frozenset("nsubj nsubj:pass obj iobj obl nmod appos nmod:poss compound amod".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a given pair stands: its sentence, and the spans of both in the article (None: not in its words)."""

    sentence: Sentence
    spans: tuple[Span | None, Span | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question: what passes between two spans, given as words of the article."""

    article: Article
    sentences: Sequence[Sentence]
    actor: str
    recipient: str

    def place(self) -> Place:
        """Finds the two.

        Raises:
            InputError: There are no words to look for.
        """
        text = self.article.text
        at = locate(text, self.actor, what="actor")
        to = locate(text, self.recipient, what="recipient", after=at[1] if at else 0)
        anchor = at or to or (0, 0)
        home = next((s for s in self.sentences if s.start <= anchor[0] < s.end), self.sentences[0])
        return Place(sentence=home, spans=(at, to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What the syntactic coder says of a given pair: its claim, the types it votes for, the question to the model."""

    claim: Claim
    vote: tuple[str, ...]
    asked: Asked | None


def locate(text: str, words: str, *, what: str, after: int = 0) -> Span | None:
    """Where `words` stand in `text`, None where they do not (`An actor` for someone unsaid).

    Words that were joined from several places are found by the longest of their parts that stands in the text.

    Raises:
        InputError: There are no words; the message names the field `what`.
    """
    wanted = words.strip()
    if not wanted:
        raise InputError(f"{what}: got no words, wanted some that stand in the text; copy them from it")
    low = text.lower()
    for at in (text.find(wanted, after), text.find(wanted), low.find(wanted.lower())):
        if at >= 0:
            return at, at + len(wanted)
    parts = sorted(re.split(r"\W+", wanted), key=len, reverse=True)
    for part in parts:
        at = low.find(part.lower())
        if len(part) > 3 and at >= 0:
            return at, at + len(part)
    return None


def head_of(doc: Doc, span: Span) -> Token:
    """The token of a character span that governs the others."""
    words = doc.within(*span)
    inside = [t for t in words if not t.is_punct] or words or [doc[0]]
    indices = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in indices or t.head.i == t.i]
    return tops[0] if len(tops) == 1 else max(tops, key=lambda t: len([c for c in t.subtree if c.i in indices]))


def best(found: Sequence[Predicate], actor: Token, recipient: Token) -> Predicate | None:
    """The predicate that relates the two best: by its own parties first, then by how near it stands to both."""
    if not found:
        return None
    above = {t.i for t in actor.ancestors}, {t.i for t in recipient.ancestors}

    def rank(predicate: Predicate) -> tuple[float, int]:
        arguments = predicate.arguments
        subjects = [*arguments.subjects, *arguments.between]
        objects = [*arguments.objects, *arguments.indirect, *(t for _, t in arguments.obliques)]
        value = 0.0
        value += 3.0 if _covers(subjects, actor) else 0.0
        value += 2.0 if _covers(objects, recipient) else 0.0
        value += 0.8 if predicate.token.i in above[0] else 0.0
        value += 0.8 if predicate.token.i in above[1] else 0.0
        value -= 1.0 if _covers(subjects, recipient) and not _covers(objects, actor) else 0.0
        value -= 0.4 if predicate.token.pos_ == "NOUN" else 0.0
        value += 0.3 if predicate.frame.event in _VERBAL else 0.0
        value += 0.1 * len(predicate.frame.needs)
        return value, -predicate.token.i

    return max(found, key=rank)


def _covers(tokens: Sequence[Token], token: Token) -> bool:
    indices = {t.i for t in tokens}
    return token.i in indices or any(
        a.i in indices and all(s.dep_ in _ENTITY_SLOTS or s.dep_ == "conj" for s in _path(token, a))
        for a in token.ancestors
    )


def _path(token: Token, top: Token) -> list[Token]:
    found = []
    while token.i != top.i and token.head.i != token.i:
        found.append(token)
        token = token.head
    return found


def between(predicate: Predicate | None, actor: Who, recipient: Who, *, doc: Doc) -> Predicate:
    """`predicate` with just these two parties; a bare CONSULT on the root where nothing else was found."""
    if predicate is not None:
        return replace(predicate, actors=(actor,), recipients=(recipient,), reciprocal=False,
                       how_actor="given", how_recipient="given")  # fmt: skip
    root = next((t for t in doc if t.head.i == t.i), doc[0])
    frame = Frame(lemma=root.lemma_.lower(), pos="v", needs=(), event="CONSULT", mode=None, cameo="040",
                  recipient=("obj",), where="nothing matched: default")  # fmt: skip
    arguments = of_verb(root) if root.pos_ in ("VERB", "AUX") else of_noun(root)
    return Predicate(token=root, frame=frame, arguments=arguments, actors=(actor,), recipients=(recipient,),
                     reciprocal=False, how_actor="given", how_recipient="given")  # fmt: skip


def given(whos: Sequence[Who], text: str, span: Span | None) -> Who:
    """The reading of a given span, under the words that were given."""
    if whos:
        first = whos[0]
        return Who(entity=replace(first.entity, text=text, span=span), kind=first.kind)
    return Who(entity=Entity(text=text, span=span), kind="thing")


def lowered(claim: Claim, *, why: str) -> Claim:
    """A claim of which the coder is less sure, and why."""
    step = Step(field="confidence", rule=why, words="")
    return replace(claim, confidence=min(claim.confidence, 0.3), explanation=(*claim.explanation, step))
