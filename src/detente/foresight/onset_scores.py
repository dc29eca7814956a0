"""Daily scores and labelled episodes in, how well onsets are heard out: recall, false alarms, delay.

An onset is heard when an alarm comes within three months of it. An alarm is false when it stands farther from every
labelled onset of its pair than three months before or a year after. Quarrels that nobody labelled so count as false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.foresight.scores import Evaluation, Score, interval
from detente.records import Dyad
from detente.relation.daily_scores import WEEK, DailyScores
from detente.relation.episodes import Episode
from detente.relation.onsets import SURE, Detector, changes, cusum

HEARD_DAYS = 92
NEAR_BEFORE_DAYS, NEAR_AFTER_DAYS = 92, 365
YEAR_DAYS = 365.25
PLAIN = Detector(slack=0.5, threshold=4.0, half_life_weeks=24, floor=0.15, warm_weeks=6, rest_weeks=3)
"""The baseline's detector: on log(1 + conflict) of four weeks at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one pair's alarms come to.

    Attributes:
        delays: Days from each onset to the alarm that heard it, None where none did.
        false: Alarms far from every onset; `years` of listening in which they could fall.
    """

    delays: tuple[int | None, ...]
    false: int
    years: float


Floats = NDArray[np.float64]
Measure = Callable[[Iterable[Heard]], float]


def evaluate(
    told: DailyScores, episodes: Sequence[Episode], /, *, detector: Detector, rng: np.random.Generator
) -> Evaluation:
    """Scores a detector, as it is shipped, on every labelled pair of which anything is told.

    Raises:
        InputError: No onset lies within the data.
    """
    by_pair: dict[Dyad, list[Episode]] = {}
    place = told.place()
    for episode in episodes:
        if episode.dyad in place:
            by_pair.setdefault(episode.dyad, []).append(episode)
    chosen = np.array([place[p] for p in by_pair], np.int64)
    weekly = told.weekly_conflict(chosen) if len(chosen) else np.zeros((0, 0))

    def heard(listen: Callable[[Floats], tuple[int, ...]]) -> list[Heard]:
        rows = zip(weekly, by_pair.values(), strict=True)
        return [_heard(listen(row), held, told=told, warm=detector.warm_weeks) for row, held in rows]

    ours, plain = heard(lambda row: cusum(np.sqrt(row), detector)), heard(_monthly)
    bayesian = heard(lambda row: changes(np.sqrt(row), detector))
    onsets = sum(len(h.delays) for h in ours)
    if not onsets:
        raise InputError(f"--episodes: got no onset within the data from {told.first}, wanted at least one")
    scores = [*_scores(ours, plain, rng=rng), *_scores(bayesian, plain, rng=rng, by=", Bayesian")]
    years = sum(h.years for h in ours)
    note = (
        f"{len(ours)} pairs, {years:.0f} dyad-years, {onsets} onsets; CUSUM with threshold {detector.threshold:g}, "
        f"Bayesian detection from a chance of {SURE:g}"
    )
    return Evaluation(task="onsets", train_until=None, n=onsets, scores=tuple(scores), notes=(note,))


def _scores(
    ours: Sequence[Heard], plain: Sequence[Heard], *, rng: np.random.Generator, by: str = ""
) -> Iterable[Score]:
    for name, measure in (("recall", recall), ("false alarms per dyad-year", false_alarms), ("delay", delay)):
        low, high = interval(_drawn(measure, ours), np.arange(len(ours)), rng=rng)
        yield Score(
            name=name + by,
            metric="days" if name == "delay" else "rate",
            value=measure(ours),
            low=low,
            high=high,
            baseline="CUSUM on log monthly conflict",
            baseline_value=measure(plain),
            n=sum(len(h.delays) for h in ours),
            higher_is_better=name == "recall",
        )


def recall(heard: Iterable[Heard]) -> float:
    """Share of onsets heard."""
    delays = [d for h in heard for d in h.delays]
    return sum(d is not None for d in delays) / len(delays) if delays else float("nan")


def false_alarms(heard: Iterable[Heard]) -> float:
    """False alarms a year of listening to one pair."""
    held = list(heard)
    years = sum(h.years for h in held)
    return sum(h.false for h in held) / years if years else float("nan")


def delay(heard: Iterable[Heard]) -> float:
    """Mean days from onset to alarm, of those heard."""
    delays = [d for h in heard for d in h.delays if d is not None]
    return sum(delays) / len(delays) if delays else float("nan")


def _drawn(measure: Measure, heard: Sequence[Heard]) -> Callable[[NDArray[np.int64]], float]:
    return lambda chosen: measure([heard[i] for i in chosen])


def _monthly(weekly: Floats) -> tuple[int, ...]:
    """The baseline's alarms, as weeks: four weeks at a time, known at the end of the fourth."""
    months = len(weekly) // 4
    sums = np.nanmean(np.nan_to_num(weekly[: months * 4]).reshape(months, 4), axis=1)
    return tuple(4 * m + 3 for m in cusum(np.log1p(sums), PLAIN))


def _heard(alarms: Iterable[int], held: Sequence[Episode], *, told: DailyScores, warm: int) -> Heard:
    ends = [week * WEEK + WEEK - 1 for week in alarms]
    starts = [(e.onset - told.first).days for e in held if e.label != "stable"]
    delays: list[int | None] = []
    for start in starts:
        if warm * WEEK <= start <= told.count - 31:
            found = [end - start for end in ends if start <= end <= start + HEARD_DAYS]
            delays.append(found[0] if found else None)
    weeks = np.arange(warm, told.count // WEEK) * WEEK + WEEK - 1
    far = np.ones(len(weeks), bool)
    for start in starts:
        far &= (weeks < start - NEAR_BEFORE_DAYS) | (weeks > start + NEAR_AFTER_DAYS)
    lonely = set(weeks[far].tolist())
    return Heard(delays=tuple(delays), false=sum(e in lonely for e in ends), years=float(far.sum()) * WEEK / YEAR_DAYS)
