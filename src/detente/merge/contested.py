"""Claims in, what the sides disagree on out: who says it, who denies it, who keeps silent."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from detente.merge.events import NOWHERE, PLAIN, Setting, disputes, family, merge, parties
from detente.merge.known import chronology, known, moment
from detente.merge.likeness import shared, stems
from detente.merge.origins import sides
from detente.records import REAL, Claim, Contest, Dyad, Event

THIRD = "third"
LIKE = 0.15
"""Share of words from which a denial can be told to speak of one fact rather than of another."""


def contests(
    claims: Iterable[Claim],
    dyad: Dyad,
    *,
    as_of: dt.date | None = None,
    countries: Mapping[str, str] = NOWHERE,
    setting: Setting = PLAIN,
) -> tuple[Contest, ...]:
    """What is denied between the two states, one entry for each happening, earliest first.

    A denial speaks of the claim it names; else of a fact of the same family of types between the same parties on its
    day: the one told in the same article, else the one told in the likest words, else the nearest in time. With
    that fact stand all reports of it. Who denies is known even when nobody is quoted: the state whose act it would be.

    Args:
        claims: All claims read; those of other pairs are passed over.
        dyad: The two states.
        as_of: Leave out what was not known on that day.
        countries: Outlet name to the ISO alpha-3 code of its country.
        setting: How claims are merged.
    """
    told = known(claims, as_of=as_of or dt.date.max, dyad=dyad)
    by_id = {c.id: c for c in told}
    events = merge(told, setting=replace(setting, countries={**setting.countries, **countries}))
    event_of = {claim: event for event in events for claim in event.claims}
    facts: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in told:
        pair = parties(claim)
        if pair is not None and claim.status in REAL:
            facts[(*pair, family(claim.event))].append(claim)
    held: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for denial in told:
        if denial.status == "denied" or denial.denies in by_id:
            fact = _disputed(denial, by_id=by_id, facts=facts)
            event = event_of.get(denial.id)
            alone = ("nobody", event.id if event else denial.id, denial.event)
            held[event_of[fact.id].claims if fact and fact.id in event_of else alone].append(denial)
    found = [
        _contest(
            [by_id[i] for i in said if i in by_id], denials, dyad=dyad, countries=countries,
            event=event_of.get(said[0]),
        )
        for said, denials in held.items()
    ]  # fmt: skip
    return tuple(found)


def _disputed(
    denial: Claim, *, by_id: Mapping[str, Claim], facts: Mapping[tuple[str, str, str], Sequence[Claim]]
) -> Claim | None:
    """The fact denied; None where nobody asserted it here, so that the denial stands alone."""
    if denial.denies in by_id and denial.denies is not None:
        return by_id[denial.denies]
    pair = parties(denial)
    if pair is None:
        return None
    may = facts.get((*pair, family(denial.event)), ())
    found = [c for c in may if disputes(denial, date=c.date or c.published) and c.id != denial.id]
    words = stems(denial.sentence)

    def fit(claim: Claim) -> tuple[bool, bool, float, int, str]:
        likeness = shared(words, stems(claim.sentence))
        said, when = moment(denial), moment(claim)
        away = abs((said - when).days) if said and when else 10_000
        return (
            claim.article_id == denial.article_id,
            claim.event == denial.event,
            likeness if likeness >= LIKE else 0.0,
            -away,
            claim.id,
        )

    # What merely goes on is no happening of a day: it is denied only where the words or the article say so.
    fits = [c for c in found if c.status != "ongoing" or fit(c)[0] or fit(c)[2]]
    return max(fits, key=fit, default=None)


def _contest(
    said: Sequence[Claim], denials: Sequence[Claim], *, dyad: Dyad, countries: Mapping[str, str], event: Event | None
) -> Contest:
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
        event=event.id if event else None,
        figures=event.figures if event else (),
    )
