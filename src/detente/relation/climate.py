"""Events and articles of a pair in, one period a month out. A month in which nothing was read is missing, not quiet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from detente.records import REAL, Article, Dyad, Event, Period

MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Done by both sides together, so counted in both directions."""

PLACED = frozenset({"day", "month", "before"})


def periods(events: Iterable[Event], articles: Iterable[Article], *, dyad: Dyad, as_of: dt.date) -> tuple[Period, ...]:
    """Both directions of a pair, month by month, up to and with the month of `as_of`.

    Args:
        events: Merged from the claims that were known on `as_of`; only those that happened are counted.
        articles: All that were read, on whatever; they are the exposure. Those without a day of publication are not
            counted.
        dyad: The two states; forward is what the first does to the second.
        as_of: The last day that counts.
    """
    read = Counter(_month(a.published) for a in articles if a.published is not None and a.published <= as_of)
    there = [e for e in events if counts(e, dyad=dyad, as_of=as_of)]
    months: dict[dt.date, list[Event]] = {month: [] for month in sorted(read)}
    for event in there:
        if event.date is not None and (month := _month(event.date)) in months:
            months[month].append(event)
    return tuple(_period(month, held, dyad=dyad, articles=read[month]) for month, held in months.items())


def counts(event: Event, *, dyad: Dyad, as_of: dt.date) -> bool:
    """Whether an event between the two happened by that day, and is dated well enough to be placed in a month."""
    return (
        {event.actor, event.recipient} == set(dyad)
        and event.status in REAL
        and event.date is not None
        and event.date <= as_of
        and event.precision in PLACED
    )


def _period(month: dt.date, events: Iterable[Event], *, dyad: Dyad, articles: int) -> Period:
    held = list(events)
    forward = [e for e in held if e.actor == dyad[0] or e.event in MUTUAL]
    backward = [e for e in held if e.actor == dyad[1] or e.event in MUTUAL]
    return Period(
        start=month,
        forward=_quads(forward),
        backward=_quads(backward),
        net_forward=float(sum(e.intensity for e in forward)),
        net_backward=float(sum(e.intensity for e in backward)),
        articles=articles,
    )


def _quads(events: Iterable[Event]) -> tuple[int, int, int, int]:
    told = Counter(e.quad for e in events)
    return (told[1], told[2], told[3], told[4])


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)
