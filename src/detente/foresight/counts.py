"""Events in, next month's counts of a pair out: negative binomials whose mean and size a small network gives.

Pooled over all pairs with some events; scored on those with at least one event a month before the split, against
climatology: the mean of all months before, with one size for each quad.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.foresight import count_features, scores
from detente.foresight.network import Network, Shape, fit, moments, negative_binomial
from detente.foresight.scores import Evaluation, Floats, Score
from detente.relation.event_arrays import QUADS, EventArrays, Months, Pairs, months_of, pairs_with

SHAPES = (
    Shape(hidden=(64,), penalty=3e-3, line_penalty=1.0, rounds=20),
    Shape(hidden=(64, 32), relu=True, line=False, penalty=0.0, decay=1.0, step=2e-3, rounds=10),
)
"""A smooth and a kinked network err differently: their mixture was better than either on years before any test."""

MEMBERS = 5
"""Networks of each shape."""

LEAST_TO_LEARN = 0.05
"""Events a month before the split that a pair needs to be learned from; rare pairs teach how quiet becomes loud."""

LEAST_TO_SCORE = 1.0
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CountModel:
    """Networks that together forecast counts; the forecast is their even mixture."""

    members: tuple[Network, ...]

    def forecast(self, features: NDArray[np.float32], /, *, offsets: NDArray[np.float32]) -> tuple[Floats, Floats]:
        """Means and sizes of the negative binomials in the mixture, both (M, N, 4)."""
        found = [moments(net.scores(features), offsets) for net in self.members]
        return np.stack([mean for mean, _ in found]), np.stack([size for _, size in found])


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What is learned from and what is scored: rows are pair-months.

    Attributes:
        scored: (D,) whether a pair is scored.
        split: First month that is scored.
    """

    past: count_features.History
    pairs: Pairs
    scored: NDArray[np.bool_]
    split: int
    months: Months


def split_at(events: EventArrays, /, *, train_until: dt.date) -> Split:
    """Parts events at a month's end; pairs are chosen by what came before it.

    Raises:
        InputError: There is less than two years before, or no whole month after.
    """
    months = months_of(events.day)
    split = months.position(train_until + dt.timedelta(days=1))
    if split < 2 * YEAR or split >= months.count:
        last = months.start(months.count) - dt.timedelta(days=1)
        raise InputError(
            f"--train-until: got {train_until}, data from {months.first} to {last}; "
            f"wanted the last day of a month with two years before it and a month after it"
        )
    before = events.until(months.start(split) - dt.timedelta(days=1))
    pairs = pairs_with(before, least=LEAST_TO_LEARN * split)
    past = count_features.history(events, pairs=pairs, months=months)
    scored = past.both[:, :, :split].sum((1, 2)) >= LEAST_TO_SCORE * split
    if not scored.any():
        raise InputError(f"events: got no pair with an event a month before {train_until}, wanted at least one")
    return Split(past=past, pairs=pairs, scored=scored, split=split, months=months)


def learn(split: Split, /, *, rng: np.random.Generator) -> CountModel:
    """Networks taught on every pair and month before the split."""
    past = split.past
    taught = range(count_features.FIRST, split.split)
    rows = np.concatenate([count_features.features(past, month=t) for t in taught])
    offsets = np.concatenate([count_features.offsets(past, month=t) for t in taught])
    came = np.concatenate([past.both[:, :, t] for t in taught]).astype(np.float32)
    members = tuple(
        fit(rows, came, offsets=offsets, scores=8, loss=negative_binomial, shape=shape, rng=rng)
        for shape in SHAPES
        for _ in range(MEMBERS)
    )
    return CountModel(members=members)


def evaluate(events: EventArrays, /, *, train_until: dt.date, rng: np.random.Generator) -> Evaluation:
    """Fits up to `train_until`, forecasts every later month one step ahead, and scores against climatology.

    Log score is minus the log chance of what came, in nats; smaller is better. CRPS is in events.

    Raises:
        InputError: The data do not reach both ways from the day.
    """
    split = split_at(events, train_until=train_until)
    model = learn(split, rng=rng)
    past, tested = split.past, range(split.split, split.months.count)
    kept = split.scored
    rows = np.concatenate([count_features.features(past, month=t)[kept] for t in tested])
    offsets = np.concatenate([count_features.offsets(past, month=t)[kept] for t in tested])
    came = np.concatenate([past.both[kept, :, t] for t in tested])
    group = np.tile(np.arange(kept.sum()), len(tested))
    mean, size = model.forecast(rows, offsets=offsets)
    found: list[Score] = []
    for q, name in enumerate(QUADS):
        base_mean, base_size = _climatology(split, quad=q)
        ours = -scores.pooled_log(scores.negative_binomial_log(came[:, q], mean=mean[:, :, q], size=size[:, :, q]))
        base = -scores.negative_binomial_log(came[:, q], mean=base_mean, size=base_size)
        found.append(_score(name, "log score", ours, base, group=group, rng=rng))
        ours = scores.crps(came[:, q], mean=mean[:, :, q], size=size[:, :, q])
        base = scores.crps(came[:, q], mean=base_mean[None], size=base_size[None])
        found.append(_score(name, "CRPS", ours, base, group=group, rng=rng))
    note = (
        f"{int(kept.sum())} pairs with an event a month before the split, taught on {len(kept)}; {len(tested)} months"
    )
    return Evaluation(
        task="counts",
        train_until=train_until.isoformat(),
        n=len(came),
        scores=tuple(found),
        notes=(note,),
    )


def _climatology(split: Split, *, quad: int) -> tuple[Floats, Floats]:
    """Mean of all months before and one size, for every pair-month that is scored; the size fits the months before."""
    counts = split.past.both[split.scored, quad]
    means = np.cumsum(counts, axis=1) / np.arange(1, counts.shape[1] + 1) + 0.5 / YEAR
    first = min(2 * YEAR, split.split - YEAR)
    taught = np.arange(first, split.split)
    sizes = np.exp(np.linspace(np.log(0.05), np.log(100), 60))
    fits = [
        scores.negative_binomial_log(counts[:, taught], mean=means[:, taught - 1], size=np.asarray(s)).sum()
        for s in sizes
    ]
    tested = np.arange(split.split, split.months.count)
    mean = means[:, tested - 1].T.reshape(-1)
    return mean, np.full(len(mean), sizes[int(np.argmax(fits))])


def _score(
    name: str, metric: str, ours: Floats, base: Floats, *, group: NDArray[np.int64], rng: np.random.Generator
) -> Score:
    low, high = scores.mean_interval(ours, group, rng=rng)
    return Score(
        name=name, metric=metric, value=float(ours.mean()), low=low, high=high, baseline="climatology",
        baseline_value=float(base.mean()), n=len(ours), higher_is_better=False,
    )  # fmt: skip
