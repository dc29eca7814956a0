"""Scores of pairs by day: how much conflict and cooperation was told, and on which days anything was read at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.records import Dyad
from detente.relation.episodes import Spells, spells
from detente.relation.event_arrays import EventArrays

Floats = NDArray[np.float64]
WEEK = 7
LEAST_DAYS = 3
"""Days that must have been read for a week to be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyScores:
    """Sums a day of intensity below and above zero, as sparse rows.

    Attributes:
        first: The first day; `days` are counted from it.
        count: How many days.
        pairs: The D pairs, sorted.
        day: (R,) day of each row; `pair` its pair; `net` the sum of intensities.
        read: (count,) whether anything of anyone was told that day; a day without is missing.
    """

    first: dt.date
    count: int
    pairs: tuple[Dyad, ...]
    day: NDArray[np.int64]
    pair: NDArray[np.int64]
    net: Floats
    read: NDArray[np.bool_]

    def place(self) -> Mapping[Dyad, int]:
        """The position of every pair."""
        return {p: i for i, p in enumerate(self.pairs)}

    def weekly_conflict(self, chosen: NDArray[np.int64], /) -> Floats:
        """Conflict a week of some pairs, (C, W): sums below zero, as a full week would have; NaN in unread weeks."""
        weeks = self.count // WEEK
        place = np.full(len(self.pairs), -1)
        place[chosen] = np.arange(len(chosen))
        kept = (place[self.pair] >= 0) & (self.day < weeks * WEEK)
        sums = np.zeros((len(chosen), weeks))
        np.add.at(sums, (place[self.pair[kept]], self.day[kept] // WEEK), np.maximum(-self.net[kept], 0))
        days = self.read[: weeks * WEEK].reshape(weeks, WEEK).sum(1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(days >= LEAST_DAYS, sums * WEEK / days, np.nan), np.float64)

    def before(self, day: dt.date, /, *, days: int = 365) -> Spells:
        """The stretch of `days` before a day as one spell, 0, of all pairs."""
        end = (day - self.first).days
        kept = (self.day < end) & (self.day >= end - days)
        up, down = np.zeros(len(self.pairs)), np.zeros(len(self.pairs))
        np.add.at(up, self.pair[kept], np.maximum(-self.net[kept], 0))
        np.add.at(down, self.pair[kept], np.maximum(self.net[kept], 0))
        return spells({0: {p: (down[i], up[i]) for i, p in enumerate(self.pairs) if up[i] + down[i] > 0}})


def daily_scores(rows: Mapping[str, NDArray[np.int64] | Floats], /, *, states: tuple[str, ...]) -> DailyScores:
    """Scores from rows of `day` (ordinals), `a`, `b` (positions in `states`) and `net`; either order of a pair."""
    day, net = rows["day"].astype(np.int64), rows["net"].astype(np.float64)
    low, high = np.minimum(rows["a"], rows["b"]).astype(np.int64), np.maximum(rows["a"], rows["b"]).astype(np.int64)
    first, wide = int(day.min()), len(states)
    keys, pair = np.unique(low * wide + high, return_inverse=True)
    count = int(day.max()) - first + 1
    read = np.zeros(count, bool)
    read[day - first] = True
    return DailyScores(
        first=dt.date.fromordinal(first),
        count=count,
        pairs=tuple((states[k // wide], states[k % wide]) for k in keys.tolist()),
        day=day - first,
        pair=pair.astype(np.int64),
        net=net,
        read=read,
    )


def of_events(events: EventArrays, /) -> DailyScores:
    """Scores of an event table: intensities of each pair and day, hostile and friendly ones in rows of their own."""
    between = (events.actor != events.recipient) & np.isfinite(events.intensity)
    kept = events.only(between)
    return daily_scores(
        {"day": kept.day, "a": kept.actor, "b": kept.recipient, "net": kept.intensity}, states=events.states
    )
