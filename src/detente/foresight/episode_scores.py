"""Labelled episodes and what was told of their pairs in, how well rupture is told from cooling out.

Two questions. What was it: from conflict in the year of the onset and the year after, rupture against cooling (AUC).
What will it be: from the year before the onset alone, rupture, cooling or nothing within six months (log loss, ECE).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.foresight.scores import Evaluation, Score, area_under_curve, calibration_error, interval
from detente.records import Dyad
from detente.relation import softmax
from detente.relation.daily_scores import DailyScores
from detente.relation.episodes import LABELS, Episode, Spells, Standings, aftermath, standings
from detente.relation.softmax import Softmax

AFTERMATH = ("conflict in the year of the onset", "conflict in the year after")
BEFORE = ("how much is told of the pair", "share of conflict in it")
RIDGE = 1 / 0.3
MATCHED = 5.0
"""A rupture and a cooling are matched by volume when one has less than five times the events of the other."""

LEAST_DAYS = 60
"""Days of daily scores before an onset, at least, to say how a pair stood."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Episodes with features (N, P), outcomes (N,) as positions in `kinds`, pairs, and volumes in the year before."""

    features: Floats
    outcomes: NDArray[np.int64]
    pairs: tuple[Dyad, ...]
    volumes: Floats
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        """How many cases there are."""
        return len(self.outcomes)

    def only(self, kept: NDArray[np.bool_], /) -> Cases:
        """The cases at which `kept` is true."""
        return Cases(
            features=self.features[kept], outcomes=self.outcomes[kept],
            pairs=tuple(p for p, k in zip(self.pairs, kept, strict=True) if k), volumes=self.volumes[kept],
            kinds=self.kinds,
        )  # fmt: skip

    def groups(self) -> NDArray[np.int64]:
        """The pair of each case, as a number."""
        names = {p: i for i, p in enumerate(dict.fromkeys(self.pairs))}
        return np.array([names[p] for p in self.pairs], np.int64)


def afterwards(episodes: Sequence[Episode], told: Spells, /) -> Cases:
    """Ruptures and coolings with the years around them known."""
    kinds = ("cooling", "rupture")
    found = [(e, f) for e in episodes if e.label in kinds and (f := aftermath(e, told)) is not None]
    return Cases(
        features=np.array([f for _, f in found]).reshape(-1, 2),
        outcomes=np.array([kinds.index(e.label) for e, _ in found], np.int64),
        pairs=tuple(e.dyad for e, _ in found),
        volumes=np.array([told.volume(e.onset.year - 1, e.dyad) for e, _ in found]),
        kinds=kinds,
    )


def beforehand(episodes: Sequence[Episode], /, *, years: Spells | None, days: DailyScores | None) -> Cases:
    """All episodes of whose pairs something was told in the year before the onset; nothing later is looked at.

    Daily scores tell of the 365 days before the onset, yearly counts of the calendar year before.
    """
    found: list[tuple[Episode, Floats]] = []
    by_year: dict[int, Standings | None] = {}
    for episode in episodes:
        where: Standings | None = None
        if days is not None and LEAST_DAYS <= (episode.onset - days.first).days <= days.count + 182:
            where = standings(days.before(episode.onset), spell=0)
        elif years is not None:
            year = episode.onset.year - 1
            if year not in by_year:
                by_year[year] = standings(years, spell=year)
            where = by_year[year]
        if where is not None:
            found.append((episode, where.of(episode.dyad)))
    return Cases(
        features=np.array([f for _, f in found]).reshape(-1, 2),
        outcomes=np.array([LABELS.index(e.label) for e, _ in found], np.int64),
        pairs=tuple(e.dyad for e, _ in found),
        volumes=np.array([f[0] for _, f in found]),
        kinds=LABELS,
    )


def fit_afterwards(cases: Cases, /) -> Softmax:
    """Rupture against cooling; both count the same in sum, so that who is left out does not move the scale."""
    return softmax.fit(
        cases.features, cases.outcomes, named=AFTERMATH, kinds=cases.kinds, name="rupture or cooling, in hindsight",
        ridge=RIDGE, balanced=True,
    )  # fmt: skip


def fit_beforehand(cases: Cases, /) -> Softmax:
    """Rupture, cooling or neither within six months."""
    return softmax.fit(
        cases.features, cases.outcomes, named=BEFORE, kinds=cases.kinds, name="six months ahead", ridge=RIDGE
    )


