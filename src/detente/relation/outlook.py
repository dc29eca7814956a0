"""A verdict's chances in, chances at other horizons out; and what ten years of imported events add to a verdict.

Horizons: each outcome has its own hazard, in fixed proportion to the others (competing risks), and the chance that
nothing has changed falls as

    S(H) = S(6) ** ((H / 6) ** shape),    P_k(H) = P_k(6) / (1 - S(6)) * (1 - S(H))

so that the chances at six months are those of the verdict itself. The shape is stated, not fitted: what is coming comes
early, for a quarrel that is asked about is already under way.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from detente.errors import ModelError
from detente.records import Chance, Dyad, Outlook, Verdict
from detente.relation.episodes import PRIOR_EVENTS
from detente.relation.event_arrays import EventArrays
from detente.relation.fitted import SIX_MONTHS, shipped

HORIZONS_MONTHS = (1, 3, 6, 12)
OTHERS = ("rupture", "cooling", "thaw")
YEAR_DAYS = 365
LEAST_EVENTS = 12
"""Imported events in a year below which they say nothing of how a pair stands."""

MOST = 2.5
"""A score farther out than this counts as this: the models saw few such pairs."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where pairs lie in a complete data set: knots from a yearly volume and log-odds of conflict to normal scores."""

    scores: tuple[float, ...]
    volumes: tuple[float, ...]
    odds: tuple[float, ...]
    usual: tuple[float, ...]
    share: float
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Addend:
    """What the fitted model adds to one outcome's log-odds against stable, and why, in words."""

    toward: str
    weight: float
    text: str


def outlooks(verdict: Verdict, /, *, shape: float) -> tuple[Outlook, ...]:
    """The four chances at 1, 3, 6 and 12 months; ranges widen and narrow with them."""
    return tuple(_outlook(verdict, months=months, shape=shape) for months in HORIZONS_MONTHS)


def _outlook(verdict: Verdict, *, months: int, shape: float) -> Outlook:
    power = (months / verdict.horizon_months) ** shape

    def moved(chance: Chance, *, left: float) -> Chance:
        """One outcome's chance at the horizon, each end of its range moved as if it stood alone."""
        gone, base_left = 1 - left, verdict.stable.base_rate
        p = chance.p / gone * (1 - left**power) if gone > 0 else 0.0
        low, high = (1 - (1 - end) ** power if end < 1 else 1.0 for end in (chance.low, chance.high))
        base = chance.base_rate / (1 - base_left) * (1 - base_left**power) if base_left < 1 else 0.0
        return Chance(p=p, low=min(low, p), high=max(high, p), base_rate=base)

    held = {k: moved(getattr(verdict, k), left=verdict.stable.p) for k in OTHERS}
    stay = verdict.stable
    stable = Chance(
        p=1 - sum(c.p for c in held.values()), low=stay.low**power, high=stay.high**power,
        base_rate=stay.base_rate**power,
    )  # fmt: skip
    stable = Chance(
        p=stable.p, low=min(stable.low, stable.p), high=max(stable.high, stable.p), base_rate=stable.base_rate
    )
    return Outlook(horizon_months=months, stable=stable, **held)


def imported_addends(events: EventArrays, /, *, dyad: Dyad, as_of: dt.date) -> tuple[Addend, ...]:
    """What the imported events of the year up to `as_of` add to rupture and cooling, none when they are few.

    The pair is placed among all pairs of a complete data set by how much is told of it and how much of it is conflict;
    the shipped model, fitted on labelled quarrels, says what such places came to. An average quarrel adds nothing.
    """
    told = yearly_told(events, dyad=dyad, as_of=as_of)
    if sum(told) < LEAST_EVENTS:
        return ()
    model, known = shipped(SIX_MONTHS), reference()
    place = placed(told, known)
    found = []
    stable = model.outcomes.index("stable")
    for toward in ("rupture", "cooling"):
        column = model.outcomes.index(toward)
        for feature, value, usual, row in zip(model.features, place, known.usual, model.weights, strict=True):
            weight = (value - usual) * (row[column] - row[stable])
            text = f"Imported events, {sum(told):g} in a year: {feature}, {_where(value)} among pairs of states"
            found.append(Addend(toward=toward, weight=float(weight), text=text))
    return tuple(found)


def yearly_told(events: EventArrays, /, *, dyad: Dyad, as_of: dt.date) -> tuple[float, float]:
    """Events of cooperation and of conflict between two states in the 365 days up to and with `as_of`."""
    if not set(dyad) <= set(events.states):
        return 0.0, 0.0
    a, b = (events.states.index(code) for code in dyad)
    last = as_of.toordinal()
    kept = (events.day <= last) & (events.day > last - YEAR_DAYS)
    kept &= ((events.actor == a) & (events.recipient == b)) | ((events.actor == b) & (events.recipient == a))
    quads = np.bincount(events.quad[kept], minlength=4)
    return float(quads[:2].sum()), float(quads[2:].sum())


def placed(told: tuple[float, float], known: Reference, /) -> Floats:
    """Scores of volume and conflict for (cooperation, conflict) of a year, (2,)."""
    down, up = told
    odds = np.log((up + known.prior * known.share) / (down + known.prior * (1 - known.share)))
    volume = np.interp(up + down, known.volumes, known.scores)
    place = np.array([volume, np.interp(odds, known.odds, known.scores)])
    return np.asarray(np.clip(place, -MOST, MOST), np.float64)


@lru_cache(maxsize=1)
def reference() -> Reference:
    """The shipped reference.

    Raises:
        ModelError: Its file is missing or broken.
    """
    path = Path(str(files("detente") / "relation" / "models" / "reference-1.json"))
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        lists = {name: tuple(held[name]) for name in ("scores", "volumes", "odds", "usual")}
        return Reference(**lists, share=float(held["share"]), prior=float(held["prior"]))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: got {error}, wanted the shipped reference; install the package anew") from error


def reference_from(cooperation: Floats, conflict: Floats, /, *, usual: Floats) -> Reference:
    """A reference from one year of every pair, (D,) each, and the mean scores of labelled quarrels, (2,)."""
    volume = cooperation + conflict
    prior = 2 * float(np.median(volume)) + PRIOR_EVENTS
    share = float(conflict.sum() / volume.sum())
    odds = np.log((conflict + prior * share) / (cooperation + prior * (1 - share)))
    scores = np.linspace(-2.5, 2.5, 21)
    levels = ndtr(scores)
    return Reference(
        scores=tuple(float(s) for s in scores),
        volumes=_rising(np.quantile(volume, levels)),
        odds=_rising(np.quantile(odds, levels)),
        usual=tuple(float(u) for u in usual),
        share=share,
        prior=prior,
    )


def _rising(values: Floats) -> tuple[float, ...]:
    """Quantiles with ties parted by a hair, so that they can be read both ways."""
    return tuple(float(v) for v in values + np.arange(len(values)) * 1e-6)


def _where(score: float) -> str:
    """A normal score in words."""
    for least, words in ((1.5, "far above most"), (0.5, "above most"), (-0.5, "as usual"), (-1.5, "below most")):
        if score >= least:
            return words
    return "far below most"
