"""Events in, `Occurrences` out: whether anything of a kind happened between two states in a month.

Undirected: what either of the two does to the other counts. A month here is 0 or 1, so that a flood of reports on one
happening counts once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError, require
from detente.relation.event_arrays import EventArrays, Months, months_of

STATES = 100
"""How many states are taken from an event table, the most active of the days before the split."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """Happenings by quad, month and pair.

    Attributes:
        states: Names or codes of the N states.
        months: The T months.
        any: (4, T, N, N), 0 or 1, symmetric.
    """

    states: tuple[str, ...]
    months: Months
    any: NDArray[np.float32]

    def __post_init__(self) -> None:
        """Checks that the array fits the states and months and is symmetric."""
        wanted = (4, self.months.count, len(self.states), len(self.states))
        faults = [] if self.any.shape == wanted else [f"got an array of shape {self.any.shape}, wanted {wanted}"]
        if not faults and not np.array_equal(self.any, self.any.transpose(0, 1, 3, 2)):
            faults.append("got an array that differs between the two orders of a pair, wanted undirected months")
        if not faults and not np.isin(self.any, (0, 1)).all():
            faults.append("got values other than 0 and 1")
        require(faults, what="monthly array")

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Positions of the first and second state of every pair, both (D,)."""
        first, second = np.triu_indices(len(self.states), 1)
        return first.astype(np.int64), second.astype(np.int64)


def from_events(events: EventArrays, /, *, train_until: dt.date) -> Occurrences:
    """Occurrences between the states most active up to `train_until`.

    Raises:
        InputError: There is nothing between states before that day.
    """
    months = months_of(events.day)
    between = events.only(events.actor != events.recipient)
    before = between.until(train_until)
    if not len(before):
        raise InputError(f"--train-until: got {train_until}, before which nothing is told between states")
    told = np.bincount(np.concatenate([before.actor, before.recipient]), minlength=len(events.states))
    chosen = np.sort(np.argsort(-told, kind="stable")[:STATES])
    place = np.full(len(events.states), -1)
    place[chosen] = np.arange(len(chosen))
    a, b, month = place[between.actor], place[between.recipient], months.of(between.day)
    kept = (a >= 0) & (b >= 0)
    found = np.zeros((4, months.count, len(chosen), len(chosen)), np.float32)
    for one, other in ((a, b), (b, a)):
        found[between.quad[kept], month[kept], one[kept], other[kept]] = 1
    return Occurrences(states=tuple(events.states[c] for c in chosen), months=months, any=found)
