"""Occurrences in, chances of anything next month out: trees and networks for all pairs, and ones for quiet pairs.

Busy pairs would drown what a quiet one teaches, so pairs in which nothing of a quad came for six months have trees and
networks of their own. Boosted trees, on a short and on a long list of features, have two thirds of the say, networks,
which err differently, the rest. Scored by Brier skill against the pair's own fading rate, brought to scale by isotonic
regression.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier

from detente.errors import InputError
from detente.foresight import occurrence_features as known
from detente.foresight import scores
from detente.foresight.network import Array, Network, Shape, bernoulli, fit
from detente.foresight.occurrences import Occurrences
from detente.foresight.scores import Evaluation, Floats, Score
from detente.relation.event_arrays import QUADS
from detente.relation.isotonic import Isotonic, rising

SHAPES = (
    Shape(hidden=(32,), penalty=3e-3, line_penalty=0.1, rounds=8),
    Shape(hidden=(64, 32), relu=True, line=False, penalty=0.0, decay=1.0, step=2e-3, rounds=8),
)
QUIET_SHAPE = Shape(hidden=(32,), penalty=3e-3, line_penalty=0.3, rounds=10)
MEMBERS = 4
QUIET_SHARE = 2 / 3
"""Weight of what was taught on quiet pairs alone where a pair is quiet, half trees, half networks."""

TREES_SHARE = 2 / 3
"""Chosen on 2012, from forecasts taught on the years before, as were all sizes. Shares fitted anew on the last year
before each split did no better: one year moves them more than it teaches."""

TREES = {
    "max_iter": 250, "learning_rate": 0.04, "max_leaf_nodes": 15, "min_samples_leaf": 300, "max_features": 0.2,
    "l2_regularization": 5.0, "max_bins": 64, "early_stopping": False,
}  # fmt: skip
"""Small trees, each split on a fifth of the columns (Friedman 2001, DOI 10.1214/aos/1013203451)."""

QUIET_TREES = {**TREES, "max_iter": 120}
"""Onsets are rare: more rounds would learn them by heart."""

BOUND = 5.0
LEAST_QUIET = 500
"""Quiet pair-months that networks of their own need; below, those for all pairs answer alone."""

MATERIAL_CONFLICT = 3
FADING = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Pair-months, N rows.

    Attributes:
        features: (N, P), for networks; `plain` (N, 36), for trees.
        offsets: (N, 4) log-odds that networks start from.
        came: (N, 4), 0 or 1; `quiet` whether nothing of the quad came for six months.
        fading: (N, 4) the pair's own rate, fading with age.
        pair: (N,) which pair.
    """

    features: Array
    plain: Array
    offsets: Array
    came: Array
    quiet: NDArray[np.bool_]
    fading: Array
    pair: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """What pairs in which nothing of one quad came for six months taught: networks with their start, and trees."""

    start: float
    networks: tuple[Network, ...]
    trees: HistGradientBoostingClassifier

    def chances(self, features: Array) -> Floats:
        """Chance that the quiet ends next month, (N,)."""
        heard = np.mean([expit(self.start + net.scores(features)[:, 0]) for net in self.networks], axis=0)
        return np.asarray((heard + self.trees.predict_proba(features)[:, 1]) / 2, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyModel:
    """Networks for all pairs, trees for each quad on the short and on the long list, and what quiet pairs taught."""

    everyone: tuple[Network, ...]
    short: tuple[HistGradientBoostingClassifier, ...]
    long: tuple[HistGradientBoostingClassifier, ...]
    quiet: tuple[Quiet | None, ...]

    def chances(self, rows: Rows, /) -> Floats:
        """Chance of anything of each quad next month, (N, 4)."""
        heard = np.mean([expit(rows.offsets + net.scores(rows.features)) for net in self.everyone], axis=0)
        grown = (_grown(self.short, rows.plain) + _grown(self.long, rows.features)) / 2
        found = TREES_SHARE * grown + (1 - TREES_SHARE) * heard
        for q, special in enumerate(self.quiet):
            still = rows.quiet[:, q]
            if special is not None and still.any():
                own = special.chances(rows.features[still])
                found[still, q] = QUIET_SHARE * own + (1 - QUIET_SHARE) * found[still, q]
        return np.asarray(found, np.float64)


def _grown(trees: Iterable[HistGradientBoostingClassifier], features: Array) -> Floats:
    return np.column_stack([tree.predict_proba(features)[:, 1] for tree in trees])


def rows_of(held: Occurrences, /, *, months: range) -> Rows:
    """The pair-months of `months`, month by month."""
    first, second = held.pairs()
    parts = []
    for t, memory in enumerate(known.remembered(held)):
        if t in months:
            fading = memory.sums[FADING][:, first, second].T / max(memory.weights[FADING], 1e-9)
            seen = known.features(held, memory, month=t)
            short = known.plain(held, memory, month=t)
            parts.append((seen, short, known.offsets(held, month=t), held.any[:, t, first, second].T, fading))
    stacked = [np.concatenate(column).astype(np.float32) for column in zip(*parts, strict=True)]
    return Rows(
        features=stacked[0],
        plain=stacked[1],
        offsets=stacked[2],
        came=stacked[3],
        quiet=np.concatenate([known.quiet(held, month=t) for t in months]),
        fading=stacked[4],
        pair=np.tile(np.arange(len(first)), len(months)),
    )


def learn(rows: Rows, /, *, rng: np.random.Generator) -> AnyModel:
    """Networks taught on all rows, and on the quiet ones of each quad."""
    everyone = tuple(
        fit(rows.features, rows.came, offsets=rows.offsets, scores=4, loss=bernoulli, shape=shape, rng=rng, bound=BOUND)
        for shape in SHAPES
        for _ in range(MEMBERS)
    )
    short, long = (_trees(seen, rows.came, rng=rng) for seen in (rows.plain, rows.features))
    quiet = tuple(_quiet(rows, quad=q, rng=rng) for q in range(4))
    return AnyModel(everyone=everyone, short=short, long=long, quiet=quiet)


def _trees(seen: Array, came: Array, *, rng: np.random.Generator) -> tuple[HistGradientBoostingClassifier, ...]:
    return tuple(
        HistGradientBoostingClassifier(**TREES, random_state=int(rng.integers(2**31))).fit(seen, came[:, q])
        for q in range(4)
    )


def _quiet(rows: Rows, *, quad: int, rng: np.random.Generator) -> Quiet | None:
    still = rows.quiet[:, quad]
    seen, came = rows.features[still], rows.came[still][:, [quad]]
    if len(came) < LEAST_QUIET or not came.any():
        return None
    rate = (came.sum() + 0.5) / (len(came) + 1)
    start = float(np.log(rate / (1 - rate)))
    offsets = np.full((len(came), 1), start, np.float32)
    nets = tuple(
        fit(seen, came, offsets=offsets, scores=1, loss=bernoulli, shape=QUIET_SHAPE, rng=rng, bound=BOUND)
        for _ in range(MEMBERS)
    )
    trees = HistGradientBoostingClassifier(**QUIET_TREES, random_state=int(rng.integers(2**31)))
    return Quiet(start=start, networks=nets, trees=trees.fit(seen, came[:, 0]))


def evaluate(held: Occurrences, /, *, train_until: dt.date, rng: np.random.Generator) -> Evaluation:
    """Fits up to `train_until`, forecasts every later month one step ahead, and scores the chances.

    Raises:
        InputError: The data do not reach two years back from the day and a month beyond it.
    """
    split = held.months.position(train_until + dt.timedelta(days=1))
    if split < 2 * known.YEAR or split >= held.months.count:
        last = held.months.start(held.months.count) - dt.timedelta(days=1)
        raise InputError(
            f"--train-until: got {train_until}, data from {held.months.first} to {last}; "
            f"wanted the last day of a month with two years before it and a month after it"
        )
    taught = rows_of(held, months=range(known.FIRST, split))
    tested = rows_of(held, months=range(split, held.months.count))
    chances = learn(taught, rng=rng).chances(tested)
    scales = [rising(taught.fading[:, q].astype(float), taught.came[:, q].astype(float)) for q in range(4)]
    plain = _plain(tested, scales)
    found = [
        _skill(name, chances[:, q], plain[:, q], tested.came[:, q].astype(float), pair=tested.pair, rng=rng)
        for q, name in enumerate(QUADS)
    ]
    q = MATERIAL_CONFLICT
    still = tested.quiet[:, q]
    came = tested.came[still, q].astype(float)
    name = f"onset of {QUADS[q]} after six quiet months"
    found.append(_skill(name, chances[still, q], plain[still, q], came, pair=tested.pair[still], rng=rng))
    return Evaluation(
        task="any-event",
        train_until=train_until.isoformat(),
        n=len(tested.came),
        scores=tuple(found),
        notes=(f"{len(held.pairs()[0])} pairs of {len(held.states)} states, {held.months.count - split} months",),
    )


def _plain(rows: Rows, scales: Iterable[Isotonic]) -> Floats:
    """The baseline: each pair's fading rate, as likely as such a rate has proved before."""
    return np.column_stack([scale.at(rows.fading[:, q].astype(float)) for q, scale in enumerate(scales)])


def _skill(
    name: str, ours: Floats, base: Floats, came: Floats, *, pair: NDArray[np.int64], rng: np.random.Generator
) -> Score:
    low, high = scores.interval(lambda i: scores.brier_skill(ours[i], came[i]), pair, rng=rng, draws=100)
    return Score(
        name=name, metric="Brier skill", value=scores.brier_skill(ours, came), low=low, high=high,
        baseline="fading rate, isotonic", baseline_value=scores.brier_skill(base, came), n=len(came),
        higher_is_better=True,
    )  # fmt: skip
