"""Features and outcomes in, a small network out: dense layers in numpy, good to a few hundred thousand rows.

One or two hidden layers, optionally with a straight line from the features to the scores beside them; Adam (Kingma and
Ba 2015, arXiv:1412.6980) with a cosine step and weight decay kept apart from the gradient (Loshchilov and Hutter 2019,
arXiv:1711.05101). No library beyond numpy is loaded, so that a forecast can be made wherever the program runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit

Array = NDArray[np.float32]
Loss = Callable[[Array, Array, Array], Array]
"""Gradient of the loss by the scores, from (scores, outcomes, offsets); one row a case."""

_BLOCK = 16384
"""Rows that are predicted at a time, to bound memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a network is built and taught.

    Attributes:
        hidden: Sizes of the hidden layers.
        relu: Kinked units; smooth ones (tanh) when false.
        line: Whether the features also reach the scores directly.
        penalty: Ridge penalty inside the gradient, on all weights but the line's; `line_penalty` on those.
        decay: Weight decay outside the gradient.
        step: Largest step; it falls to zero along a half cosine.
        rounds: Passes over the rows; `batch` rows a step.
    """

    hidden: tuple[int, ...] = (64,)
    relu: bool = False
    line: bool = True
    penalty: float = 3e-3
    line_penalty: float = 0.1
    decay: float = 0.0
    step: float = 3e-3
    rounds: int = 20
    batch: int = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Fitted weights: (matrix, bias) of each layer, the line's matrix, and how the features are scaled."""

    shape: Shape
    layers: tuple[tuple[Array, Array], ...]
    line: Array
    centre: Array
    spread: Array
    bound: float = 4.0

    def scores(self, features: Array, /) -> Array:
        """Scores of every row, (N, K), before any offset."""
        blocks = [features[i : i + _BLOCK] for i in range(0, len(features), _BLOCK)]
        parts = [_forward(self, _scaled(b, self.centre, self.spread, bound=self.bound))[0] for b in blocks]
        return np.concatenate(parts) if parts else np.zeros((0, self.line.shape[1]), np.float32)


