"""Claims between two states in, events out: each happening once, with its reports, origins and sides.

Claims are compared within blocks only: one directed pair (the pair, for meetings, agreements and cooperation), one
family of types, one standing (facts, or one status of words). So no merge crosses a pair, a denial is never one event
with what it denies, and a threatened cut and the cut that follows are two events. `merge.placing` says which claims of
a block tell one happening, `merge.bonds` what a person has joined or parted.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from detente.merge.bonds import FREE, Bonds, unions
from detente.merge.figures import disputed_figures, sizes
from detente.merge.known import chronology, is_exact, known
from detente.merge.likeness import load_odds
from detente.merge.origins import origins, sides
from detente.merge.placing import Happening, Joining, place
from detente.records import REAL, Claim, Dyad, Event, digest, dyad

SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types that two sides do together, so that who is named first says nothing."""

FAMILIES = MappingProxyType({
    "SANCTION": "measure", "COERCE": "measure", "RETREAT": "yield", "CONCEDE": "yield",
    "CONSULT": "meeting", "COOPERATE": "meeting", "ACCUSE": "rebuke", "PROTEST": "rebuke",
})  # fmt: skip
"""Types that coders take for each other when they read one act; every other type is a family of its own."""

DENIAL_FOLLOWS = dt.timedelta(days=30)
"""A denial without a date of its own disputes what happened up to this long before it was published."""

DONE = REAL | {"announced"}
"""Statuses of one standing: what is announced and what is done."""

NOWHERE: Mapping[str, str] = MappingProxyType({})

_T = TypeVar("_T")
Cell = tuple[str, str, str]
"""Two parties (sorted) and a family of types: what a new claim can change and what it cannot."""
Meaning = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Sentences to unit vectors, as an encoder gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the merging of claims depends on beside the claims.

    Attributes:
        countries: Outlet name to the ISO alpha-3 code of its country, for `confirmed_by`.
        copies: Article id to the id of the article it is a near copy of (`merge.copies`), for `origins`.
        bonds: What a person has joined or parted.
        meaning: An encoder of sentences; without one, words alone are compared.
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    bonds: Bonds = FREE
    meaning: Meaning | None = None


PLAIN = Setting()
JUDGED = (("judged", 0.0),)
"""The reason of a joining that a person has made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Events, and the claims they were made of, so that further claims can join without a new start."""

    events: tuple[Event, ...]
    cells: Mapping[Cell, tuple[Claim, ...]]


def merge(
    claims: Iterable[Claim],
    *,
    as_of: dt.date | None = None,
    countries: Mapping[str, str] = NOWHERE,
    setting: Setting = PLAIN,
) -> tuple[Event, ...]:
    """Events that `claims` report, in the order of time; the order of `claims` does not matter. O(n log n).

    Claims without two known, different parties cannot be events; `relation.limits` counts them.

    Args:
        claims: Of one pair or of many.
        as_of: Leave out what was not known on that day.
        countries: As in `setting`, which it goes before.
        setting: Near copies, bonds, countries, encoder.
    """
    told = known(claims, as_of=as_of or dt.date.max)
    return _events(_cells(told), told=told, setting=_placed(setting, countries))


def start(claims: Iterable[Claim], *, setting: Setting = PLAIN) -> Merged:
    """As `merge`, kept so that `extend` can add to it."""
    told = known(claims, as_of=dt.date.max)
    cells = _cells(told)
    return Merged(events=_events(cells, told=told, setting=setting), cells=cells)


