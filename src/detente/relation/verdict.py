"""Claims of a pair in, the verdict out: divorce or just a cooling, with its reasons.

Additive log-odds over rupture, cooling, thaw and stable, against `stable`: the base rate, plus the stated weight of
each finding times its strength, each further finding of one feature counting less than the one before:

    E_k = sum_f w_fk * sum_i strength_fi * repeat**i
    s_k = ln(base_k / base_stable) + c tanh(E_k / c),    P(k) = exp(s_k) / sum_j exp(s_j)

Much evidence of one kind so never grows into certainty; a severance, a war, most ties cut and a state's own word that
it will sever stand outside the tanh. Every part is told as it counts, after that damping, so that the parts add up.
The weights are stated in `ontology/verdict_weights.csv`; nobody has fitted them. What imported events add comes from
the fitted models of `relation/outlook.py`. Short of a severance, a war or a
state's own announcement, the chance of rupture has a ceiling: a bad tone is never a divorce.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from detente.merge.events import PLAIN, Setting
from detente.merge.known import known
from detente.merge.origins import origin
from detente.records import REAL, Chance, Claim, Dyad, Reason, Verdict
from detente.relation import phrases
from detente.relation.event_arrays import EventArrays
from detente.relation.findings import GATES, Finding, findings
from detente.relation.hazards import STATES
from detente.relation.outlook import imported_addends, outlooks
from detente.relation.pace import pace, pair_standing
from detente.relation.patterns import effect
from detente.relation.weights import OUTCOMES, Weights, load_weights

HORIZON_MONTHS = 6
THIN_ORIGINS, THIN_CLAIMS = 3, 10
LEAST = 2
"""Facts or forecasts between the two states below which there is no answer."""

Z80 = 1.2816
"""Standard normal quantile of an 80 % range."""

SINGLY = frozenset({
    "relations-severed", "ties-cut", "war", "tie-severed", "tie-suspended", "tie-restricted", "tie-strained",
    "tie-restored", "severance-announced", "severance-threatened", "severance-foretold", "severance-doubted",
    "cut-announced", "deadly-assault", "severed-restoration", "restoration-promised", "expulsion", "recall", "apology",
})  # fmt: skip
"""Features told one by one; the others are told as one line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One signed addend of one outcome's log-odds."""

    toward: str
    weight: float
    text: str
    claims: tuple[str, ...]


def judge(
    claims: Iterable[Claim],
    *,
    dyad: Dyad,
    as_of: dt.date,
    weights: Weights | None = None,
    setting: Setting = PLAIN,
    imported: EventArrays | None = None,
) -> Verdict:
    """The verdict on a pair as it could be given on `as_of`.

    The reasons and counterweights with `toward` equal to the answer add up to ln(P(answer) / P(stable)); when the
    answer is stable, to ln(P(stable) / P(the likeliest other)). Those with `toward` rupture add up in the same way,
    so that both halves of the question can be walked back. A part without claims is a base rate, the ceiling, or what
    imported events add.

    Args:
        claims: All claims read. Those of other pairs count only for deaths told in the same sentence.
        dyad: The two states.
        as_of: What was not known on that day changes nothing.
        weights: Another table of weights; the shipped one when None.
        setting: How claims are merged, and what people have judged of merges.
        imported: Events of data sets, if there are any; those after `as_of` change nothing.
    """
    table = weights or load_weights()
    everything = known(claims, as_of=as_of)
    told = [c for c in everything if c.dyad == dyad]
    found = findings(everything, dyad=dyad, as_of=as_of, weights=table, setting=setting)
    addends = imported_addends(imported, dyad=dyad, as_of=as_of) if imported is not None else ()
    placed = [Part(toward=a.toward, weight=a.weight, text=a.text, claims=()) for a in addends]
    parts = [*_base(table), *_parts(found, weights=table, placed=placed)]
    if not GATES & {f.feature for f in found}:
        parts += _ceiling(parts, told, weights=table)
    chances = _chances(parts)
    origins = len({origin(c) for c in told})
    answer = max(OUTCOMES, key=lambda k: (chances[k], k == "stable"))
    reasons = sorted(_reasons(parts, answer=answer, chances=chances), key=lambda r: (-abs(r.weight), r.text, r.toward))
    ranged = {k: _chance(chances[k], base=table.base[k], origins=origins, weights=table) for k in OUTCOMES}
    verdict = Verdict(
        dyad=dyad,
        as_of=as_of,
        answer="abstain" if not addends and _too_little(told, found) else answer,
        horizon_months=HORIZON_MONTHS,
        thin=origins < THIN_ORIGINS or len(told) < THIN_CLAIMS,
        rupture=ranged["rupture"],
        cooling=ranged["cooling"],
        thaw=ranged["thaw"],
        stable=ranged["stable"],
        reasons=tuple(r for r in reasons if r.weight > 0),
        counterweights=tuple(r for r in reasons if r.weight < 0),
    )
    heard = pair_standing(imported, dyad=dyad, as_of=as_of)[1] if addends and imported is not None else STATES[0]
    coming = pace(found, as_of=as_of, imported=heard)
    return replace(verdict, outlooks=outlooks(verdict, pace=coming, shape=table.setting("horizon", "shape")))


