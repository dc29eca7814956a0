"""Rows of events in, arrays out: days, directed pairs and quad classes of many events, for series and forecasts.

A table of half a million events is held in a few arrays; the records of single claims are for what is read and shown.
Quads are counted from 0 here: verbal cooperation, material cooperation, verbal conflict, material conflict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError, require

QUADS = ("vcoop", "mcoop", "vconf", "mconf")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventArrays:
    """Events of many states, one element each.

    Attributes:
        states: Codes, sorted; `actor` and `recipient` are positions in it.
        day: Proleptic ordinal of the day (`datetime.date.toordinal`).
        quad: 0 to 3.
        intensity: Goldstein scale, -10 to 10; NaN when unknown.
        cameo: CAMEO code as text, empty when unknown.
    """

    states: tuple[str, ...]
    day: Ints
    actor: Ints
    recipient: Ints
    quad: Ints
    intensity: Floats
    cameo: NDArray[np.str_]

    def __post_init__(self) -> None:
        """Checks that all columns are of one length and the quads in range."""
        sizes = {len(c) for c in (self.day, self.actor, self.recipient, self.quad, self.intensity, self.cameo)}
        faults = [] if len(sizes) == 1 else [f"got columns of {sorted(sizes)} rows, wanted one length"]
        if len(self.quad) and (self.quad.min() < 0 or self.quad.max() > 3):
            faults.append(f"got quads from {self.quad.min()} to {self.quad.max()}, wanted 0 to 3")
        require(faults, what="events")

    def __len__(self) -> int:
        """How many events there are."""
        return len(self.day)

    def only(self, kept: NDArray[np.bool_], /) -> EventArrays:
        """The events at which `kept` is true."""
        return EventArrays(
            states=self.states, day=self.day[kept], actor=self.actor[kept], recipient=self.recipient[kept],
            quad=self.quad[kept], intensity=self.intensity[kept], cameo=self.cameo[kept],
        )  # fmt: skip

    def until(self, last: dt.date, /) -> EventArrays:
        """The events up to and with the day `last`."""
        return self.only(self.day <= last.toordinal())


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """A stretch of whole calendar months, counted from 0.

    Attributes:
        first: First day of the first month.
        count: How many months.
    """

    first: dt.date
    count: int

    def start(self, month: int, /) -> dt.date:
        """First day of a month; `count` itself gives the day after the last.

        Examples:
            >>> Months(first=dt.date(2011, 11, 1), count=3).start(2)
            datetime.date(2012, 1, 1)
        """
        years, months = divmod(self.first.month - 1 + month, 12)
        return dt.date(self.first.year + years, months + 1, 1)

    def edges(self) -> Ints:
        """Ordinals of the first day of each month and of the day after the last, (count + 1,)."""
        return np.array([self.start(m).toordinal() for m in range(self.count + 1)], np.int64)

    def of(self, day: Ints, /) -> Ints:
        """The month of each ordinal day; -1 before the first, `count` after the last."""
        return np.searchsorted(self.edges(), day, side="right") - 1

    def position(self, day: dt.date, /) -> int:
        """The month of a day, counted from the first even when it lies outside."""
        return (day.year - self.first.year) * 12 + day.month - self.first.month


def months_of(day: Ints, /) -> Months:
    """All months from that of the first day to that of the last.

    Raises:
        InputError: There is no day.
    """
    if not len(day):
        raise InputError("events: got none, wanted at least one; check the columns and the dates")
    first = dt.date.fromordinal(int(day.min())).replace(day=1)
    last = dt.date.fromordinal(int(day.max()))
    return Months(first=first, count=(last.year - first.year) * 12 + last.month - first.month + 1)


def joined(tables: Sequence[EventArrays], /) -> EventArrays:
    """Several tables as one; states are numbered anew.

    Raises:
        InputError: There is no table.
    """
    if not tables:
        raise InputError("events: got no table, wanted at least one file")
    states = tuple(sorted({s for t in tables for s in t.states}))
    place = {s: i for i, s in enumerate(states)}
    moved = [np.array([place[s] for s in t.states], np.int64) for t in tables]
    return EventArrays(
        states=states,
        day=np.concatenate([t.day for t in tables]),
        actor=np.concatenate([m[t.actor] for m, t in zip(moved, tables, strict=True)]),
        recipient=np.concatenate([m[t.recipient] for m, t in zip(moved, tables, strict=True)]),
        quad=np.concatenate([t.quad for t in tables]),
        intensity=np.concatenate([t.intensity for t in tables]),
        cameo=np.concatenate([t.cameo for t in tables]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Sorted pairs of states, as positions in the table's `states`; (D, 2), first before second."""

    both: Ints

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.both)

    def places(self, events: EventArrays, /) -> Ints:
        """The pair of each event, -1 for none of them."""
        low, high = np.minimum(events.actor, events.recipient), np.maximum(events.actor, events.recipient)
        wide = len(events.states)
        keys = self.both[:, 0] * wide + self.both[:, 1]
        order = np.argsort(keys)
        wanted = low * wide + high
        found = np.searchsorted(keys[order], wanted)
        inside = np.minimum(found, max(len(keys) - 1, 0))
        hit = (keys[order][inside] == wanted) & (low != high) if len(keys) else np.zeros(len(wanted), bool)
        return np.where(hit, order[inside] if len(keys) else -1, -1)


def pairs_with(events: EventArrays, /, *, least: float) -> Pairs:
    """The pairs between which at least `least` events are told, in the order of their states."""
    between = events.actor != events.recipient
    low = np.minimum(events.actor, events.recipient)[between]
    high = np.maximum(events.actor, events.recipient)[between]
    wide = len(events.states)
    keys, counts = np.unique(low * wide + high, return_counts=True)
    kept = keys[counts >= least]
    return Pairs(both=np.column_stack([kept // wide, kept % wide]))


def monthly(events: EventArrays, /, *, pairs: Pairs, months: Months) -> Floats:
    """Counts (D, 2, 4, T): by pair, direction (0 from the first to the second), quad and month."""
    counts = np.zeros((len(pairs), 2, 4, months.count))
    place, month = pairs.places(events), months.of(events.day)
    kept = (place >= 0) & (month >= 0) & (month < months.count)
    back = (events.actor > events.recipient).astype(np.int64)
    np.add.at(counts, (place[kept], back[kept], events.quad[kept], month[kept]), 1)
    return counts
