from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from detente.records import Claim
from detente.relation.event_arrays import EventArrays
from detente.relation.outlook import imported_addends, placed, reference, yearly_told
from detente.relation.verdict import judge

Histories = Mapping[str, tuple[str, str, str, tuple[Claim, ...]]]
Told = Callable[..., Claim]
PAIR = ("PAK", "USA")
DAY = dt.date(2012, 6, 1)
OUTCOMES = ("rupture", "cooling", "thaw", "stable")


def events(*, hostile: int, friendly: int, first: dt.date = dt.date(2011, 9, 1)) -> EventArrays:
    count = hostile + friendly
    return EventArrays(
        states=("IND", "PAK", "USA"),
        day=np.array([(first + dt.timedelta(days=n % 200)).toordinal() for n in range(count)]),
        actor=np.array([1, 2] * count)[:count],
        recipient=np.array([2, 1] * count)[:count],
        quad=np.array([3] * hostile + [0] * friendly),
        intensity=np.zeros(count),
        cameo=np.array([""] * count),
    )


@pytest.mark.parametrize("name", ["China and Japan, October 2012", "Norway and Sweden, a quiet year"])
def test_chances_at_every_horizon_sum_to_one_and_change_grows_with_time(histories: Histories, name: str) -> None:
    a, b, day, claims = histories[name]
    verdict = judge(claims, dyad=(a, b), as_of=dt.date.fromisoformat(day))
    assert [o.horizon_months for o in verdict.outlooks] == [1, 3, 6, 12]
    for outlook in verdict.outlooks:
        assert sum(getattr(outlook, k).p for k in OUTCOMES) == pytest.approx(1)
        assert all(0 <= getattr(outlook, k).low <= getattr(outlook, k).p <= getattr(outlook, k).high for k in OUTCOMES)
    stable = [o.stable.p for o in verdict.outlooks]
    assert stable == sorted(stable, reverse=True)


def test_outlook_at_six_months_is_the_verdict(histories: Histories) -> None:
    a, b, day, claims = histories["China and Japan, October 2012"]
    verdict = judge(claims, dyad=(a, b), as_of=dt.date.fromisoformat(day))
    six = next(o for o in verdict.outlooks if o.horizon_months == verdict.horizon_months)
    for kind in OUTCOMES:
        assert getattr(six, kind).p == pytest.approx(getattr(verdict, kind).p)
        assert getattr(six, kind).base_rate == pytest.approx(getattr(verdict, kind).base_rate)


def test_hostile_imports_raise_the_chance_of_trouble_and_friendly_ones_lower_it() -> None:
    hostile = judge([], dyad=PAIR, as_of=DAY, imported=events(hostile=90, friendly=60))
    friendly = judge([], dyad=PAIR, as_of=DAY, imported=events(hostile=2, friendly=148))
    bare = judge([], dyad=PAIR, as_of=DAY)
    assert hostile.rupture.p > bare.rupture.p > friendly.rupture.p
    assert hostile.cooling.p > friendly.cooling.p


def test_reasons_add_up_with_imports_too() -> None:
    verdict = judge([], dyad=PAIR, as_of=DAY, imported=events(hostile=90, friendly=60))
    parts = [r.weight for r in (*verdict.reasons, *verdict.counterweights) if r.toward == "rupture"]
    assert math.fsum(parts) == pytest.approx(math.log(verdict.rupture.p / verdict.stable.p), abs=1e-6)


def test_few_imported_events_say_nothing() -> None:
    assert imported_addends(events(hostile=6, friendly=3), dyad=PAIR, as_of=DAY) == ()
    assert judge([], dyad=PAIR, as_of=DAY, imported=events(hostile=6, friendly=3)).answer == "abstain"


def test_imported_events_after_the_day_change_nothing() -> None:
    before = events(hostile=20, friendly=30)
    late = events(hostile=300, friendly=0, first=DAY + dt.timedelta(days=1))
    both = EventArrays(
        states=before.states,
        **{
            name: np.concatenate([getattr(before, name), getattr(late, name)])
            for name in ("day", "actor", "recipient", "quad", "intensity", "cameo")
        },
    )
    assert judge([], dyad=PAIR, as_of=DAY, imported=both) == judge([], dyad=PAIR, as_of=DAY, imported=before)


def test_only_the_pairs_own_last_year_is_counted() -> None:
    old = events(hostile=50, friendly=0, first=dt.date(2010, 1, 1))
    assert yearly_told(old, dyad=PAIR, as_of=DAY) == (0.0, 0.0)
    assert yearly_told(events(hostile=5, friendly=7), dyad=("IND", "PAK"), as_of=DAY) == (0.0, 0.0)
    assert yearly_told(events(hostile=5, friendly=7), dyad=PAIR, as_of=DAY) == (7.0, 5.0)


def test_more_conflict_given_the_same_volume_places_a_pair_higher() -> None:
    known = reference()
    scores = [placed((100.0 - up, up), known)[1] for up in (5.0, 20.0, 40.0, 70.0)]
    assert scores == sorted(scores)
    assert scores[0] < 0 < scores[-1]
