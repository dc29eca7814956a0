"""Hazards of a breach and the pace of a verdict: never falling, causal, and quick where the quarrel is fresh."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest

from detente.records import Chance, Verdict
from detente.relation.event_arrays import EventArrays
from detente.relation.findings import Finding
from detente.relation.hazards import FEATURES, STATES, hazards, standing, told
from detente.relation.outlook import outlooks
from detente.relation.pace import Pace, pace, pair_standing

DAY = dt.date(2012, 6, 30)
PAIR = ("PAK", "USA")
HORIZONS = (1, 3, 6, 12)


def events(rows: list[tuple[dt.date, str, int]]) -> EventArrays:
    count = len(rows)
    return EventArrays(
        states=PAIR, day=np.array([d.toordinal() for d, _, _ in rows], np.int64), actor=np.zeros(count, np.int64),
        recipient=np.ones(count, np.int64), quad=np.array([q for _, _, q in rows], np.int64),
        intensity=np.full(count, np.nan), cameo=np.array([c for _, c, _ in rows], np.str_),
    )  # fmt: skip


def talks(until: dt.date = DAY) -> list[tuple[dt.date, str, int]]:
    return [(until - dt.timedelta(days=7 * n), "040", 0) for n in range(1, 50)]


def verdict(rupture: float, cooling: float, thaw: float) -> Verdict:
    def chance(p: float, base: float) -> Chance:
        return Chance(p=p, low=p / 2, high=min(1.0, p * 1.5), base_rate=base)

    return Verdict(
        dyad=PAIR, as_of=DAY, answer="cooling", horizon_months=6, thin=False, rupture=chance(rupture, 0.02),
        cooling=chance(cooling, 0.1), thaw=chance(thaw, 0.05), stable=chance(1 - rupture - cooling - thaw, 0.83),
    )  # fmt: skip


def found(feature: str, days_ago: int) -> Finding:
    when = DAY - dt.timedelta(days=days_ago)
    return Finding(feature=feature, strength=1.0, text="", claims=(), when=when)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("age", [None, 0.0, 2.0, 30.0])
@pytest.mark.parametrize("chances", [(0.02, 0.1, 0.05), (0.03, 0.83, 0.03), (0.2, 0.4, 0.35), (0.9, 0.05, 0.02)])
def test_no_chance_falls_as_the_horizon_grows_and_six_months_are_the_verdict(
    state: str, age: float | None, chances: tuple[float, float, float]
) -> None:
    given = verdict(*chances)
    made = outlooks(given, pace=Pace(state=state, age_months=age), shape=0.5)
    for kind, p in zip(("rupture", "cooling", "thaw"), chances, strict=True):
        course = [getattr(o, kind) for o in made]
        assert all(a.p <= b.p + 1e-12 for a, b in itertools.pairwise(course))
        assert all(0 <= c.low <= c.p <= c.high <= 1 for c in course)
        assert course[HORIZONS.index(6)].p == pytest.approx(p)
        assert course[HORIZONS.index(6)].base_rate == pytest.approx(getattr(given, kind).base_rate)
    assert all(sum(getattr(o, k).p for k in ("rupture", "cooling", "thaw", "stable")) == pytest.approx(1) for o in made)


def test_after_a_fresh_breach_more_of_what_comes_comes_within_a_month() -> None:
    early = [hazards().worsened(state, months=1, of=6) for state in STATES]
    assert early == sorted(early)


def test_an_old_quarrel_mends_more_steadily_than_a_young_one() -> None:
    young, old = (hazards().mended(age, months=1, of=6) for age in (0.0, 60.0))
    assert old < young
    assert old == pytest.approx(1 / 6, rel=0.05)


def test_pace_is_that_of_the_latest_breach_and_of_the_oldest_tie_still_cut() -> None:
    held = [found("tie-suspended", 200), found("expulsion", 20), found("rebuke", 1)]
    assert pace(held, as_of=DAY).state == "fresh"
    assert pace(held[:1], as_of=DAY) == Pace(state="quiet", age_months=pytest.approx(200 / 30.44))
    assert pace([*held, found("tie-restored", 10)], as_of=DAY).age_months is None
    assert pace([], as_of=DAY) == Pace(state="quiet")
    assert pace([], as_of=DAY, imported="troubled").state == "troubled"


def test_what_comes_after_the_day_moves_no_feature() -> None:
    late = [(DAY + dt.timedelta(days=n), "163", 3) for n in (1, 3, 5)]
    seen, state = pair_standing(events(talks()), dyad=PAIR, as_of=DAY)
    grown, later = pair_standing(events([*talks(), *late]), dyad=PAIR, as_of=DAY)
    assert np.array_equal(seen, grown)
    assert (state, later) == ("quiet", "quiet")
    assert pair_standing(events([*talks(), *late]), dyad=PAIR, as_of=DAY + dt.timedelta(days=9))[1] == "fresh"


def test_one_report_of_a_cut_tie_is_no_breach() -> None:
    single = [*talks(), (DAY - dt.timedelta(days=5), "163", 3)]
    far = [*single, (DAY - dt.timedelta(days=100), "163", 3)]
    twice = [*single, (DAY - dt.timedelta(days=9), "163", 3)]
    states = [pair_standing(events(sorted(rows)), dyad=PAIR, as_of=DAY)[1] for rows in (single, far, twice)]
    assert states == ["quiet", "quiet", "fresh"]


def test_pairs_do_not_share_their_breaches() -> None:
    held = told(events([(DAY, "163", 3), (DAY - dt.timedelta(days=1), "163", 3)]), place=np.array([0, 1]), count=2)
    features, states = standing(held, day=DAY)
    assert states.tolist() == [0, 0]
    assert features.shape == (2, len(FEATURES))


def test_shipped_hazards_have_a_card() -> None:
    card = hazards().card
    assert all(card[key] for key in ("date", "data", "cases", "score", "limits"))
    assert all(rate > 0 for rates in hazards().base.values() for rate in rates)
