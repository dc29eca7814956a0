"""Claims of a pair in, the ledger of its ties out: which channels are open, which are cut, since when and by whom.

A state machine walks the facts in the order of time. A cut never becomes milder by itself; only what is restored or
opened lifts it. An affirmation shows that a tie holds but lifts nothing. A vaguely dated report of a state of affairs
that a later one has ended is a retelling, and does not bring it back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.merge.known import is_exact, known, moment
from detente.ontology.tables import Row, read_table
from detente.records import TIE_STATUSES, Claim, Dyad, Link, Magnitude, Precision, Tie
from detente.relation.breaches import breach
from detente.relation.patterns import (
    CUTS,
    MENDS,
    REFUTED,
    SAID,
    between_states,
    effect,
    foretells,
    is_fact,
    worse,
)

DIPLOMACY = "diplomacy"
RISK_FADES = dt.timedelta(days=365)
"""A threat or forecast that nothing followed in a year no longer puts a tie at risk."""

_SIZES = ("money", "percent", "weapons", "aircraft", "people")
"""Sizes that can be a tie's own, the most telling first; deaths are never the size of a tie."""

Pair = tuple[Claim, Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of time in which a tie kept one status.

    Attributes:
        effect: What opened the stretch, such as suspended or restored.
        since: Its first day when that is known to the day or month, else None.
        moment: The best guess at that day, for order and age only; as precise as `precision` says.
        claims: What shows it, affirmations included.
    """

    status: str
    effect: str
    since: dt.date | None
    moment: dt.date | None
    precision: Precision
    by: tuple[str, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One claim's effect on one tie."""

    kind: str
    effect: str
    claim: Claim


def ledger(claims: Iterable[Claim], *, dyad: Dyad, as_of: dt.date, linked: Iterable[Pair] = ()) -> tuple[Tie, ...]:
    """One tie for every kind that the claims touch, and diplomacy always; worst first.

    Args:
        claims: All claims read; those of other pairs are passed over.
        dyad: The two states.
        as_of: What was not known on that day is left out.
        linked: Pairs (cause, effect) of claims that someone links, from `linked_pairs`: a cause between the two
            states whose effect harms a tie of one of them with others puts that kind of tie at risk.
    """
    told = [c for c in known(claims, as_of=as_of, dyad=dyad) if between_states(c)]
    runs = histories(told, dyad=dyad, as_of=as_of)
    said: dict[str, list[Touch]] = defaultdict(list)
    for claim in told:
        read = effect(claim)
        if claim.tie is not None and read is not None and not is_fact(claim) and claim.status not in REFUTED:
            said[claim.tie.kind].append(Touch(kind=claim.tie.kind, effect=read, claim=claim))
    for kind, touch in _spill(linked, dyad=dyad, as_of=as_of):
        said[kind].append(touch)
    kinds = sorted({DIPLOMACY, *runs, *said})
    ties = [_tie(kind, runs=runs.get(kind, ()), said=said[kind], dyad=dyad, as_of=as_of) for kind in kinds]
    return tuple(sorted(ties, key=lambda t: (-TIE_STATUSES.index(t.status), not t.at_risk, t.kind)))


def histories(claims: Iterable[Claim], *, dyad: Dyad, as_of: dt.date) -> dict[str, tuple[Run, ...]]:
    """The statuses that each tie went through, first to last, by kind. Only facts count, and only states act."""
    told = [c for c in known(claims, as_of=as_of, dyad=dyad) if between_states(c)]
    touches: dict[str, list[Touch]] = defaultdict(list)
    for claim in told:
        read = effect(claim)
        if claim.tie is not None and read is not None and (is_fact(claim) or _decided(claim, read)):
            touches[claim.tie.kind].append(Touch(kind=claim.tie.kind, effect=read, claim=claim))
    named = {c.tie.kind for c in told if c.tie is not None}
    for claim in told:
        for touch in (*_shock(claim, named=named), *_breached(claim)):
            touches[touch.kind].append(touch)
    return {kind: _runs(_settled(held)) for kind, held in touches.items()}


def _decided(claim: Claim, read: str) -> bool:
    """A restoration that the state itself has announced is decided, and stands until something is told against it.

    A cut that is announced is not one yet: it is a risk, and may be bargained away. Nor are relations mended by the
    word: embassies open when they open.
    """
    tie = claim.tie
    return read == "restored" and claim.status == "announced" and tie is not None and tie.kind != DIPLOMACY


def _settled(touches: Sequence[Touch]) -> list[Touch]:
    """The effects on one tie, with restorations moved to where they can stand.

    A restoration follows what it restores. One dated before any cut, but reported after one, has the date of something
    else in its sentence; it is taken to be of the month of its report.
    """
    cuts = [day for t in touches if t.effect in CUTS and (day := moment(t.claim)) is not None]
    found = []
    for touch in touches:
        claim = touch.claim
        at, told = moment(claim), claim.published
        if touch.effect == "restored" and at is not None and told is not None and cuts and at < min(cuts) <= told:
            touch = replace(touch, claim=replace(claim, date=told, precision="month"))
        found.append(touch)
    return found


def linked_pairs(links: Iterable[Link], claims: Iterable[Claim]) -> tuple[Pair, ...]:
    """Pairs (cause, effect) of the claims that someone says are linked with a plus sign."""
    by_id = {c.id: c for c in claims}
    return tuple(
        (by_id[link.cause], by_id[link.effect])
        for link in links
        if link.sign > 0 and link.cause in by_id and link.effect in by_id
    )


def moved(status: str | None, effect_: str) -> str:
    """The status of a tie after `effect_`; `status` None is a tie nothing was known of.

    Examples:
        >>> moved("suspended", "affirmed"), moved("suspended", "restored"), moved("severed", "restricted")
        ('suspended', 'open', 'severed')
    """
    if effect_ in MENDS:
        return "open"
    if effect_ not in CUTS:
        return status or "open"
    return effect_ if status is None or worse(effect_, than=status) else status


def _runs(touches: Iterable[Touch]) -> tuple[Run, ...]:
    """Walks the effects on one tie in the order of time."""
    runs: list[Run] = []
    for touch in sorted(touches, key=_order):
        present = runs[-1].status if runs else None
        status = moved(present, touch.effect)
        retold = None
        if status != present and present is not None and not is_exact(touch.claim):
            retold = next((i for i in range(len(runs) - 1, -1, -1) if runs[i].status == status), None)
        if retold is not None:
            runs[retold] = _shown(runs[retold], touch)
        elif status == present and not (touch.effect in MENDS and runs[-1].effect == "affirmed"):
            runs[-1] = _shown(runs[-1], touch)
        else:
            runs.append(_run(touch, status))
    return tuple(runs)


def _order(touch: Touch) -> tuple[dt.date, bool, bool, str]:
    claim = touch.claim
    return (moment(claim) or dt.date.min, not is_exact(claim), touch.effect in MENDS, claim.id)


def _run(touch: Touch, status: str) -> Run:
    claim = touch.claim
    return Run(
        status=status,
        effect=touch.effect,
        since=claim.date if is_exact(claim) and touch.effect != "affirmed" else None,
        moment=moment(claim),
        precision=claim.precision if claim.date else "before",
        by=(claim.actor.code,) if claim.actor.code and touch.effect != "affirmed" else (),
        claims=(claim,),
    )


def _shown(run: Run, touch: Touch) -> Run:
    """The run with one more claim that shows it; who only affirms is not one who cut."""
    by = set(run.by)
    if touch.effect == run.effect and touch.effect != "affirmed" and touch.claim.actor.code:
        by.add(touch.claim.actor.code)
    if touch.claim.id in {c.id for c in run.claims}:
        return run
    return replace(run, by=tuple(sorted(by)), claims=(*run.claims, touch.claim))


def _shock(claim: Claim, *, named: Set[str]) -> list[Touch]:
    """What a claim that names no tie does to one all the same; `named` are the kinds that other claims name."""
    if claim.recipient is None or not is_fact(claim):
        return []
    actor, recipient = set(claim.actor.sectors), set(claim.recipient.sectors)
    return [
        Touch(kind=row["kind"], effect=row["effect"], claim=claim)
        for row in _shocks()
        if claim.event == row["event"]
        and (row["when"] != "known" or row["kind"] in named)
        and (not actor or actor & set(row["actor_sectors"].split("|")))
        and not recipient & set(row["spared_sectors"].split("|"))
    ]


def _breached(claim: Claim) -> list[Touch]:
    """What a sanction that names no tie does to diplomacy, by its words: an expulsion restricts it."""
    if claim.tie is not None or not is_fact(claim):
        return []
    found = breach(claim)
    return [Touch(kind=DIPLOMACY, effect=found.effect, claim=claim)] if found and found.effect else []


@lru_cache(maxsize=1)
def _shocks() -> tuple[Row, ...]:
    wanted = ("event", "actor_sectors", "spared_sectors", "kind", "effect", "when")
    return tuple(read_table("shocks.csv", wanted=wanted))


def _spill(linked: Iterable[Pair], *, dyad: Dyad, as_of: dt.date) -> list[tuple[str, Touch]]:
    """Harm to a tie with others that someone says will follow from what happens between the two."""
    found = []
    for cause, outcome in linked:
        if len(known((cause, outcome), as_of=as_of)) < 2 or cause.dyad != dyad or outcome.dyad == dyad:
            continue
        read = effect(outcome)
        codes = {outcome.actor.code, outcome.recipient.code if outcome.recipient else None}
        if outcome.tie is None or read not in CUTS or outcome.status in REFUTED:
            continue
        if codes & set(dyad):
            found.append((outcome.tie.kind, Touch(kind=outcome.tie.kind, effect=read, claim=outcome)))
    return found


def _tie(kind: str, *, runs: Sequence[Run], said: Sequence[Touch], dyad: Dyad, as_of: dt.date) -> Tie:
    present = runs[-1] if runs else None
    status = present.status if present else "open"
    mended = present.moment if present and present.effect in MENDS else None
    risks = tuple(t for t in said if _is_risk(t, status=status, mended=mended, as_of=as_of))
    shows = tuple(c for run in runs for c in run.claims)
    if not shows:
        shows = tuple(t.claim for t in said if t.effect not in CUTS)
    return Tie(
        dyad=dyad,
        kind=kind,
        status=status,
        since=present.since if present else None,
        at_risk=bool(risks),
        by=present.by if present else (),
        magnitude=_size((*shows, *(t.claim for t in risks))),
        claims=tuple(dict.fromkeys(c.id for c in (present.claims if present else ()) + shows)),
        risks=tuple(dict.fromkeys(t.claim.id for t in risks)),
    )


def _is_risk(touch: Touch, *, status: str, mended: dt.date | None, as_of: dt.date) -> bool:
    """Whether something said would leave the tie worse than it is, and is neither doubted, stale nor overtaken."""
    claim = touch.claim
    if not worse(touch.effect, than=status) or (claim.status in SAID and not foretells(claim)):
        return False
    spoken = claim.published or claim.date
    if spoken is None:
        return True
    return spoken >= as_of - RISK_FADES and (mended is None or spoken > mended)


def _size(claims: Iterable[Claim]) -> Magnitude | None:
    """The latest size told of a tie, in the most telling kind."""
    told: Mapping[str, Magnitude] = {
        m.kind: m for c in sorted(claims, key=lambda c: (moment(c) or dt.date.min, c.id)) for m in c.magnitudes
    }
    return next((told[kind] for kind in _SIZES if kind in told), None)
