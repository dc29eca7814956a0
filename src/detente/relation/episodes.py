"""What history says of pairs of states: labelled episodes, and how their years looked.

An episode is a quarrel with an onset and a name: rupture (relations severed, embassies shut), cooling, or stable, a day
on which nothing began, taken for comparison.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from detente.errors import require
from detente.records import Dyad
from detente.relation.event_arrays import EventArrays

LABELS = ("rupture", "cooling", "stable")
Floats = NDArray[np.float64]

PRIOR_EVENTS = 5.0
"""Events of each sort that a share is drawn towards one half by: a share of three events says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One quarrel: `dyad` sorted, its day of `onset`, a label of `LABELS`, `severity` 0 to 4, `end` None while open."""

    dyad: Dyad
    onset: dt.date
    label: str
    severity: int | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        """Checks the label and the order of the pair."""
        faults = [] if self.label in LABELS else [f"got label {self.label!r}, wanted one of {', '.join(LABELS)}"]
        if self.dyad[0] >= self.dyad[1]:
            faults.append(f"got the pair {'-'.join(self.dyad)}, wanted two states, sorted")
        require(faults, what="episode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spells:
    """Cooperation and conflict of every pair in named spells of time, such as years.

    Attributes:
        cooperation: By spell and pair, events or intensity of verbal and material cooperation; `conflict` alike.
    """

    cooperation: Mapping[int, Mapping[Dyad, float]]
    conflict: Mapping[int, Mapping[Dyad, float]]

    def has(self, spell: int, pair: Dyad, /) -> bool:
        """Whether anything is known of the pair in the spell."""
        return pair in self.cooperation.get(spell, {})

    def odds(self, spell: int, pair: Dyad, /) -> float:
        """Log-odds of conflict against cooperation, given that something is told."""
        up, down = self.conflict[spell][pair], self.cooperation[spell][pair]
        return float(np.log((up + PRIOR_EVENTS) / (down + PRIOR_EVENTS)))

    def volume(self, spell: int, pair: Dyad, /) -> float:
        """How much is told of the pair in the spell."""
        return self.conflict[spell][pair] + self.cooperation[spell][pair]


def yearly(events: EventArrays, /) -> Spells:
    """Calendar years of an event table."""
    years = np.array([dt.date.fromordinal(int(d)).year for d in np.unique(events.day)])
    year = years[np.searchsorted(np.unique(events.day), events.day)]
    between = events.actor != events.recipient
    low, high = np.minimum(events.actor, events.recipient), np.maximum(events.actor, events.recipient)
    counts: dict[int, dict[Dyad, list[float]]] = {}
    for y, a, b, q in zip(year[between], low[between], high[between], events.quad[between], strict=True):
        held = counts.setdefault(int(y), {}).setdefault((events.states[a], events.states[b]), [0.0, 0.0])
        held[q >= 2] += 1
    return spells(counts)


def spells(counts: Mapping[int, Mapping[Dyad, Iterable[float]]], /) -> Spells:
    """Spells from (cooperation, conflict) by spell and pair."""
    held = {s: {p: tuple(c) for p, c in by_pair.items()} for s, by_pair in counts.items()}
    return Spells(
        cooperation={s: {p: c[0] for p, c in by_pair.items()} for s, by_pair in held.items()},
        conflict={s: {p: c[1] for p, c in by_pair.items()} for s, by_pair in held.items()},
    )


def aftermath(episode: Episode, told: Spells, /) -> Floats | None:
    """Log-odds of conflict in the year of the onset and in the year after, (2,); None where a year is unknown.

    Known only when the year after is over: it tells what the quarrel was, it foretells nothing.
    """
    year = episode.onset.year
    if not all(told.has(y, episode.dyad) for y in (year - 1, year, year + 1)):
        return None
    return np.array([told.odds(year, episode.dyad), told.odds(year + 1, episode.dyad)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Where every pair of a spell stands among the others: `places` of pairs in `scores`, (D, 2)."""

    places: Mapping[Dyad, int]
    scores: Floats

    def of(self, pair: Dyad, /) -> Floats:
        """Scores of volume and conflict, (2,); a pair of which nothing is told is the quietest, with a usual share."""
        if pair in self.places:
            return np.asarray(self.scores[self.places[pair]], np.float64)
        return np.array([self.scores[:, 0].min(), 0.0])


def standings(told: Spells, /, *, spell: int) -> Standings | None:
    """How much is told of each pair in a spell and how much of that is conflict, as normal scores of ranks.

    Ranks let sources with other scales be pooled. The share of conflict is drawn to that of all pairs by as many events
    as a usual pair has. None where nothing is told of anyone.
    """
    pairs = [p for p in told.cooperation.get(spell, {}) if told.volume(spell, p) > 0]
    if not pairs:
        return None
    up = np.array([told.conflict[spell][p] for p in pairs])
    down = np.array([told.cooperation[spell][p] for p in pairs])
    prior = 2 * float(np.median(up + down)) + PRIOR_EVENTS
    share = up.sum() / (up + down).sum()
    odds = np.log((up + prior * share) / (down + prior * (1 - share)))
    scores = np.column_stack([normal_scores(up + down), normal_scores(odds)])
    return Standings(places={p: i for i, p in enumerate(pairs)}, scores=scores)


def normal_scores(values: Floats, /) -> Floats:
    """Standard normal quantiles of mid-ranks, ties alike (van der Waerden scores)."""
    _, where, sizes = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(sizes) - (sizes - 1) / 2
    return np.asarray(ndtri((middle[where] - 0.5) / len(values)), np.float64)
