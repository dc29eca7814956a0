"""Events and articles of a pair in, its climate out: both directions by day, week or month, with ranges and coverage.

Attention is events per article read, valence the share of conflict and of material cooperation given what is told. A
period in which nothing was read is missing. Where the outlets read have changed, a flag says so: a new newspaper looks
like a new quarrel.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.records import Article, Dyad, Event
from detente.relation.climate import MUTUAL, counts
from detente.relation.filtering import Known, level, share

Step = Literal["day", "week", "month"]
Floats = NDArray[np.float64]

DISCOUNT: dict[Step, float] = {"day": 0.98, "week": 0.9, "month": 0.75}
"""Memories of some two to three months, whatever the step."""

MIX_BEFORE, MIX_NOW = 6, 3
CHANGED = 0.5
"""Total variation between the outlets of the last periods and those before, from which the mix has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One direction of a relation.

    Attributes:
        counts: (4, T) events by quad, NaN where nothing was read.
        attention: Events per article read.
        conflict: Share of verbal and material conflict in what is told.
        material: Share of material cooperation in what is told.
    """

    counts: Floats
    attention: Known
    conflict: Known
    material: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Both directions of a pair as known on `as_of`.

    Attributes:
        starts: First day of each of the T periods; all of them, missing ones too.
        forward: What the first state of the dyad does to the second; `backward` the other way.
        coverage: (T,) articles read; 0 is a missing period.
        mix_changed: (T,) whether the outlets read are others than shortly before.
    """

    dyad: Dyad
    as_of: dt.date
    step: Step
    starts: tuple[dt.date, ...]
    forward: Strand
    backward: Strand
    coverage: Floats
    mix_changed: NDArray[np.bool_]


def climate(
    events: Iterable[Event], articles: Iterable[Article], /, *, dyad: Dyad, as_of: dt.date, step: Step = "month"
) -> Series | None:
    """The climate of a pair from the first article read to `as_of`, None when nothing was read by then.

    Args:
        events: Merged from the claims known on `as_of`; only those that happened, with a day, are counted.
        articles: All that were read, on whatever: they are the exposure.
        dyad: The two states.
        as_of: The last day that counts.
        step: Length of a period. An event known only to its month counts in series by month alone.
    """
    read = [a for a in articles if a.published is not None and a.published <= as_of]
    if not read:
        return None
    starts = _starts(min(a.published for a in read if a.published), as_of, step=step)
    place = {day: i for i, day in enumerate(starts)}
    coverage = np.zeros(len(starts))
    outlets: list[Counter[str]] = [Counter() for _ in starts]
    for article in read:
        if article.published is not None:
            at = place[_start(article.published, step)]
            coverage[at] += 1
            outlets[at][article.outlet or ""] += 1
    found = np.zeros((2, 4, len(starts)))
    for event in events:
        if counts(event, dyad=dyad, as_of=as_of) and event.date is not None:
            where = place.get(_start(event.date, step))
            if where is None or (step != "month" and event.precision != "day"):
                continue
            for side in (0, 1):
                if event.actor == dyad[side] or event.event in MUTUAL:
                    found[side, event.quad - 1, where] += 1
    found[:, :, coverage == 0] = np.nan
    return Series(
        dyad=dyad, as_of=as_of, step=step, starts=starts, coverage=coverage, mix_changed=mix_changes(outlets),
        forward=strand(found[0], coverage, step=step), backward=strand(found[1], coverage, step=step),
    )  # fmt: skip


def mix_changes(outlets: Sequence[Counter[str]], /) -> NDArray[np.bool_]:
    """Where the outlets of the last three periods are not those of the six before them; never from no articles."""
    found = np.zeros(len(outlets), bool)
    for t in range(len(outlets)):
        now: Counter[str] = sum(outlets[max(0, t - MIX_NOW + 1) : t + 1], Counter())
        before: Counter[str] = sum(outlets[max(0, t - MIX_NOW - MIX_BEFORE + 1) : max(0, t - MIX_NOW + 1)], Counter())
        if now and before:
            a, b = now.total(), before.total()
            found[t] = sum(abs(now[k] / a - before[k] / b) for k in now | before) / 2 > CHANGED
    return found


def strand(found: Floats, coverage: Floats, /, *, step: Step) -> Strand:
    """One direction from its counts, (4, T) with NaN where nothing was read, and what was read, (T,)."""
    told = found.sum(0)
    discount = DISCOUNT[step]
    return Strand(
        counts=found,
        attention=level(told, exposure=coverage, discount=discount),
        conflict=share(found[2] + found[3], np.nan_to_num(told), discount=discount),
        material=share(found[1], np.nan_to_num(told), discount=discount, prior=0.2),
    )


def _start(day: dt.date, step: Step) -> dt.date:
    """First day of the period that holds a day; weeks begin on Monday."""
    if step == "month":
        return day.replace(day=1)
    return day if step == "day" else day - dt.timedelta(days=day.weekday())


def _starts(first: dt.date, last: dt.date, *, step: Step) -> tuple[dt.date, ...]:
    found = [_start(first, step)]
    while True:
        after = found[-1] + dt.timedelta(days={"day": 1, "week": 7, "month": 31}[step])
        if _start(after, step) > last:
            return tuple(found)
        found.append(_start(after, step))
