"""Claims and judgements in, claims as the judges would have them and bonds for the merging out. No claim is edited."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.errors import InputError
from detente.merge.bonds import Bonds
from detente.ontology.lexicon import QUADS
from detente.ontology.tables import read_table
from detente.records import Claim, Entity, Judgement, Step

FIELDS = ("event", "actor", "type", "status", "date")
"""What is judged: whether it is an event at all, and four of its fields."""

_FIELD = {
    "not-event": "event", "wrong-actor": "actor", "wrong-type": "type", "wrong-status": "status", "wrong-date": "date",
}  # fmt: skip
ON_MERGES = frozenset({"duplicate-of", "split"})
Z95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Claims after judgement; `dropped` were judged to be no events, `changed` had a field put right."""

    claims: tuple[Claim, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """How often the coder erred on what was judged: `n` judged, `wrong` of them, and the 95 % range of the rate."""

    n: int
    wrong: int
    low: float
    high: float
    judges: int


def current(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those that stand, oldest first: not superseded, and not taken back.

    One that was taken back stands in place of nothing, so that what it had superseded stands again.
    """
    held = sorted(judgements, key=lambda j: (j.at, j.id))
    undone: set[str] = set()
    gone: set[str] = set()
    for judgement in reversed(held):
        if judgement.id not in undone:
            (undone if judgement.verdict == "withdrawn" else gone).update(judgement.supersedes)
    return tuple(j for j in held if j.id not in undone | gone and j.verdict != "withdrawn")


def superseded_by(new: Judgement, judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """Ids of the judge's own standing judgements on the same claims that a new one stands in place of.

    `right` and `not-event` answer for every field; a field's verdict replaces those two and its own earlier one.
    """
    whole = {"right", "not-event"}
    own = [j for j in current(judgements) if j.by == new.by and set(j.claims) & set(new.claims)]
    if new.verdict in ON_MERGES:
        return tuple(j.id for j in own if j.verdict == new.verdict and set(j.claims) == set(new.claims))
    rest = [j for j in own if j.verdict not in ON_MERGES]
    return tuple(j.id for j in rest if new.verdict in whole or j.verdict in whole or j.verdict == new.verdict)


def corrected(claims: Iterable[Claim], judgements: Iterable[Judgement]) -> Corrected:
    """Claims with what judges put right; of several verdicts on one field the newest stands, `right` among them.

    A field judged wrong without a better value becomes unknown. The id stays: it names the claim as it was coded.
    """
    verdicts = _newest(current(judgements))
    kept, dropped, changed = [], [], []
    for claim in claims:
        own = verdicts.get(claim.id, {})
        if "event" in own and own["event"].verdict == "not-event":
            dropped.append(claim.id)
            continue
        new = claim
        for name in FIELDS[1:]:
            if name in own and own[name].verdict != "right":
                new = _put_right(new, own[name], field=name)
        if new is not claim:
            changed.append(claim.id)
        kept.append(new)
    return Corrected(claims=tuple(kept), dropped=tuple(dropped), changed=tuple(changed))


def bonds(judgements: Iterable[Judgement]) -> Bonds:
    """What standing judgements say about merges; a split parts the judged claims from all others of their event."""
    held = current(judgements)
    joined = [(j.claims[0], j.value) for j in held if j.verdict == "duplicate-of" and j.value]
    joined += [(j.claims[0], other) for j in held if j.verdict == "duplicate-of" for other in j.claims[1:]]
    parted = [(frozenset(j.claims), frozenset(j.others)) for j in held if j.verdict == "split"]
    return Bonds(joined=tuple(joined), parted=tuple(parted))


def require_no_circle(judgements: Iterable[Judgement]) -> None:
    """Refuses duplicates that lead back to themselves.

    Raises:
        InputError: They do; the message names the claims of the circle.
    """
    points: dict[str, str] = {}
    for judgement in current(judgements):
        if judgement.verdict == "duplicate-of" and judgement.value:
            for claim in judgement.claims:
                points[claim] = judgement.value
    for begin in sorted(points):
        path, at = [begin], points[begin]
        while at in points and at not in path:
            path.append(at)
            at = points[at]
        if at in path:
            circle = " > ".join((*path[path.index(at) :], at))
            raise InputError(
                f"judgement: got a circle of duplicates ({circle}), wanted each to point at an event that stands; "
                "take one of them back with `detente judge undo`"
            )


def audit(judgements: Iterable[Judgement], *, claims: Iterable[str]) -> Audit | None:
    """The error rate on judged events that hold any of `claims`; None where none was judged.

    An event is wrong if the newest verdict of any judge on any field says so; merges are another matter. The range
    is Wilson's (1927, doi:10.1080/01621459.1927.10502953).
    """
    known = set(claims)
    told = [j for j in current(judgements) if j.verdict not in ON_MERGES and known & set(j.claims)]
    units: dict[str, bool] = defaultdict(bool)
    for judgement in told:
        units[judgement.claims[0]] |= judgement.verdict != "right"
    if not units:
        return None
    n, wrong = len(units), sum(units.values())
    low, high = wilson(wrong, n)
    return Audit(n=n, wrong=wrong, low=low, high=high, judges=len({j.by for j in told}))


def wilson(hits: int, n: int, *, z: float = Z95) -> tuple[float, float]:
    """Wilson's range of a share; `z` standard deviations wide.

    Examples:
        >>> tuple(round(x, 3) for x in wilson(1, 10))
        (0.018, 0.404)
    """
    p, square = hits / n, z * z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = z * math.sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _newest(judgements: Sequence[Judgement]) -> Mapping[str, Mapping[str, Judgement]]:
    """For each claim and field the newest verdict; `right` is one on every field."""
    found: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in judgements:
        fields = FIELDS if judgement.verdict == "right" else (_FIELD.get(judgement.verdict),)
        for claim in judgement.claims:
            for name in fields:
                if name:
                    found[claim][name] = judgement
                    # A verdict on a field grants that there is an event.
                    if judgement.verdict not in ("not-event", "right"):
                        found[claim].setdefault("event", judgement)
    return found


def _put_right(claim: Claim, judgement: Judgement, *, field: str) -> Claim:
    value = judgement.value
    step = Step(field=field, rule=f"judged {judgement.verdict} by {judgement.by}", words=value or "no better value")
    steps = (*claim.explanation, step)
    if field == "actor":
        return _with_actor(replace(claim, explanation=steps), value)
    if field == "type":
        return _with_type(replace(claim, explanation=steps), value)
    if field == "status":
        # An event whose status nobody knows is no fact; the weakest reading is kept.
        return replace(claim, explanation=steps, status=value or "hypothetical")
    day = dt.date.fromisoformat(value) if value else None
    return replace(claim, explanation=steps, date=day, end=None, precision="day" if day else "unknown")


def _with_actor(claim: Claim, code: str | None) -> Claim:
    """With another actor; one that is the recipient turns the direction round, an unknown one leaves none."""
    if code is None:
        return replace(claim, actor=Entity(text=claim.actor.text, anonymous=True))
    recipient = claim.recipient
    if recipient is not None and recipient.code == code:
        return replace(claim, actor=recipient, recipient=claim.actor)
    return replace(claim, actor=Entity(text=claim.actor.text, code=code, span=claim.actor.span))


def _with_type(claim: Claim, event: str | None) -> Claim:
    if event is None:
        # Without a type nothing can be counted: as if no second party were known.
        return replace(claim, recipient=None)
    code = root_codes()[event]
    return replace(claim, event=event, mode=None, cameo=code, quad=QUADS[event], intensity=scale().get(code, 0.0))


@lru_cache(maxsize=1)
def root_codes() -> Mapping[str, str]:
    """The CAMEO code that stands for each PLOVER type where nothing more is known."""
    rows = read_table("crosswalk.csv", wanted=("event", "mode", "cameo"))
    return {row["event"]: row["cameo"] for row in rows if not row["mode"]}


@lru_cache(maxsize=1)
def scale() -> Mapping[str, float]:
    """Goldstein's value of each CAMEO code that has one."""
    rows = read_table("goldstein.csv", wanted=("code", "goldstein"))
    return {row["code"]: float(row["goldstein"]) for row in rows if row["goldstein"]}