def extend(merged: Merged, claims: Iterable[Claim], *, setting: Setting = PLAIN) -> Merged:
    """Adds claims; only the pairs and families they touch are merged anew, and the answer is that of a new start.

    Args:
        merged: What was merged before, under the same setting.
        claims: New ones, or some of the old once more.
        setting: As before.
    """
    fresh = _cells(known(claims, as_of=dt.date.max))
    cells = dict(merged.cells)
    for cell, new in fresh.items():
        held = {c.id: c for c in (*cells.get(cell, ()), *new)}
        cells[cell] = tuple(sorted(held.values(), key=chronology))
    where = {c.id: cell for cell, held in cells.items() for c in held}
    denied = [c.denies for held in fresh.values() for c in held if c.denies]
    touched = _reach({*fresh, *(where[i] for i in denied if i in where)}, where=where, bonds=setting.bonds)
    redone = {cell: cells[cell] for cell in touched}
    told = tuple(c for held in cells.values() for c in held)
    kept = [e for e in merged.events if where[e.claims[0]] not in touched]
    events = (*kept, *_events(redone, told=told, setting=setting))
    return Merged(events=tuple(sorted(events, key=_time)), cells=cells)


def opened(event: Event, claims: Iterable[Claim], *, setting: Setting = PLAIN) -> tuple[Joining, ...]:
    """How an event was put together: for each claim, what it was joined to, at which odds, for which reasons.

    A claim that a person joined has the reason `judged`.

    Args:
        event: The event to open.
        claims: All that it may be made of; those it is not made of are passed over.
        setting: That under which it was merged.
    """
    own = set(event.claims)
    groups = _happenings(_cells([c for c in claims if c.id in own]), setting=setting)
    order = {claim: at for at, claim in enumerate(event.claims)}
    found = sorted((j for group in groups for j in group.joinings), key=lambda j: order[j.claim])
    lead = next(j.claim for j in found if j.with_claim is None)
    return tuple(replace(j, with_claim=lead, reasons=JUDGED) if _was_bound(j, lead=lead) else j for j in found)


def _was_bound(joining: Joining, *, lead: str) -> bool:
    return joining.with_claim is None and joining.claim != lead


def parties(claim: Claim) -> tuple[str, str] | None:
    """Actor and recipient codes, sorted where the two act together; None unless both are known and differ."""
    pair = claim.dyad
    if pair is None or claim.actor.code is None:
        return None
    return pair if claim.event in SYMMETRIC else (claim.actor.code, pair[pair[0] == claim.actor.code])


def family(event: str) -> str:
    """The types that may be told of one act, by name."""
    return FAMILIES.get(event, event)


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


def _placed(setting: Setting, countries: Mapping[str, str]) -> Setting:
    if not countries:
        return setting
    return replace(setting, countries=countries)


def _standing(claim: Claim) -> str:
    return "done" if claim.status in DONE else claim.status


def _cells(claims: Iterable[Claim]) -> dict[Cell, tuple[Claim, ...]]:
    held: dict[Cell, list[Claim]] = defaultdict(list)
    for claim in claims:
        pair = claim.dyad
        if pair is not None:
            held[(*pair, family(claim.event))].append(claim)
    return {cell: tuple(found) for cell, found in held.items()}


def _reach(cells: set[Cell], *, where: Mapping[str, Cell], bonds: Bonds) -> set[Cell]:
    """The cells and those that a person's joining binds them to."""
    named = {"|".join(cell): cell for cell in {*cells, *where.values()}}
    pairs = [("|".join(where[a]), "|".join(where[b])) for a, b in bonds.joined if a in where and b in where]
    roots = unions(pairs)
    wanted = {roots.get("|".join(cell), "|".join(cell)) for cell in cells}
    return {cell for name, cell in named.items() if roots.get(name, name) in wanted}


def _happenings(cells: Mapping[Cell, Sequence[Claim]], *, setting: Setting) -> list[Happening]:
    """What the claims of each cell tell, block by block, with what a person has joined in one."""
    odds, apart = load_odds(), setting.bonds.apart()
    found: list[Happening] = []
    for cell in sorted(cells):
        blocks: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in cells[cell]:
            blocks[(*(parties(claim) or cell[:2]), _standing(claim))].append(claim)
        vectors = _vectors(cells[cell], meaning=setting.meaning)
        for block in sorted(blocks):
            found += place(blocks[block], odds=odds, meanings=vectors, apart=apart)
    return _bound(found, bonds=setting.bonds)


