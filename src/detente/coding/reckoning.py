"""What a matched date phrase and its day of publication come to: calendar arithmetic, one function a family.

A match of a rule of `dates` and an `At` come in, a `Resolved` goes out; a ValueError says that it names no day.
A past reading is the default, as in news: `Tuesday` and `May 15` are the latest that publication had seen.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from detente.records import Precision

Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a phrase says of when.

    Attributes:
        date: First day; the first of the month or year at those precisions, None when the words name none.
        end: Where the words span more than `precision`: the last day, or first day of the last month or year.
        precision: Of both; `before` means some time before `date`.
        text: The words as written.
        approximate: The words only say about when (`nearly three weeks ago`, `late May`).
        future: After publication, or said to come without a day (`several years from now`).
    """

    date: dt.date | None
    end: dt.date | None = None
    precision: Precision
    text: str = ""
    approximate: bool = False
    future: bool = False


class At(NamedTuple):
    """Where a phrase is read from."""

    published: dt.date | None
    tense: Tense | None

    @property
    def day(self) -> dt.date:
        """The day of publication, asked for by the readers of relative phrases."""
        if self.published is None:
            raise ValueError("a relative phrase without a day of publication")
        return self.published


Match = re.Match[str]
_STALE = dt.timedelta(days=3)  # `will meet on May 3`, in a page put online on May 4
_WRONG_WEEKDAY = dt.timedelta(days=400)  # a farther year that fits is likelier a slip in the text
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen twenty".split()
_COUNTS = {w: i for i, w in enumerate(SMALL, 1)} | {"a": 1, "an": 1, "the": 1, "thirty": 30, "couple": 2, "dozen": 12}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_STEPS = {"last": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "next": 1, "coming": 1, "upcoming": 1}
TODAY = {"yesterday": -1, "overnight": -1, "last night": -1, "tomorrow": 1} | {
    "the day before yesterday": -2, "day before yesterday": -2, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
HOLIDAYS = {
    r"new year'?s eve": (12, 31), r"new year'?s(?: day)?": (1, 1), r"christmas eve": (12, 24), r"boxing day": (12, 26),
    r"christmas(?: day)?": (12, 25), r"valentine'?s day": (2, 14), r"may day": (5, 1), r"halloween": (10, 31),
    r"(?:the )?(?:fourth|4th) of july": (7, 4), r"international women'?s day": (3, 8), r"bastille day": (7, 14),
    r"all saints'? day": (11, 1), r"epiphany": (1, 6), r"saint patrick'?s day|st\.? patrick'?s day": (3, 17),
}  # fmt: skip


def exactly(date: dt.date, *, end: dt.date | None = None, about: bool = False) -> Resolved:
    """A day, or the days from `date` to `end`."""
    return Resolved(date=date, end=end, precision="day", approximate=about)


def sometime(*, future: bool = False) -> Resolved:
    """A time is meant, which one is not said."""
    return Resolved(date=None, precision="unknown", approximate=True, future=future)


def recently(_m: Match, at: At) -> Resolved:
    """Some time before publication."""
    return Resolved(date=at.day, precision="before", approximate=True)


def someday(_m: Match, _at: At) -> Resolved:
    """To come, without a day."""
    return sometime(future=True)


def _month_of(word: str) -> int:
    return _MONTHS.index(word.lower()[:3]) + 1


def _weekday_of(word: str) -> int:
    return _WEEKDAYS.index(word.lower()[:3])


def number(word: str) -> int:
    """What a number word counts."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    if word == "half a dozen":
        return 6
    kept = [_COUNTS[w] for w in word.split() if w in _COUNTS]
    if not kept:
        raise ValueError(f"got {word!r}, wanted a number")
    return kept[-1]


def shift(day: dt.date, n: int, *, unit: str) -> dt.date:
    """`day` moved by `n` units; a day that the month lacks becomes its last."""
    if unit in ("minute", "hour"):
        return day + dt.timedelta(hours=n) if unit == "hour" else day
    if unit in ("day", "week", "fortnight"):
        return day + n * {"day": 1, "week": 7, "fortnight": 14}[unit] * DAY
    months = day.year * 12 + day.month - 1 + n * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _span_precision(unit: str) -> Precision:
    return "month" if unit == "month" else "year" if unit in ("year", "decade") else "day"


def _year(m: Match, at: At) -> int | None:
    if m["y"]:
        return int(m["y"])
    return at.day.year + _STEPS[m["yr"].lower().split()[-1]] if m["yr"] else None


def _nearest(at: At, month: int, *, day: int, weekday: int | None = None) -> dt.date:
    """The latest such day not after publication, the next one in the future tense; a weekday decides the year."""
    years = range(max(at.day.year - 8, 1), min(at.day.year + 8, 9999) + 1)
    days = [dt.date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1]]
    if weekday is not None:
        near = [d for d in days if d.weekday() == weekday and abs(d - at.day) <= _WRONG_WEEKDAY]
        if near:
            return min(near, key=lambda d: abs(d - at.day))
    if at.tense == "future":
        return min(d for d in days if d >= at.day - _STALE)
    return max(d for d in days if d <= at.day)


def _placed(edge: str | None, first: dt.date, *, unit: str) -> Resolved:
    """The period of `unit` that begins on `first`, or the edge of it that the words name."""
    last = {"week": first + 4 * DAY, "month": shift(first, 1, unit="month") - DAY}.get(unit) or first.replace(
        month=12, day=31
    )
    precision = _span_precision(unit)
    words = (edge or "").lower()
    if re.search("late|end|close", words):
        return Resolved(date=last, precision=precision, approximate=True)
    if "mid" in words:
        middle = {"week": first + 2 * DAY, "month": first.replace(day=15)}.get(unit) or first.replace(month=7)
        return Resolved(date=middle, precision=precision, approximate=True)
    return Resolved(date=first, precision=precision, approximate=bool(words))


def iso(m: Match, _at: At) -> Resolved:
    """`2025-05-13`."""
    return exactly(dt.date(int(m["y"]), int(m["m"]), int(m["d"])))


def years(m: Match, _at: At) -> Resolved:
    """`1990-91` is two years, `2011-05` a month."""
    year, short = int(m["y"]), int(m["z"])
    if short > year % 100 and (short > 12 or short == year % 100 + 1):
        last = dt.date(year - year % 100 + short, 1, 1)
        return Resolved(date=dt.date(year, 1, 1), end=last, precision="year")
    return Resolved(date=dt.date(year, short, 1), precision="month")


def week_before_last(_m: Match, at: At) -> Resolved:
    """The same weekday two weeks before."""
    return exactly(at.day - 2 * WEEK, about=True)


def numeric(m: Match, at: At) -> Resolved:
    """Of two readings the only real one; else month first (dots: day first) unless only the other is past."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    options = [(a, b), (b, a)] if m["sep"] != "." else [(b, a)]
    days = [dt.date(year, mo, d) for mo, d in options if 1 <= mo <= 12 and 1 <= d <= calendar.monthrange(year, mo)[1]]
    past = [d for d in days if at.published is None or d <= at.published]
    return exactly((past or days)[0] if days else dt.date(year, a, b), about=len(set(days)) > 1)


def month_day(m: Match, at: At) -> Resolved:
    """`Nov. 26`, `May 15-20`, `Tuesday, June 19`."""
    month, day, year = _month_of(m["m"]), int(re.sub(r"\D", "", m["d"])), _year(m, at)
    first = dt.date(year, month, day) if year else None
    first = first or _nearest(at, month, day=day, weekday=_weekday_of(m["w"]) if m["w"] else None)
    second = m.groupdict().get("d2")
    end = first.replace(day=int(re.sub(r"\D", "", second))) if second else None
    if end and end < first:
        raise ValueError("a range that ends before it begins")
    return exactly(first, end=end)


def month(m: Match, at: At) -> Resolved:
    """`May`, `last May`, `late March 2011`."""
    which, year, rel = _month_of(m["m"]), _year(m, at), (m["rel"] or "").lower()
    if year is None:
        now, year = at.day.month, at.day.year
        if rel in ("last", "past"):
            year -= which >= now
        elif rel in ("next", "coming"):
            year += which <= now
        elif rel != "this":
            year += which < now if at.tense == "future" else -(which > now)
    return _placed(m["edge"], dt.date(year, which, 1), unit="month")


def bare_year(m: Match, _at: At) -> Resolved:
    """`2008`, `late 2023`."""
    return _placed(m["edge"], dt.date(int(m["y"]), 1, 1), unit="year")


def decade(m: Match, _at: At) -> Resolved:
    """`the 1990s`; its early years are four, its middle and late ones three."""
    year, words = int(m["y"]), (m["edge"] or "").lower()
    late, mid = bool(re.search("late|end", words)), "mid" in words
    first, last = (7, 9) if late else (4, 6) if mid else (0, 3) if words else (0, 9)
    dates = dt.date(year + first, 1, 1), dt.date(year + last, 1, 1)
    return Resolved(date=dates[0], end=dates[1], precision="year", approximate=True)


def quarter(m: Match, at: At) -> Resolved:
    """`Q2 2023`, `the first half of this year`."""
    size = 6 if m["h"] or m["half"] else 3
    n = int(m["q"] or m["h"] or ORDINALS[m["ord"].lower()])
    year = _year(m, at)
    if n > 12 // size:
        raise ValueError("a fourth half")
    if year is None:
        year = at.day.year if m["the"] or at.tense == "future" or n * size - size < at.day.month else at.day.year - 1
    first = dt.date(year, n * size - size + 1, 1)
    return Resolved(date=first, end=first.replace(month=first.month + size - 1), precision="month")


def week_of_month(m: Match, at: At) -> Resolved:
    """The n-th seven days of a month, counted from its first, the last seven for `last`."""
    if m["rel"]:
        first = shift(at.day.replace(day=1), _STEPS[m["rel"].lower()], unit="month")
    else:
        month, year = _month_of(m["m"]), _year(m, at)
        first = dt.date(year, month, 1) if year else _nearest(at, month, day=1)
    if m["ord"].lower() in ("last", "final"):
        last = shift(first, 1, unit="month") - DAY
        return exactly(last - 6 * DAY, end=last, about=True)
    start = first + (ORDINALS[m["ord"].lower()] - 1) * WEEK
    return exactly(start, end=min(start + 6 * DAY, shift(first, 1, unit="month") - DAY), about=True)


def weekday(m: Match, at: At) -> Resolved:
    """`Tuesday`, `last Friday`, `Monday of next week`."""
    day, rel = _weekday_of(m["w"]), (m["rel"] or "").lower()
    monday = at.day - at.day.weekday() * DAY
    if m["week"]:
        return exactly(monday + _STEPS[m["week"].lower()] * WEEK + day * DAY)
    if rel in ("last", "past", "previous"):
        return exactly(at.day - ((at.day.weekday() - day - 1) % 7 + 1) * DAY)
    if rel in ("this", "next"):
        return exactly(monday + _STEPS[rel] * WEEK + day * DAY)
    if rel or at.tense == "future":
        return exactly(at.day + ((day - at.day.weekday() - bool(rel)) % 7 + bool(rel)) * DAY)
    return exactly(at.day - (at.day.weekday() - day) % 7 * DAY)


def today(m: Match, at: At) -> Resolved:
    """A weekday in brackets corrects the word before it, as in a text that was filed a day late."""
    day = at.day + TODAY.get(re.sub(r"\s+", " ", m["word"].lower()), 0) * DAY
    return exactly(day - (day.weekday() - _weekday_of(m["w"])) % 7 * DAY if m["w"] else day)


def period(m: Match, at: At) -> Resolved:
    """`last week` is the same weekday a week before: the week has no precision of its own."""
    rel, unit = m["rel"].lower().split()[-1], m["u"].lower()
    step = _STEPS[rel]
    monday = at.day - at.day.weekday() * DAY
    if unit == "weekend":
        back = step if rel != "the" else 0 if at.tense == "future" or at.day.weekday() > 4 else -1
        saturday = monday + back * WEEK + 5 * DAY
        return exactly(saturday, end=saturday + DAY)
    if rel == "the" and not m["edge"]:
        raise ValueError("the week of something else")
    if unit == "week":
        start = monday + step * WEEK
        return _placed(m["edge"], start, unit=unit) if m["edge"] else exactly(at.day + step * WEEK, about=True)
    first = at.day.replace(day=1) if unit == "month" else at.day.replace(month=1, day=1)
    return _placed(m["edge"], shift(first, step, unit=unit), unit=unit)


def ago(m: Match, at: At) -> Resolved:
    """`two weeks ago`; without a number only that it was before."""
    if not m["n"]:
        return recently(m, at)
    unit = m["u"].lower()
    if m["n"].lower().startswith("half a") and unit in ("year", "decade"):
        months = 6 if unit == "year" else 60
        return Resolved(date=shift(at.day, -months, unit="month"), precision="month", approximate=True)
    return Resolved(
        date=shift(at.day, -number(m["n"]), unit=unit),
        precision=_span_precision(unit),
        approximate=unit not in ("day", "minute"),
    )


def ahead(m: Match, at: At) -> Resolved:
    """`in two months`, `three weeks from now`."""
    if at.tense == "past":
        raise ValueError("in the past tense `in two weeks` is how long it took")
    unit = m["u"].lower()
    date = shift(at.day, number(m["n"]), unit=unit)
    return Resolved(date=date, precision=_span_precision(unit), approximate=unit != "day", future=True)


def stretch(m: Match, at: At) -> Resolved:
    """`In the past two weeks`: from then until publication; `within two weeks`: from publication until then."""
    ahead = (m["rel"] or "next").lower() in ("next", "coming")
    other = shift(at.day, number(m["n"] or "a") * (1 if ahead else -1), unit=m["u"].lower())
    first, last = sorted((at.day, other))
    return replace(exactly(first, end=last, about=True), future=ahead)


def holiday(m: Match, at: At) -> Resolved:
    """A feast of a fixed day: the latest one, the next one in the future tense."""
    month, day = next(v for k, v in HOLIDAYS.items() if re.fullmatch(k.replace(" ", r"\s{1,3}"), m["name"], re.I))
    year, rel = _year(m, at), (m["rel"] or "").lower()
    if year or rel == "this":
        return exactly(dt.date(year or at.day.year, month, day))
    if rel == "next":
        return exactly(_nearest(At(at.day + 4 * DAY, "future"), month, day=day))
    return exactly(_nearest(at._replace(published=at.day - DAY) if rel else at, month, day=day))


def season(m: Match, at: At) -> Resolved:
    """Only its year is known: which months a season takes depends on the hemisphere."""
    year = _year(m, at)
    return Resolved(date=dt.date(year, 1, 1), precision="year", approximate=True) if year else sometime()


def day_of_month(m: Match, at: At) -> Resolved:
    """`the 13th`: of this month, or of the one before or after."""
    day, first = int(m["d"][:-2]), at.day.replace(day=1)
    months = (shift(first, n, unit="month") for n in ((0, 1, 2) if at.tense == "future" else (0, -1, -2)))
    days = [f.replace(day=day) for f in months if day <= calendar.monthrange(f.year, f.month)[1]]
    return exactly(next(d for d in days if (d >= at.day if at.tense == "future" else d <= at.day)))
