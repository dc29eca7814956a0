"""A dossier in, the few plain sentences that open every rendering out."""

from __future__ import annotations

from detente.dossier import wording
from detente.dossier.naming import Naming
from detente.records import Dossier, Rung, Verdict

HELD = frozenset({"open", "strained"})
"""Tie statuses under which something still passes through as before."""

THIN = "Few independent reports stand behind these numbers: read the ranges, not the points."
ABSTAINS = "Too little is on record to answer; the numbers below are kept for the record and are not a finding."


def sentence(verdict: Verdict, *, names: Naming) -> str:
    """The verdict in one plain sentence."""
    if verdict.answer == "abstain":
        return ABSTAINS
    chances = {
        "rupture": verdict.rupture,
        "cooling": verdict.cooling,
        "thaw": verdict.thaw,
        "stable": verdict.stable,
    }
    told = chances[verdict.answer]
    likeliest = told.p >= max(c.p for c in chances.values())
    ahead = wording.count(verdict.horizon_months, "month")
    text = (
        f"{names.name(names.pair[0])} and {names.name(names.pair[1])}, {ahead} ahead: "
        f"the {'likeliest course' if likeliest else 'answer'} is {wording.course(verdict.answer)}, "
        f"at {wording.percent(told.p)}"
    )
    other = "cooling" if verdict.answer == "rupture" else "rupture"
    against = wording.against_base_rate(chances[other])
    text += f"; {wording.course(other)} is put at {wording.percent(chances[other].p)}"
    return f"{text}, {against}." if against else f"{text}."


def highest(dossier: Dossier) -> Rung | None:
    """The highest rung reached, None when none is."""
    reached = [rung for rung in dossier.ladder if rung.state == "reached"]
    return max(reached, key=lambda rung: rung.rung, default=None)


def standing(dossier: Dossier) -> str:
    """Ladder and ties in one line."""
    top = highest(dossier)
    if not dossier.ladder:
        ladder = "Nothing is known of the ladder"
    elif top is None:
        ladder = f"No rung of {len(dossier.ladder)} reached"
    else:
        ladder = f"Rung {top.rung} of {len(dossier.ladder)} reached ({top.name})"
    if not dossier.ties:
        return f"{ladder}; no tie is on record."
    held = sum(tie.status in HELD for tie in dossier.ties)
    risk = sum(tie.at_risk for tie in dossier.ties)
    text = f"{ladder}; {held} of {wording.count(len(dossier.ties), 'known tie')} still open or only strained"
    return f"{text}, {risk} at risk." if risk else f"{text}."


def basis(dossier: Dossier) -> str:
    """What was read."""
    outlets = {article.outlet for article in dossier.articles if article.outlet}
    return (
        f"{wording.count(len(dossier.articles), 'article')} from {wording.count(len(outlets), 'named outlet')}, "
        f"{wording.count(len(dossier.claims), 'claim')} about the pair, "
        f"{wording.count(len(dossier.events), 'event')}"
        + (f", and {dossier.imports.rows:,} imported rows" if dossier.imports else "")
    )
