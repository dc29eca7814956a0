"""Features and outcomes in, additive log-odds out: the small fitted models of the verdict, as frozen files with a card.

Every model is linear in a few named features, so that its answer is a sum of signed parts that can be shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from detente.errors import ModelError

Floats = NDArray[np.float64]
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Softmax:
    """Additive scores for each outcome; chances are their softmax.

    Attributes:
        name: What it answers.
        outcomes: The K outcomes.
        features: The P features.
        constant: (K,), `weights` (P, K).
        card: Data, date, score and licence, in words.
        fitted_on: Pairs it was fitted on; scored elsewhere, it must not be scored on these.
    """

    name: str
    outcomes: tuple[str, ...]
    features: tuple[str, ...]
    constant: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    card: Mapping[str, str] = field(default_factory=dict)
    fitted_on: tuple[str, ...] = ()

    def scores(self, features: Floats, /) -> Floats:
        """Log-odds of every outcome up to a constant, (N, K)."""
        return np.asarray(features @ np.array(self.weights) + np.array(self.constant), np.float64)

    def chances(self, features: Floats, /) -> Floats:
        """Chances of every outcome, (N, K)."""
        scores = self.scores(features)
        return np.asarray(np.exp(scores - logsumexp(scores, axis=1, keepdims=True)), np.float64)

    def parts(self, features: Floats, /, *, toward: str, against: str) -> dict[str, float]:
        """Signed parts of ln(P(toward) / P(against)) of one case, constant included; they add up to it."""
        a, b = self.outcomes.index(toward), self.outcomes.index(against)
        found = {"constant": self.constant[a] - self.constant[b]}
        for name, value, row in zip(self.features, features, self.weights, strict=True):
            found[name] = float(value) * (row[a] - row[b])
        return found


def fit(
    features: Floats,
    outcomes: NDArray[np.int64],
    /,
    *,
    named: Sequence[str],
    kinds: Sequence[str],
    name: str,
    ridge: float,
    balanced: bool = False,
) -> Softmax:
    """The ridge-penalised multinomial logistic regression (Hastie, Tibshirani and Friedman 2009, 4.4).

    Args:
        features: (N, P).
        outcomes: (N,) positions in `kinds`.
        named: Names of the features.
        kinds: Names of the outcomes.
        name: What the model answers.
        ridge: Weight of half the squared coefficients; the constant is not penalised.
        balanced: Whether every outcome counts the same in sum, however rare; scores are then no chances.
    """
    # Only fitting needs it, and it is slow to load: a verdict does without.
    from scipy.optimize import minimize

    count, wide = len(kinds), features.shape[1]
    sizes = np.bincount(outcomes, minlength=count)
    case_weight = len(outcomes) / (count * np.maximum(sizes, 1))[outcomes] if balanced else np.ones(len(outcomes))
    truth = np.eye(count)[outcomes]

    def loss(flat: Floats) -> tuple[float, Floats]:
        constant, weights = flat[:count], flat[count:].reshape(wide, count)
        scores = features @ weights + constant
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        back = (np.exp(logs) - truth) * case_weight[:, None]
        value = -(logs * truth).sum(1) @ case_weight + 0.5 * ridge * (weights**2).sum()
        return float(value), np.concatenate([back.sum(0), (features.T @ back + ridge * weights).ravel()])

    found = minimize(loss, np.zeros(count * (wide + 1)), jac=True, method="L-BFGS-B").x
    constant = found[:count] - found[:count].mean()
    weights = found[count:].reshape(wide, count)
    return Softmax(
        name=name,
        outcomes=tuple(kinds),
        features=tuple(named),
        constant=tuple(float(c) for c in constant),
        weights=tuple(tuple(float(w) for w in row) for row in weights),
    )


def dump(model: Softmax) -> str:
    """The model as the text of its file."""
    return json.dumps({"format": FORMAT, **asdict(model)}, indent=1) + "\n"


def load(path: Path) -> Softmax:
    """A model from its file.

    Raises:
        ModelError: It is missing, or not of this format.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held.pop("format") != FORMAT:
            raise ModelError(f"{path}: got another format, wanted {FORMAT}; fit it anew")
        return Softmax(
            name=held["name"],
            outcomes=tuple(held["outcomes"]),
            features=tuple(held["features"]),
            constant=tuple(held["constant"]),
            weights=tuple(tuple(row) for row in held["weights"]),
            card=held["card"],
            fitted_on=tuple(held["fitted_on"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: got {error}, wanted a fitted model; install the package anew") from error
