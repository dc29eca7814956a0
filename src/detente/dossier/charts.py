"""Series and chances in, SVG text out. No script, no inline style: colours come from the page's style sheet.

Cooperation stands above the line and conflict below it, material acts are solid and words are hatched, so that no
chart needs colour to be read. A month without articles is hatched as unknown: it is not a month of silence.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from detente.dossier.axes import LEFT, RIGHT, Axis, labels, number, patterns, unknown
from detente.dossier.wording import percent, percent_range
from detente.records import Chance, Period

_STRIP, _GAP, _COVER = 124.0, 44.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """One month of the axis; `period` None when it is not in the record."""

    start: dt.date
    period: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where months and counts lie on the canvas."""

    axis: Axis
    slots: tuple[_Slot, ...]
    top: int
    bottom: int

    def y(self, count: float) -> float:
        return _STRIP * (self.top - count) / (self.top + self.bottom)


def directions(periods: Sequence[Period], *, forward: str, backward: str, width: int = 860) -> str:
    """Both directions of a pair by month, and below them the articles read.

    Args:
        periods: At least one month, in any order; months between them that are missing stay empty.
        forward: Label of the first direction, such as "PAK → USA".
        backward: Label of the other.
        width: Width of the canvas; draw a second, narrow one for phones rather than shrink the letters.
    """
    frame = _frame(periods, width=width)
    second = _GAP + _STRIP + _GAP
    third = second + _STRIP + _GAP
    parts = [
        (
            f'<svg class="chart" role="img" viewBox="0 0 {width} {number(third + _COVER + 26)}" '
            f'aria-label="{escape(_summary(periods, forward=forward, backward=backward), quote=True)}">'
        ),
        patterns(width),
        _strip(frame, label=forward, offset=_GAP - 16, which="forward"),
        _strip(frame, label=backward, offset=second - 16, which="backward"),
        _coverage(frame, offset=third - 16),
        "</svg>",
    ]
    return "".join(parts)


def range_bar(chance: Chance, *, label: str, kind: str, width: int = 240) -> str:
    """A chance on a line from 0 to 100 %: a bar for its range, a dot for it, a tick for the base rate."""
    known = all(math.isfinite(v) for v in (chance.p, chance.low, chance.high))
    words = (
        f"{label}: {percent(chance.p)}, range {percent_range(chance.low, chance.high)}, "
        f"base rate {percent(chance.base_rate)}"
    )

    def x(p: float) -> str:
        return number(6 + min(1.0, max(0.0, p)) * (width - 12))

    parts = [
        (
            f'<svg class="range {escape(kind, quote=True)}" role="img" viewBox="0 0 {width} 26" '
            f'aria-label="{escape(words, quote=True)}">'
        ),
        f'<line class="rail" x1="6" y1="13" x2="{width - 6}" y2="13"/>',
    ]
    for p in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<line class="notch" x1="{x(p)}" y1="10" x2="{x(p)}" y2="16"/>')
    if known:
        parts.append(f'<line class="span" x1="{x(chance.low)}" y1="13" x2="{x(chance.high)}" y2="13"/>')
        parts.append(f'<circle class="dot" cx="{x(chance.p)}" cy="13" r="5.5"/>')
    if math.isfinite(chance.base_rate):
        at = x(chance.base_rate)
        parts.append(f'<path class="base" d="M{at} 2v22"/>')
    return "".join((*parts, "</svg>"))


def weight_bar(weight: float, *, largest: float, width: int = 120) -> str:
    """A signed weight as a bar left or right of a middle line; decoration beside the number itself."""
    middle = width / 2
    share = min(1.0, abs(weight) / largest) if largest > 0 and math.isfinite(weight) else 0.0
    length = share * (middle - 2)
    left = middle if weight >= 0 else middle - length
    kind = "plus" if weight >= 0 else "minus"
    return (
        f'<svg class="weight" aria-hidden="true" viewBox="0 0 {width} 12">'
        f'<rect class="{kind}" x="{number(left)}" y="2" width="{number(length)}" height="8" rx="1"/>'
        f'<line class="rail" x1="{number(middle)}" y1="0" x2="{number(middle)}" y2="12"/></svg>'
    )


def _frame(periods: Sequence[Period], *, width: int) -> _Frame:
    counts = [c for p in periods for c in (p.forward, p.backward)]
    top = max((c[0] + c[1] for c in counts), default=0)
    bottom = max((c[2] + c[3] for c in counts), default=0)
    slots = _slots(periods)
    axis = Axis(width=float(width), starts=tuple(s.start for s in slots))
    return _Frame(axis=axis, slots=slots, top=max(1, top), bottom=max(1, bottom))


