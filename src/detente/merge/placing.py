"""Claims of one block in, groups that tell one happening each out, with the odds of every joining.

Claims are placed one after the other in an order of their own (exact days first, the most telling first), each with
the likeliest of the happenings it may belong to, or as a new one. The answer therefore does not depend on the order
in which claims came in, and placing the claims of one group again gives that group. Only happenings that are near in
time are compared, at most `MOST_NEAR` a day, so that the time taken grows as n log n (that of sorting).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.merge.known import chronology, moment
from detente.merge.likeness import Odds, Profile, Telling, compared, telling
from detente.records import Claim, Precision

RECENT = 3
WEEK = 7
LASTING = 240
"""Days over which a later mention may speak of the last known measure of its kind."""

MOST_NEAR = 24
MOST_LASTING = 6
_RANK = {"day": 0, "before": 1, "month": 2, "year": 3, "unknown": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Why one claim stands with those before it: features and log-odds; none for the first of a happening."""

    claim: str
    with_claim: str | None
    log_odds: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Claims that tell one happening, its day as most of the exact ones have it, and how they were joined."""

    date: dt.date | None
    precision: Precision
    claims: tuple[Claim, ...]
    joinings: tuple[Joining, ...]


Meanings = Mapping[str, tuple[float, ...]]
Apart = Mapping[str, frozenset[str]]
"""Claim ids that a person has parted: each with those it must not stand with."""


def place(
    claims: Iterable[Claim], *, odds: Odds, meanings: Meanings | None = None, apart: Apart | None = None
) -> list[Happening]:
    """Groups the claims of one block.

    Args:
        claims: Those of one pair, family of types and standing.
        odds: Weight of each feature.
        meanings: Unit vectors of sentences, for those that have one.
        apart: Claims that must not stand together.
    """
    vectors, parted = meanings or {}, apart or {}
    groups = Placing(odds=odds, parted=parted)
    for claim in sorted(claims, key=order):
        groups.put(telling(claim, meaning=vectors.get(claim.sentence)), kind=precision_of(claim))
    return groups.happenings()


def precision_of(claim: Claim) -> Precision:
    """How a claim can be placed: without a date, it happened (or was said) up to the day it was published."""
    if claim.date is None or claim.precision == "unknown":
        return "before" if claim.date or claim.published else "unknown"
    return claim.precision


def order(claim: Claim) -> tuple[object, ...]:
    """The key by which claims are placed: the most exactly dated first, of those the most telling."""
    return (_RANK[precision_of(claim)], claim.tie is None, claim.mode is None, chronology(claim))


def day_of(claim: Claim) -> int:
    """The day to look for a claim's happening at, as an ordinal."""
    return (moment(claim) or dt.date.min).toordinal()


class Group:
    """One happening while its claims are placed."""

    __slots__ = ("days", "first", "joinings", "kind", "profile")

    def __init__(self, *, kind: Precision, day: int) -> None:
        self.kind, self.first = kind, day
        self.days: Counter[int] = Counter()
        self.profile = Profile()
        self.joinings: list[Joining] = []

    @property
    def day(self) -> int:
        """The exact day that most claims name, the earlier of equals; without one, the day of the first claim."""
        return min(self.days, key=lambda d: (-self.days[d], d)) if self.days else self.first


