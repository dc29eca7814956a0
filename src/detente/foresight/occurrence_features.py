"""Occurrences in, what is known of each pair at the start of a month out: the features of the next month's chances.

Every feature of month t is made from months before it. P is some 170; each group says what it looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.foresight.occurrences import Occurrences

Array = NDArray[np.float32]

FIRST = 12
"""Months of history before the first month that is forecast or learned from."""

KEPT = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Memories of the running means: what a month ago counts of the present one."""

YEAR = 12
QUIET_MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Running sums at the start of one month.

    Attributes:
        sums: By memory, weighted sums (4, N, N); `weights` their weight.
        since: (4, N, N) months since the last occurrence, counted up from 12 where there was none.
    """

    sums: dict[float, Array]
    weights: dict[float, float]
    since: Array


def remembered(held: Occurrences, /) -> Iterator[Memory]:
    """The memory at the start of each month, from the first to the last."""
    shape = held.any[:, 0].shape
    sums = {a: np.zeros(shape, np.float32) for a in KEPT}
    weights = dict.fromkeys(KEPT, 0.0)
    since = np.full(shape, 12.0, np.float32)
    for t in range(held.months.count):
        yield Memory(sums=dict(sums), weights=dict(weights), since=since)
        now = held.any[:, t]
        sums = {a: np.float32(a) * s + now for a, s in sums.items()}
        weights = {a: a * w + 1 for a, w in weights.items()}
        since = np.where(now > 0, 0, since + 1).astype(np.float32)


def features(held: Occurrences, memory: Memory, /, *, month: int) -> Array:
    """What is known at the start of `month`, (D, P)."""
    first, second = held.pairs()
    means = {a: memory.sums[a] / np.float32(max(memory.weights[a], 1e-9)) for a in KEPT}
    columns = [
        *_own(held, memory, means, t=month, first=first, second=second),
        *_odds(held, memory, t=month, first=first, second=second),
        *_states(held, means, t=month, first=first, second=second),
        *_friends(means, first=first, second=second),
        *_structure(means, first=first, second=second),
        *_season(held, t=month, first=first, second=second),
    ]
    return np.column_stack(columns).astype(np.float32)


def plain(held: Occurrences, memory: Memory, /, *, month: int) -> Array:
    """A short list of the same past, (D, 36): what trees split on; they make log-odds and products of their own."""
    first, second = held.pairs()
    past = held.any[:, :month, first, second]
    columns = [past[:, month - 1], past[:, month - 2], *(past[:, month - w :].mean(1) for w in (3, 6, YEAR, month))]
    columns += [memory.sums[a][:, first, second] / np.float32(max(memory.weights[a], 1e-9)) for a in (0.8, 0.95)]
    busy = held.any[:, month - 3 : month].mean((1, 3))
    pairs = (busy[:, first] + busy[:, second]).astype(np.float32)
    return np.concatenate([*columns, pairs]).T.astype(np.float32)


def offsets(held: Occurrences, /, *, month: int) -> Array:
    """Log-odds of the plain rate of the last two years, (D, 4); a forecast starts from it."""
    first, second = held.pairs()
    rate = held.any[:, max(0, month - 2 * YEAR) : month, first, second].mean(1)
    return np.asarray(np.log((rate * 24 + 0.3) / (24 - rate * 24 + 1.5)).T, np.float32)


def quiet(held: Occurrences, /, *, month: int) -> NDArray[np.bool_]:
    """Which pairs saw nothing of a quad in the six months before, (D, 4)."""
    first, second = held.pairs()
    return np.asarray(held.any[:, month - QUIET_MONTHS : month, first, second].max(1).T == 0)


def _own(
    held: Occurrences, memory: Memory, means: dict[float, Array], *, t: int, first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> Iterator[Array]:  # fmt: skip
    """The pair's own months, quad by quad."""
    past = held.any[:, :t, first, second]
    for q in range(4):
        for lag in (1, 2, 3, 4, 5, 6, YEAR):
            yield past[q, t - lag]
        for window in (3, YEAR, t):
            yield past[q, t - window :].mean(0)
        for a in (0.5, 0.8, 0.95):
            yield means[a][q, first, second]
        yield np.log1p(memory.since[q, first, second])
        yield past[q, t % YEAR :: YEAR].mean(0)


