"""Forecasts and what came true in, scores with intervals out: log score, CRPS, Brier skill, calibration.

Intervals are drawn by resampling whole pairs of states, never single months: months of one pair resemble each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 400
LEVEL = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One number of an evaluation: its 90 % interval, and what it should be read against.

    `higher_is_better` tells which way is good; `n` is how many cases it rests on.
    """

    name: str
    metric: str
    value: float
    low: float
    high: float
    baseline: str
    baseline_value: float
    n: int
    higher_is_better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What one `detente evaluate` found: `n` cases, `scores`, and notes on what was left out."""

    task: str
    train_until: str | None
    n: int
    scores: tuple[Score, ...]
    notes: tuple[str, ...] = ()


def interval(
    statistic: Callable[[Ints], float], groups: Ints, /, *, rng: np.random.Generator, draws: int = DRAWS
) -> tuple[float, float]:
    """The 90 % interval of a statistic over rows, by resampling the groups that the rows belong to.

    Args:
        statistic: Maps positions of rows (with repeats) to a number; NaN draws are left out.
        groups: (N,) the group of each row.
        rng: Which groups are drawn.
        draws: How often.
    """
    names, place = np.unique(groups, return_inverse=True)
    if not len(names):
        return float("nan"), float("nan")
    order = np.argsort(place, kind="stable")
    ends = np.cumsum(np.bincount(place))
    members = np.split(order, ends[:-1])
    found = []
    for _ in range(draws):
        chosen = rng.integers(0, len(names), len(names))
        value = statistic(np.concatenate([members[c] for c in chosen]))
        if np.isfinite(value):
            found.append(value)
    if not found:
        return float("nan"), float("nan")
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def mean_interval(values: Floats, groups: Ints, /, *, rng: np.random.Generator) -> tuple[float, float]:
    """The 90 % interval of a mean, by resampling groups; quick, for many rows."""
    _, place = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(place, values), np.bincount(place)
    chosen = rng.integers(0, len(sums), (DRAWS, len(sums)))
    means = sums[chosen].sum(1) / sizes[chosen].sum(1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def negative_binomial_log(counts: Floats, /, *, mean: Floats, size: Floats) -> Floats:
    """Log of the chance of each count when the variance is mean + mean**2 / size."""
    terms = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)
    terms += size * np.log(size / (size + mean)) + counts * np.log(mean / (size + mean))
    return np.asarray(terms, np.float64)


def pooled_log(logs: Floats, /) -> Floats:
    """Log chance under an even mixture of forecasts, over the first axis."""
    return np.asarray(logsumexp(logs, axis=0) - np.log(len(logs)), np.float64)


def crps(counts: Floats, /, *, mean: Floats, size: Floats) -> Floats:
    """Continuous ranked probability score of mixtures of negative binomials, (N,).

    CRPS = sum_k (F(k) - 1[y <= k])**2 (Gneiting and Raftery 2007, DOI 10.1198/016214506000001437), in events.

    Args:
        counts: (N,) what came.
        mean: (M, N) means of the M members of each mixture; `size` alike.
        size: Sizes of the members.
    """
    found = np.zeros(len(counts))
    reach = np.maximum(mean.max(0) * 8 + 30, counts + 10)
    order = np.argsort(reach)
    for start in range(0, len(order), 256):
        rows = order[start : start + 256]
        last = int(min(reach[rows].max(), 3000))
        k = np.arange(last + 1, dtype=np.float64)[None, :]
        below = np.zeros((len(rows), last + 1))
        for m, s in zip(mean[:, rows], size[:, rows], strict=True):
            below += np.cumsum(np.exp(negative_binomial_log(k, mean=m[:, None], size=s[:, None])), axis=1)
        found[rows] = ((below / len(mean) - (counts[rows, None] <= k)) ** 2).sum(1)
    return found


def brier_skill(chances: Floats, outcomes: Floats, /) -> float:
    """1 - Brier score over that of the outcomes' own rate (Brier 1950, DOI 10.1175/1520-0493(1950)078)."""
    if not len(outcomes):
        return float("nan")
    rate = outcomes.mean()
    spread = rate * (1 - rate)
    return float(1 - ((chances - outcomes) ** 2).mean() / spread) if spread > 0 else float("nan")


def area_under_curve(scores: Floats, positive: NDArray[np.bool_], /) -> float:
    """Chance that a positive case scores above a negative one, ties counting one half (AUC); NaN without both."""
    if positive.all() or not positive.any():
        return float("nan")
    order = np.argsort(scores, kind="stable")
    values = scores[order]
    starts = np.concatenate([[0], np.nonzero(np.diff(values))[0] + 1, [len(values)]])
    ranks = np.empty(len(values))
    for a, b in pairwise(starts):
        ranks[order[a:b]] = (a + b + 1) / 2
    ups, downs = positive.sum(), (~positive).sum()
    return float((ranks[positive].sum() - ups * (ups + 1) / 2) / (ups * downs))


def calibration_error(chances: Floats, outcomes: Floats, /, *, bins: int = 10) -> float:
    """Mean gap between chance and frequency over bins of equal width (ECE; Naeini et al. 2015)."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [
        abs(chances[place == b].mean() - outcomes[place == b].mean()) * (place == b).mean()
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps))
