"""Claims of a pair in, the nine rungs of the ladder to rupture out: reached, half reached or not, by whom and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from detente.merge.known import known, moment
from detente.records import REAL, Claim, Dyad, Rung
from detente.relation.ledger import histories
from detente.relation.patterns import MENDS, SAID, agent, between_states, foretells, is_fact, severs, ways

REBUKE = 1
SPOKEN = frozenset({1, 2, 3})
"""Rungs that words can climb, whatever they threaten; a threat or a demand is itself a rebuke."""

DAYS_A_MONTH = 30.44


def ladder(claims: Iterable[Claim], *, dyad: Dyad, as_of: dt.date) -> tuple[Rung, ...]:
    """All nine rungs, from the lowest; each stands where things stand on `as_of`.

    A rung is reached by a fact and half reached by what is only announced, threatened, demanded or foretold. What a
    later restoration of the same tie has undone, and acts older than the row of `ontology/ladder.csv` remembers, no
    longer count.
    """
    told = [c for c in known(claims, as_of=as_of, dyad=dyad) if between_states(c)]
    mended = restorations(told, dyad=dyad, as_of=as_of)
    facts: dict[int, list[Claim]] = defaultdict(list)
    words: dict[int, list[Claim]] = defaultdict(list)
    for claim in told:
        for rung in rungs_of(claim):
            if not _stands(claim, rung, mended=mended, as_of=as_of):
                continue
            if _climbed(claim, rung):
                facts[rung].append(claim)
            elif (claim.status in SAID or claim.status in REAL) and foretells(claim):
                words[rung].append(claim)
    names = {way.rung: way.name for way in ways()}
    return tuple(_rung(n, name, facts=facts[n], words=words[n]) for n, name in sorted(names.items()))


def _climbed(claim: Claim, rung: int) -> bool:
    """Whether a claim reports that the rung's act was done, and not only spoken of."""
    if rung == REBUKE and claim.status in ("threatened", "demanded"):
        return True
    return is_fact(claim) or (rung in SPOKEN and claim.status in REAL)


def rungs_of(claim: Claim) -> tuple[int, ...]:
    """The rungs that a claim's act stands on, lowest first; rung 9 excludes the lesser readings of diplomacy.

    What mends a tie stands on no rung.
    """
    if claim.tie is not None and claim.tie.effect in MENDS | {"affirmed"}:
        return ()
    found = {way.rung for way in ways() if way.pattern.fits(claim)}
    if severs(claim):
        found -= {2, 3, 6, 7}
    return tuple(sorted(found))


def restorations(claims: Iterable[Claim], *, dyad: Dyad, as_of: dt.date) -> dict[str, dt.date]:
    """The last day on which each kind of tie was restored."""
    runs = histories(claims, dyad=dyad, as_of=as_of)
    return {
        kind: max(days)
        for kind, held in runs.items()
        if (days := [run.moment for run in held if run.effect in MENDS and run.moment is not None])
    }


def _stands(claim: Claim, rung: int, *, mended: Mapping[str, dt.date], as_of: dt.date) -> bool:
    at = moment(claim) if is_fact(claim) else claim.published or claim.date
    if at is None:
        return True
    lifted = mended.get(claim.tie.kind) if claim.tie else None
    if lifted is not None and (at < lifted or (claim.precision == "before" and claim.status in REAL)):
        return False
    memories = [way.memory_months for way in ways() if way.rung == rung and way.pattern.fits(claim)]
    if None in memories and is_fact(claim):
        return True
    longest = max((m for m in memories if m is not None), default=12)
    return (as_of - at).days <= longest * DAYS_A_MONTH


def _rung(number: int, name: str, *, facts: list[Claim], words: list[Claim]) -> Rung:
    held = facts or words
    days = [c.date for c in held if c.date is not None and c.precision in ("day", "month")]
    return Rung(
        rung=number,
        name=name,
        state="reached" if facts else "half" if words else "not reached",
        by=tuple(sorted({code for c in held if (code := agent(c))})),
        when=min(days, default=None) if facts else None,
        claims=tuple(c.id for c in held),
    )
