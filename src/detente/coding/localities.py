"""A parsed sentence in, its cities, provinces and regions out: names that say where a role is at home.

A place name alone is a place; only with a role noun (`Shanghai police`) does it say whose. A name that is also a
word, a given name or a surname counts only where the language layer sees a place or a body, or a role noun follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.coding.spots import Spot
from detente.language.words import Doc, Token
from detente.ontology.folding import fold
from detente.ontology.places import Place, gazetteer
from detente.ontology.registers import Name, Registers

_LARGE, _HUGE = 300_000, 1_000_000
_GIVEN_NAMES = frozenset(
    "abraham asia austin cali carolina chad charlotte chelsea columbus dakota dallas denver diego florence"
    " florida france georgia houston india israel jackson java jose kano leon lima lincoln madison maria milan"
    " montana omar paris rosario salvador santiago santos sinai sydney vera victoria virginia washington".split()
)
_MOST_WORDS = 4
_AREA_NOUNS = frozenset("state province region city county district governorate prefecture island islands valley oblast"
                        " municipality area town village department republic territory peninsula".split())  # fmt: skip
_OF_A_PLACE = frozenset("GOV COP LEG JUD MIL REB OPP CVL EDU PTY REF LAB CRM PRM AGR HLH REL BUS".split())


def find(doc: Doc, spots: Sequence[Spot], registers: Registers) -> Iterator[tuple[int, int, Name]]:
    """Token spans [start, end) with the place each names; spans of `spots` are left alone unless a place is longer."""
    taken = {i: spot for spot in spots for i in range(spot.start, spot.end)}
    codes = {spot.name.code for spot in spots}
    at = 0
    while at < len(doc):
        size = _size(doc, at) if doc[at].text[:1].isupper() else 0  # a name begins with a capital
        found = None
        for end in range(at + size, at, -1):
            if all(i in taken for i in range(at, end)) and (
                end - at == 1 or len({taken[i] for i in range(at, end)}) == 1
            ):
                continue
            if any(
                i in taken and taken[i].name.kind not in ("state", "capital", "adjective", "place")
                for i in range(at, end)
            ):
                continue
            places = gazetteer().get(fold(doc[at:end].text))
            if places and _reads_as_place(doc, at, end, places[0], registers):
                chosen = next((p for p in places if p.code in codes), places[0])
                found = end, chosen
                break
        if found is None:
            at += 1
            continue
        end, chosen = found
        yield at, end, Name(kind="place", code=chosen.code, name=chosen.name)
        at = end


def _size(doc: Doc, at: int) -> int:
    """How many tokens from `at` could be one name."""
    size = 0
    for token in doc[at : at + _MOST_WORDS]:
        if not token.text[:1].isupper() and not (size and token.text in ("-", "de", "del", "of", "al", "e", "la")):
            break
        size += 1
    while size and not doc[at + size - 1].text[:1].isupper():
        size -= 1
    return size if doc[at].pos_ in ("PROPN", "X", "ADJ", "NOUN", "SYM") or doc[at].ent_type_ else 0


def _reads_as_place(doc: Doc, start: int, end: int, place: Place, registers: Registers) -> bool:
    labels = {doc[i].ent_type_ for i in range(start, end)}
    follows = _role_follows(doc, end, registers)
    if doc[start].dep_ == "flat" and doc[start].head.i < start and not follows:
        return False  # the second half of a name: `Feliciano Valencia`
    if labels == {"LOC"}:
        return follows or _whole(doc, start, end) or place.weight >= _LARGE
    if labels == {"ORG"}:
        return _role_in_name(doc, start, end, registers) and (place.weight >= _LARGE or follows)
    if labels == {"PER"}:
        if not _whole(doc, start, end) or fold(doc[start:end].text) in _GIVEN_NAMES:
            return False
        return place.weight >= _HUGE or (follows and place.weight >= _LARGE)
    return follows and doc[start].pos_ == "PROPN"


def _whole(doc: Doc, start: int, end: int) -> bool:
    """Tokens [start, end) are a whole name of the language layer, but for a noun such as `Province`."""
    entity = next((e for e in doc.ents if e.start <= start < e.end), None)
    if entity is None:
        return True
    rest = [t for t in entity if not start <= t.i < end]
    return all(t.lower_ in _AREA_NOUNS or t.lower_ in ("'s", "’s", "the", "northern", "southern") for t in rest)


def _role_follows(doc: Doc, end: int, registers: Registers) -> bool:
    """A role noun of a state stands after tokens up to `end`: `Kano State government`, `Lahore's police`."""
    for token in doc[end : end + 4]:
        if _is_role(token, registers):
            return True
        modifier = token.dep_ in ("compound", "amod") or token.lower_ in ("'s", "’s")
        if not (token.lower_ in _AREA_NOUNS or modifier):
            return False
    return False


def _role_in_name(doc: Doc, start: int, end: int, registers: Registers) -> bool:
    """The body named has a role noun: `Osaka District Court`, `University of Texas`."""
    entity = next((e for e in doc.ents if e.start <= start < e.end), None)
    after = doc[end] if end < len(doc) else None
    if after is not None and _is_role(after, registers):
        return True
    return entity is not None and any(_is_role(t, registers) for t in entity if not start <= t.i < end)


def _is_role(token: Token, registers: Registers) -> bool:
    role = registers.roles.get(token.lower_) or registers.roles.get(token.lemma_.lower())
    return role is not None and (role.generic or bool(set(role.sectors) & _OF_A_PLACE))
