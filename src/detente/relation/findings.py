"""Claims of a pair in, findings out: the features that speak for or against a rupture, a cooling or a thaw.

A finding is one happening (or the state of one tie) read as one feature of `ontology/verdict_weights.csv`, with a
strength: how fresh it is, how much its tie matters, how likely its speaker makes it, how well placed that speaker is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from detente.merge.events import PLAIN, Setting, merge
from detente.merge.known import known, moment
from detente.records import REAL, Claim, Dyad, Event
from detente.relation import phrases
from detente.relation.ladder import rungs_of
from detente.relation.ledger import DIPLOMACY, Run, histories
from detente.relation.patterns import (
    CUTS,
    MENDS,
    SAID,
    WORDS_ONLY,
    between_states,
    effect,
    foretells,
    kind_weights,
    material_kinds,
    severs,
)
from detente.relation.weights import Weights

MOST_TIES = 3
"""Material ties that must be suspended or severed, and be more than half of those known, to count as most."""

FORCES = frozenset({"MIL", "GOV"})
WAR_WITHIN = dt.timedelta(days=60)
AGAIN = 3
"""Attacks of each side that make a war even where deaths are told of one side alone."""

TROUBLE_LASTS = dt.timedelta(days=730)
GATES = frozenset({"relations-severed", "ties-cut", "war", "severance-announced"})
"""Features that lift the ceiling on the chance of rupture."""

_BARE_HYPOTHESIS = 0.3
"""Odds of what is only supposed (`if ... were to`), where no words give any."""

_BARE_FORECAST = 0.7
_UNDATED = 0.5
SLIGHT = 0.4
"""What the mending of a tie that was only strained counts, beside one that was cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One feature found, its strength and what shows it."""

    feature: str
    strength: float
    text: str
    claims: tuple[str, ...]
    when: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the reading of one event depends on."""

    dyad: Dyad
    as_of: dt.date
    weights: Weights
    runs: Mapping[str, Sequence[Run]]
    deaths: Mapping[tuple[str, str], float]
    troubled_since: dt.date | None = field(default=None)


def findings(
    claims: Iterable[Claim], *, dyad: Dyad, as_of: dt.date, weights: Weights, setting: Setting = PLAIN
) -> tuple[Finding, ...]:
    """All findings about the pair, the strongest of each feature first; `setting` is that of the merging."""
    everything = known(claims, as_of=as_of)
    told = [c for c in everything if c.dyad == dyad]
    runs = histories(told, dyad=dyad, as_of=as_of)
    scene = Scene(
        dyad=dyad,
        as_of=as_of,
        weights=weights,
        runs=runs,
        deaths=_deaths(everything),
        troubled_since=_trouble(runs, as_of),
    )
    by_id = {c.id: c for c in told}
    spent = {c.id for held in runs.values() for run in held for c in run.claims if effect(c) in CUTS | MENDS}
    found = [f for kind, held in runs.items() if (f := _of_tie(kind, held, scene=scene))]
    events = merge(told, as_of=as_of, setting=setting)
    for event in events:
        if not spent & set(event.claims):
            for voice in _voices([by_id[i] for i in event.claims]):
                read = _of_event(event, voice, scene=scene)
                found += [read] if read else []
    found += _war(events, by_id=by_id, scene=scene) + _most_cut(scene)
    return tuple(sorted(found, key=lambda f: (f.feature, -f.strength, f.claims)))


