"""Findings in, the words an analyst would use for them out. English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from detente.ontology.tables import read_table
from detente.records import REAL, Claim, Dyad, Event, Precision
from detente.relation.ledger import Run
from detente.relation.patterns import agent, effect, severs

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DOES = {
    "strained": "strains", "restricted": "restricts", "suspended": "suspends", "severed": "cuts",
    "restored": "restores", "opened": "opens", "affirmed": "keeps up", "refused": "refuses",
}  # fmt: skip
_KINDS = {
    "basing": "the use of a base", "travel": "travel and visas", "culture": "cultural exchange",
    "intelligence": "intelligence sharing", "nuclear-security": "nuclear security work", "arms": "arms deliveries",
    "stabilisation": "stabilisation work", "sanctions": "sanctions", "alliance": "the security partnership",
    "diplomacy": "diplomatic relations", "transit": "transit", "overflight": "overflight",
}  # fmt: skip
_ACTS = {
    "AGREE": "agrees with", "CONSULT": "meets", "SUPPORT": "supports", "CONCEDE": "yields to",
    "COOPERATE": "cooperates with", "AID": "helps", "RETREAT": "gives way to", "REQUEST": "demands of",
    "ACCUSE": "rebukes", "REJECT": "rejects a wish of", "THREATEN": "threatens", "PROTEST": "protests against",
    "SANCTION": "penalises", "MOBILIZE": "moves forces against", "COERCE": "coerces", "ASSAULT": "attacks",
}  # fmt: skip
_ENDS = {"severed": "to be ended", "suspended": "to be suspended", "restricted": "to be restricted"}
_SAID = {
    "announced": "announced", "planned": "planned", "promised": "promised", "threatened": "threatened",
    "demanded": "demanded", "foretold": "foretold", "hypothetical": "supposed",
}  # fmt: skip
_MANY = {
    "rebuke": "Public rebukes", "contact": "Meetings and words of support", "cooperation": "Working cooperation",
    "mending": "Contact and help after the trouble", "protest": "Protests in the streets",
    "tie-affirmed": "Ties said to hold", "coercion": "Arrests and seizures", "mobilisation": "Forces moved",
    "assault": "Attacks", "deadly-assault": "Deadly attacks", "cut-foretold": "Cuts foretold",
    "cut-threatened": "Cuts threatened or demanded", "cooperation-foretold": "Cooperation foretold",
}  # fmt: skip


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_table("states.csv", wanted=("code", "name"))}


def state(code: str) -> str:
    """The name of a state, its code when the register has none.

    Examples:
        >>> state("PAK"), state("XYZ")
        ('Pakistan', 'XYZ')
    """
    return _names().get(code, code)


def kind(name: str) -> str:
    """A kind of tie in words.

    Examples:
        >>> kind("military-aid"), kind("basing")
        ('military aid', 'the use of a base')
    """
    return _KINDS.get(name, name.replace("-", " "))


def day(when: dt.date | None, *, precision: Precision = "day") -> str:
    """A day in brackets to follow a phrase, as precise as it is known.

    Examples:
        >>> day(dt.date(2011, 11, 26)), day(dt.date(2011, 12, 5), precision="before"), day(None)
        (' (26 Nov 2011)', ' (by 5 Dec 2011)', '')
        >>> day(dt.date(2011, 5, 1), precision="month"), day(dt.date(1961, 1, 1), precision="year")
        (' (May 2011)', ' (1961)')
    """
    if when is None:
        return ""
    if precision == "year":
        return f" ({when.year})"
    month = f"{_MONTHS[when.month - 1]} {when.year}"
    if precision == "month":
        return f" ({month})"
    return f" ({'' if precision == 'day' else 'by '}{when.day} {month})"


def of_tie(name: str, run: Run) -> str:
    """The present state of a tie: `Pakistan suspends transit (26 Nov 2011)`."""
    who = " and ".join(state(code) for code in run.by)
    told = day(run.moment, precision=run.precision)
    if not who:
        return f"{kind(name).capitalize()}: {run.status}{told}"
    does = _DOES[run.effect]
    if len(run.by) > 1:
        does = does.removesuffix("s") if does != "keeps up" else "keep up"
    return f"{who} {does} {kind(name)}{told}"


def of_event(event: Event, claim: Claim, *, deaths: float = 0.0) -> str:
    """One event: `United States attacks Pakistan, 24 killed (26 Nov 2011)`."""
    read = effect(claim)
    if claim.status == "demanded" and claim.event != "REQUEST" and claim.tie is not None:
        other = event.actor if agent(claim) == event.recipient else event.recipient
        told = f"{kind(claim.tie.kind)} {_ENDS.get(read or '', 'to be kept up')} by {state(other)}"
        return f"{state(agent(claim) or event.recipient)} demands {told}"
    actor, recipient = state(event.actor), state(event.recipient)
    if severs(claim):
        act = f"{actor} severs relations with {recipient}"
    elif claim.tie is not None and read is not None:
        act = f"{actor} {_DOES[read]} {kind(claim.tie.kind)}"
    elif claim.mode == "apologise":
        act = f"{actor} apologises to {recipient}"
    else:
        act = f"{actor} {_ACTS[event.event]} {recipient}"
    if deaths:
        act += f", {deaths:g} killed"
    if claim.status in REAL:
        return act + day(event.date, precision=event.precision)
    odds = ""
    if claim.probability is not None:
        odds = f", {claim.probability[0] * 100:.0f}\N{EN DASH}{claim.probability[1] * 100:.0f} %"
    said = "doubted" if claim.probability and claim.probability[1] < 0.5 else _SAID.get(claim.status, claim.status)
    return f"{act} ({said}{odds})"


def war(dyad: Dyad, when: dt.date | None) -> str:
    """Both states' forces attack each other."""
    return f"{state(dyad[0])} and {state(dyad[1])} attack each other{day(when)}"


def several(feature: str, texts: Iterable[str], last: dt.date | None) -> str:
    """Several findings of one feature as one line."""
    held = list(texts)
    if len(held) == 1:
        return held[0]
    lead = _MANY.get(feature, feature.replace("-", " ").capitalize())
    shown = day(last).strip(" ()")
    return f"{lead}: {len(held)}" + (f", the last on {shown}" if shown else "")