def left_out(cases: Cases, fit: Callable[[Cases], Softmax], /) -> tuple[Floats, Floats]:
    """Scores and base rates of every case, (N, K) both, from a model fitted without its pair."""
    scores, rates = np.zeros((len(cases), len(cases.kinds))), np.zeros((len(cases), len(cases.kinds)))
    groups = cases.groups()
    for group in np.unique(groups):
        own = groups == group
        rest = cases.only(~own)
        scores[own] = fit(rest).scores(cases.features[own])
        rates[own] = np.bincount(rest.outcomes, minlength=len(cases.kinds)) / len(rest)
    return scores, rates


def unseen(cases: Cases, model: Softmax, /) -> tuple[Cases, tuple[str, ...]]:
    """The cases of pairs that a model was not fitted on, and the names of those it was."""
    seen = np.array(["-".join(p) in model.fitted_on for p in cases.pairs], bool)
    return cases.only(~seen), tuple(sorted({"-".join(p) for p, s in zip(cases.pairs, seen, strict=True) if s}))


def hindsight_scores(cases: Cases, scores: Floats, /, *, rng: np.random.Generator) -> tuple[Score, ...]:
    """AUC of rupture against cooling, plain and between episodes of like volume; against volume alone."""
    margin, rupture = scores[:, 1] - scores[:, 0], cases.outcomes == 1
    quiet = -np.log(cases.volumes + 1)

    def plain(values: Floats, i: NDArray[np.int64]) -> float:
        return area_under_curve(values[i], rupture[i])

    def alike(values: Floats, i: NDArray[np.int64]) -> float:
        return _matched(values[i], rupture[i], cases.volumes[i])

    everything = np.arange(len(cases))
    found = []
    for name, measure in (("AUC", plain), ("AUC volume-matched", alike)):
        low, high = interval(partial(measure, margin), cases.groups(), rng=rng)
        found.append(
            Score(
                name=name,
                metric="AUC",
                value=measure(margin, everything),
                low=low,
                high=high,
                baseline="volume alone",
                baseline_value=measure(quiet, everything),
                n=len(cases),
                higher_is_better=True,
            )
        )
    return tuple(found)


def foresight_scores(cases: Cases, scores: Floats, rates: Floats, /, *, rng: np.random.Generator) -> tuple[Score, ...]:
    """Multi-class log loss and calibration of the chances, against base rates."""
    chances = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    came = np.eye(len(cases.kinds))[cases.outcomes]

    def loss(p: Floats, i: NDArray[np.int64]) -> float:
        return float(-np.log(np.maximum(p[i, cases.outcomes[i]], 1e-12)).mean())

    def error(p: Floats, i: NDArray[np.int64]) -> float:
        return calibration_error(p[i].ravel(), came[i].ravel())

    found = []
    everything = np.arange(len(cases))
    for name, measure in (("log loss", loss), ("ECE", error)):
        low, high = interval(partial(measure, chances), cases.groups(), rng=rng)
        found.append(
            Score(
                name=name,
                metric=name,
                value=measure(chances, everything),
                low=low,
                high=high,
                baseline="base rates",
                baseline_value=measure(rates, everything),
                n=len(cases),
                higher_is_better=False,
            )
        )
    return tuple(found)


def _matched(scores: Floats, positive: NDArray[np.bool_], volumes: Floats) -> float:
    """AUC over those pairs of a positive and a negative case whose volumes are alike; NaN without any."""
    logs = np.log(volumes + 1)
    near = np.abs(logs[positive][:, None] - logs[~positive][None, :]) < np.log(MATCHED)
    if not near.any():
        return float("nan")
    gap = scores[positive][:, None] - scores[~positive][None, :]
    return float(((gap > 0) + 0.5 * (gap == 0))[near].mean())


def evaluation(
    *, after: Cases | None, before: Cases | None, scored: Sequence[Score], notes: Sequence[str]
) -> Evaluation:
    """The answer of `detente evaluate episodes`.

    Raises:
        InputError: Nothing could be scored.
    """
    if not scored:
        raise InputError(
            "episodes: got no episode of whose pair --data tells anything in the years around the onset; "
            "wanted tables that reach from the year before it to the year after"
        )
    count = max(len(c) for c in (after, before) if c is not None)
    return Evaluation(task="episodes", train_until=None, n=count, scores=tuple(scored), notes=tuple(notes))
