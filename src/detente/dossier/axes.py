"""Months in, the parts of a drawing that all charts by month share out: places, labels, and the hatching of gaps."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from detente.dossier.wording import MONTHS

LEFT, RIGHT = 40.0, 6.0
_LABEL = 34.0
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Where months lie on a canvas of some width; `starts` are all of them, missing ones too."""

    width: float
    starts: tuple[dt.date, ...]

    @property
    def pitch(self) -> float:
        """Width of one month."""
        return (self.width - LEFT - RIGHT) / len(self.starts)

    def x(self, place: float) -> float:
        """Left edge of the month at a place; halves are its middle."""
        return LEFT + place * self.pitch

    def at(self, day: dt.date) -> float:
        """Where a day lies, months being drawn alike whatever their length."""
        first = self.starts[0]
        months = (day.year - first.year) * 12 + day.month - first.month
        return self.x(months + (day.day - 1) / 31)


def labels(axis: Axis, /, *, y: float) -> str:
    """Names of months and years below the axis, as many as fit."""
    room = max(1, math.ceil(_LABEL / axis.pitch))
    step = next((s for s in _STEPS if s >= room), _STEPS[-1])
    parts = []
    for i, start in enumerate(axis.starts):
        if (start.month - 1 + 12 * start.year) % step:
            continue
        january = start.month == 1
        text = str(start.year) if january else MONTHS[start.month - 1]
        kind = "tick year" if january else "tick"
        place = number(axis.x(i + 0.5))
        parts.append(f'<text class="{kind}" x="{place}" y="{number(y)}" text-anchor="middle">{text}</text>')
    return "".join(parts)


def unknown(axis: Axis, place: int, /, *, height: float) -> str:
    """A month of which nothing is known."""
    x, width = number(axis.x(place)), number(axis.pitch)
    fill = f"url(#gap-{number(axis.width)})"
    return f'<rect class="unknown" fill="{fill}" x="{x}" y="0" width="{width}" height="{number(height)}"/>'


def patterns(width: int) -> str:
    """Patterns for words and for gaps; their ids carry the width, so that two charts can share a page."""
    found = "".join(
        f'<pattern id="{name}-{width}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="{name}" width="2" height="5"/></pattern>'
        for name in ("hatch", "gap")
    )
    return f"<defs>{found}</defs>"


def number(value: float) -> str:
    """A length with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