def fit(
    features: Array,
    outcomes: Array,
    /,
    *,
    offsets: Array,
    scores: int,
    loss: Loss,
    shape: Shape,
    rng: np.random.Generator,
    bound: float = 4.0,
) -> Network:
    """A network taught on all rows.

    Args:
        features: (N, P), in any units; they are centred, scaled and bounded at `bound` standard deviations.
        outcomes: (N, K).
        offsets: (N, K), what is known before the features are looked at; handed to `loss`.
        scores: How many scores the network gives a row.
        loss: Gradient of the loss by the scores.
        shape: Sizes and schooling.
        rng: Starting weights and the order of the rows.
        bound: Where scaled features are cut off.
    """
    centre = features.mean(0, dtype=np.float64).astype(np.float32)
    spread = (features.std(0, dtype=np.float64) + 1e-6).astype(np.float32)
    rows = _scaled(features, centre, spread, bound=bound)
    net = _started(shape, inputs=rows.shape[1], scores=scores, rng=rng, centre=centre, spread=spread, bound=bound)
    weights = [w for layer in net.layers for w in layer] + [net.line]
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    batch = min(shape.batch, len(rows))
    steps = shape.rounds * max(len(rows) // batch, 1)
    for step, chosen in enumerate(_batches(len(rows), batch=batch, rounds=shape.rounds, rng=rng), 1):
        gradients = _gradients(net, rows[chosen], outcomes[chosen], offsets[chosen], loss=loss)
        size = np.float32(shape.step * 0.5 * (1 + np.cos(np.pi * step / (steps + 1))))
        for k, gradient in enumerate(gradients):
            first[k] += np.float32(0.1) * (gradient - first[k])
            second[k] += np.float32(0.001) * (gradient * gradient - second[k])
            move = first[k] / np.float32(1 - 0.9**step)
            move /= np.sqrt(second[k] / np.float32(1 - 0.999**step)) + np.float32(1e-8)
            if shape.decay and weights[k].ndim == 2:
                weights[k] *= 1 - size * np.float32(shape.decay)
            weights[k] -= size * move
    return net


def bernoulli(scores: Array, outcomes: Array, offsets: Array) -> Array:
    """Loss of chances: `expit(offset + score)` against 0 or 1."""
    return np.asarray(expit(offsets + scores) - outcomes, np.float32)


def negative_binomial(scores: Array, outcomes: Array, offsets: Array) -> Array:
    """Loss of counts with mean `exp(offset + first K scores)` and size `exp(last K scores)`.

    The variance is mean + mean**2 / size (Hilbe 2011, Negative Binomial Regression, 2nd ed.).
    """
    mean, size = moments(scores, offsets)
    y = outcomes.astype(np.float64)
    by_mean = -(y - mean) * size / (size + mean)
    by_size = -size * (digamma(y + size) - digamma(size) + np.log(size / (size + mean)) + (mean - y) / (size + mean))
    return np.concatenate([by_mean, by_size], axis=1).astype(np.float32)


def moments(scores: Array, offsets: Array, /) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and size of the negative binomials that the scores stand for, both (N, K)."""
    kinds = offsets.shape[1]
    mean = np.exp(np.clip(offsets + scores[:, :kinds], -9, 7).astype(np.float64))
    size = np.exp(np.clip(scores[:, kinds:], -4, 5).astype(np.float64))
    return mean, size


def _scaled(features: Array, centre: Array, spread: Array, *, bound: float) -> Array:
    return np.asarray(np.clip((features - centre) / spread, -bound, bound), np.float32)


def _started(
    shape: Shape, *, inputs: int, scores: int, rng: np.random.Generator, centre: Array, spread: Array, bound: float
) -> Network:
    sizes = [inputs, *shape.hidden, scores]
    layers = []
    for i, (a, b) in enumerate(pairwise(sizes)):
        scale = np.sqrt((2.0 if shape.relu else 1.0) / a) * (0.1 if i == len(sizes) - 2 else 1.0)
        layers.append((rng.normal(0, scale, (a, b)).astype(np.float32), np.zeros(b, np.float32)))
    line = np.zeros((inputs, scores), np.float32)
    return Network(shape=shape, layers=tuple(layers), line=line, centre=centre, spread=spread, bound=bound)


def _batches(rows: int, *, batch: int, rounds: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    for _ in range(rounds):
        order = rng.permutation(rows)
        for i in range(0, rows - batch + 1, batch):
            yield order[i : i + batch]


def _forward(net: Network, rows: Array) -> tuple[Array, list[Array]]:
    """Scores of scaled rows, and what each layer took in."""
    taken = [rows]
    for matrix, bias in net.layers[:-1]:
        before = taken[-1] @ matrix + bias
        taken.append(np.maximum(before, 0) if net.shape.relu else np.tanh(before))
    matrix, bias = net.layers[-1]
    scores = taken[-1] @ matrix + bias
    return (scores + rows @ net.line if net.shape.line else scores), taken


def _gradients(net: Network, rows: Array, outcomes: Array, offsets: Array, *, loss: Loss) -> Sequence[Array]:
    shape = net.shape
    scores, taken = _forward(net, rows)
    back = loss(scores, outcomes, offsets) / np.float32(len(rows))
    by_line = rows.T @ back + np.float32(shape.line_penalty) * net.line if shape.line else np.zeros_like(net.line)
    found: list[Array] = []
    for i in range(len(net.layers) - 1, -1, -1):
        matrix, _ = net.layers[i]
        found = [taken[i].T @ back + np.float32(shape.penalty) * matrix, back.sum(0), *found]
        if i:
            back = back @ matrix.T
            back = back * (taken[i] > 0) if shape.relu else back * (1 - taken[i] ** 2)
    return [*found, by_line]
