"""A climate in, SVG text out: how hostile and how much, each direction apart, with ranges, coverage and turning points.

Shares and levels are the filtered ones, so that every month stands as it could be known then. Bands are 80 % ranges. A
month without articles is hatched and its line is broken: the level is carried on, but nothing new is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from detente.dossier.axes import LEFT, RIGHT, Axis, labels, number, patterns, unknown
from detente.dossier.wording import opening
from detente.records import Climate, Course, Dossier, Level

FEWEST_PERIODS = 3
"""Below this a chart by month would show noise as if it were a course."""

MOST_TURNS = 6
_VALENCE, _ATTENTION, _COVER = 92.0, 46.0, 34.0
_NAME, _GAP = 30.0, 16.0
_STRIP = _NAME + _VALENCE + _GAP + _ATTENTION + 22.0
_TURN_ROOM = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A dated change of a tie, by its number in the drawing, and the claims that show it."""

    number: int
    day: dt.date
    text: str
    claims: tuple[str, ...]


def turns(dossier: Dossier) -> tuple[Turn, ...]:
    """The ties that changed on a known day within the months drawn, the latest six, in the order of time."""
    climate = dossier.climate
    if climate is None:
        return ()
    found = [
        (tie.since, f"{tie.kind}: {'open again' if tie.status == 'open' else tie.status}", tie.claims)
        for tie in dossier.ties
        if tie.since is not None and climate.starts[0] <= tie.since <= dossier.as_of and tie.claims
    ]
    latest = sorted(found, key=lambda turn: (turn[0], turn[1]))[-MOST_TURNS:]
    return tuple(
        Turn(number=n, day=day, text=opening(text), claims=claims) for n, (day, text, claims) in enumerate(latest, 1)
    )


def draw(
    climate: Climate,
    /,
    *,
    forward: str,
    backward: str,
    turned: Sequence[Turn] = (),
    read: str = "Articles read",
    width: int = 1000,
) -> str:
    """Both directions of a pair, and below them what was read.

    Args:
        climate: At least `FEWEST_PERIODS` months.
        forward: Label of the first direction, such as "PAK → USA".
        backward: Label of the other.
        turned: Turning points, drawn as numbered dashed lines.
        read: What the coverage counts.
        width: Width of the canvas; draw a second, narrow one for phones rather than shrink the letters.
    """
    axis = Axis(width=float(width), starts=climate.starts)
    most = _top(climate)
    last = 2 * _STRIP
    height = last + _NAME + _COVER + 26
    summary = _summary(climate, forward=forward, backward=backward)
    parts = [
        (
            f'<svg class="chart" role="img" viewBox="0 0 {width} {number(height)}" '
            f'aria-label="{escape(summary, quote=True)}">'
        ),
        patterns(width),
        _strip(axis, climate, climate.forward, label=forward, offset=0.0, most=most),
        _strip(axis, climate, climate.backward, label=backward, offset=_STRIP, most=most),
        _turn_lines(axis, turned, height=last),
        _coverage(axis, climate, label=read, offset=last),
        "</svg>",
    ]
    return "".join(parts)


def _strip(axis: Axis, climate: Climate, course: Course, *, label: str, offset: float, most: float) -> str:
    told = [count > 0 for count in climate.coverage]
    lower = _NAME + _VALENCE + _GAP
    parts = [
        f'<g transform="translate(0,{number(offset)})">',
        f'<text class="name" x="{number(LEFT)}" y="14">{escape(label)}</text>',
        f'<g transform="translate(0,{number(_NAME)})">',
        *(unknown(axis, i, height=_VALENCE) for i, known in enumerate(told) if not known),
        _grid(axis, ((1.0, "100%"), (0.5, "50"), (0.0, "0")), y=lambda v: _VALENCE * (1 - v)),
        _drawn(axis, course.material, told, kind="material", y=lambda v: _VALENCE * (1 - v)),
        _drawn(axis, course.conflict, told, kind="conflict", y=lambda v: _VALENCE * (1 - v)),
        _onsets(axis, course.onsets),
        "</g>",
        f'<g transform="translate(0,{number(lower)})">',
        *(unknown(axis, i, height=_ATTENTION) for i, known in enumerate(told) if not known),
        _grid(axis, ((most, _figure(most)), (0.0, "0")), y=lambda v: _ATTENTION * (1 - v / most)),
        _drawn(axis, course.attention, told, kind="attention", y=lambda v: _ATTENTION * (1 - min(v / most, 1))),
        "</g></g>",
    ]
    return "".join(parts)


def _grid(axis: Axis, ticks: Sequence[tuple[float, str]], *, y: Callable[[float], float]) -> str:
    parts = []
    for value, text in ticks:
        at = number(y(value))
        kind = "zero" if value == 0 else "grid"
        parts.append(
            f'<line class="{kind}" x1="{number(LEFT)}" y1="{at}" x2="{number(axis.width - RIGHT)}" y2="{at}"/>'
        )
        parts.append(
            f'<text class="tick" x="{number(LEFT - 6)}" y="{number(y(value) + 4)}" text-anchor="end">{text}</text>'
        )
    return "".join(parts)


