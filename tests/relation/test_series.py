from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest

from detente.merge.events import merge
from detente.records import Article, Claim
from detente.relation.filtering import dispersion, level, share
from detente.relation.onsets import Detector, change_chances, changes, cusum
from detente.relation.series import climate

Told = Callable[..., Claim]
PAIR = ("PAK", "USA")
DAY = dt.date(2012, 6, 30)


def article(day: str, outlet: str = "Wire") -> Article:
    return Article(
        text=f"Something of {day} in {outlet}.", outlet=outlet, published=dt.date.fromisoformat(day),
        retrieved=dt.datetime(2012, 7, 1, tzinfo=dt.UTC),
    )  # fmt: skip


def test_filtered_level_finds_the_rate_that_made_the_counts() -> None:
    rng = np.random.default_rng(7)
    counts = rng.poisson(4.0, 200).astype(float)
    found = level(counts, exposure=np.ones(200), discount=0.95).filtered
    inside = ((found.low < 4.0) & (found.high > 4.0))[20:].mean()
    assert inside > 0.6
    assert found.mean[-1] == pytest.approx(4.0, abs=1.0)


def test_smoothed_range_is_no_wider_than_the_filtered_one() -> None:
    counts = np.random.default_rng(3).poisson(2.0, 60).astype(float)
    found = level(counts, exposure=np.ones(60), discount=0.9)
    widths = [(b.high - b.low)[10:50].mean() for b in (found.smoothed, found.filtered)]
    assert widths[0] < widths[1]


def test_missing_period_widens_the_range_and_is_not_a_zero() -> None:
    counts = np.array([5.0, 5.0, 5.0, np.nan, np.nan])
    zeros = np.array([5.0, 5.0, 5.0, 0.0, 0.0])
    missing = level(counts, exposure=np.ones(5), discount=0.8).filtered
    quiet = level(zeros, exposure=np.ones(5), discount=0.8).filtered
    assert missing.mean[4] > quiet.mean[4]
    assert missing.high[4] - missing.low[4] > missing.high[2] - missing.low[2]


def test_bursts_make_a_level_less_sure() -> None:
    assert dispersion(np.array([2.0, 2.0, 2.0, 2.0]), np.ones(4)) == 1.0
    calm = level(np.array([3.0] * 12), exposure=np.ones(12), discount=0.9).filtered
    burst = level(np.array([0.0, 0.0, 9.0] * 4), exposure=np.ones(12), discount=0.9).filtered
    assert (burst.high - burst.low)[-1] > (calm.high - calm.low)[-1]


def test_share_does_not_move_with_volume() -> None:
    few, many = (share(np.array([n] * 12), np.array([2.0 * n] * 12), discount=0.9) for n in (2.0, 200.0))
    assert few.filtered.mean[-1] == pytest.approx(many.filtered.mean[-1], abs=0.02)


def test_month_without_articles_is_missing_in_the_series(tell: Told) -> None:
    events = merge([tell("PAK", "USA", "ACCUSE", "2012-02-03", "Pakistan condemned the raid")])
    found = climate(events, [article("2012-01-10"), article("2012-03-10")], dyad=PAIR, as_of=DAY)
    assert found is not None
    assert [s.month for s in found.starts] == [1, 2, 3, 4, 5, 6]
    assert np.isnan(found.forward.counts[:, 1]).all()
    assert found.forward.counts[:, 0].tolist() == [0, 0, 0, 0]


def test_series_by_week_and_day_leave_out_what_is_known_to_its_month_only(tell: Told) -> None:
    events = merge([tell("PAK", "USA", "ACCUSE", "2012-01-01", "Pakistan condemned the raid", precision="month")])
    read = [article("2012-01-02"), article("2012-01-01")]
    for step, total in (("month", 1), ("week", 0), ("day", 0)):
        found = climate(events, read, dyad=PAIR, as_of=dt.date(2012, 1, 31), step=step)  # type: ignore[arg-type]
        assert found is not None
        assert np.nansum(found.forward.counts) == total


def test_new_outlets_raise_a_flag_and_the_same_ones_do_not() -> None:
    months = [f"2011-{m:02}-05" for m in range(1, 13)]
    same = climate([], [article(m) for m in months], dyad=PAIR, as_of=dt.date(2011, 12, 31))
    new = climate(
        [], [article(m, "Wire" if i < 9 else "Gazette") for i, m in enumerate(months)], dyad=PAIR,
        as_of=dt.date(2011, 12, 31),
    )  # fmt: skip
    assert same is not None
    assert new is not None
    assert not same.mix_changed.any()
    assert new.mix_changed[-1]
    assert not new.mix_changed[:9].any()


def test_what_is_read_or_happens_after_the_day_changes_no_series(tell: Told) -> None:
    told = [tell("PAK", "USA", "ACCUSE", "2012-02-03", "Pakistan condemned the raid")]
    later = [*told, tell("PAK", "USA", "ASSAULT", "2012-07-03", "Pakistan struck a post", published=None)]
    read = [article("2012-02-10"), article("2012-05-10")]
    before = climate(merge(told, as_of=DAY), read, dyad=PAIR, as_of=DAY)
    after = climate(merge(later, as_of=DAY), [*read, article("2012-07-05", "Post")], dyad=PAIR, as_of=DAY)
    assert before is not None
    assert after is not None
    assert before.starts == after.starts
    np.testing.assert_array_equal(before.coverage, after.coverage)
    np.testing.assert_array_equal(before.forward.counts, after.forward.counts)
    np.testing.assert_array_equal(before.forward.attention.smoothed.mean, after.forward.attention.smoothed.mean)


def test_cusum_hears_a_lasting_rise_once_and_no_noise() -> None:
    rng = np.random.default_rng(5)
    calm = np.sqrt(rng.poisson(100, 200).astype(float))
    assert cusum(calm, Detector(floor=0.5)) == ()
    risen = calm.copy()
    risen[120:] += 6
    alarms = cusum(risen, Detector(floor=0.5))
    assert alarms
    assert 120 <= alarms[0] <= 126


def test_cusum_and_change_chances_use_nothing_later() -> None:
    series = np.sqrt(np.random.default_rng(2).gamma(2.0, 50.0, 160))
    whole = cusum(series, Detector(threshold=2.0))
    assert [a for a in whole if a < 100] == list(cusum(series[:100], Detector(threshold=2.0)))
    np.testing.assert_allclose(change_chances(series)[:100], change_chances(series[:100]))


def test_change_is_likely_where_the_level_jumps_and_nowhere_else() -> None:
    rng = np.random.default_rng(1)
    series = np.concatenate([rng.normal(10, 1, 80), rng.normal(18, 1, 40)])
    chances = change_chances(series)
    assert chances[81] > 0.9
    assert chances[81] > np.nanmax(chances[20:79])
    assert np.nanmedian(chances[20:79]) < 0.1
    assert np.isnan(change_chances(np.array([1.0, np.nan, 2.0]))[1])


def test_bayesian_detection_hears_a_rise_not_a_fall_and_looks_at_nothing_later() -> None:
    rng = np.random.default_rng(11)
    calm, loud = rng.normal(5, 1, 60), rng.normal(40, 1, 20)
    rise, fall = np.concatenate([calm, loud]), np.concatenate([loud, calm])
    heard = changes(rise, Detector())
    assert [60 <= week <= 63 for week in heard] == [True]
    assert changes(fall, Detector()) == ()
    assert changes(rise[: heard[0] + 1], Detector()) == heard
