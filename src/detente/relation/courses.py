"""Events or imported months of a pair in, the climate that a dossier shows out: levels with ranges, and onsets.

Levels are the filtered ones of `relation/series.py`; onsets are heard by the CUSUM of `relation/onsets.py` in weeks of
one direction. What its alarms are worth was measured on daily scores of whole pairs, not on what a coder reads.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.records import Article, Climate, Course, Dyad, Event, Level, Period
from detente.relation.climate import MUTUAL, counts
from detente.relation.event_arrays import EventArrays
from detente.relation.filtering import Band
from detente.relation.onsets import Detector, cusum
from detente.relation.series import Series, Strand, climate, strand

Floats = NDArray[np.float64]

READ = Detector(floor=1.0)
"""For what a coder reads, some events a week; the detector's own floor is for data sets with hundreds."""

IMPORTED = Detector()
PER = 100
WEEK_DAYS = 7


def climate_of(
    events: Sequence[Event], articles: Sequence[Article], /, *, dyad: Dyad, as_of: dt.date
) -> Climate | None:
    """The climate of a pair by month as what was read tells it, None when nothing was read by `as_of`."""
    found = climate(events, articles, dyad=dyad, as_of=as_of)
    if found is None:
        return None
    heard = _heard(events, articles, dyad=dyad, as_of=as_of)
    return drawn(found, onsets=heard)


def imported_climate(
    periods: Sequence[Period], arrays: EventArrays, /, *, dyad: Dyad, as_of: dt.date
) -> Climate | None:
    """The same of imported rows, by the months in which data sets took in anything; None where there are none."""
    if not periods:
        return None
    by_start = {p.start: p for p in periods}
    starts = _months(periods[0].start, periods[-1].start)
    found = np.full((2, 4, len(starts)), np.nan)
    coverage = np.zeros(len(starts))
    for t, start in enumerate(starts):
        if (period := by_start.get(start)) is not None and period.articles:
            found[0, :, t], found[1, :, t], coverage[t] = period.forward, period.backward, period.articles
    series = Series(
        dyad=dyad, as_of=as_of, step="month", starts=starts, coverage=coverage,
        mix_changed=np.zeros(len(starts), bool), forward=strand(found[0], coverage, step="month"),
        backward=strand(found[1], coverage, step="month"),
    )  # fmt: skip
    return drawn(series, onsets=_heard_in_rows(arrays, starts, coverage, dyad=dyad, as_of=as_of))


def drawn(series: Series, /, *, onsets: tuple[tuple[dt.date, ...], tuple[dt.date, ...]]) -> Climate:
    """A numeric series as the record of it; `onsets` by direction."""
    return Climate(
        dyad=series.dyad,
        step=series.step,
        starts=series.starts,
        forward=_course(series.forward, onsets=onsets[0]),
        backward=_course(series.backward, onsets=onsets[1]),
        coverage=tuple(int(c) for c in series.coverage),
        mix_changed=tuple(bool(m) for m in series.mix_changed),
    )


def _course(found: Strand, *, onsets: tuple[dt.date, ...]) -> Course:
    return Course(
        attention=_levels(found.attention.filtered, scale=PER),
        conflict=_levels(found.conflict.filtered),
        material=_levels(found.material.filtered),
        onsets=onsets,
    )


def _levels(band: Band, *, scale: float = 1.0) -> tuple[Level, ...]:
    rows = zip(band.mean.tolist(), band.low.tolist(), band.high.tolist(), strict=True)
    return tuple(Level(value=scale * v, low=scale * a, high=scale * b) for v, a, b in rows)


def _heard(
    events: Iterable[Event], articles: Iterable[Article], *, dyad: Dyad, as_of: dt.date
) -> tuple[tuple[dt.date, ...], tuple[dt.date, ...]]:
    """Weeks in which conflict rose, by direction; a week in which nothing was read is unknown."""
    read = Counter(_monday(a.published) for a in articles if a.published is not None and a.published <= as_of)
    weeks = _weeks(min(read), max(read))
    place = {week: i for i, week in enumerate(weeks)}
    sums = np.full((2, len(weeks)), np.nan)
    sums[:, [place[week] for week in read]] = 0.0
    for event in events:
        if not counts(event, dyad=dyad, as_of=as_of) or event.precision != "day" or event.date is None:
            continue
        at = place.get(_monday(event.date))
        if at is not None and event.intensity < 0:
            for side in (0, 1):
                if event.actor == dyad[side] or event.event in MUTUAL:
                    sums[side, at] -= event.intensity
    forward, backward = (tuple(weeks[i] for i in cusum(np.sqrt(row), READ)) for row in sums)
    return forward, backward


def _heard_in_rows(
    arrays: EventArrays, starts: Sequence[dt.date], coverage: Floats, *, dyad: Dyad, as_of: dt.date
) -> tuple[tuple[dt.date, ...], tuple[dt.date, ...]]:
    """The same of rows; a week of a month in which nothing was taken in is unknown."""
    weeks = _weeks(_monday(starts[0]), _monday(as_of))
    known = {start for start, count in zip(starts, coverage, strict=True) if count}
    first = weeks[0].toordinal()
    kept = (arrays.intensity < 0) & (arrays.day >= first) & (arrays.day <= as_of.toordinal())
    at = (arrays.day[kept] - first) // WEEK_DAYS
    forward = arrays.actor[kept] == arrays.states.index(dyad[0])
    sums = np.zeros((2, len(weeks)))
    for side, mask in enumerate((forward, ~forward)):
        np.add.at(sums[side], at[mask], -arrays.intensity[kept][mask])
    sums[:, [i for i, week in enumerate(weeks) if week.replace(day=1) not in known]] = np.nan
    heard, answered = (tuple(weeks[i] for i in cusum(np.sqrt(row), IMPORTED)) for row in sums)
    return heard, answered


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weeks(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(first + dt.timedelta(days=d) for d in range(0, (last - first).days + 1, WEEK_DAYS))


def _months(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    ordinal = first.year * 12 + first.month - 1
    return tuple(dt.date((ordinal + i) // 12, (ordinal + i) % 12 + 1, 1) for i in range(count))
