"""Claims between two states in, events out: each happening once, with its reports, origins and sides.

Two claims report the same happening when the directed pair is the same (the pair, for meetings, agreements and
cooperation), the type is the same, both are facts or both have the same status, their dates meet, and they do not name
different ties. A threatened cut and the cut that follows are two events.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from detente.merge.dating import Dated, meet, same_days
from detente.merge.known import chronology, is_exact, known
from detente.merge.origins import origins, sides
from detente.records import REAL, Claim, Dyad, Event, Magnitude, digest, dyad

SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types that two sides do together, so that who is named first says nothing."""

DENIAL_FOLLOWS = dt.timedelta(days=30)
"""A denial without a date of its own disputes what happened up to this long before it was published."""

NOWHERE: Mapping[str, str] = MappingProxyType({})

_T = TypeVar("_T")
Block = tuple[str, str, str, str]
"""Actor, recipient, type, status class."""


def merge(
    claims: Iterable[Claim], *, as_of: dt.date | None = None, countries: Mapping[str, str] = NOWHERE
) -> tuple[Event, ...]:
    """Events that `claims` report, in the order of time; the order of `claims` does not matter. O(n log n).

    Claims without two known, different parties cannot be events; `relation.limits` counts them.

    Args:
        claims: Of one pair or of many.
        as_of: Leave out what was not known on that day.
        countries: Outlet name to the ISO alpha-3 code of its country, for `confirmed_by`.
    """
    told = known(claims, as_of=as_of or dt.date.max)
    blocks: dict[Block, list[Claim]] = defaultdict(list)
    denials: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in told:
        pair = parties(claim)
        if pair is not None:
            blocks[(*pair, claim.event, _standing(claim))].append(claim)
            if claim.status == "denied":
                denials[(*pair, claim.event)].append(claim)
    denied = frozenset(c.denies for c in told if c.denies)
    events = [
        _event(group, block=block, denials=denials[block[:3]], denied=denied, countries=countries)
        for block, held in blocks.items()
        for group in happenings(held)
    ]
    return tuple(sorted(events, key=lambda e: (e.date or dt.date.min, e.id)))


def parties(claim: Claim) -> tuple[str, str] | None:
    """Actor and recipient codes, sorted where the two act together; None unless both are known and differ."""
    pair = claim.dyad
    if pair is None or claim.actor.code is None:
        return None
    return pair if claim.event in SYMMETRIC else (claim.actor.code, pair[pair[0] == claim.actor.code])


def happenings(claims: Iterable[Claim]) -> list[Dated]:
    """Groups of claims of one block that report one happening each."""
    facets: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        facets[_facet(claim)].append(claim)
    groups: list[tuple[tuple[str, str], Dated]] = []
    by_month: dict[tuple[int, int], list[int]] = defaultdict(list)
    # Ties first, then modes, then neither: the less a claim says, the more it may join.
    for facet in sorted(facets, key=lambda f: (not f[0], not f[1], f)):
        for group in same_days(facets[facet]):
            at = _joins(facet, group, groups=groups, near=_near(group, by_month))
            if at is None:
                if group.date is not None:
                    by_month[(group.date.year, group.date.month)].append(len(groups))
                groups.append((facet, group))
            else:
                groups[at] = (groups[at][0], _joined(groups[at][1], group))
    return [group for _, group in groups]


def disputes(denial: Claim, *, date: dt.date | None) -> bool:
    """Whether a denial may speak of what happened on `date`."""
    if date is None:
        return not is_exact(denial)
    if is_exact(denial) and denial.date is not None:
        if denial.precision == "month":
            return (denial.date.year, denial.date.month) == (date.year, date.month)
        return abs(denial.date - date) <= dt.timedelta(days=1)
    said = denial.published or denial.date
    return said is None or date <= said <= date + DENIAL_FOLLOWS


def _standing(claim: Claim) -> str:
    return "real" if claim.status in REAL else claim.status


