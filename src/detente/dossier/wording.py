"""Numbers, dates, sizes and speakers in, words for a reader out. English only."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Iterable

from detente.records import Chance, Figure, Magnitude, Precision

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_BOUNDS = {"least": "at least ", "most": "up to ", "about": "about "}
_KINDS = {"deaths": "killed", "injured": "injured", "people": "people"}
_SIDES = {"party": "a party", "third": "third party", "unknown": "side unknown"}
_ANSWERS = {
    "rupture": "Divorce.",
    "cooling": "Just cooling.",
    "thaw": "Neither: a thaw.",
    "stable": "Neither: much as before.",
    "abstain": "No answer.",
}
_COURSES = {
    "rupture": "a full rupture",
    "cooling": "a cooling",
    "thaw": "a thaw",
    "stable": "no marked change",
}
_MARKS = {"reached": "■", "half": "◧"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    r"""`text` on one line, without what could drive a terminal, reorder a line or break an encoder.

    Examples:
        >>> plain("one\x1b[31m  two\nthree")
        'one[31m two three'
    """
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif category == "Cs":
            kept.append("\N{REPLACEMENT CHARACTER}")
        elif category != "Cc" and char not in BIDI_CONTROLS:
            kept.append(char)
    return " ".join("".join(kept).split())


def percent(p: float) -> str:
    """A probability as a percentage, with a decimal only where one point is a lot.

    Examples:
        >>> percent(0.684), percent(0.024), percent(0.0002), percent(float("nan"))
        ('68%', '2.4%', '<0.1%', 'unknown')
    """
    if not math.isfinite(p):
        return "unknown"
    if 0 < p < 0.0005:
        return "<0.1%"
    if 0.9995 <= p < 1:
        return ">99.9%"
    return f"{_points(p)}%"


def percent_range(low: float, high: float) -> str:
    """A range of probabilities.

    Examples:
        >>> percent_range(0.009, 0.055), percent_range(0.6, 0.9)
        ('0.9–5.5%', '60–90%')
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return "unknown"
    if _points(low) == _points(high):
        return percent(low)
    return f"{_points(low)}{EN_DASH}{_points(high)}%"


def signed(value: float) -> str:
    """A number with its sign and one decimal, with a true minus.

    Examples:
        >>> signed(-9.5), signed(2), signed(0)
        ('−9.5', '+2.0', '0.0')
    """
    if not math.isfinite(value):
        return "unknown"
    text = f"{value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", MINUS)


def magnitude(size: Magnitude) -> str:
    """A size as a reader says it.

    Examples:
        >>> magnitude(Magnitude(kind="money", value=1e9, unit="USD", per="year"))
        '$1 bn a year'
        >>> magnitude(Magnitude(kind="deaths", value=26, bound="least"))
        'at least 26 killed'
    """
    if size.kind == "money":
        text = _money(size.value, unit=size.unit)
    elif size.kind == "percent":
        text = f"{_grouped(size.value)}%"
    else:
        text = f"{_grouped(size.value)} {_KINDS.get(size.kind, size.kind)}"
    per = f" {'an' if size.per == 'hour' else 'a'} {size.per}" if size.per else ""
    return f"{_BOUNDS.get(size.bound or '', '')}{text}{per}"


def figures(told: Iterable[Figure]) -> str:
    """Sizes that reports disagree on, each with who gives it.

    Examples:
        >>> army = Figure(kind="deaths", value=24, unit=None, per=None, said_by=("the army",), claims=())
        >>> wire = Figure(kind="deaths", value=28, unit=None, per=None, said_by=("Post", "Wire"), claims=())
        >>> figures([army, wire])
        '24 killed (the army); 28 killed (Post, Wire)'
    """
    sizes = ((Magnitude(kind=f.kind, value=f.value, unit=f.unit, per=f.per), f.said_by) for f in told)
    return "; ".join(f"{magnitude(size)} ({', '.join(by)})" for size, by in sizes)


def day(date: dt.date) -> str:
    """A day in words.

    Examples:
        >>> day(dt.date(2011, 11, 26))
        '26 Nov 2011'
    """
    return f"{date.day} {month(date)}"


def month(date: dt.date) -> str:
    """A month in words; a table of its own, because `strftime` follows the locale of whoever runs it.

    Examples:
        >>> month(dt.date(2011, 11, 26))
        'Nov 2011'
    """
    return f"{MONTHS[date.month - 1]} {date.year}"


def when(date: dt.date | None, *, precision: Precision = "day", end: dt.date | None = None) -> str:
    """A date as precise as it is known, never more.

    Examples:
        >>> when(dt.date(2011, 5, 1), precision="month"), when(None)
        ('May 2011', 'no date')
    """
    if date is None or precision == "unknown":
        return "no date"
    if precision == "year":
        return str(date.year)
    if precision == "month":
        return month(date)
    if precision == "before":
        return f"before {day(date)}"
    return f"{day(date)} to {day(end)}" if end and end != date else day(date)


def side(name: str) -> str:
    """Whether a speaker or outlet belongs to one of the two states."""
    return _SIDES.get(name, name)


def rung_mark(state: str) -> str:
    """The symbol of a rung's state, so that colour is never alone in saying it."""
    return _MARKS.get(state, "□")


def rung_state(state: str) -> str:
    """The words of a rung's state."""
    return state if state in _MARKS else "not reached"


def answer(name: str) -> str:
    """The verdict's answer to the question in the title."""
    return _ANSWERS.get(name, f"{name.capitalize()}.")


def course(name: str) -> str:
    """What an answer says will come, as part of a sentence."""
    return _COURSES.get(name, name)


def against_base_rate(chance: Chance) -> str:
    """How a chance compares with its base rate; empty when either is unknown."""
    p, base = chance.p, chance.base_rate
    if not (math.isfinite(p) and math.isfinite(base)) or base <= 0:
        return ""
    ratio = p / base
    if ratio >= 2.5:
        words = f"about {ratio:.0f} times"
    elif ratio >= 1.5:
        words = "about twice"
    elif ratio <= 0.67:
        words = "below"
    else:
        words = "close to"
    return f"{words} its base rate of {percent(base)}"


def opening(text: str) -> str:
    """`text` with its first letter in upper case and the rest as it is, unlike `str.capitalize`.

    Examples:
        >>> opening("economic-aid from the USA")
        'Economic-aid from the USA'
    """
    return text[:1].upper() + text[1:]


def shortened(text: str, *, most: int) -> str:
    """`text` on one line of at most `most` characters, cut between words where that is possible.

    Examples:
        >>> shortened("the base is emptied at once", most=20)
        'the base is emptied…'
    """
    line = plain(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    head = cut.rpartition(" ")[0] if line[most - 1] != " " else cut
    return f"{head or cut}\N{HORIZONTAL ELLIPSIS}"


def count(number: int, noun: str) -> str:
    """A number with its noun in the right number.

    Examples:
        >>> count(1, "report"), count(41, "report")
        ('1 report', '41 reports')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _points(p: float) -> str:
    points = p * 100
    if 0 < points < 9.95 or 99 < points < 100:
        return f"{points:.1f}".removesuffix(".0")
    return f"{points:.0f}"


def _grouped(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _money(value: float, *, unit: str | None) -> str:
    sign = _SIGNS.get(unit or "", f"{unit} " if unit else "")
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{sign}{value / scale:,.2f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{sign}{_grouped(value)}"
