"""Counts in, levels and shares with their ranges out: how a climate was known at the time, and is known in hindsight.

Attention and valence are kept apart: how much is told is a level of counts, how hostile it is a share given that.
*Filtered* values use the past alone; *smoothed* ones use what came later too. A missing period adds nothing and makes
the range wider; it is never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv

Floats = NDArray[np.float64]

LOW, HIGH = 0.1, 0.9
PRIOR_PERIODS = 0.5
"""What the prior level counts for, in periods of ordinary exposure."""

ALIKE = 0.15
"""Correlation of events within one period: the tenth report of a quarrel says less than the first (beta-binomial)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A mean with its 80 % range, each (T,)."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The same quantity as it was known at the time, and as it is known now."""

    filtered: Band
    smoothed: Band


def level(counts: Floats, /, *, exposure: Floats, discount: float) -> Known:
    """Events per unit of exposure, by a gamma-Poisson filter with a discount; forecasts of it are negative binomial.

    Harvey and Fernandes 1989, DOI 10.1080/07350015.1989.10509750; counts are weighed down by their own overdispersion,
    or bursts would pass for certainty. Smoothing joins a filter from each side.

    Args:
        counts: (T,), NaN where a period is missing.
        exposure: (T,), articles read or days told of; not looked at where the count is missing.
        discount: Memory, 0 to 1: what a period ago counts of the present one.
    """
    told = np.isfinite(counts) & (exposure > 0)
    events, seen = np.where(told, counts, 0.0), np.where(told, exposure, 0.0)
    # Everything the filter starts from is known at the time as well: how much is usual, and how much counts burst.
    usual, rate, burst = _running(events, seen, told=told)
    before = [_decayed(x, discount) for x in (events, seen)]
    after = [_decayed(x[::-1], discount)[::-1] - x for x in (events, seen)]
    last = len(events) - 1
    return Known(
        filtered=_gamma(PRIOR_PERIODS * usual * rate + before[0] / burst, PRIOR_PERIODS * usual + before[1] / burst),
        smoothed=_gamma(
            PRIOR_PERIODS * usual[last] * rate[last] + (before[0] + after[0]) / burst[last],
            PRIOR_PERIODS * usual[last] + (before[1] + after[1]) / burst[last],
        ),
    )


def share(part: Floats, whole: Floats, /, *, discount: float, prior: float = 0.5) -> Known:
    """The share of `part` in `whole`, by a beta-binomial filter with a discount.

    Args:
        part: (T,), NaN where a period is missing.
        whole: (T,).
        discount: Memory, 0 to 1.
        prior: What the share is before anything is told; it counts for two events.
    """
    told = np.isfinite(part) & (whole > 0)
    size = np.where(told, whole, 0.0)
    # Of n alike events, this many are worth as much as independent ones.
    worth = size / (1 + np.maximum(size - 1, 0) * ALIKE)
    up = np.where(told, part / np.maximum(size, 1) * worth, 0.0)
    down = worth - up
    before = [_decayed(x, discount) for x in (up, down)]
    after = [_decayed(x[::-1], discount)[::-1] - x for x in (up, down)]
    return Known(
        filtered=_beta(2 * prior + before[0], 2 * (1 - prior) + before[1]),
        smoothed=_beta(2 * prior + before[0] + after[0], 2 * (1 - prior) + before[1] + after[1]),
    )


def dispersion(counts: Floats, exposure: Floats) -> float:
    """Variance over mean of counts given exposure, at least 1 (Pearson); 1 where there is too little to tell.

    Examples:
        >>> dispersion(np.array([0.0, 9.0, 0.0, 9.0]), np.ones(4))
        6.0
    """
    if len(counts) < 3 or counts.sum() == 0:
        return 1.0
    mean = counts.sum() / exposure.sum() * exposure
    return max(1.0, float(((counts - mean) ** 2 / mean).sum() / (len(counts) - 1)))


def _running(events: Floats, seen: Floats, *, told: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Usual exposure, rate and dispersion as each period knows them, (T,) each; the last is `dispersion` of all."""
    count, sums, exposed = np.cumsum(told), np.cumsum(events), np.cumsum(seen)
    usual = np.where(count > 0, exposed / np.maximum(count, 1), 1.0)
    rate = (sums + 0.5) / (exposed + usual)
    mean = np.where(exposed > 0, sums / np.maximum(exposed, 1e-12), 0.0)
    squares = np.cumsum(np.where(told, events**2 / np.maximum(seen, 1e-12), 0.0))
    spread = squares / np.maximum(mean, 1e-12) - 2 * sums + mean * exposed
    enough = (count >= 3) & (sums > 0)
    burst = np.where(enough, np.maximum(spread / np.maximum(count - 1, 1), 1.0), 1.0)
    return usual, rate, burst


def _decayed(values: Floats, discount: float) -> Floats:
    """Sums up to and with each period, older periods counting less."""
    found, held = np.zeros(len(values)), 0.0
    for i, value in enumerate(values.tolist()):
        held = discount * held + value
        found[i] = held
    return found


def _gamma(shape: Floats, rate: Floats) -> Band:
    low, high = (gammaincinv(shape, q) / rate for q in (LOW, HIGH))
    return Band(mean=shape / rate, low=low, high=high)


def _beta(up: Floats, down: Floats) -> Band:
    low, high = (betaincinv(up, down, q) for q in (LOW, HIGH))
    return Band(mean=up / (up + down), low=low, high=high)
