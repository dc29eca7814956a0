"""A series of a pair in, the weeks in which something began out: CUSUM and Bayesian online detection, both causal.

What is detected at week t uses nothing later than t. The series is the square root of conflict a week, which makes the
spread of counts nearly the same at every level (Anscombe 1948, DOI 10.1093/biomet/35.3-4.246).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

SURE = 0.9
HALF_YEAR_WEEKS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """How a CUSUM listens; in units of the filtered spread unless said otherwise.

    Attributes:
        threshold: Sum at which an alarm is given.
        slack: What every week takes off the sum.
        cap: A single week counts no more than this, so that one attack alone is no onset unless it is felt.
        half_life_weeks: Memory of the running level and spread.
        floor: Least spread, in units of the series: sqrt(Goldstein points a week).
        warm_weeks: Weeks that only teach the level; `rest_weeks` the silence after an alarm.
    """

    threshold: float = 5.0
    slack: float = 1.0
    cap: float = 6.0
    half_life_weeks: float = 52.0
    floor: float = 3.0
    warm_weeks: int = 13
    rest_weeks: int = 13


def cusum(series: Floats, detector: Detector, /) -> tuple[int, ...]:
    """Weeks in which conflict has risen for good, by a one-sided CUSUM on a filtered level.

    Page 1954, Continuous inspection schemes, DOI 10.2307/2333009.

    Args:
        series: (W,), NaN where a week is unknown; such weeks are passed over.
        detector: How it listens.

    Examples:
        >>> cusum(np.array([5.0] * 30 + [40.0] * 10), Detector())
        (30,)
    """
    known = np.nonzero(np.isfinite(series))[0]
    warm = series[known[: detector.warm_weeks]]
    if len(warm) < detector.warm_weeks:
        return ()
    level, spread = float(warm.mean()), max(float(warm.var()), detector.floor**2)
    keep = 0.5 ** (1 / detector.half_life_weeks)
    total, silent_until = 0.0, -1
    alarms = []
    for week in known[detector.warm_weeks :].tolist():
        value = float(series[week])
        rise = (value - level) / np.sqrt(max(spread, detector.floor**2))
        total = max(0.0, total + min(rise, detector.cap) - detector.slack) if week >= silent_until else 0.0
        if total > detector.threshold:
            alarms.append(week)
            total, silent_until = 0.0, week + detector.rest_weeks
        # The level learns from a bounded surprise, or one bad week would hide the next.
        surprise = float(np.clip(value - level, -2.5 * np.sqrt(spread), 2.5 * np.sqrt(spread)))
        level += (1 - keep) * surprise
        spread = keep * spread + (1 - keep) * surprise**2
    return tuple(alarms)


def change_chances(series: Floats, /, *, hazard: float = 1 / 104, longest: int = 156) -> Floats:
    """Chance that the present regime began within the last three known weeks, (W,); NaN where a week is unknown.

    Bayesian online change-point detection with a normal-inverse-gamma model (Adams and MacKay 2007, arXiv:0710.3742).

    Args:
        series: (W,), NaN where unknown.
        hazard: Chance of a change in any week.
        longest: Run lengths beyond this are pooled, to bound time.
    """
    found = np.full(len(series), np.nan)
    known = np.nonzero(np.isfinite(series))[0]
    if not len(known):
        return found
    start = np.array([float(series[known[0]]), 0.1, 1.0, 1.0])
    runs = np.array([1.0])
    state = start[:, None].copy()
    for step, week in enumerate(known.tolist()):
        value = float(series[week])
        mean, weight, shape, scale = state
        chance = runs * np.exp(_student(value, mean=mean, weight=weight, shape=shape, scale=scale))
        runs = np.concatenate([[chance.sum() * hazard], chance * (1 - hazard)])
        runs /= max(runs.sum(), 1e-300)
        moved = np.stack(
            [
                (weight * mean + value) / (weight + 1),
                weight + 1,
                shape + 0.5,
                scale + weight * (value - mean) ** 2 / (2 * (weight + 1)),
            ]
        )
        state = np.concatenate([start[:, None], moved], axis=1)
        if len(runs) > longest:
            runs, state = runs[:longest] / runs[:longest].sum(), state[:, :longest]
        found[week] = float(runs[:4].sum()) if step >= 4 else 0.0
    return found


def changes(series: Floats, detector: Detector, /, *, sure: float = SURE) -> tuple[int, ...]:
    """Weeks in which a new regime of more conflict is as good as `sure` to have begun, by `change_chances`.

    Args:
        series: (W,), NaN where unknown.
        detector: Its warm weeks and its rest after an alarm; the rest belongs to the CUSUM.
        sure: Chance above which a change is heard; stated, not tuned.
    """
    chances = change_chances(series)
    known = np.nonzero(np.isfinite(series))[0]
    found: list[int] = []
    for n, week in enumerate(known.tolist()):
        if n < detector.warm_weeks or (found and week - found[-1] < detector.rest_weeks) or chances[week] <= sure:
            continue
        before, now = series[known[max(0, n - HALF_YEAR_WEEKS) : n - 2]], series[known[n - 2 : n + 1]]
        if now.mean() > before.mean():
            found.append(week)
    return tuple(found)


def _student(value: float, *, mean: Floats, weight: Floats, shape: Floats, scale: Floats) -> Floats:
    """Log density of the next value under each run length."""
    spread, df = scale * (weight + 1) / (shape * weight), 2 * shape
    return np.asarray(
        gammaln((df + 1) / 2) - gammaln(df / 2) - 0.5 * np.log(df * np.pi * spread)
        - (df + 1) / 2 * np.log1p((value - mean) ** 2 / (df * spread)),
        np.float64,
    )  # fmt: skip
