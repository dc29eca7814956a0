"""Rows of the ontology in, tests on claims out: which rung a claim reaches, what it does to a tie, who counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from detente.errors import OntologyError
from detente.ontology.tables import Row, read_table
from detente.records import REAL, TIE_STATUSES, Claim, Entity

STATE_SECTORS = frozenset({"GOV", "MIL", "SPY", "LEG", "JUD", "COP", "UNS"})
"""Sectors that act for a state; UNS is an unspecified part of it."""

NOT_THE_STATE = frozenset({"REB", "UAF", "PRM", "PRE", "CRM"})
"""Armed or criminal groups: what is done to them is not done to the state they live in."""

WORDS_ONLY = frozenset({"THREATEN", "REQUEST", "ACCUSE"})
"""Types that speak of an effect without having it."""

SAID = frozenset({"announced", "planned", "promised", "threatened", "demanded", "foretold", "hypothetical"})
CUTS = frozenset({"strained", "restricted", "suspended", "severed"})
REFUTED = frozenset({"denied", "negated"})
MENDS = frozenset({"restored", "opened"})

_AFTER, _BEFORE = 9, 6
"""Words after and before the trigger among which its object is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A test on one claim; an empty field asks nothing. `near` holds groups that must each be met."""

    events: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    cameo: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    trigger: re.Pattern[str] | None = None
    near: tuple[re.Pattern[str], ...] = ()
    unless: re.Pattern[str] | None = None

    def fits(self, claim: Claim) -> bool:
        """Whether `claim` passes every part of the test."""
        tie = claim.tie
        if self.events and claim.event not in self.events:
            return False
        if self.modes and claim.mode not in self.modes:
            return False
        if self.cameo and not claim.cameo.startswith(self.cameo):
            return False
        if self.kinds and (tie is None or tie.kind not in self.kinds):
            return False
        if self.effects and (tie is None or tie.effect not in self.effects):
            return False
        if self.trigger and not self.trigger.search(claim.trigger):
            return False
        if not (self.near or self.unless):
            return True
        around = surroundings(claim)
        return all(p.search(around) for p in self.near) and not (self.unless and self.unless.search(around))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach a rung; `memory_months` None means until the tie is restored."""

    rung: int
    name: str
    pattern: Pattern
    memory_months: int | None


def surroundings(claim: Claim) -> str:
    """The words around a claim's trigger in its sentence; the whole sentence when the trigger is not found."""
    words = claim.sentence.split()
    lead = claim.trigger.split()[:1]
    at = next((i for i, word in enumerate(words) if lead and lead[0].lower() in word.lower()), None)
    kept = words if at is None else words[max(0, at - _BEFORE) : at + _AFTER + 1]
    return " ".join(kept)


def acts_for_state(entity: Entity) -> bool:
    """Whether an entity acts for its state: no sector known, or one of the state's."""
    return not entity.sectors or bool(STATE_SECTORS & set(entity.sectors))


def between_states(claim: Claim) -> bool:
    """Whether one state acts and the other (its bodies or its people, not its rebels) is acted on."""
    recipient = claim.recipient
    if recipient is None or not acts_for_state(claim.actor):
        return False
    return not recipient.sectors or not set(recipient.sectors) <= NOT_THE_STATE


def agent(claim: Claim) -> str | None:
    """Whose move a claim tells of: of what is demanded, the one who demands, else the actor."""
    if claim.status != "demanded" or claim.event == "REQUEST":
        return claim.actor.code
    pair = claim.dyad or ()
    speakers = [s.code for s in reversed(claim.attribution) if s.code in pair]
    return next(iter(speakers), claim.recipient.code if claim.recipient else None)


def is_fact(claim: Claim) -> bool:
    """Whether what a claim does to its tie has happened, and was not only asked for or threatened."""
    return claim.status in REAL and claim.event not in WORDS_ONLY


def foretells(claim: Claim) -> bool:
    """Whether a claim that has not happened is put forward as at least as likely as not, or without odds."""
    return claim.probability is None or claim.probability[1] >= 0.5


def severs(claim: Claim) -> bool:
    """Whether a claim, by its words, is of relations severed or embassies shut (rung 9)."""
    return any(way.pattern.fits(claim) for way in ways() if way.rung == 9)


def effect(claim: Claim) -> str | None:
    """What a claim does to its tie, read with care: a visit called off does not sever diplomacy."""
    if claim.tie is None:
        return None
    if severs(claim):
        return "severed"
    return next((reads for pattern, reads in _readings() if pattern.fits(claim)), claim.tie.effect)


def worse(effect_: str, *, than: str) -> bool:
    """Whether an effect leaves a tie in a worse state than `than`."""
    return effect_ in CUTS and TIE_STATUSES.index(effect_) > TIE_STATUSES.index(than)


@lru_cache(maxsize=1)
def ways() -> tuple[Way, ...]:
    """All ways to reach a rung, as `ontology/ladder.csv` lists them."""
    wanted = ("rung", "name", "events", "modes", "cameo", "kinds", "effects", "trigger", "near", "memory_months")
    return tuple(
        Way(
            rung=int(row["rung"]),
            name=row["name"],
            pattern=pattern(row),
            memory_months=int(row["memory_months"]) if row["memory_months"] else None,
        )
        for row in read_table("ladder.csv", wanted=wanted)
    )


@lru_cache(maxsize=1)
def material_kinds() -> frozenset[str]:
    """Kinds of tie through which something moves."""
    return frozenset(row["kind"] for row in _kinds() if row["material"] == "yes")


@lru_cache(maxsize=1)
def kind_weights() -> dict[str, float]:
    """How much the cut of each kind of tie says."""
    return {row["kind"]: float(row["weight"]) for row in _kinds()}


def pattern(row: Row) -> Pattern:
    """The test that a row of the ontology states."""
    cells = dict(row)
    return Pattern(
        events=frozenset(_parts(cells.get("events", ""))),
        modes=frozenset(_parts(cells.get("modes", ""))),
        cameo=tuple(_parts(cells.get("cameo", ""))),
        kinds=frozenset(_parts(cells.get("kinds", ""))),
        effects=frozenset(_parts(cells.get("effects", ""))),
        trigger=_beginnings(cells.get("trigger", "")),
        near=tuple(p for part in cells.get("near", "").split("&") if (p := _beginnings(part))),
        unless=_beginnings(cells.get("unless", "")),
    )


@lru_cache(maxsize=1)
def _readings() -> tuple[tuple[Pattern, str], ...]:
    wanted = ("kinds", "effects", "modes", "trigger", "near", "unless", "reads_as")
    return tuple((pattern(row), row["reads_as"]) for row in read_table("tie_readings.csv", wanted=wanted))


@lru_cache(maxsize=1)
def _kinds() -> tuple[Row, ...]:
    rows = read_table("tie_kinds.csv", wanted=("kind", "material", "weight"))
    for row in rows:
        if row["material"] not in ("yes", "no"):
            raise OntologyError(f"{row.where}: material: got {row['material']!r}, wanted yes or no")
    return tuple(rows)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _beginnings(cell: str) -> re.Pattern[str] | None:
    """A pattern for words that begin with any of the parts of a cell."""
    parts = _parts(cell)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, parts)) + ")", re.IGNORECASE) if parts else None