def _slots(periods: Sequence[Period]) -> tuple[_Slot, ...]:
    by_month = {(p.start.year, p.start.month): p for p in periods}
    year, month = min(by_month)
    found = []
    while (year, month) <= max(by_month):
        found.append(_Slot(start=dt.date(year, month, 1), period=by_month.get((year, month))))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(found)


def _strip(frame: _Frame, *, label: str, offset: float, which: str) -> str:
    parts = [
        f'<g transform="translate(0,{number(offset)})">',
        f'<text class="name" x="{number(LEFT)}" y="-12">{escape(label)}</text>',
    ]
    for count in sorted({_nice(frame.top), 0, -_nice(frame.bottom)}):
        y = number(frame.y(count))
        kind = "zero" if count == 0 else "grid"
        parts.append(
            f'<line class="{kind}" x1="{number(LEFT)}" y1="{y}" x2="{number(frame.axis.width - RIGHT)}" y2="{y}"/>'
        )
        tick = number(frame.y(count) + 4)
        parts.append(f'<text class="tick" x="{number(LEFT - 6)}" y="{tick}" text-anchor="end">{abs(count)}</text>')
    for i, slot in enumerate(frame.slots):
        if slot.period is None or slot.period.articles == 0:
            parts.append(unknown(frame.axis, i, height=_STRIP))
        else:
            counts = slot.period.forward if which == "forward" else slot.period.backward
            parts.append(_bar(frame, i, counts))
    parts.append("</g>")
    return "".join(parts)


def _bar(frame: _Frame, place: int, counts: tuple[int, int, int, int]) -> str:
    said_well, done_well, said_ill, done_ill = counts
    levels = (
        ("coop material", 0, done_well),
        ("coop verbal", done_well, done_well + said_well),
        ("conf material", -done_ill, 0),
        ("conf verbal", -done_ill - said_ill, -done_ill),
    )
    x, width = number(frame.axis.x(place) + frame.axis.pitch * 0.14), number(frame.axis.pitch * 0.72)
    parts = []
    for kind, low, high in levels:
        if high > low:
            y, height = frame.y(high), frame.y(low) - frame.y(high)
            box = f'x="{x}" y="{number(y)}" width="{width}" height="{number(height)}"'
            parts.append(f'<rect class="{kind}" {box}/>')
            if "verbal" in kind:
                parts.append(f'<rect fill="url(#hatch-{number(frame.axis.width)})" {box}/>')
    return "".join(parts)


def _coverage(frame: _Frame, *, offset: float) -> str:
    most = max((s.period.articles for s in frame.slots if s.period), default=0)
    parts = [
        f'<g transform="translate(0,{number(offset)})">',
        f'<text class="name" x="{number(LEFT)}" y="-12">Articles read</text>',
        f'<text class="tick" x="{number(LEFT - 6)}" y="10" text-anchor="end">{most}</text>',
        f'<text class="tick" x="{number(LEFT - 6)}" y="{number(_COVER + 2)}" text-anchor="end">0</text>',
    ]
    for i, slot in enumerate(frame.slots):
        height = _COVER * slot.period.articles / max(1, most) if slot.period else 0.0
        if height:
            parts.append(
                f'<rect class="cover" x="{number(frame.axis.x(i))}" y="{number(_COVER - height)}" '
                f'width="{number(frame.axis.pitch)}" height="{number(height)}"/>'
            )
        else:
            parts.append(unknown(frame.axis, i, height=_COVER))
    y = number(_COVER)
    parts.append(f'<line class="zero" x1="{number(LEFT)}" y1="{y}" x2="{number(frame.axis.width - RIGHT)}" y2="{y}"/>')
    parts.append(labels(frame.axis, y=_COVER + 18))
    parts.append("</g>")
    return "".join(parts)


def _summary(periods: Sequence[Period], *, forward: str, backward: str) -> str:
    parts = []
    for label, counts in ((forward, [p.forward for p in periods]), (backward, [p.backward for p in periods])):
        well, ill = sum(c[0] + c[1] for c in counts), sum(c[2] + c[3] for c in counts)
        parts.append(f"{label}: {well} acts of cooperation, {ill} of conflict")
    return f"Events by month over {len(periods)} months. {'; '.join(parts)}. The table below gives every number."


def _nice(count: int) -> int:
    """The largest round number not above `count`."""
    power = int("1" + "0" * (len(str(count)) - 1))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= count)
