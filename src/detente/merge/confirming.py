"""Events in, those that the sides asked for vouch for out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from detente.merge.contested import THIRD
from detente.records import Claim, Dyad, Event

Confirmed = Literal["both", "third", "any"]
"""Who must vouch for an event: both states of the pair, a third party, or nobody in particular."""


def confirmed(events: Iterable[Event], *, by: Confirmed, dyad: Dyad) -> tuple[Event, ...]:
    """Events that both states say, that a third party says, or all."""
    if by == "any":
        return tuple(events)
    wanted = set(dyad) if by == "both" else {THIRD}
    return tuple(e for e in events if wanted <= set(e.confirmed_by))


def resting_on(claims: Iterable[Claim], events: Iterable[Event]) -> tuple[Claim, ...]:
    """Claims that stand in one of `events`, in their order."""
    held = {claim for event in events for claim in event.claims}
    return tuple(c for c in claims if c.id in held)
