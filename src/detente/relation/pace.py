"""Findings of a pair in, how fast what is coming comes out: which hazards fit, which are fitted and which are stated.

Worsening follows the hazards of `relation/hazards.py` by how lately a tie was cut: after a fresh breach the next comes
early, to a quiet pair it comes at any time. A mending follows the age of the quarrel. Two things no data at hand could
teach: the pace of a rupture (too few, dated, between pairs watched before), and that of a mending already under way.
Those keep the stated shape, (months / 6) ** shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from detente.records import Dyad
from detente.relation.event_arrays import EventArrays
from detente.relation.findings import Finding
from detente.relation.hazards import HALF, MONTH, MONTH_DAYS, STATES, Floats, hazards, standing, told

STILL_CUT = frozenset({"relations-severed", "tie-severed", "tie-suspended", "tie-restricted"})
BREACHES = STILL_CUT | {"expulsion", "recall", "coercion", "war", "deadly-assault"}
MENDED = frozenset({"tie-restored", "severed-restoration"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How lately a tie was cut (of `STATES`), and the age in months of a quarrel that nothing has begun to mend."""

    state: str
    age_months: float | None = None

    def part(self, outcome: str, /, *, months: float, of: float, shape: float) -> float:
        """The part that an outcome's hazard over `months` is of that over `of` months."""
        if outcome == "cooling":
            return hazards().worsened(self.state, months=months, of=of)
        if outcome == "thaw" and self.age_months is not None:
            return hazards().mended(self.age_months, months=months, of=of)
        return float((months / of) ** shape)


def pace(found: Iterable[Finding], /, *, as_of: dt.date, imported: str = STATES[0]) -> Pace:
    """The pace that findings and the state of the imported ledger speak for; the worse of the two states counts."""
    held = [f for f in found if f.when is not None]
    days = [(as_of - f.when).days for f in held if f.feature in BREACHES and f.when is not None]
    latest = min(days, default=HALF + 1)
    state = STATES[2] if latest <= MONTH else STATES[1] if latest <= HALF else STATES[0]
    cut = [(as_of - f.when).days for f in held if f.feature in STILL_CUT and f.when is not None]
    mending = any((as_of - f.when).days <= HALF for f in held if f.feature in MENDED and f.when is not None)
    return Pace(
        state=max(state, imported, key=STATES.index),
        age_months=max(cut) / MONTH_DAYS if cut and not mending else None,
    )


def pair_standing(events: EventArrays, /, *, dyad: Dyad, as_of: dt.date) -> tuple[Floats, str]:
    """Features (P,) and state of one pair by its imported events as known on a day."""
    a, b = (events.states.index(code) if code in events.states else -2 for code in dyad)
    own = ((events.actor == a) & (events.recipient == b)) | ((events.actor == b) & (events.recipient == a))
    features, states = standing(told(events, place=np.where(own, 0, -1), count=1), day=as_of)
    return features[0], STATES[int(states[0])]
