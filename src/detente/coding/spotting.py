"""A sentence in, the known names in it out: states, adjectives, capitals, seats of power, persons, groups.

Names are found by one pass of an Aho-Corasick automaton (1975) over the lower-cased text; capitals, word
boundaries, the date and the words around decide what a name means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import ahocorasick_rs
from spacy.tokens import Doc

from detente.ontology.registers import Name, Registers

_KIND_ORDER = ("state", "group", "leader", "metonym", "adjective", "demonym", "capital", "surname")
_GRACE_DAYS = 45
_LOWER_GROUPS = frozenset({"contras", "mujahideen", "mujahedeen", "mujahidin", "maoists", "taliban", "taleban"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A known name in a sentence: tokens [start, end), its meaning, and the other meanings it could have had."""

    start: int
    end: int
    text: str
    name: Name
    others: tuple[Name, ...] = ()


class Spotter:
    """Finds the names of all registers in parsed sentences."""

    def __init__(self, registers: Registers) -> None:
        """Builds the automaton."""
        self._registers = registers
        self._keys = list(registers.names)
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys)

    def spot(self, doc: Doc, *, day: dt.date | None = None, known: frozenset[str] = frozenset()) -> list[Spot]:
        """Non-overlapping spots in order, the longest first where they overlap.

        Args:
            doc: One parsed sentence.
            day: Date of publication: who was in office, which states existed.
            known: Canonical names already met in the article; a surname alone may refer to one of them.
        """
        text = doc.text
        lower = text.lower()
        if len(lower) != len(text):  # a rare letter changes length when lowered; offsets would shift
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        starts = {token.idx: token.i for token in doc}
        ends = {token.idx + len(token): token.i + 1 for token in doc}
        shouted = text.isupper()
        found: list[Spot] = []
        for key, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            if start not in starts or end not in ends:
                continue
            first, last = starts[start], ends[end]
            surface = text[start:end]
            meanings = [
                n
                for n in self._registers.names[self._keys[key]]
                if self._written(surface, n, shouted=shouted) and self._held(n, day=day, known=known)
            ]
            if meanings:
                chosen = self._choose(meanings, doc, first, last, day=day, known=known)
                if chosen is not None:
                    others = tuple(m for m in meanings if m is not chosen)
                    found.append(Spot(start=first, end=last, text=surface, name=chosen, others=others))
        return _longest(found)

    @staticmethod
    def _written(surface: str, name: Name, *, shouted: bool) -> bool:
        if shouted:
            return True
        if name.exact:
            return surface.replace(".", "").isupper()
        if surface.lower() in _LOWER_GROUPS:
            return True
        return surface[0].isupper() or not surface[0].isalpha()

    @staticmethod
    def _held(name: Name, *, day: dt.date | None, known: frozenset[str]) -> bool:
        if name.kind == "surname":
            return name.name in known or name.valid(day, grace_days=_GRACE_DAYS)
        if name.kind == "leader":
            return name.since is None or day is None or name.since <= day + dt.timedelta(days=_GRACE_DAYS)
        if name.kind in ("state", "adjective", "demonym", "capital", "metonym") and day is not None:
            return name.since is None or name.since <= day
        return True

    def _choose(
        self,
        meanings: Sequence[Name],
        doc: Doc,
        start: int,
        end: int,
        *,
        day: dt.date | None,
        known: frozenset[str],
    ) -> Name | None:
        """The best meaning: valid on the day, known in the article, persons only where the words read as one."""
        person_like = self._reads_as_person(doc, start, end)

        def rank(name: Name) -> tuple[int, ...]:
            person = name.kind in ("leader", "surname")
            return (
                0 if not person or person_like != "no" else 1,
                0 if person and person_like == "yes" else 1,
                0 if name.name in known else 1,
                0 if name.valid(day, grace_days=_GRACE_DAYS) else 1,
                _KIND_ORDER.index(name.kind),
                -(name.since or dt.date.min).toordinal(),
            )

        best = min(meanings, key=rank)
        if best.kind == "surname" and (person_like == "no" or self._other_person(best, doc, start)):
            return None
        if best.kind in ("state", "capital") and person_like == "yes" and self._given_name(doc, start, end):
            return None
        return best

    @staticmethod
    def _reads_as_person(doc: Doc, start: int, end: int) -> str:
        """`yes`, `no` or `maybe`: the language layer's name label and a following noun (`Georgia state`)."""
        kinds = {doc[i].ent_type_ for i in range(start, end)}
        if kinds == {"PER"}:
            return "yes"
        if kinds & {"LOC", "ORG"}:
            return "no"
        if doc[start].pos_ not in ("PROPN", "X"):
            return "no"
        return "maybe"

    @staticmethod
    def _given_name(doc: Doc, start: int, end: int) -> bool:
        """A place name inside a longer person name, `Jordan Henderson`, `Paris Hilton`."""
        inside = [t for t in doc.ents if t.start <= start and end <= t.end and t.label_ == "PER"]
        return any(e.end - e.start > end - start for e in inside)

    @staticmethod
    def _other_person(name: Name, doc: Doc, start: int) -> bool:
        """The surname stands after a first name that is not this person's."""
        own = {part.lower().strip(".") for part in name.name.split()}
        for ent in doc.ents:
            if ent.label_ == "PER" and ent.start <= start < ent.end:
                return any(t.text.lower().strip(".") not in own for t in ent if t.i < start and t.pos_ == "PROPN")
        return False


def _longest(found: Sequence[Spot]) -> list[Spot]:
    taken: set[int] = set()
    result = []
    for spot in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        if not taken & set(range(spot.start, spot.end)):
            taken |= set(range(spot.start, spot.end))
            result.append(spot)
    return sorted(result, key=lambda s: s.start)
