"""Claims and a day in, the claims that were known on that day out; and when a claim says its happening was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from detente.records import REAL, Claim, Dyad

_EXACT = frozenset({"day", "month"})


def known(claims: Iterable[Claim], *, as_of: dt.date, dyad: Dyad | None = None) -> tuple[Claim, ...]:
    """Claims that a reader could have had on `as_of`, each once, in the order of what they tell.

    A claim is left out when it was published later, when it reports as fact what happened later, or when nobody
    knows its day of publication and it speaks of a later day. A promise for a later day stays.

    Args:
        claims: In any order; the same id twice counts once.
        as_of: The day of the question.
        dyad: Keep only claims between these two states.
    """
    kept = {c.id: c for c in claims if _told_by(c, as_of) and (dyad is None or c.dyad == dyad)}
    return tuple(sorted(kept.values(), key=chronology))


def moment(claim: Claim) -> dt.date | None:
    """The day to place a claim at: that of its happening, else of its publication, None when neither is known."""
    return claim.date or claim.published


def is_exact(claim: Claim) -> bool:
    """Whether the date of the happening is known to the day or the month."""
    return claim.date is not None and claim.precision in _EXACT


def chronology(claim: Claim) -> tuple[dt.date, bool, dt.date, str]:
    """A key that sorts claims by moment, the exactly dated first; undated ones come before all others."""
    return (moment(claim) or dt.date.min, not is_exact(claim), claim.published or dt.date.min, claim.id)


def _told_by(claim: Claim, as_of: dt.date) -> bool:
    if claim.published is not None and claim.published > as_of:
        return False
    later = claim.date is not None and claim.date > as_of
    return not (later and (claim.published is None or claim.status in REAL))
