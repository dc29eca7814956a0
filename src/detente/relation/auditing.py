"""Judgements in, what they say about how far the numbers can be trusted out, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.merge.confirming import Confirmed
from detente.merge.judging import ON_MERGES, Corrected, audit, current
from detente.records import Claim, Event, Judgement
from detente.relation.limits import NOT_AUDITED


def audited(judgements: Iterable[Judgement], claims: Sequence[Claim], *, made: Corrected) -> tuple[str, ...]:
    """The error rate that judges found among the events of a pair, and what their judgements changed.

    Args:
        judgements: All in the store; those superseded or on other pairs are passed over.
        claims: Those of the pair, as they were coded.
        made: What the judgements made of them.
    """
    held = list(judgements)
    ids = {c.id for c in claims}
    found = audit(held, claims=ids)
    merges = sum(j.verdict in ON_MERGES and bool(ids & set(j.claims)) for j in current(held))
    said = [NOT_AUDITED] if found is None else []
    if found is not None:
        said.append(
            f"Audited: {found.wrong} of {_count(found.n, 'judged event')} "
            f"{'was' if found.wrong == 1 else 'were'} wrong in some field "
            f"({found.wrong / found.n * 100:.0f} %, 95 % range {found.low * 100:.0f} to {found.high * 100:.0f} %), "
            f"by {_count(found.judges, 'judge')}; the rest was not looked at."
        )
    dropped, changed = len(ids & set(made.dropped)), len(ids & set(made.changed))
    if dropped or changed or merges:
        said.append(
            f"Judged by people, also after the day asked for: {_count(dropped, 'claim')} left out as no event, "
            f"{changed} put right, {_count(merges, 'decision')} on merges."
        )
    return tuple(said)


def filtered(kept: Sequence[Event], events: Sequence[Event], *, by: Confirmed) -> tuple[str, ...]:
    """What a filter on confirmation left out; nothing where there was none."""
    if by == "any":
        return ()
    who = "both states say" if by == "both" else "a third party says"
    return (f"Only what {who} is counted: {len(kept)} of {_count(len(events), 'event')}. Silence is not denial.",)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