def _drawn(axis: Axis, levels: Sequence[Level], told: Sequence[bool], *, kind: str, y: Callable[[float], float]) -> str:
    """A band over all months, and a line through those of which something is known."""
    places = [axis.x(i + 0.5) for i in range(len(levels))]
    up = [f"{number(x)} {number(y(level.high))}" for x, level in zip(places, levels, strict=True)]
    down = [f"{number(x)} {number(y(level.low))}" for x, level in zip(places, levels, strict=True)]
    parts = [f'<path class="band {kind}" d="M{" L".join((*up, *reversed(down)))}Z"/>']
    steps, pen = [], "M"
    for x, level, known in zip(places, levels, told, strict=True):
        if known:
            steps.append(f"{pen}{number(x)} {number(y(level.value))}")
        pen = "L" if known else "M"
    # A month alone between two gaps would be a line without length; a dot shows that it is there.
    for i, known in enumerate(told):
        if known and not (told[i - 1] if i else False) and not (told[i + 1] if i + 1 < len(told) else False):
            at = f'cx="{number(places[i])}" cy="{number(y(levels[i].value))}"'
            parts.append(f'<circle class="line {kind}" {at} r="1.5"/>')
    parts.append(f'<path class="line {kind}" d="{" ".join(steps)}"/>')
    return "".join(parts)


def _onsets(axis: Axis, days: Sequence[dt.date]) -> str:
    parts = []
    for day in days:
        x = axis.at(day)
        parts.append(f'<line class="onset" x1="{number(x)}" y1="0" x2="{number(x)}" y2="{number(_VALENCE)}"/>')
        parts.append(f'<path class="onset" d="M{number(x - 4)} -7h8l-4 7z"/>')
    return "".join(parts)


def _turn_lines(axis: Axis, turned: Sequence[Turn], *, height: float) -> str:
    """Dashed lines over both directions; numbers that would lie on each other stand beside each other."""
    parts = []
    free = 0.0
    for turn in turned:
        x = axis.at(turn.day)
        parts.append(f'<line class="turn" x1="{number(x)}" y1="20" x2="{number(x)}" y2="{number(height - 18)}"/>')
        free = max(x + 3, free)
        at = min(free, axis.width - _TURN_ROOM)
        parts.append(f'<text class="name" x="{number(at)}" y="26">{turn.number}</text>')
        free += _TURN_ROOM
    return "".join(parts)


def _coverage(axis: Axis, climate: Climate, *, label: str, offset: float) -> str:
    most = max(climate.coverage, default=0)
    parts = [
        f'<g transform="translate(0,{number(offset + _NAME - 8)})">',
        f'<text class="name" x="{number(LEFT)}" y="-9">{escape(label)}</text>',
        f'<text class="tick" x="{number(LEFT - 6)}" y="10" text-anchor="end">{_figure(most)}</text>',
        f'<text class="tick" x="{number(LEFT - 6)}" y="{number(_COVER + 2)}" text-anchor="end">0</text>',
    ]
    for i, (count, changed) in enumerate(zip(climate.coverage, climate.mix_changed, strict=True)):
        if not count:
            parts.append(unknown(axis, i, height=_COVER))
            continue
        size = _COVER * count / max(1, most)
        box = f'x="{number(axis.x(i))}" y="{number(_COVER - size)}" width="{number(axis.pitch)}"'
        parts.append(f'<rect class="cover" {box} height="{number(size)}"/>')
        if changed:
            parts.append(f'<circle class="mixed" cx="{number(axis.x(i + 0.5))}" cy="-3" r="2.5"/>')
    y = number(_COVER)
    parts.append(f'<line class="zero" x1="{number(LEFT)}" y1="{y}" x2="{number(axis.width - RIGHT)}" y2="{y}"/>')
    return "".join((*parts, labels(axis, y=_COVER + 18), "</g>"))


def _top(climate: Climate) -> float:
    """The top of the attention axis: one high end of a range may be cut off, so that the others can be seen."""
    levels = (*climate.forward.attention, *climate.backward.attention)
    return max(2 * max(level.value for level in levels), 1e-9) * 0.75


def _figure(value: float) -> str:
    if value >= 1000:
        return f"{value / 1000:.0f}k"
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _summary(climate: Climate, *, forward: str, backward: str) -> str:
    parts = []
    for label, course in ((forward, climate.forward), (backward, climate.backward)):
        now = course.conflict[-1]
        heard = f", {len(course.onsets)} onsets heard" if course.onsets else ", no onset heard"
        parts.append(
            f"{label}: {now.value:.0%} of what is told is conflict at the end, {now.low:.0%} to {now.high:.0%}{heard}"
        )
    gaps = sum(1 for count in climate.coverage if not count)
    missing = f" In {gaps} of them nothing was read." if gaps else ""
    return (
        f"Climate over {len(climate.starts)} months.{missing} {'; '.join(parts)}. The table below gives every number."
    )
