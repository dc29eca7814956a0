"""A noun phrase of a parse in, its words and its reading's form out: what every reader of actors shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from detente.coding.discourse import Discourse
from detente.coding.spotting import Spot
from detente.language.words import Doc, Span, Token
from detente.ontology.registers import Name, Registers
from detente.records import Entity

_OUTSIDE = frozenset(
    "acl acl:relcl conj cc appos parataxis advcl punct case cop nsubj nsubj:pass aux mark advcl:relcl ccomp obl"
    " xcomp discourse".split()
)
_place = attrgetter("i")
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """One reading of a noun phrase: the entity and what kind of noun carries it."""

    entity: Entity
    kind: str  # state, body, people, person, thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence being read: its parse, the names in it, who was read so far, and what came before.

    Attributes:
        spots: Token index to the name that covers it.
        who: Token index to readings; the one part that grows.
        offset: Where the sentence starts in the article's text.
        ents: The names that the language layer sees, and `whole`, the sentence; spaCy gathers both anew each time.
        lone: The sentence is a phrase on its own, so that all its words may be taken to say who it is.
    """

    registers: Registers
    doc: Doc
    spots: dict[int, Spot]
    who: dict[int, tuple[Who, ...]]
    discourse: Discourse
    sentence: int
    offset: int
    day: dt.date | None
    lone: bool = False
    ents: tuple[Span, ...] = ()
    whole: str = ""

    def text(self, tokens: Sequence[Token]) -> tuple[str, tuple[int, int]]:
        """The words from the first to the last token, and where they stand in the article."""
        first, last = tokens[0], tokens[-1]
        words = self.whole[first.idx : last.idx + len(last)]
        return words, (self.offset + first.idx, self.offset + last.idx + len(last))


def phrase(token: Token) -> list[Token]:
    """The tokens of the noun phrase headed by `token`, without clauses, conjuncts and its own preposition."""
    kept = [token]
    for child in token.children:
        dep = child.dep_
        outside = dep in _OUTSIDE or dep.partition(":")[0] in _OUTSIDE
        if outside and (child.i != token.i - 2 or token.doc[token.i - 1].text not in "-–"):  # but for `Pakistan-based`
            continue
        kept += phrase(child) if dep not in ("flat", "fixed") else list(child.subtree)
        kept += [t for t in child.children if t.dep_ in ("case", "punct")]
    return list({t.i: t for t in sorted(kept, key=_place)}.values()) if len(kept) > 1 else kept


def bare(words: Sequence[Token]) -> Sequence[Token]:
    """The words without marks and prepositions at their edges."""
    first, last = 0, len(words)
    while first < last - 1 and (words[first].is_punct or words[first].is_space or words[first].pos_ == "ADP"):
        first += 1
    while last > first + 1 and (words[last - 1].is_punct or words[last - 1].is_space):
        last -= 1
    if (
        last - first > 2
        and words[last - 1].ent_type_ == ""
        and words[last - 2].lower_ == "on"
        and (words[last - 1].lower_ in _DAYS)
    ):
        last -= 2  # `a committee on Tuesday asked`
    return words[first:last]


def case_of(token: Token) -> str:
    """The preposition that attaches `token`, lower-case, empty without one; `because of` counts as one."""
    words = [t.lower_ for t in token.children if t.dep_ == "case" and t.lower_ not in ("'s", "’s", "'", "’")]
    return " ".join(words)


def definite(token: Token) -> bool:
    """Whether the phrase has `the` or a demonstrative: it points back."""
    return any(t.dep_ == "det" and t.lower_ in DEFINITE for t in token.children)


def under(entity: Entity, *, text: str, span: tuple[int, int]) -> Entity:
    """The same one under other words."""
    return Entity(text=text, code=entity.code, sectors=entity.sectors, name=entity.name,
                  anonymous=entity.anonymous, span=span)  # fmt: skip


def code_of(name: Name) -> str | None:
    """The code a name gives to what it modifies: the home of a group that has one."""
    return name.home if name.kind == "group" and name.home else name.code