def _voices(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Facts are one, whoever reports them; forecasts of the same thing are as many as their authors."""
    if not any(c.status in ("foretold", "hypothetical") for c in claims):
        return [list(claims)]
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        speaker = claim.attribution[-1] if claim.attribution else None
        held[(speaker.name or speaker.text) if speaker else f"outlet {claim.outlet}"].append(claim)
    return [held[key] for key in sorted(held)]


def faded(when: dt.date | None, *, as_of: dt.date, half_life_days: float) -> float:
    """How much of a happening still counts: one half after each half-life, one half when nobody knows its day.

    Examples:
        >>> faded(dt.date(2011, 12, 1), as_of=dt.date(2011, 12, 31), half_life_days=30)
        0.5
    """
    if when is None:
        return _UNDATED
    return float(0.5 ** (max(0, (as_of - when).days) / half_life_days))


def _of_tie(kind: str, runs: Sequence[Run], *, scene: Scene) -> Finding | None:
    """The present state of one tie as a finding, None when it only holds."""
    last = runs[-1]
    key = "half_life_days"
    if last.status in CUTS:
        severed = kind == DIPLOMACY and last.status == "severed"
        feature = "relations-severed" if severed else f"tie-{last.status}"
        key = "severed_half_life_days" if severed else key
        weight = 1.0 if severed else kind_weights()[kind]
    elif last.effect in MENDS and (last.effect == "restored" or any(r.status in CUTS for r in runs[:-1])):
        # What was only strained was never gone, so that its mending is less of a turn.
        slight = len(runs) > 1 and runs[-2].status == "strained"
        feature, weight = "tie-restored", kind_weights()[kind] * (SLIGHT if slight else 1.0)
    elif last.effect in MENDS:
        feature, weight = "tie-affirmed", kind_weights()[kind]
    else:
        return None
    fade = faded(last.moment, as_of=scene.as_of, half_life_days=scene.weights.setting("fading", key))
    # What is said again today is known to stand today; only its shock fades, and to no less than a third.
    fresh = max((m for c in last.claims if (m := c.published or c.date)), default=last.moment)
    if last.status in CUTS:
        half = scene.weights.setting("fading", "half_life_days")
        fade = max(fade, faded(fresh, as_of=scene.as_of, half_life_days=half) / 3)
    shows = tuple(c for c in last.claims if effect(c) != "affirmed") or last.claims
    return Finding(
        feature=feature, strength=weight * fade, text=phrases.of_tie(kind, last), claims=tuple(c.id for c in shows),
        when=last.moment,
    )  # fmt: skip


def _of_event(event: Event, claims: Sequence[Claim], *, scene: Scene) -> Finding | None:
    """One event as a finding, None when it says nothing about the course of the relation."""
    lead = claims[0]
    read = _said(lead, scene=scene) if _only_said(lead) else _done(event, lead, scene=scene)
    if read is None:
        return None
    feature, strength = read
    when = event.date or moment(lead) if lead.status in REAL else lead.published or lead.date
    fade = faded(when, as_of=scene.as_of, half_life_days=scene.weights.setting("fading", "half_life_days"))
    return Finding(
        feature=feature,
        strength=strength * fade,
        text=phrases.of_event(event, lead, deaths=_deaths_of(event, claims, scene=scene)),
        claims=tuple(c.id for c in claims),
        when=when,
    )


def _only_said(claim: Claim) -> bool:
    return claim.status in SAID or (claim.event in WORDS_ONLY and effect(claim) in CUTS | MENDS)


def _said(claim: Claim, *, scene: Scene) -> tuple[str, float] | None:
    """What is announced, threatened, demanded or foretold."""
    read, likely = effect(claim), _likely(claim)
    standing = _standing(claim, scene=scene)
    guess = claim.status in ("foretold", "hypothetical")
    own = claim.status in ("announced", "planned", "promised")
    if not between_states(claim):
        return None
    if severs(claim):
        if guess and not foretells(claim):
            return "severance-doubted", (0.5 - likely) * 2 * standing
        if guess:
            return "severance-foretold", likely * standing
        if own:
            return "severance-announced", 0.6 if claim.status == "planned" else 1.0
        return "severance-threatened", 1.0
    if read in CUTS:
        size = kind_weights()[claim.tie.kind] if claim.tie else 1.0
        if guess:
            return ("cut-foretold", likely * standing * size) if foretells(claim) else None
        return ("cut-announced" if own else "cut-threatened", size)
    if read in MENDS:
        return _mending_said(claim, likely=likely * standing if guess else 1.0, scene=scene)
    if claim.quad in (1, 2):
        if guess:
            return "cooperation-foretold", likely * standing
        return ("contact", 0.5) if own else None
    return ("rebuke", 1.0) if claim.status in ("threatened", "demanded") or claim.event in WORDS_ONLY else None


def _mending_said(claim: Claim, *, likely: float, scene: Scene) -> tuple[str, float] | None:
    """A restoration that is announced or foretold; one that is only demanded mends nothing."""
    if claim.tie is None or claim.status in ("demanded", "threatened") or claim.event in WORDS_ONLY:
        return None
    runs = scene.runs.get(claim.tie.kind, ())
    if claim.tie.kind == DIPLOMACY and runs and runs[-1].status == "severed":
        return "severed-restoration", likely
    if claim.tie.effect == "restored" or (runs and runs[-1].status in CUTS):
        return "restoration-promised", likely
    return "contact", 0.5 * likely


def _done(event: Event, claim: Claim, *, scene: Scene) -> tuple[str, float] | None:
    """What has happened."""
    if claim.status in ("denied", "negated"):
        return None
    if claim.event == "PROTEST" and 3 not in rungs_of(claim):
        return "protest", 1.0
    if not between_states(claim):
        return None
    if claim.event == "ASSAULT":
        return ("deadly-assault" if _deaths_of(event, (claim,), scene=scene) else "assault"), 1.0
    rungs = rungs_of(claim)
    for rung, feature in ((6, "expulsion"), (2, "recall"), (3, "meeting-refused")):
        if rung in rungs:
            return feature, 1.0
    hostile = {"COERCE": "coercion", "MOBILIZE": "mobilisation", "SANCTION": "tie-restricted", "REJECT": "rebuke"}
    if claim.event in hostile:
        return hostile[claim.event], 1.0
    if claim.quad in (3, 4):
        return ("rebuke", 1.0) if 1 in rungs else None
    return _friendly(event, claim, scene=scene)


def _friendly(event: Event, claim: Claim, *, scene: Scene) -> tuple[str, float] | None:
    """What holds a relation together, or after trouble mends it."""
    at = event.date or moment(claim)
    after = scene.troubled_since is not None and at is not None and at >= scene.troubled_since
    if claim.mode == "apologise":
        return ("apology" if after else "contact"), 1.0
    if effect(claim) == "affirmed":
        return "tie-affirmed", kind_weights()[claim.tie.kind] if claim.tie else 1.0
    if claim.event == "REQUEST":
        return None
    if after:
        return "mending", 1.0
    return ("cooperation" if claim.event in ("COOPERATE", "AID") else "contact"), 1.0


def _war(events: Sequence[Event], *, by_id: Mapping[str, Claim], scene: Scene) -> list[Finding]:
    """Both states' forces attacking each other within two months, and either both deadly or both again and again.

    Shots that one side says the other fired first, or an arrest that the coder took for an attack, are no war.
    """
    fought: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        told = [by_id[i] for i in event.claims]
        fits = event.event == "ASSAULT" and event.status in REAL and event.date and event.precision in ("day", "month")
        if fits and any(between_states(c) and _by_forces(c) for c in told):
            fought[event.actor].append(event)
    if len(fought) < 2:
        return []
    sides = [_answered(fought[code], fought[other]) for code, other in (scene.dyad, scene.dyad[::-1])]
    deadly = [any(_deaths_of(e, [by_id[i] for i in e.claims], scene=scene) for e in side) for side in sides]
    if not all(sides) or not (all(deadly) or (any(deadly) and min(map(len, sides)) >= AGAIN)):
        return []
    held = [e for side in sides for e in side]
    ids = tuple(i for e in held for i in e.claims)
    when = max((m for i in ids if (m := moment(by_id[i]))), default=None)
    fade = faded(when, as_of=scene.as_of, half_life_days=scene.weights.setting("fading", "half_life_days"))
    return [Finding(feature="war", strength=fade, text=phrases.war(scene.dyad, when), claims=ids, when=when)]


def _by_forces(claim: Claim) -> bool:
    return not claim.actor.sectors or bool(FORCES & set(claim.actor.sectors))


def _answered(side: Sequence[Event], other: Sequence[Event]) -> list[Event]:
    """The attacks of one side that stand within two months of one of the other's."""
    days = [e.date for e in other if e.date]
    return [e for e in side if e.date and any(abs(e.date - day) <= WAR_WITHIN for day in days)]


def _most_cut(scene: Scene) -> list[Finding]:
    """The second half of the predicate: most material ties cut, and by both sides."""
    material = {kind: runs[-1] for kind, runs in scene.runs.items() if kind in material_kinds()}
    cut = [run for run in material.values() if run.status in ("suspended", "severed")]
    by = {code for run in cut for code in run.by}
    if len(cut) < MOST_TIES or 2 * len(cut) <= len(material) or not by >= set(scene.dyad):
        return []
    ids = tuple(c.id for run in cut for c in run.claims)
    when = max((run.moment for run in cut if run.moment), default=None)
    half = scene.weights.setting("fading", "severed_half_life_days")
    text = f"Most material ties are cut, by both sides ({len(cut)} of {len(material)} known)"
    strength = faded(when, as_of=scene.as_of, half_life_days=half)
    return [Finding(feature="ties-cut", strength=strength, text=text, claims=ids, when=when)]


def _trouble(runs: Mapping[str, Sequence[Run]], as_of: dt.date) -> dt.date | None:
    """The day from which contact counts as mending: the latest cut of the last two years, or a standing severance."""
    cuts = [r.moment for held in runs.values() for r in held if r.status in CUTS and r.moment is not None]
    recent = [day for day in cuts if day >= as_of - TROUBLE_LASTS]
    severed = [r.moment for r in runs.get(DIPLOMACY, ())[-1:] if r.status == "severed" and r.moment is not None]
    return max(recent, default=max(severed, default=None))


def _deaths(claims: Iterable[Claim]) -> dict[tuple[str, str], float]:
    """Deaths that a sentence gives of its assaults, by article and sentence: they often stand with the passive half."""
    told: dict[tuple[str, str], float] = {}
    for claim in claims:
        if claim.event == "ASSAULT" and claim.status in REAL:
            for size in claim.magnitudes:
                if size.kind == "deaths":
                    key = (claim.article_id, claim.sentence)
                    told[key] = max(told.get(key, 0.0), size.value)
    return told


def _deaths_of(event: Event, claims: Iterable[Claim], *, scene: Scene) -> float:
    """Deaths told of an assault, 0 when none are told (which does not say that nobody died)."""
    if event.event != "ASSAULT":
        return 0.0
    own = [size.value for size in event.magnitudes if size.kind == "deaths"]
    beside = [scene.deaths.get((c.article_id, c.sentence), 0.0) for c in claims]
    return max([*own, *beside], default=0.0)


def _likely(claim: Claim) -> float:
    if claim.probability is None:
        return _BARE_HYPOTHESIS if claim.status == "hypothetical" else _BARE_FORECAST
    return sum(claim.probability) / 2


def _standing(claim: Claim, *, scene: Scene) -> float:
    """How well placed the one who foretells is to know."""
    if not claim.attribution:
        return scene.weights.setting("standing", "outlet")
    speaker = claim.attribution[-1]
    party = speaker.code in scene.dyad and bool(speaker.sectors)
    if speaker.named:
        return scene.weights.setting("standing", "party" if party else "expert")
    return scene.weights.setting("standing", "expert" if party else "unnamed")