def _odds(
    held: Occurrences, memory: Memory, *, t: int, first: NDArray[np.int64], second: NDArray[np.int64]
) -> Iterator[Array]:
    """The same past as log-odds, drawn to the rate of all pairs: a straight line then fits better."""
    past = held.any[:, :t, first, second]
    everywhere = past[:, -2 * YEAR :].mean((1, 2))[:, None]
    for a in KEPT:
        came, weight = memory.sums[a][:, first, second], np.float32(memory.weights[a])
        yield from np.log((came + 0.5 * everywhere + 0.02) / (weight - came + 0.5 * (1 - everywhere) + 0.02))
    came = past[:, -YEAR:].sum(1)
    yield from np.log((came + 0.2) / (YEAR - came + 0.2))
    yield from (came == 0).astype(np.float32)
    yield from (came == YEAR).astype(np.float32)
    came = past.sum(1)
    yield from np.log((came + 0.1) / (t - came + 0.1))
    yield from np.log((came + 0.3) / (t - came + 1.5))
    yield from (came == 0).astype(np.float32)


def _states(
    held: Occurrences, means: dict[float, Array], *, t: int, first: NDArray[np.int64], second: NDArray[np.int64]
) -> Iterator[Array]:
    """How many partners each of the two has, and whether that is on the rise."""
    for q in range(4):
        partners = np.log1p(means[0.8][q].sum(1))
        yield partners[first] + partners[second]
        yield np.abs(partners[first] - partners[second])
        year = held.any[q, t - YEAR : t].mean(0).sum(1)
        rise = np.log((held.any[q, t - 1].sum(1) + 1) / (year + 1))
        yield rise[first] + rise[second]
        yield np.maximum(rise[first], rise[second])
        for window in (1, 3, YEAR):
            size = np.log1p(held.any[q, t - window : t].mean(0).sum(1))
            yield size[first] + size[second]
            yield np.minimum(size[first], size[second])


def _friends(means: dict[float, Array], *, first: NDArray[np.int64], second: NDArray[np.int64]) -> Iterator[Array]:
    """What the friends of one, and its opponents, do with the other; and how alike the partners of both are."""
    slow = means[0.9]
    friends = slow[0] / np.maximum(slow[0].sum(1, keepdims=True), 1)
    against = slow[2] + slow[3]
    opponents = against / np.maximum(against.sum(1, keepdims=True), 1)
    for circle, quads in ((friends, (1, 2, 3)), (opponents, (2, 3))):
        for q in quads:
            for a in (0.5, 0.9) if circle is friends else (0.5,):
                through = circle @ means[a][q]
                yield np.log(through[first, second] + through[second, first] + 0.01)
    for q in range(4):
        shared = means[0.95][q] / np.sqrt(np.maximum(means[0.95][q].sum(1, keepdims=True), 0.5))
        yield (shared @ shared.T)[first, second]


def _structure(means: dict[float, Array], *, first: NDArray[np.int64], second: NDArray[np.int64]) -> Iterator[Array]:
    """What a few axes of the whole web of states lead one to expect of the pair (truncated decompositions)."""
    for q in range(4):
        for a, axes in ((0.95, 8), (0.9, 4), (0.9, 20), (0.8, 8)):
            values, vectors = np.linalg.eigh(means[a][q])
            top = np.argsort(-np.abs(values))[:axes]
            yield ((vectors[:, top] * values[top]) @ vectors[:, top].T)[first, second]
    wide = np.concatenate(list(means[0.9]), axis=1)
    left, sizes, right = np.linalg.svd(wide, full_matrices=False)
    drawn = (left[:, :YEAR] * sizes[:YEAR]) @ right[:YEAR]
    for part in np.split(drawn, 4, axis=1):
        yield (part + part.T)[first, second]


def _season(held: Occurrences, *, t: int, first: NDArray[np.int64], second: NDArray[np.int64]) -> Iterator[Array]:
    """How this month of the year stood out in earlier years: diplomacy keeps a calendar."""
    rate = held.any[:, :t, first, second].mean(2)
    earlier = np.arange(t - YEAR, -1, -YEAR)
    for q in range(4):
        came = rate[q, earlier].sum()
        usual = sum(rate[q, max(0, u - 6) : u + 6].mean() for u in earlier)
        yield np.full(len(first), np.log((came + 0.04) / (usual + 0.04)), np.float32)
