"""The lines of a text come in, what stands above its body goes out: address, title, byline, day of publication.

A title is short, ends without a full stop, and a blank line or a byline follows it; a first sentence is never taken
for one. What is taken is counted in `Heading.taken`, line by line with its reason, so that nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.errors import InputError
from detente.read.dates import WRITTEN, parse_date
from detente.read.lines import Line, in_title_case

LONGEST_TITLE = 200  # characters
MOST_LINES = 12  # lines looked at; a heading is never longer

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|[a-z0-9-]+(?:\.[a-z0-9-]+)+[/%]\S*$", re.I)
_LABEL = re.compile(
    r"(?P<label>title|headline|author|by|byline|date|published|publication date|date published|source|outlet"
    r"|publisher|url|link)\s*:\s+(?P<value>\S.{0,250})$",
    re.I,
)
_PERSON = r"(?:[A-Z][\w.'’-]*|de|da|del|di|du|van|von|der|den|la|le|el|al|bin|ibn|and|y|e|&|,)"
_BYLINE = re.compile(
    r"(?:(?:written|reported|reporting|posted|published|words|story|text|analysis|opinion|commentary)\s+)?by:?\s+"
    rf"(?P<name>[A-Z][\w.'’-]*(?:,?\s+{_PERSON},?){{0,9}})\s*(?:(?:[|/–—]|\s-).{{0,80}})?$",
    re.I,
)
_CASED_NAME = re.compile(rf"[A-Z][\w.'’-]*(?:,?\s+{_PERSON},?){{0,9}}$")
_BARE_NAME = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,2}$")
_DAY = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|date|modified)(?: on| at)?:?\s*)?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:{WRITTEN}|[12]\d{{3}}-\d\d-\d\d)"
    r"(?:[\s,|@T–—-]*(?:at\s+)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{1,5}\)?)?"
    r"(?:[+-]\d\d:?\d\d)?)?\W*$",
    re.I,
)
_QUOTED = re.compile(r"^[\"“‘'«].*[\"”’'»]$")
_BULLET = re.compile(r"(?:[-*•▪●–—]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above a body; `taken` gives the reason for each line from the top that is no body."""

    url: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: dt.date | None = None
    taken: tuple[str, ...] = ()


def read_heading(lines: Sequence[Line], *, title: str | None = None) -> Heading:
    """Reads from the top until the first line of prose; `title` is the title where it is known already."""
    heading = Heading()
    known = _plain(title) if title else None
    for i, line in enumerate(lines[:MOST_LINES]):
        following = lines[i + 1] if i + 1 < len(lines) else None
        step = _take(line, following, heading=heading, known=known)
        if step is None or not any(rest.is_prose for rest in lines[i + 1 :]):
            break
        heading = step
    return heading


def byline_of(text: str) -> str | None:
    """The name in a byline such as `By Jane Roe`, None where the line is none.

    Example:
        >>> byline_of("Written by Jane Roe | Mumbai |")
        'Jane Roe'
    """
    found = _BYLINE.match(text) if len(text) <= LONGEST_TITLE else None
    if not found or not _CASED_NAME.match(found["name"].strip()):
        return None
    return found["name"].strip(" ,|") or None


def is_day(text: str) -> bool:
    """Whether the line is a day of publication and nothing else."""
    return len(text) < 80 and bool(_DAY.match(text))


def _take(line: Line, following: Line | None, *, heading: Heading, known: str | None) -> Heading | None:
    """The heading with `line` taken into it, None where the body begins."""
    text = line.text
    if _ADDRESS.match(text):
        return _with(heading, "address", url=heading.url or text)
    if text in ("---", "+++", "***"):
        return _with(heading, "rule")
    labelled = _LABEL.match(text)
    if labelled and not (line.is_prose and len(text) > 150):
        return _labelled(heading, labelled)
    byline = byline_of(text)
    if byline:
        return _with(heading, "byline", byline=heading.byline or byline)
    if is_day(text):
        return _with(heading, "day of publication", published=heading.published or day_of(text))
    return _named(line, following, heading=heading, known=known)


def _named(line: Line, following: Line | None, *, heading: Heading, known: str | None) -> Heading | None:
    """The heading with `line` as title, standfirst or a byline that is a bare name; None where it is neither."""
    title = line.text.lstrip("# ").strip()
    if known:
        return _with(heading, "title", title=heading.title or title) if _plain(title) == known else None
    bare = heading.byline is None and bool(_BARE_NAME.match(line.text)) and following is not None and following.gap > 0
    if bare:
        return _with(heading, "byline", byline=line.text.title())
    if not _is_title(line, following):
        return None
    if heading.title is None:
        return _with(heading, "title", title=title)
    return None if line.is_prose else _with(heading, "standfirst")


def _is_title(line: Line, following: Line | None) -> bool:
    text = line.text.lstrip("# ")
    if following is None or len(text) > LONGEST_TITLE or _BULLET.match(text) or not text[:1].strip():
        return False
    if text[0].islower() or text[-1] in ",;:-–—(" or text.endswith(("...", "…")):
        return False
    signed = bool(byline_of(following.text)) or is_day(following.text)
    if _stops(text):
        asked = text.rstrip("\"'”’»)")[-1] in "?!" and not _QUOTED.match(text)
        return asked and (signed or (following.gap > 0 and in_title_case(text)))
    if signed or following.gap > 0:
        return True
    return in_title_case(text) and following.is_prose and len(following.text) > len(text)


def _stops(text: str) -> bool:
    bare = text.rstrip("\"'”’»)]*")
    return bare[-1:] in ".!?。！？" and not re.search(r"\b(?:[A-Z]\.){2,}$", bare)


def _labelled(heading: Heading, found: re.Match[str]) -> Heading:
    label, value = found["label"].lower(), found["value"].strip().strip("\"'")
    if label in ("title", "headline"):
        return _with(heading, "title", title=heading.title or value)
    if label in ("author", "by", "byline"):
        return _with(heading, "byline", byline=heading.byline or value)
    if label in ("source", "outlet", "publisher"):
        return _with(heading, "outlet", outlet=heading.outlet or value)
    if label in ("url", "link"):
        return _with(heading, "address", url=heading.url or value)
    return _with(heading, "day of publication", published=heading.published or day_of(value))


def day_of(text: str) -> dt.date | None:
    """The day in a line of a heading, None where it gives none in full."""
    try:
        return parse_date(text)
    except InputError:
        return None  # a day without a year, or in no calendar: unknown; the line stays among what was dropped


def _with(heading: Heading, reason: str, **found: str | dt.date | None) -> Heading:
    return replace(heading, taken=(*heading.taken, reason), **found)  # type: ignore[arg-type]  # fields are checked by name


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