def _too_little(told: Sequence[Claim], found: Sequence[Finding]) -> bool:
    """Whether an answer would rest on next to nothing; a reported severance is enough by itself."""
    telling = [c for c in told if c.status in REAL or c.status == "foretold"]
    return len(telling) < LEAST and not any(f.feature == "relations-severed" for f in found)


def _base(weights: Weights) -> list[Part]:
    stable = weights.base["stable"]
    return [
        Part(
            toward=k,
            weight=math.log(weights.base[k] / stable),
            text=f"Base rate of a {k} within {HORIZON_MONTHS} months: {weights.base[k] * 100:g} %",
            claims=(),
        )
        for k in OUTCOMES
        if k != "stable"
    ]


def _parts(found: Iterable[Finding], *, weights: Weights, placed: Iterable[Part] = ()) -> list[Part]:
    """What every finding adds to every outcome; `placed` are addends that the fitted model gives."""
    repeat = weights.setting("repeat", "factor")
    by_feature: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_feature[finding.feature].append(finding)
    parts: list[Part] = list(placed)
    firm: list[Part] = []
    for feature, held in by_feature.items():
        held.sort(key=lambda f: (-f.strength, f.claims))
        counted = [(f, f.strength * repeat**i) for i, f in enumerate(held)]
        for toward, weight in weights.toward.get(feature, {}).items():
            before = len(parts)
            if feature in SINGLY:
                parts += [Part(toward=toward, weight=weight * s, text=f.text, claims=f.claims) for f, s in counted]
            else:
                parts.append(_together(feature, counted, toward=toward, weight=weight))
            if feature in GATES:
                firm += parts[before:]
                del parts[before:]
    return [p for p in (*firm, *_damped(parts, weights=weights)) if p.weight != 0]


def _damped(parts: Iterable[Part], *, weights: Weights) -> list[Part]:
    """The parts of each outcome, all scaled alike so that their sum E becomes c tanh(E / c)."""
    most = weights.setting("saturation", "log_odds")
    held = list(parts)
    sums = _scores(held)
    scale = {k: most * math.tanh(e / most) / e if e else 1.0 for k, e in sums.items()}
    return [replace(p, weight=p.weight * scale[p.toward]) for p in held]


def _together(feature: str, counted: Sequence[tuple[Finding, float]], *, toward: str, weight: float) -> Part:
    held = [f for f, _ in counted]
    last = max((f.when for f in held if f.when is not None), default=None)
    return Part(
        toward=toward,
        weight=weight * sum(s for _, s in counted),
        text=phrases.several(feature, (f.text for f in held), last),
        claims=tuple(dict.fromkeys(i for f in held for i in f.claims)),
    )


def _ceiling(parts: Iterable[Part], told: Iterable[Claim], *, weights: Weights) -> list[Part]:
    """The part that holds P(rupture) at its ceiling, none when it is below."""
    scores = _scores(parts)
    highest = weights.toward["ceiling"]["rupture"]
    others = math.log(sum(math.exp(scores[k]) for k in OUTCOMES if k != "rupture"))
    excess = scores["rupture"] - (others + math.log(highest / (1 - highest)))
    if excess <= 0:
        return []
    holds = (c for c in told if c.tie and c.tie.kind == "diplomacy" and effect(c) == "affirmed" and c.status in REAL)
    text = f"No severance, no embassy shut: the chance of rupture is held at {highest * 100:g} %"
    return [Part(toward="rupture", weight=-excess, text=text, claims=tuple(c.id for c in holds))]


def _scores(parts: Iterable[Part]) -> dict[str, float]:
    held = list(parts)
    return {k: math.fsum(p.weight for p in held if p.toward == k) for k in OUTCOMES}


def _chances(parts: Iterable[Part]) -> dict[str, float]:
    scores = _scores(parts)
    top = max(scores.values())
    sizes = {k: math.exp(scores[k] - top) for k in OUTCOMES}
    whole = sum(sizes.values())
    return {k: size / whole for k, size in sizes.items()}


def _reasons(parts: Iterable[Part], *, answer: str, chances: Mapping[str, float]) -> list[Reason]:
    """The parts that bear on the answer, and on rupture, as signed reasons."""
    other = max((k for k in OUTCOMES if k != "stable"), key=lambda k: chances[k])
    told = []
    for part in parts:
        if answer == "stable" and part.toward == other:
            told.append(Reason(text=part.text, toward="stable", weight=-part.weight, claims=part.claims))
        if part.toward in {answer, "rupture"}:
            told.append(Reason(text=part.text, toward=part.toward, weight=part.weight, claims=part.claims))
    return told


def _chance(p: float, *, base: float, origins: int, weights: Weights) -> Chance:
    """A chance with its 80 % range: on the log-odds scale, as wide as untested weights and few origins leave it."""
    floor, single = weights.setting("range", "floor"), weights.setting("range", "single")
    spread = Z80 * math.hypot(floor, single / math.sqrt(max(origins, 0.5)))
    odds = math.log(p / (1 - p)) if 0 < p < 1 else math.copysign(math.inf, p - 0.5)
    low, high = (1 / (1 + math.exp(-(odds + d))) for d in (-spread, spread))
    return Chance(p=p, low=min(low, p), high=max(high, p), base_rate=base)
