"""The climate of a dossier: levels with ranges, missing months, onsets; from what was read and from imported rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from detente.merge.events import merge
from detente.records import Article, Claim, Entity, Period
from detente.relation.courses import climate_of, imported_climate
from detente.relation.event_arrays import EventArrays

PAIR = ("PAK", "USA")
NOW = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)


def article(day: dt.date) -> Article:
    return Article(text=f"Something of {day}.", outlet="Wire", published=day, retrieved=NOW)


def assault(day: str) -> Claim:
    entities = (Entity(code=code, sectors=("MIL",), text=code) for code in PAIR)
    actor, recipient = entities
    return Claim(
        article_id=day, span=(0, 20), sentence="Forces struck a post", trigger="struck", actor=actor,
        recipient=recipient, event="ASSAULT", status="happened", quad=4, intensity=-9.5, cameo="190",
        date=dt.date.fromisoformat(day), precision="day", published=dt.date.fromisoformat(day), outlet="Wire",
    )  # fmt: skip


def rows(days: list[int], *, actor: int, intensity: float, quad: int) -> EventArrays:
    count = len(days)
    return EventArrays(
        states=PAIR, day=np.array(days, np.int64), actor=np.full(count, actor), recipient=np.full(count, 1 - actor),
        quad=np.full(count, quad), intensity=np.full(count, intensity), cameo=np.full(count, "190"),
    )  # fmt: skip


def test_what_comes_later_moves_no_earlier_level() -> None:
    early, late = dt.date(2012, 3, 31), dt.date(2012, 6, 30)
    read = [article(dt.date(2012, m, 10)) for m in range(1, 7)]
    claims = [assault(day) for day in ("2012-02-10", "2012-05-10", "2012-06-10")]
    known, grown = (climate_of(merge(claims, as_of=day), read, dyad=PAIR, as_of=day) for day in (early, late))
    assert known is not None
    assert grown is not None
    for side in ("forward", "backward"):
        before, after = getattr(known, side), getattr(grown, side)
        assert after.conflict[:3] == before.conflict
        assert after.attention[:3] == before.attention
    assert grown.coverage[:3] == known.coverage


def test_level_lies_in_its_range_and_a_month_without_articles_widens_it() -> None:
    read = [article(dt.date(2012, m, 10)) for m in (1, 2, 3, 6)]
    events = merge([assault("2012-02-10"), assault("2012-03-10")], as_of=dt.date(2012, 6, 30))
    found = climate_of(events, read, dyad=PAIR, as_of=dt.date(2012, 6, 30))
    assert found is not None
    assert found.coverage == (1, 1, 1, 0, 0, 1)
    levels = [*found.forward.conflict, *found.backward.conflict]
    assert all(0 <= level.low <= level.value <= level.high <= 1 for level in levels)
    widths = [level.high - level.low for level in found.forward.conflict]
    assert widths[4] > widths[2]


def test_nothing_read_is_no_climate() -> None:
    assert climate_of([], [], dyad=PAIR, as_of=dt.date(2012, 6, 30)) is None


def test_imported_war_is_heard_in_the_direction_of_who_wages_it() -> None:
    first = dt.date(2010, 1, 1)
    months = [dt.date(2010 + m // 12, m % 12 + 1, 1) for m in range(24)]
    war = dt.date(2011, 3, 7).toordinal()
    arrays = rows([war + d for d in range(42) for _ in range(12)], actor=0, intensity=-10.0, quad=3)
    periods = tuple(
        Period(start=m, forward=(0, 0, 0, 12), backward=(0, 0, 0, 0), net_forward=0.0, net_backward=0.0, articles=1000)
        for m in months
    )
    found = imported_climate(periods, arrays, dyad=PAIR, as_of=dt.date(2011, 12, 31))
    assert found is not None
    assert found.starts[0] == first
    assert found.backward.onsets == ()
    (heard,) = found.forward.onsets
    assert dt.date.fromordinal(war) <= heard <= dt.date.fromordinal(war) + dt.timedelta(weeks=3)


def test_month_that_data_sets_skip_is_missing_in_the_climate() -> None:
    periods = tuple(
        Period(start=s, forward=(1, 0, 0, 0), backward=(0,) * 4, net_forward=0.0, net_backward=0.0, articles=50)
        for s in (dt.date(2010, 1, 1), dt.date(2010, 4, 1))
    )
    found = imported_climate(
        periods, rows([dt.date(2010, 1, 5).toordinal()], actor=0, intensity=1.0, quad=0), dyad=PAIR,
        as_of=dt.date(2010, 4, 30),
    )  # fmt: skip
    assert found is not None
    assert found.coverage == (50, 0, 0, 50)
    assert replace(found, coverage=()) != found
