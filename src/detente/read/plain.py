"""Plain text comes in, an `Article` goes out: the body alone, and beside it everything that stood around the body.

Nothing is lost: title, byline, dateline and the outlet's note have fields of their own, and every line that is kept out
of the body stands in `Article.dropped` with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import ArticleError
from detente.read.boilerplate import OUTLET_NOTE, find_notes, mark
from detente.read.datelines import Dateline, find_dateline
from detente.read.dates import from_url, valid
from detente.read.headings import Heading, byline_of, day_of, read_heading
from detente.read.lines import Line, lines_of, one_line_ends
from detente.read.notes import describes_outlet
from detente.records import Article

_YEAR_AND_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})(?=[/-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an article before its text is read; it wins over what the text says."""

    url: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: dt.date | None = None
    language: str = "en"


def read_plain(
    text: str, *, retrieved: dt.datetime, known: Known | None = None, in_place: bool = False, page: bool = False
) -> Article:
    r"""The article in `text`.

    Args:
        text: One article with whatever stands around it.
        retrieved: When it was read, aware UTC.
        known: Fields that were given or stood in the page's metadata.
        in_place: Keep every offset: what is dropped becomes spaces, so that spans point into `text` as it came.
        page: The text was extracted from a web page, whose forms and gaps are gone already.

    Raises:
        ArticleError: There is no text in it.

    Example:
        >>> when = dt.datetime(2011, 12, 5, tzinfo=dt.UTC)
        >>> read_plain("Road Closed\n\nBy Jane Roe\n\nPakistan closed the road.", retrieved=when).byline
        'Jane Roe'
    """
    known = known or Known()
    text = one_line_ends(text)
    lines = lines_of(text)
    if not lines:
        raise ArticleError("got a text without words, wanted at least one sentence")
    heading = read_heading(lines, title=known.title) if len(lines) > 1 else Heading()
    reasons = _reasons(lines, heading, known=known, page=page)
    kept = [i for i in range(len(lines)) if i not in reasons]
    dateline = find_dateline(lines[kept[0]].text)
    body = _blanked(text, lines, reasons, dateline) if in_place else _joined(lines, kept, dateline)
    note = _first(lines, reasons, OUTLET_NOTE)
    inner = _first(lines, reasons, "byline")
    days = (day_of(lines[i].text) for i, why in reasons.items() if why == "day of publication")
    url = known.url or heading.url
    named = describes_outlet(note) if note else None
    return Article(
        text=body,
        retrieved=retrieved,
        url=url,
        outlet=known.outlet or heading.outlet or named or (dateline.agency if dateline else None),
        title=known.title or heading.title,
        byline=known.byline or heading.byline or (byline_of(inner) if inner else None),
        language=known.language,
        published=known.published or heading.published or next(filter(None, days), None) or _published(dateline, url),
        dateline=dateline.text if dateline else None,
        outlet_note=note,
        dropped=tuple((why, lines[i].text) for i, why in sorted(reasons.items())),
    )


def _first(lines: Sequence[Line], reasons: dict[int, str], wanted: str) -> str | None:
    """The first line that was dropped for the reason `wanted`."""
    return next((lines[i].text for i in sorted(reasons) if reasons[i] == wanted), None)


def _reasons(lines: Sequence[Line], heading: Heading, *, known: Known, page: bool) -> dict[int, str]:
    """Index of line > why it is no body; empty where nothing else would be left."""
    if len(lines) == 1:
        return {}
    first = len(heading.taken)
    reasons = mark(lines, first=first)
    outlet, byline = known.outlet or heading.outlet, known.byline or heading.byline
    reasons |= find_notes(lines, reasons, first=first, outlet=outlet, byline=byline, page=page)
    reasons |= dict(enumerate(heading.taken))
    return reasons if len(reasons) < len(lines) else dict(enumerate(heading.taken))


def _joined(lines: Sequence[Line], kept: Sequence[int], dateline: Dateline | None) -> str:
    """The kept lines, with one blank line where there were more or where something was dropped."""
    parts: list[str] = []
    for nth, i in enumerate(kept):
        text = lines[i].text
        if not nth:
            parts.append(text[dateline.length :] if dateline else text)
            continue
        close = lines[i].gap == 0 and kept[nth - 1] == i - 1
        parts.append(("\n" if close else "\n\n") + text)
    return "".join(parts).strip()


def _blanked(text: str, lines: Sequence[Line], reasons: dict[int, str], dateline: Dateline | None) -> str:
    """The text with spaces for all that was dropped: every offset stays true."""
    parts: list[str] = []
    done = 0
    first = next(i for i in range(len(lines)) if i not in reasons)
    spans = [(lines[i].start, lines[i].end) for i in sorted(reasons)]
    if dateline:
        spans = sorted([*spans, (lines[first].start, lines[first].start + dateline.length)])
    for start, end in spans:
        parts += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*parts, text[done:]])


def _published(dateline: Dateline | None, url: str | None) -> dt.date | None:
    """The day in the dateline, its year taken from the address if need be; else the day in the address."""
    if dateline and dateline.month:
        year = dateline.year
        found = _YEAR_AND_MONTH.search(url or "")
        if not year and found and int(found[2]) == dateline.month:
            year = int(found[1])
        if year:
            return valid(year, dateline.month, dateline.day)
    return from_url(url)