def _vectors(claims: Sequence[Claim], *, meaning: Meaning | None) -> dict[str, tuple[float, ...]]:
    if meaning is None or len(claims) < 2:
        return {}
    sentences = sorted({c.sentence for c in claims})
    return {s: tuple(float(x) for x in v) for s, v in zip(sentences, meaning(sentences), strict=True)}


def _bound(groups: Sequence[Happening], *, bonds: Bonds) -> list[Happening]:
    """Happenings with those that a person has joined put together under the one with most claims."""
    if not bonds.joined:
        return list(groups)
    lead = {c.id: group.claims[0].id for group in groups for c in group.claims}
    roots = unions((lead[a], lead[b]) for a, b in bonds.joined if a in lead and b in lead)
    held: dict[str, list[Happening]] = defaultdict(list)
    for group in groups:
        own = group.claims[0].id
        held[roots.get(own, own)].append(group)
    return [_one(together) for together in held.values()]


def _one(groups: Sequence[Happening]) -> Happening:
    if len(groups) == 1:
        return groups[0]
    order = ("day", "before", "month", "year", "unknown")
    first = min(groups, key=lambda g: (order.index(g.precision), -len(g.claims), g.claims[0].id))
    return Happening(
        date=first.date,
        precision=first.precision,
        claims=tuple(sorted((c for g in groups for c in g.claims), key=chronology)),
        joinings=tuple(j for g in groups for j in g.joinings),
    )


def _events(cells: Mapping[Cell, Sequence[Claim]], *, told: Sequence[Claim], setting: Setting) -> tuple[Event, ...]:
    denials: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for held in cells.values():
        for claim in held:
            pair = parties(claim)
            if pair is not None and claim.status == "denied":
                denials[(*pair, claim.event)].append(claim)
    denied = frozenset(c.denies for c in told if c.denies)
    made = [_event(h, denials=denials, denied=denied, setting=setting) for h in _happenings(cells, setting=setting)]
    return tuple(sorted(made, key=_time))


def _time(event: Event) -> tuple[dt.date, str]:
    return (event.date or dt.date.min, event.id)


def _event(
    group: Happening,
    *,
    denials: Mapping[tuple[str, str, str], Sequence[Claim]],
    denied: frozenset[str],
    setting: Setting,
) -> Event:
    claims = group.claims
    event = _commonest([c.event for c in claims]) or claims[0].event
    lead = next(c for c in claims if c.event == event)
    actor, recipient = parties(lead) or ("", "")
    pair: Dyad = dyad(actor, recipient)
    ids = tuple(c.id for c in claims)
    said = [d for kind in sorted({c.event for c in claims}) for d in denials.get((actor, recipient, kind), ())]
    return Event(
        id=digest("event", *sorted(ids)),
        claims=ids,
        date=group.date,
        precision=group.precision,
        actor=actor,
        recipient=recipient,
        event=event,
        mode=_commonest([c.mode for c in claims if c.mode]),
        status=_status([c.status for c in claims]),
        quad=_commonest([c.quad for c in claims if c.event == event]) or lead.quad,
        intensity=statistics.median(c.intensity for c in claims),
        place=_commonest([c.place for c in claims if c.place]),
        magnitudes=sizes(m for c in claims for m in c.magnitudes),
        reports=len(claims),
        origins=origins(claims, copies=setting.copies),
        disputed=lead.status != "denied"
        and (any(i in denied for i in ids) or any(disputes(d, date=group.date) for d in said)),
        confirmed_by=sides(claims, dyad=pair, countries=setting.countries),
        tie=_commonest([c.tie for c in claims if c.tie]),
        figures=disputed_figures(claims),
    )


def _status(statuses: Sequence[str]) -> str:
    for real in ("happened", "ongoing"):
        if real in statuses:
            return real
    return statuses[0]


def _commonest(values: Sequence[_T]) -> _T | None:
    """The value given most often; the first in its own order among equals."""
    if not values:
        return None
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], str(v)))