class Placing:
    """The happenings of one block, to be found by day, month, year or article."""

    def __init__(self, *, odds: Odds, parted: Apart) -> None:
        self._odds, self._parted = odds, parted
        self._all: list[Group] = []
        self._by_day: dict[int, list[Group]] = {}
        self._by_key: dict[tuple[str, object], list[Group]] = {}
        self._days: list[int] = []

    def put(self, new: Telling, *, kind: Precision) -> None:
        """Places one claim."""
        day = day_of(new.claim)
        best: Group | None = None
        why: tuple[tuple[str, float], ...] = ()
        top = 0.0
        seen: set[int] = set()
        for when, group in self.near(new.claim, day=day, kind=kind):
            if id(group) in seen or self._kept_apart(new.claim, group):
                continue
            seen.add(id(group))
            reasons = compared(new, group.profile, when=when, odds=self._odds)
            if reasons is not None and (total := sum(weight for _, weight in reasons)) > top:
                best, why, top = group, reasons, total
        if best is None:
            best = self.open(new.claim, day=day, kind=kind)
        with_claim = best.profile.tellings[0].claim.id if best.profile.tellings else None
        best.joinings.append(Joining(claim=new.claim.id, with_claim=with_claim, log_odds=top, reasons=why))
        best.profile.add(new)
        if kind == "day":
            best.days[day] += 1

    def _kept_apart(self, claim: Claim, group: Group) -> bool:
        others = self._parted.get(claim.id, frozenset())
        return any(t.claim.id in others for t in group.profile.tellings) if others else False

    def open(self, claim: Claim, *, day: int, kind: Precision) -> Group:
        """A new happening at that day."""
        group = Group(kind=kind, day=day)
        self._all.append(group)
        if kind in ("day", "before"):
            if day not in self._by_day:
                self._days.insert(bisect_left(self._days, day), day)
            self._by_day.setdefault(day, []).append(group)
        key = _key(claim, kind=kind)
        if key is not None:
            self._by_key.setdefault(key, []).append(group)
        return group

    def near(self, claim: Claim, *, day: int, kind: Precision) -> Iterator[tuple[str, Group]]:
        """The happenings a claim may belong to, the nearest in time first, and how their days meet."""
        if kind == "day":
            for apart in (0, 1, 2, 3):
                when = ("same-day", "next-day", "near-day", "near-day")[apart]
                for other in (day,) if not apart else (day - apart, day + apart):
                    for group in self._on(other):
                        yield (when if group.kind == "day" else "vague-day"), group
        elif kind == "before":
            for back in range(-RECENT, WEEK + 1):
                for group in self._on(day - back):
                    if back >= 0 or group.kind == "before":
                        yield ("vague-day" if back <= RECENT else "vague-week"), group
            yield from self._lasting(day)
        else:
            when = {"month": "same-month", "year": "same-year", "unknown": "same-day"}[kind]
            key = _key(claim, kind=kind)
            for group in self._by_key.get(key, ())[:MOST_NEAR] if key else ():
                yield when, group

    def _on(self, day: int) -> Sequence[Group]:
        return self._by_day.get(day, ())[:MOST_NEAR]

    def _lasting(self, day: int) -> Iterator[tuple[str, Group]]:
        """The last happenings before a day: what still holds was done at one of them."""
        last = bisect_right(self._days, day)
        found = 0
        for at in range(last - 1, -1, -1):
            if self._days[at] < day - LASTING or found >= MOST_LASTING:
                return
            if day - self._days[at] <= WEEK:
                continue
            for group in self._on(self._days[at]):
                found += 1
                yield "lasting", group

    def happenings(self) -> list[Happening]:
        """What was placed, in the order of time."""
        made = []
        for group in self._all:
            held = tuple(sorted((t.claim for t in group.profile.tellings), key=chronology))
            dated = group.kind != "unknown" and moment(held[0]) is not None
            date = dt.date.fromordinal(group.day) if dated else None
            made.append(Happening(date=date, precision=group.kind, claims=held, joinings=tuple(group.joinings)))
        return sorted(made, key=lambda h: (h.date or dt.date.min, h.precision, h.claims[0].id))


def _key(claim: Claim, *, kind: Precision) -> tuple[str, object] | None:
    """Where a happening can be found by what is less than a day: its month, its year, its article."""
    if kind == "unknown":
        return ("article", claim.article_id)
    if kind == "before":
        return None
    told = moment(claim) or dt.date.min
    return ("year", told.year) if kind == "year" else ("month", (told.year, told.month))
