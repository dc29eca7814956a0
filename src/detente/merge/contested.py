"""Claims in, what the sides disagree on out: who says it, who denies it, who keeps silent."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from detente.merge.events import NOWHERE, disputes, parties
from detente.merge.known import chronology, known
from detente.merge.origins import sides
from detente.records import REAL, Claim, Contest, Dyad

THIRD = "third"


def contests(
    claims: Iterable[Claim], dyad: Dyad, *, as_of: dt.date | None = None, countries: Mapping[str, str] = NOWHERE
) -> tuple[Contest, ...]:
    """What is denied between the two states, one entry for each happening, earliest first.

    A denial speaks of the claim it names, or of facts of the same type between the same parties on its day. Who
    denies is known even when nobody is quoted: the state whose act it would be.

    Args:
        claims: All claims read; those of other pairs are passed over.
        dyad: The two states.
        as_of: Leave out what was not known on that day.
        countries: Outlet name to the ISO alpha-3 code of its country.
    """
    told = known(claims, as_of=as_of or dt.date.max, dyad=dyad)
    by_id = {c.id: c for c in told}
    facts: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in told:
        pair = parties(claim)
        if pair is not None and claim.status in REAL:
            facts[(*pair, claim.event)].append(claim)
    held: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for denial in told:
        if denial.status == "denied" or denial.denies in by_id:
            said = _disputed(denial, by_id=by_id, facts=facts)
            held[said or ("nobody", denial.event, *(parties(denial) or (denial.id,)))].append(denial)
    found = [
        _contest([by_id[i] for i in said if i in by_id], denials, dyad=dyad, countries=countries)
        for said, denials in held.items()
    ]
    return tuple(found)


def _disputed(
    denial: Claim, *, by_id: Mapping[str, Claim], facts: Mapping[tuple[str, str, str], Sequence[Claim]]
) -> tuple[str, ...]:
    """Ids of the claims denied; a denial of what nobody asserted here stands alone, under its type and parties."""
    if denial.denies in by_id and denial.denies is not None:
        return (denial.denies,)
    pair = parties(denial)
    if pair is None:
        return ()
    return tuple(c.id for c in facts.get((*pair, denial.event), ()) if disputes(denial, date=c.date or c.published))


def _contest(said: Sequence[Claim], denials: Sequence[Claim], *, dyad: Dyad, countries: Mapping[str, str]) -> Contest:
    says = set(sides(said, dyad=dyad, countries=countries))
    denies = set(sides(denials, dyad=dyad, countries=countries))
    if not denies:
        denies = {c.actor.code for c in denials if c.actor.code}
    lead = (said or denials)[0]
    recipient = lead.recipient.text if lead.recipient else ""
    return Contest(
        what=" ".join(f"{lead.actor.text} {lead.trigger} {recipient}".split()),
        says=tuple(sorted(says)),
        denies=tuple(sorted(denies)),
        silent=tuple(s for s in (*dyad, THIRD) if s not in says | denies),
        claims=tuple(c.id for c in sorted({c.id: c for c in (*said, *denials)}.values(), key=chronology)),
    )
