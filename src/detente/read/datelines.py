"""The first paragraph of a body comes in, what stands before its first sentence goes out: place, day, agency.

`ISLAMABAD, Dec 5 (Reuters) - `, `CAIRO – 26 July 2022: `, `Durban, South Africa — `, `(Xinhua) -- `. A place in small
letters is taken only before a dash, and never before a colon: `Zardari: we will leave` names a speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.read.dates import WRITTEN, from_match

_CAPS = r"[A-Z][A-Z.'’-]*[A-Z.](?:[ -][A-Z.'’]{2,}){0,3}"
_NAME = r"[A-Z][\w.'’-]*[^\W\d_](?: (?:of|de|la|el|al|del|do|da)(?= [A-Z]))?(?: [A-Z][\w.'’-]*[^\W\d_]){0,2}"
_AGENCY = r"\((?P<agency>[A-Z][^()\n]{1,40})\)|/(?P<agency2>[A-Z][\w .&-]{1,30})/"
_DASH = r"\s*(?:[—–]|--+)\s*|\s+-+\s+|(?<=\w)-\s+"
_DATED = re.compile(
    rf"(?P<place>[^.!?:;\n]{{2,60}}?)(?:,\s+|\s+[—–-]\s+)(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?{WRITTEN}"
    rf"(?:,?\s*(?:{_AGENCY}))?(?:{_DASH}|\s*:\s+|(?<=\))\s+)"
)
_SIGNED = re.compile(
    rf"(?P<place>(?:{_CAPS}|{_NAME})(?:, {_NAME}|, {_CAPS})?)?\s*(?:{_AGENCY})(?:{_DASH}|\s*[.:]\s+|\s\s+)"
)
_SHOUTED = re.compile(rf"(?P<place>{_CAPS}(?:, (?:{_NAME}|{_CAPS}))?)(?:{_DASH}|:\s+)(?=[\"“‘'(]?[A-Z0-9])")
_NAMED = re.compile(rf"(?P<place>{_NAME}(?:, {_NAME})?)(?:{_DASH})(?=[\"“‘'(]?[A-Z])")

LONGEST = 120  # characters of a dateline
SHORTEST_REST = 60  # characters that must follow a place in small letters, or it is half of a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """What opened a body: `length` characters of it; year 0 and month 0 where none is written."""

    text: str
    length: int
    place: str | None = None
    agency: str | None = None
    year: int = 0
    month: int = 0
    day: int = 0


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens `paragraph`, None where it has none.

    Example:
        >>> find_dateline("ISLAMABAD, Dec 5 (Reuters) - Pakistan closed the road.").agency
        'Reuters'
    """
    head = paragraph[: LONGEST + 2]
    for pattern in (_DATED, _SIGNED, _SHOUTED, _NAMED):
        found = pattern.match(head)
        if found and _fits(pattern, found, rest=paragraph[found.end() :]):
            return _dateline(found)
    return None


def _fits(pattern: re.Pattern[str], found: re.Match[str], *, rest: str) -> bool:
    place = found["place"] or ""
    if not rest.strip() or found.end() > LONGEST:
        return False
    if pattern is _DATED:
        # "On Friday, May 6 - the day of ..." is a sentence: a place has few words, and begins none
        return len(place.split()) <= 5 and place.split()[0] not in _FIRST_WORDS
    if pattern is _SHOUTED:
        return len(place) > 3 and " " in rest.strip()
    if pattern is _NAMED:
        return len(rest) >= SHORTEST_REST and place.split()[0] not in _FIRST_WORDS and rest.rstrip()[-1:] in '.!?”"’…)'
    return bool(rest[:1].strip())


_FIRST_WORDS = frozenset(
    "On In At By From Since Until After Before The A An This That It He She They We I And But For As".split()
)


def _dateline(found: re.Match[str]) -> Dateline:
    groups = found.groupdict()
    year, month, day = from_match(found) if groups.get("month") or groups.get("month2") else (0, 0, 0)
    return Dateline(
        text=found[0].strip(), length=found.end(), place=groups.get("place"),
        agency=groups.get("agency") or groups.get("agency2"), year=year, month=month, day=day,
    )  # fmt: skip