def _facet(claim: Claim) -> tuple[str, str]:
    """What sets two happenings of one type and day apart: the tie, or without one how it was done."""
    if claim.tie is not None:
        return claim.tie.kind, ""
    # Reports of one attack rarely agree on the weapon, so its mode parts nothing.
    return "", "" if claim.event == "ASSAULT" or claim.mode is None else claim.mode


def _near(group: Dated, by_month: Mapping[tuple[int, int], Sequence[int]]) -> list[int]:
    if group.date is None:
        return []
    first = group.date.replace(day=1)
    months = (first - dt.timedelta(days=1), first, first + dt.timedelta(days=31))
    return [at for month in months for at in by_month.get((month.year, month.month), ())]


def _joins(
    facet: tuple[str, str], group: Dated, *, groups: Sequence[tuple[tuple[str, str], Dated]], near: Iterable[int]
) -> int | None:
    """Which earlier, more telling group this one joins: the one with most claims, None when there is none."""
    kind, mode = facet
    if kind:
        return None
    fits = [
        at for at in near if groups[at][0] != facet and _same_way(groups[at][1], mode) and meet(groups[at][1], group)
    ]
    return max(fits, key=lambda at: (len(groups[at][1].claims), -at), default=None)


def _same_way(group: Dated, mode: str) -> bool:
    modes = {c.mode for c in group.claims}
    return not mode or mode in modes or modes == {None}


def _joined(a: Dated, b: Dated) -> Dated:
    order = ("day", "month", "before", "year", "unknown")
    lead = min((a, b), key=lambda g: (order.index(g.precision), -len(g.claims)))
    claims = tuple(sorted((*a.claims, *b.claims), key=chronology))
    return Dated(date=lead.date, precision=lead.precision, claims=claims)


def _event(
    group: Dated, *, block: Block, denials: Sequence[Claim], denied: frozenset[str], countries: Mapping[str, str]
) -> Event:
    claims = group.claims
    actor, recipient, event, standing = block
    pair: Dyad = dyad(actor, recipient)
    ids = tuple(c.id for c in claims)
    statuses = [c.status for c in claims]
    return Event(
        id=digest("event", *sorted(ids)),
        claims=ids,
        date=group.date,
        precision=group.precision,
        actor=actor,
        recipient=recipient,
        event=event,
        mode=_commonest([c.mode for c in claims if c.mode]),
        status="happened" if "happened" in statuses else statuses[0],
        quad=_commonest([c.quad for c in claims]) or claims[0].quad,
        intensity=statistics.median(c.intensity for c in claims),
        place=_commonest([c.place for c in claims if c.place]),
        magnitudes=sizes(m for c in claims for m in c.magnitudes),
        reports=len(claims),
        origins=origins(claims),
        disputed=standing != "denied"
        and (any(i in denied for i in ids) or any(disputes(d, date=group.date) for d in denials)),
        confirmed_by=sides(claims, dyad=pair, countries=countries),
        tie=_commonest([c.tie for c in claims if c.tie]),
    )


def sizes(magnitudes: Iterable[Magnitude]) -> tuple[Magnitude, ...]:
    """Sizes without repeats; where reports disagree, the least and the most that any gives."""
    held: dict[tuple[str, str, str], list[Magnitude]] = defaultdict(list)
    for size in magnitudes:
        held[(size.kind, size.unit or "", size.per or "")].append(size)
    told = []
    for key in sorted(held):
        ordered = sorted(held[key], key=lambda m: (m.value, m.bound or "", m.text))
        low, high = ordered[0], ordered[-1]
        if low.value == high.value:
            told.append(low)
        else:
            told += [_bounded(low, "least"), _bounded(high, "most")]
    return tuple(told)


def _bounded(size: Magnitude, bound: str) -> Magnitude:
    return Magnitude(kind=size.kind, value=size.value, unit=size.unit, per=size.per, bound=bound, text=size.text)


def _commonest(values: Sequence[_T]) -> _T | None:
    """The value given most often; the first in its own order among equals."""
    if not values:
        return None
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], str(v)))
