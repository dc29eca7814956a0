"""A verdict's chances in, chances at other horizons out; and what ten years of imported events add to a verdict.

Horizons: the hazard of each outcome over H months is a part r_k(H) of that over six, as `relation/pace.py` has it. With
S the chance that nothing has changed after six months, L = -ln S and L_k = L P_k / (1 - S), competing risks give

    H <= 6:  P_k(H) = P_k(6) (1 - S ** r_k(H)) / (1 - S)
    H > 6:   P_k(H) = P_k(6) + S (1 - exp(-D)) D_k / D,    D_k = L_k (r_k(H) - 1),  D = sum_k D_k

so that the chances at six months are those of the verdict itself, and none falls as the horizon grows.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping
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
from detente.relation.hazards import FEATURES, STATES, hazards
from detente.relation.pace import Pace, pair_standing

HORIZONS_MONTHS = (1, 3, 6, 12)
OTHERS = ("rupture", "cooling", "thaw")
YEAR_DAYS, HALF_YEAR = 365, 6.0
LEAST_ADDED = 0.05
"""Log-odds below which a part would only lengthen the list."""

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


def outlooks(verdict: Verdict, /, *, pace: Pace, shape: float) -> tuple[Outlook, ...]:
    """The four chances at 1, 3, 6 and 12 months; ranges widen and narrow with them.

    Args:
        verdict: The chances at its own horizon.
        pace: How fast what is coming comes.
        shape: The stated shape, where no data supports a fitted one.
    """
    return tuple(_outlook(verdict, months=months, pace=pace, shape=shape) for months in HORIZONS_MONTHS)


def _outlook(verdict: Verdict, *, months: int, pace: Pace, shape: float) -> Outlook:
    parts = {k: pace.part(k, months=months, of=verdict.horizon_months, shape=shape) for k in OTHERS}
    chances = {k: getattr(verdict, k) for k in OTHERS}
    found = _moved({k: c.p for k, c in chances.items()}, parts)
    bases = _moved({k: c.base_rate for k, c in chances.items()}, parts)

    def ranged(k: str) -> Chance:
        """Each end of a range is moved as if it stood alone."""
        chance, p = chances[k], found[k]
        low, high = (1 - (1 - end) ** parts[k] if end < 1 else 1.0 for end in (chance.low, chance.high))
        return Chance(p=p, low=min(low, p), high=max(high, p), base_rate=bases[k])

    stay = verdict.stable
    p = 1 - sum(found.values())
    power = math.log(max(p, 1e-12)) / math.log(stay.p) if 0 < stay.p < 1 else 1.0
    stable = Chance(p=p, low=min(stay.low**power, p), high=max(stay.high**power, p), base_rate=1 - sum(bases.values()))
    return Outlook(horizon_months=months, stable=stable, **{k: ranged(k) for k in OTHERS})


def _moved(chances: Mapping[str, float], parts: Mapping[str, float]) -> dict[str, float]:
    """Chances of competing outcomes at another horizon, from those at six months and the parts of their hazards."""
    gone = math.fsum(chances.values())
    if not 0 < gone < 1:
        return dict(chances)
    stay, hazard = 1 - gone, -math.log1p(-gone)
    early = {k: p * (1 - stay ** min(parts[k], 1.0)) / gone for k, p in chances.items()}
    later = {k: hazard * p / gone * max(parts[k] - 1, 0.0) for k, p in chances.items()}
    added = math.fsum(later.values())
    if added <= 0:
        return early
    return {k: early[k] + stay * -math.expm1(-added) * later[k] / added for k in chances}


def imported_addends(events: EventArrays, /, *, dyad: Dyad, as_of: dt.date) -> tuple[Addend, ...]:
    """What the imported events of the year up to `as_of` add to rupture and cooling, none when they are few.

    The pair is placed among all pairs of a complete data set by how much is told of it and how much of it is conflict;
    the shipped model, fitted on labelled quarrels, says what such places came to. What else its events show (its
    ledger, refusals and threats, what is new this month) counts towards cooling by the fitted hazards of a breach.
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
    return (*found, *_hazard_addends(events, dyad=dyad, as_of=as_of))


def _hazard_addends(events: EventArrays, /, *, dyad: Dyad, as_of: dt.date) -> Iterator[Addend]:
    """Volume and conflict are left to the model of labelled quarrels: here they were only held constant."""
    fitted = hazards()
    seen, state = pair_standing(events, dyad=dyad, as_of=as_of)
    step = math.log(fitted.cumulative(state, months=HALF_YEAR) / fitted.cumulative(STATES[0], months=HALF_YEAR))
    if state != STATES[0]:
        yield Addend(toward="cooling", weight=step, text=f"Imported events: {_LEDGER[state]}")
    rows = list(zip(FEATURES, seen.tolist(), fitted.usual, fitted.weights, strict=True))[2:]
    for feature, value, usual, weight in rows:
        if abs(added := (value - usual) * weight) >= LEAST_ADDED:
            yield Addend(toward="cooling", weight=added, text=f"Imported events: {feature}, {_than(value - usual)}")


_LEDGER = {
    "troubled": "beyond those reports, a tie was cut within half a year",
    "fresh": "beyond those reports, a tie was cut within a month",
}


def _than(gap: float) -> str:
    return "more than usual" if gap > 0 else "less than usual"


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
