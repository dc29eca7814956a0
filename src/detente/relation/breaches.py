"""A claim coded `reduce or break relations` in, what it was out: rebuke, summons, recall, expulsion ... severance.

One code covers them all (CAMEO 161 to 166, PLOVER's SANCTION): of its reports 3 % are of a rupture. The words decide;
where there are none, the mode does; where neither tells, nothing is read into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from detente.errors import OntologyError
from detente.ontology.tables import read_table
from detente.records import EFFECTS, Claim
from detente.relation.patterns import Pattern, pattern

BREACHES = ("rebuke", "summons", "recall", "expulsion", "downgrade", "closure", "severance")
"""From the lightest to the gravest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a claim reports, and what that does to diplomacy; `effect` None leaves it as it was."""

    name: str
    effect: str | None


def breach(claim: Claim) -> Breach | None:
    """What was done to diplomatic relations, None when the claim is of something else or does not tell.

    Only claims coded as a sanction, or that touch diplomacy, are looked at: to condemn is not to sanction.
    """
    diplomatic = claim.tie is not None and claim.tie.kind == "diplomacy"
    if not (claim.event == "SANCTION" or diplomatic) or (claim.tie is not None and not diplomatic):
        return None
    return next((found for test, found in _rows() if test.fits(claim)), None)


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[Pattern, Breach], ...]:
    wanted = ("breach", "modes", "trigger", "near", "unless", "effect")
    found = []
    for row in read_table("breaches.csv", wanted=wanted):
        if row["breach"] not in BREACHES or (row["effect"] and row["effect"] not in EFFECTS):
            raise OntologyError(
                f"{row.where}: got {row['breach']!r} and {row['effect']!r}, wanted a breach and an effect"
            )
        found.append((pattern(row), Breach(name=row["breach"], effect=row["effect"] or None)))
    return tuple(found)
