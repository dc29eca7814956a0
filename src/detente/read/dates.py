"""A date as pages and people write it comes in, a day goes out. Of publication only; dates in sentences are coded.

A day that stands nowhere is None, never today; a day that cannot be is an error, never the nearest one.
"""

from __future__ import annotations

import datetime as dt
import re

from detente.errors import InputError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\b\.?"
)
DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
WRITTEN = (
    rf"(?:(?P<month>{MONTH})\s+(?P<day>{DAY})(?!\d)(?:,?\s+(?P<year>[12]\d{{3}}))?"
    rf"|(?P<day2>{DAY})\s+(?P<month2>{MONTH})(?:,?\s+(?P<year2>[12]\d{{3}}))?)"
)
"""A date in words, the year optional; use with named groups month, day, year or month2, day2, year2."""

_WRITTEN = re.compile(WRITTEN)
_ISO = re.compile(
    r"\b([12]\d{3})-(\d{1,2})-(\d{1,2})(?!\d)|\b([12]\d{3})(\d{2})(\d{2})(?:T\d+Z?)?\b|\b([12]\d{3})/(\d{1,2})/(\d{1,2})\b"
)
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")


def parse_date(text: str) -> dt.date:
    """The day that `text` names: ISO 8601 (a time may follow), `20111205`, `5 December 2011`, `Dec. 5, 2011`.

    Raises:
        InputError: It names no day, or one that is in no calendar.

    Example:
        >>> parse_date("Mon, 5 Dec 2011 10:00:00 GMT").isoformat()
        '2011-12-05'
    """
    iso = _ISO.search(text)
    wanted = "wanted a day such as 2011-12-05"
    try:
        if iso:
            year, month, day = (int(part) for part in iso.groups() if part is not None)
            return dt.date(year, month, day)
        found = find_written(text)
        if found and found[0]:
            return dt.date(*found)
    except ValueError as error:
        raise InputError(f"got date {text.strip()[:60]!r} ({error}), {wanted}") from None
    raise InputError(f"got date {text.strip()[:60]!r}, {wanted}")


def find_written(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of the first date in words, the year 0 where none is written; it may be in no calendar."""
    found = _WRITTEN.search(text)
    return from_match(found) if found else None


def from_match(match: re.Match[str]) -> tuple[int, int, int]:
    """(year, month, day) of a match of `WRITTEN`."""
    month = match["month"] or match["month2"]
    day = match["day"] or match["day2"]
    year = match["year"] or match["year2"] or "0"
    return int(year), MONTHS.index(month[:3].lower()) + 1, int(re.sub(r"\D", "", day))


def from_url(url: str | None) -> dt.date | None:
    """The day in an address such as `/2022/07/26/`, None where it has none."""
    found = _IN_URL.search(url or "")
    if not found:
        return None
    year, month, day = map(int, found.groups())
    return valid(year, month, day)


def valid(year: int, month: int, day: int) -> dt.date | None:
    """The day, None where it is in no calendar."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
