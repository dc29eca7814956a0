"""A sentence in, the known names in it out: states, adjectives, capitals, seats of power, persons, groups, places.

Names are found by one pass of an Aho-Corasick automaton (1975) over the folded text; capitals, word boundaries, the
date and the words around decide what a name means. Cities and provinces are looked up among the capitalised words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import ahocorasick_rs

from detente.coding import localities, namesakes, persons
from detente.coding.spots import Spot
from detente.language.words import Doc
from detente.ontology.folding import fold
from detente.ontology.registers import Name, Registers

__all__ = ["Spot", "Spotter"]

_KIND_ORDER = ("state", "group", "leader", "metonym", "adjective", "demonym", "people", "capital", "surname", "place",
               "outlet", "nobody")  # fmt: skip
_GRACE_DAYS = 45
_YEARS_BEFORE = 25  # a full name is that person's, whatever they did before their first office
_CONTINENTAL = frozenset("latin central south north native african asian inter".split())
_WATERS = frozenset("strait straits sea gulf peninsula channel ocean bay".split())
_LOWER_GROUPS = frozenset({"contras", "mujahideen", "mujahedeen", "mujahidin", "maoists", "taliban", "taleban"})
# Whom a bare surname means where several bear it: `Kim` is the leader, not his ambassador.
_TOP_OFFICES = frozenset(
    {"president", "leader", "supreme leader", "general secretary", "prime minister", "chancellor", "king", "premier"}
)
_PLAIN = frozenset(
    "national people's peoples liberation democratic republican popular front united union unity patriotic liberal"
    " social socialist communist conservative labour labor workers' workers progressive christian islamic revolutionary"
    " new free freedom justice development party movement army congress council transitional military sovereign federal"
    " supreme high central resistance alliance bloc future change renewal independence independent green radical"
    " constitutional assembly electoral commission salvation solidarity action country nation general joint forces"
    " defence defense armed rapid support presidency presidential security state republic".split()
)
# Bodies that news calls by a general name and means one state's all the same.
_RENOWNED = frozenset(
    {"catholic church", "republican party", "democratic party", "communist party", "house of commons", "house of lords",
     "white house", "state department", "house of representatives", "justice department", "department of justice",
     "foreign office", "home office", "treasury department", "department of state", "department of defense",
     "defense department", "supreme leader", "revolutionary guard", "revolutionary guards", "house speaker",
     "joint chiefs of staff", "islamic state", "muslim brotherhood", "free syrian army", "shining path",
     "workers party", "red army", "supreme soviet", "politburo standing committee", "national people's congress",
     "state council", "department of homeland security", "special counsel", "federal reserve", "capitol hill"}
)  # fmt: skip
_STATE_KINDS = frozenset({"state", "adjective", "demonym", "capital", "metonym"})
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "de", "la", "du", "on", "&", "-", "'s", "’s", "al"})


class Spotter:
    """Finds the names of all registers in parsed sentences."""

    def __init__(self, registers: Registers) -> None:
        """Builds the automaton."""
        self._registers = registers
        self._keys = list(registers.names)
        self._generic = _generic(registers)
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys)

    def spot(
        self,
        doc: Doc,
        *,
        day: dt.date | None = None,
        known: frozenset[str] = frozenset(),
        states: frozenset[str] | None = None,
    ) -> list[Spot]:
        """Non-overlapping spots in order, the longest first where they overlap.

        Args:
            doc: One parsed sentence.
            day: Date of publication: who was in office, which states existed.
            known: Canonical names already met in the article; a surname alone may refer to one of them.
            states: Codes of the states that the article names; None for a phrase on its own, which has no article.
        """
        text = doc.text
        starts = {token.idx: token.i for token in doc}
        ends = {token.idx + len(token): token.i + 1 for token in doc}
        shouted = text.isupper()
        read: list[tuple[int, int, str, list[Name]]] = []
        for key, start, end in self._automaton.find_matches_as_indexes(fold(text), overlapping=True):
            if start not in starts or end not in ends:
                continue
            first, last = starts[start], ends[end]
            surface = text[start:end]
            meanings = [
                n
                for n in self._registers.names[self._keys[key]]
                if self._written(surface, n, shouted=shouted) and self._held(n, surface, day=day, known=known)
            ]
            if meanings and not _inside_a_larger_name(doc, first, last):
                read.append((first, last, surface, meanings))
        present = None if states is None else states | _present(read)
        found: list[Spot] = []
        for first, last, surface, meanings in read:
            chosen = self._choose(meanings, doc, first, last, day=day, known=known, present=present)
            if chosen is not None:
                others = tuple(m for m in meanings if m is not chosen)
                found.append(Spot(start=first, end=last, text=surface, name=chosen, others=others))
        found = _longest(found)
        for start_token, end_token, name in localities.find(doc, found, self._registers):
            inside = doc[start_token:end_token].text
            found.append(Spot(start=start_token, end=end_token, text=inside, name=name))
        meant = [spot for spot in _longest(found) if spot.name.kind != "nobody"]
        return namesakes.settle(meant, doc, known=known)

    @staticmethod
    def _written(surface: str, name: Name, *, shouted: bool) -> bool:
        if shouted:
            return True
        if name.exact:
            mixed = sum(c.isupper() for c in surface) > 1 and surface[-1].isupper()  # LeT
            return mixed or surface.replace(".", "").isupper()
        if name.kind == "outlet":
            return all(w[0].isupper() or not w[0].isalpha() or w in _SMALL_WORDS for w in surface.split())
        if surface.lower() in _LOWER_GROUPS:
            return True
        return surface[0].isupper() or not surface[0].isalpha()

    @staticmethod
    def _held(name: Name, surface: str, *, day: dt.date | None, known: frozenset[str]) -> bool:
        if name.kind == "surname":
            return name.name in known or name.valid(day, grace_days=_GRACE_DAYS)
        if name.kind == "leader":
            ahead = _GRACE_DAYS + (_YEARS_BEFORE * 365 if " " in surface else 0)
            return name.since is None or day is None or name.since <= day + dt.timedelta(days=ahead)
        if name.kind == "capital" and name.until is not None and (day is None or name.until < day):
            return False  # Karachi and Bonn are cities now
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
        present: frozenset[str] | None,
    ) -> Name | None:
        """The best meaning: valid on the day, known in the article, persons only where the words read as one."""
        person_like = persons.reads_as_person(doc, start, end)
        many = sum(n.kind in ("leader", "surname") for n in meanings) > 1
        near = self._states_before(doc, start) if many else frozenset()

        def rank(name: Name) -> tuple[int, ...]:
            person = name.kind in ("leader", "surname")
            return (
                0 if not person or person_like != "no" else 1,
                0 if person and person_like == "yes" else 1,
                0 if name.name in known else 1,
                0 if name.valid(day, grace_days=_GRACE_DAYS) else 1,
                _KIND_ORDER.index(name.kind),
                0 if name.code in near else 1,
                0 if present and (name.home or name.code) in present else 1,
                0 if name.office in _TOP_OFFICES else 1,
                -(name.since or dt.date.min).toordinal(),
            )

        best = min(meanings, key=rank)
        if best.kind in ("surname", "leader") and not persons.is_meant(
            best, doc, start, end, known=known, registers=self._registers, bearers=meanings, present=present, day=day
        ):
            rest = [m for m in meanings if m.kind not in ("surname", "leader")]
            return min(rest, key=rank) if rest and person_like != "yes" else None
        if best.kind in ("group", "metonym") and present is not None:
            own = {best.home or "", best.code or ""}
            if self._out_of_place(best, doc, start, end, at_home=best.name in known or bool(own & present)):
                return None
        if best.kind == "outlet" and (
            (end - start == 1 and not _lone_outlet(doc, start)) or namesakes.part_of_office(doc, start)
        ):
            return None
        if end - start == 1 and not best.exact and persons.cut_out(best, doc, start, self._registers):
            return None
        borrowed = best.kind in ("state", "capital") or (best.kind == "group" and "BUS" in best.sectors)
        if borrowed and person_like == "yes" and persons.inside_longer(doc, start, end):
            return None
        return best

    def _out_of_place(self, name: Name, doc: Doc, start: int, end: int, *, at_home: bool) -> bool:
        """Words that are a body's name in another place: of running text, not of a phrase on its own.

        `Solidarity marches` (the capital is that of the sentence), `Orange` where the language layer sees no body, and
        `the National Liberation Army` where its state is not spoken of (`at_home`).
        """
        first = doc[start]
        if end - start > 1:
            return not at_home and fold(doc[start:end].text) in self._generic
        if start == 0 and first.tag_ in ("NN", "NNS", "JJ") and first.dep_ in ("compound", "amod"):
            return not first.ent_type_
        return "BUS" in name.sectors and not name.exact and not at_home and first.ent_type_ != "ORG"

    def _states_before(self, doc: Doc, start: int) -> frozenset[str | None]:
        """The states named in the four words before a name: `South Korean President Moon`."""
        words = [fold(t.text) for t in doc[max(0, start - 4) : start]]
        keys = [*words, *(" ".join(pair) for pair in pairwise(words))]
        return frozenset(
            n.code for key in keys for n in self._registers.names.get(key, ()) if n.kind in ("state", "adjective")
        )


def _generic(registers: Registers) -> frozenset[str]:
    """Names of parties, armies and organs that many states have, made of role nouns and their like alone."""
    plain = {word for key in (*registers.roles, *registers.qualities) for word in key.split()} | _SMALL_WORDS | _PLAIN
    return frozenset(
        key
        for key, names in registers.names.items()
        if " " in key
        and key not in _RENOWNED
        and all(n.kind in ("group", "metonym") and (n.home or n.code) in registers.states for n in names)
        and all(word in plain for word in key.replace("-", " ").split())
    )


def _present(read: Sequence[tuple[int, int, str, Sequence[Name]]]) -> frozenset[str]:
    """Codes of the states that a sentence names otherwise than by a surname."""
    return frozenset(
        name.code or ""
        for start, end, _, meanings in read
        for name in meanings
        if name.kind in _STATE_KINDS or (name.kind == "leader" and end - start > 1)
    )


def _lone_outlet(doc: Doc, at: int) -> bool:
    """A title of one word (`Reuters`, `Time`) is an outlet where the language layer sees a body in it."""
    token = doc[at]
    before = doc[at - 1].lower_ if at else ""
    if len(doc) - (before == "the") == 1:
        return token.text[:1].isupper()  # a phrase of nothing but the title
    return token.ent_type_ == "ORG" and token.pos_ in ("PROPN", "X") and (at > 0 or len(doc) < 5 or len(token) > 5)


def _longest(found: Sequence[Spot]) -> list[Spot]:
    taken: set[int] = set()
    result = []
    for spot in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        if not taken & set(range(spot.start, spot.end)):
            taken |= set(range(spot.start, spot.end))
            result.append(spot)
    return sorted(result, key=lambda s: s.start)


def _inside_a_larger_name(doc: Doc, start: int, end: int) -> bool:
    """`Latin American`, `the Taiwan Strait`, `South China Sea`: a region, not the state in its name."""
    before = doc[start - 1].lower_ if start else ""
    after = doc[end].lower_ if end < len(doc) else ""
    if doc[start].lower_ in ("american", "americans", "america") and before in _CONTINENTAL:
        return True
    if doc[start:end].text == "West" and end < len(doc) and doc[end].text[:1].isupper() and doc[end].text.isalpha():
        return True  # `West African`
    if before in ("high", "supreme", "national") and doc[start:end].text.lower() == "security council":
        return True
    return after in _WATERS and doc[end].pos_ == "PROPN"
