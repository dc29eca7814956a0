"""What was read of a pair in, what the reader must hold against it out: never empty."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from detente.merge.events import NOWHERE
from detente.merge.known import known
from detente.merge.origins import origin
from detente.records import Article, Claim, Dyad
from detente.relation import phrases

NOT_FITTED = "The verdict's weights are stated by its authors, fitted to nothing; its ranges are judged, not measured."
NOT_AUDITED = "How often the coder errs on these texts is not measured; every claim can be checked at its sentence."


def limits(
    claims: Iterable[Claim],
    articles: Iterable[Article],
    *,
    dyad: Dyad,
    as_of: dt.date,
    countries: Mapping[str, str] = NOWHERE,
    audited: Sequence[str] = (NOT_AUDITED,),
) -> tuple[str, ...]:
    """What stands behind the answer and what is missing, one sentence each.

    Args:
        claims: All claims read, of this pair and others.
        articles: All articles read.
        dyad: The two states.
        as_of: What was not known on that day is left out, and counted.
        countries: Outlet name to the ISO alpha-3 code of its country.
        audited: What people found who judged the coding (`relation.auditing`).
    """
    held = list(articles)
    read = [a for a in held if a.published is None or a.published <= as_of]
    everything = known(claims, as_of=as_of)
    told = [c for c in everything if c.dyad == dyad]
    return (
        _reading(read, told),
        *_outlets(read, dyad=dyad, countries=countries),
        *_languages(read),
        *_unknown(everything, told, dyad=dyad),
        *_days(read, told, later=len(held) - len(read)),
        *_speakers(told),
        NOT_FITTED,
        *audited,
    )


def _reading(read: Sequence[Article], told: Sequence[Claim]) -> str:
    origins = len({origin(c) for c in told})
    return (
        f"Read: {_count(len(read), 'article')}; {_count(len(told), 'claim')} between the two states, "
        f"from {_count(origins, 'origin')}. What was not read is unknown, not absent."
    )


def _outlets(read: Sequence[Article], *, dyad: Dyad, countries: Mapping[str, str]) -> list[str]:
    """Which sides' outlets were heard, and which were not."""
    named = sorted({a.outlet for a in read if a.outlet})
    nameless = sum(a.outlet is None for a in read)
    sides = Counter(_side(countries.get(name), dyad) for name in named)
    told = []
    if named:
        parts = [f"{_count(sides[code], 'outlet')} of {phrases.state(code)}" for code in dyad]
        parts += [f"{sides['third']} of third states", f"{sides['']} of unknown country"]
        told.append(f"Outlets: {', '.join(parts)}.")
    silent = [phrases.state(code) for code in dyad if not sides[code]]
    if silent and named:
        told.append(f"No outlet known to be of {' or '.join(silent)} was read; that side is heard through others only.")
    if nameless:
        told.append(f"{_count(nameless, 'article')} of unknown outlet.")
    return told


def _side(country: str | None, dyad: Dyad) -> str:
    if country is None:
        return ""
    return country if country in dyad else "third"


def _languages(read: Sequence[Article]) -> list[str]:
    spoken = sorted({a.language for a in read})
    return [f"Languages read: {', '.join(spoken)}. What was published in others is not here."] if spoken else []


def _unknown(everything: Sequence[Claim], told: Sequence[Claim], *, dyad: Dyad) -> list[str]:
    """Claims that could not be placed between two parties, and parties that stay anonymous."""
    codes = set(dyad)
    halves = [
        c for c in everything if c.dyad is None and codes & {c.actor.code, c.recipient.code if c.recipient else None}
    ]
    nameless = sum(c.actor.anonymous for c in told)
    found = []
    if halves:
        found.append(f"{_count(len(halves), 'claim')} on one of the two states with no known other party: not counted.")
    if nameless:
        found.append(f"{_count(nameless, 'claim')} with an unnamed actor.")
    return found


def _days(read: Sequence[Article], told: Sequence[Claim], *, later: int) -> list[str]:
    undated = sum(c.date is None or c.precision in ("unknown", "year") for c in told)
    vague = sum(c.date is not None and c.precision == "before" for c in told)
    unpublished = sum(a.published is None for a in read)
    found = []
    if undated or vague:
        found.append(f"Dates: {_count(undated, 'claim')} without a known day, {vague} known only as before some day.")
    if unpublished:
        found.append(f"{_count(unpublished, 'article')} without a day of publication; when it was known is a guess.")
    if later:
        found.append(f"{_count(later, 'article')} published after that day left out.")
    return found


def _speakers(told: Sequence[Claim]) -> list[str]:
    unnamed = sum(bool(c.attribution) and not c.attribution[-1].named for c in told)
    return [f"{_count(unnamed, 'claim')} rest on speakers who are not named."] if unnamed else []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
