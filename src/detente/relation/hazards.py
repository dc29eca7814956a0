"""Events of pairs in, how they stand, and the fitted hazard that a tie is cut in the months ahead, out.

A breach is a second day within a month on which data sets say that a tie is cut or sanctions are laid. The hazard of
the next one is piecewise constant over the months ahead (Holford 1980, DOI 10.2307/2529982), with a base for each state
of the ledger (quiet, troubled, fresh) and the same features for all:

    h(lead | state, x) = base[state, lead] * exp(sum_f weight_f * (x_f - usual_f))

A mending follows the age of a quarrel: its hazard falls as age ** (shape - 1) (Weibull 1951, DOI 10.1115/1.4010337).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError
from detente.relation.event_arrays import EventArrays
from detente.relation.imports import tie_codes
from detente.relation.patterns import CUTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEATURES = (
    "how much is told in a year",
    "share of conflict in it",
    "conflict of the last month against the year",
    "refusals and threats of a quarter",
    "protest, force and coercion of a quarter",
    "single reports of a cut tie in half a year",
    "a tie was cut before",
    "share of material cooperation",
)
STATES = ("quiet", "troubled", "fresh")
"""No breach within half a year; one within it; one within the last month."""

LEADS = ((0, 1), (1, 3), (3, 6), (6, 12))
"""Months ahead over which a hazard is constant."""

YEAR, QUARTER, MONTH, HALF = 365, 91, 30, 183
MONTH_DAYS = 30.44
SANCTIONS = "160"
"""Sanctions with no tie named: they touch no tie of the ledger, and are a breach all the same."""

WORDS, DEEDS = ("12", "13"), ("14", "15", "17", "18", "19")
NAME, FORMAT = "transitions-1", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """Fitted hazards.

    Attributes:
        base: By state, the hazard a month over each of `LEADS`, at usual features.
        usual: (P,) mean of each feature where it was fitted; `weights` (P,) log hazard a unit.
        mending: Shape of the hazard of a mending over the age of a quarrel; 1 would not age.
        card: Data, date, score and limits, in words.
    """

    base: Mapping[str, tuple[float, ...]]
    usual: tuple[float, ...]
    weights: tuple[float, ...]
    mending: float
    card: Mapping[str, str] = field(default_factory=dict)

    def scores(self, features: Floats, /) -> Floats:
        """Log hazard beyond that of usual features, (N,)."""
        return np.asarray((features - np.array(self.usual)) @ np.array(self.weights), np.float64)

    def cumulative(self, state: str, /, *, months: float) -> float:
        """Hazard summed over the months ahead at usual features."""
        spans = ((min(months, b) - a, h) for (a, b), h in zip(LEADS, self.base[state], strict=True))
        return sum(span * h for span, h in spans if span > 0)

    def chances(self, features: Floats, states: Ints, /, *, months: float) -> Floats:
        """Chance of a breach within some months, (N,); never falling with the months."""
        sums = np.array([self.cumulative(state, months=months) for state in STATES])
        return np.asarray(-np.expm1(-sums[states] * np.exp(self.scores(features))), np.float64)

    def worsened(self, state: str, /, *, months: float, of: float) -> float:
        """The part that the hazard of `months` is of that of `of` months."""
        return self.cumulative(state, months=months) / self.cumulative(state, months=of)

    def mended(self, age_months: float, /, *, months: float, of: float) -> float:
        """The same for a mending of a quarrel of some age."""
        start = age_months**self.mending
        sums = [(age_months + ahead) ** self.mending - start for ahead in (months, of)]
        return float(sums[0] / sums[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Events of D pairs, ready to be counted: which pair each is of (0 to D - 1), and the days on which ties broke.

    Attributes:
        cuts: (B, 2) pair and day of every report of a cut tie, each day once; `breaches` those that are one.
    """

    events: EventArrays
    place: Ints
    count: int
    cuts: Ints
    breaches: Ints


def told(events: EventArrays, /, *, place: Ints, count: int) -> Told:
    """Events with their pairs; those of no pair (-1) are left out."""
    kept = place >= 0
    held, where = events.only(kept), place[kept]
    codes = [code for code, (_, effect) in tie_codes().items() if effect in CUTS]
    cut = np.isin(held.cameo, [*codes, SANCTIONS])
    days = np.unique(np.column_stack([where[cut], held.day[cut]]), axis=0).reshape(-1, 2)
    again = np.zeros(len(days), bool)
    again[1:] = (np.diff(days[:, 0]) == 0) & (np.diff(days[:, 1]) <= MONTH)
    return Told(events=held, place=where, count=count, cuts=days, breaches=days[again])


def standing(held: Told, /, *, day: dt.date) -> tuple[Floats, Ints]:
    """Features (D, P) and positions in `STATES` (D,) of every pair as known on a day, that day included."""
    last = day.toordinal()
    events, root = held.events, np.array([code[:2] for code in held.events.cameo.tolist()], np.str_)

    def count(mask: NDArray[np.bool_], days: int) -> Floats:
        kept = (events.day <= last) & (events.day > last - days) & mask
        return np.bincount(held.place[kept], minlength=held.count).astype(np.float64)

    conflict = events.quad >= 2
    volume, quarrel = count(events.day > 0, YEAR), count(conflict, YEAR)
    features = np.column_stack(
        [
            np.log1p(volume),
            np.log((quarrel + 3) / (volume - quarrel + 9)),
            np.log((count(conflict, MONTH) + 1) / (quarrel / 12 + 1)),
            np.log1p(count(np.isin(root, WORDS), QUARTER)),
            np.log1p(count(np.isin(root, DEEDS), QUARTER)),
            np.log1p(_reports(held.cuts, count=held.count, since=last - HALF, until=last)),
            (_reports(held.breaches, count=held.count, since=0, until=last) > 0).astype(np.float64),
            np.log((count(events.quad == 1, YEAR) + 1) / (volume + 10)),
        ]
    )
    fresh, recent = (
        _reports(held.breaches, count=held.count, since=last - days, until=last) > 0 for days in (MONTH, HALF)
    )
    return features, np.where(fresh, 2, np.where(recent, 1, 0)).astype(np.int64)


def _reports(days: Ints, *, count: int, since: int, until: int) -> Floats:
    kept = (days[:, 1] > since) & (days[:, 1] <= until)
    return np.bincount(days[kept, 0], minlength=count).astype(np.float64)


@lru_cache(maxsize=1)
def hazards() -> Hazards:
    """The shipped hazards.

    Raises:
        ModelError: Their file is missing or broken.
    """
    return load(Path(str(files("detente") / "relation" / "models" / f"{NAME}.json")))


def dump(fitted: Hazards, /) -> str:
    """Hazards as the text of their file."""
    return json.dumps({"format": FORMAT, "features": FEATURES, **asdict(fitted)}, indent=1) + "\n"


def load(path: Path, /) -> Hazards:
    """Hazards from their file.

    Raises:
        ModelError: It is missing, or not of this format and these features.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["format"] != FORMAT or tuple(held["features"]) != FEATURES:
            raise ModelError(f"{path}: got other features or another format, wanted {FORMAT}; fit it anew")
        return Hazards(
            base={state: tuple(held["base"][state]) for state in STATES},
            usual=tuple(held["usual"]),
            weights=tuple(held["weights"]),
            mending=float(held["mending"]),
            card=held["card"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: got {error}, wanted fitted hazards; install the package anew") from error
