"""Claims of one kind of happening in, groups that may speak of the same day out.

What counts as the same day depends on how precisely each claim is dated: two days at most one apart; `before` a day,
up to three days earlier; a month, any day inside it. Years, and claims with no date at all, meet only their like.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from detente.merge.known import chronology, moment
from detente.records import Claim, Precision

NEAR = dt.timedelta(days=1)
RECENT = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Claims that may speak of the same day, and that day."""

    date: dt.date | None
    precision: Precision
    claims: tuple[Claim, ...]


def same_days(claims: Iterable[Claim]) -> list[Dated]:
    """Groups `claims` by day; the answer does not depend on their order. O(n log n)."""
    by_precision: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=chronology):
        by_precision[_precision(claim)].append(claim)
    days = _days(by_precision["day"])
    dates = sorted(days)
    rest: list[Claim] = []
    for claim in by_precision["before"]:
        upto = _told(claim)
        at = bisect_right(dates, upto) - 1
        if at >= 0 and dates[at] >= upto - RECENT:
            days[dates[at]].append(claim)
        else:
            rest.append(claim)
    months = _months(by_precision["month"], days=days)
    groups = [_group(day, "day", held) for day, held in days.items()]
    groups += [_group(first, "month", held) for first, held in months.items()]
    groups += _recent(rest)
    groups += _alike(by_precision["year"], precision="year")
    groups += _alike(by_precision["unknown"], precision="unknown")
    return sorted(groups, key=lambda g: (g.date or dt.date.min, g.precision, g.claims[0].id))


def meet(a: Dated, b: Dated) -> bool:
    """Whether two groups may speak of the same day."""
    if a.date is None or b.date is None:
        return False
    if a.precision == b.precision == "day":
        return abs(a.date - b.date) <= NEAR
    if "month" in (a.precision, b.precision):
        return {a.precision, b.precision} <= {"day", "month"} and _month(a.date) == _month(b.date)
    if "year" in (a.precision, b.precision) or "unknown" in (a.precision, b.precision):
        return a.precision == b.precision and a.date == b.date
    first, last = sorted((a, b), key=lambda g: g.precision == "before")
    return last.date is not None and first.date is not None and first.date <= last.date <= first.date + RECENT


def _precision(claim: Claim) -> str:
    """How a claim can be placed: without a date, it happened (or was said) up to the day it was published."""
    if claim.date is None or claim.precision == "unknown":
        return "before" if claim.date or claim.published else "unknown"
    return claim.precision


def _days(claims: Iterable[Claim]) -> dict[dt.date, list[Claim]]:
    """Days, each joined to a neighbour that more claims name, so that one slip of a date makes no second event."""
    held: dict[dt.date, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[_told(claim)].append(claim)
    taken: set[dt.date] = set()
    days: dict[dt.date, list[Claim]] = {}
    for day in sorted(held, key=lambda d: (-len(held[d]), d)):
        if day in taken:
            continue
        near = [d for d in (day, day - NEAR, day + NEAR) if d in held and d not in taken]
        taken.update(near)
        days[day] = [claim for d in near for claim in held[d]]
    return days


def _months(claims: Iterable[Claim], *, days: dict[dt.date, list[Claim]]) -> dict[dt.date, list[Claim]]:
    """Claims dated to a month join the day of that month that most claims name; what is left stays a month."""
    best: dict[dt.date, dt.date] = {}
    for day in sorted(days, key=lambda d: (len(days[d]), -d.toordinal())):
        best[_month(day)] = day
    months: dict[dt.date, list[Claim]] = defaultdict(list)
    for claim in claims:
        first = _month(_told(claim))
        (days[best[first]] if first in best else months[first]).append(claim)
    return months


def _recent(claims: Iterable[Claim]) -> list[Dated]:
    """Claims of `recently`, told within three days of each other."""
    groups: list[list[Claim]] = []
    for claim in claims:
        if groups and _told(claim) - _told(groups[-1][0]) <= RECENT:
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return [_group(_told(held[-1]), "before", held) for held in groups]


def _alike(claims: Iterable[Claim], *, precision: Precision) -> list[Dated]:
    """Claims of one year together; claims without any date only with those of the same article."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        held[str(_told(claim).year) if precision == "year" else claim.article_id].append(claim)
    return [_group(found[0].date, precision, found) for found in held.values()]


def _group(date: dt.date | None, precision: Precision, claims: Iterable[Claim]) -> Dated:
    return Dated(date=date, precision=precision, claims=tuple(sorted(claims, key=chronology)))


def _told(claim: Claim) -> dt.date:
    """The day of a claim that has one."""
    return moment(claim) or dt.date.min


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)
