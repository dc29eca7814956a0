"""Scores and outcomes in, a rising curve from score to chance out: isotonic calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Isotonic:
    """A curve through `scores` (rising) and `chances` (never falling), straight between them and level outside."""

    scores: Floats
    chances: Floats

    def at(self, scores: Floats, /) -> Floats:
        """The chances at some scores."""
        return np.asarray(np.interp(scores, self.scores, self.chances), np.float64)


def rising(scores: Floats, outcomes: Floats, /, *, floor: float = 1e-4) -> Isotonic:
    """The never falling curve nearest to the outcomes, by pooling adjacent violators.

    Ayer et al. 1955, DOI 10.1214/aoms/1177728423; for calibration Zadrozny and Elkan 2002, DOI 10.1145/775047.775151.

    Args:
        scores: (N,).
        outcomes: (N,) 0 or 1.
        floor: No chance is nearer to 0 or 1 than this.
    """
    places, where = np.unique(scores, return_inverse=True)
    weights = np.bincount(where).astype(float)
    means = np.bincount(where, outcomes) / weights
    value: list[float] = []
    weight: list[float] = []
    size: list[int] = []
    for mean, mass in zip(means, weights, strict=True):
        value.append(float(mean))
        weight.append(float(mass))
        size.append(1)
        while len(value) > 1 and value[-2] >= value[-1]:
            total = weight[-2] + weight[-1]
            value[-2:] = [(value[-2] * weight[-2] + value[-1] * weight[-1]) / total]
            weight[-2:] = [total]
            size[-2:] = [size[-2] + size[-1]]
    chances = np.clip(np.repeat(value, size), floor, 1 - floor)
    return Isotonic(scores=places.astype(float), chances=chances)
