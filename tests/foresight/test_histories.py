from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from detente.errors import InputError
from detente.foresight import episode_scores, onset_scores
from detente.relation.daily_scores import DailyScores, daily_scores
from detente.relation.episodes import Episode, Spells, aftermath, normal_scores, spells, standings
from detente.relation.fitted import HINDSIGHT, SIX_MONTHS, shipped
from detente.relation.onsets import Detector

ONSET = dt.date(2010, 6, 1)


def history(*, ruptures: int, coolings: int) -> tuple[list[Episode], Spells]:
    """Quarrels of which ruptures have more conflict for the same volume, and many pairs beside them."""
    rng = np.random.default_rng(0)
    episodes, counts = [], {y: {} for y in (2009, 2010, 2011)}  # type: ignore[var-annotated]
    for n in range(ruptures + coolings):
        pair, label = (f"A{n:02}", f"B{n:02}"), "rupture" if n < ruptures else "cooling"
        episodes.append(Episode(dyad=pair, onset=ONSET, label=label))
        volume = float(rng.integers(50, 500))
        for year in counts:
            share = 0.2 if year == 2009 else rng.normal(0.6 if label == "rupture" else 0.35, 0.08)
            counts[year][pair] = (volume * (1 - share), volume * share)
    for n in range(40):
        for year in counts:
            counts[year][(f"C{n:02}", f"D{n:02}")] = (float(n + 1), float(n % 5))
    return episodes, spells(counts)


def test_rupture_is_told_from_cooling_without_having_seen_the_pair() -> None:
    episodes, told = history(ruptures=12, coolings=12)
    cases = episode_scores.afterwards(episodes, told)
    scores, _ = episode_scores.left_out(cases, episode_scores.fit_afterwards)
    found = {s.name: s for s in episode_scores.hindsight_scores(cases, scores, rng=np.random.default_rng(0))}
    assert found["AUC"].value > 0.9
    assert found["AUC volume-matched"].value > 0.9
    assert abs(found["AUC"].baseline_value - 0.5) < 0.3


def test_what_is_asked_beforehand_does_not_look_past_the_onset() -> None:
    episodes, told = history(ruptures=6, coolings=6)
    wiped = Spells(cooperation={2009: told.cooperation[2009]}, conflict={2009: told.conflict[2009]})
    two = [episode_scores.beforehand(episodes, years=t, days=None).features for t in (told, wiped)]
    np.testing.assert_array_equal(*two)


def test_pair_with_an_unknown_year_is_left_out_of_hindsight() -> None:
    episodes, told = history(ruptures=1, coolings=1)
    del told.cooperation[2011][episodes[0].dyad]  # type: ignore[attr-defined]
    assert aftermath(episodes[0], told) is None
    assert aftermath(episodes[1], told) is not None


def test_pairs_that_a_model_was_fitted_on_are_named_and_left_out() -> None:
    model = shipped(HINDSIGHT)
    a, b = model.fitted_on[0].split("-")
    _, told = history(ruptures=0, coolings=1)
    for year in told.cooperation:
        told.cooperation[year][(a, b)] = told.conflict[year][(a, b)] = 10.0  # type: ignore[index]
    episodes = [
        Episode(dyad=(a, b), onset=ONSET, label="rupture"), Episode(dyad=("A00", "B00"), onset=ONSET, label="cooling")
    ]  # fmt: skip
    kept, seen = episode_scores.unseen(episode_scores.afterwards(episodes, told), model)
    assert seen == (f"{a}-{b}",)
    assert kept.pairs == (("A00", "B00"),)


@pytest.mark.parametrize("name", [HINDSIGHT, SIX_MONTHS])
def test_shipped_model_has_a_card_and_gives_chances(name: str) -> None:
    model = shipped(name)
    assert {"date", "data", "score", "limits"} <= set(model.card)
    assert model.fitted_on
    chances = model.chances(np.array([[0.0, 0.0], [2.0, 2.0], [-2.0, 1.0]]))
    np.testing.assert_allclose(chances.sum(1), 1)


def test_more_conflict_makes_a_rupture_likelier_in_both_models() -> None:
    for name in (HINDSIGHT, SIX_MONTHS):
        model = shipped(name)
        rupture = model.chances(np.array([[0.0, -1.0], [0.0, 1.0]]))[:, model.outcomes.index("rupture")]
        assert rupture[0] < rupture[1]


def test_normal_scores_keep_order_and_ties() -> None:
    found = normal_scores(np.array([3.0, 1.0, 2.0, 2.0]))
    assert found[1] < found[2] == found[3] < found[0]


def test_pair_that_nobody_tells_of_is_the_quietest() -> None:
    _, told = history(ruptures=2, coolings=2)
    where = standings(told, spell=2009)
    assert where is not None
    assert where.of(("X", "Y"))[0] == where.scores[:, 0].min()


def weeks(*, jump_week: int | None) -> DailyScores:
    """Two years of daily conflict between two states, much more from one week on; the other pair is calm."""
    rng = np.random.default_rng(0)
    rows = {"day": [], "a": [], "b": [], "net": []}  # type: ignore[var-annotated]
    start = dt.date(2009, 1, 1).toordinal()
    for day in range(104 * 7):
        high = jump_week is not None and day >= jump_week * 7
        for a, b, size in ((0, 1, 60.0 if high else 6.0), (2, 3, 6.0)):
            rows["day"].append(start + day)
            rows["a"].append(a)
            rows["b"].append(b)
            rows["net"].append(-rng.gamma(4.0, size / 4.0))
    return daily_scores({k: np.array(v) for k, v in rows.items()}, states=("A", "B", "C", "D"))


def test_onset_is_heard_and_calm_is_not() -> None:
    told = weeks(jump_week=60)
    onset = dt.date(2009, 1, 1) + dt.timedelta(days=60 * 7)
    episodes = [
        Episode(dyad=("A", "B"), onset=onset, label="cooling"), Episode(dyad=("C", "D"), onset=onset, label="stable")
    ]  # fmt: skip
    found = onset_scores.evaluate(told, episodes, detector=Detector(), rng=np.random.default_rng(0))
    by_name = {s.name: s.value for s in found.scores}
    assert by_name["recall"] == 1
    assert by_name["false alarms per dyad-year"] == 0
    assert by_name["delay"] <= 21


def test_alarm_far_from_every_onset_is_false() -> None:
    told = weeks(jump_week=30)
    late = dt.date(2009, 1, 1) + dt.timedelta(days=80 * 7)
    episodes = [Episode(dyad=("A", "B"), onset=late, label="cooling")]
    found = onset_scores.evaluate(told, episodes, detector=Detector(), rng=np.random.default_rng(0))
    by_name = {s.name: s.value for s in found.scores}
    assert by_name["recall"] == 0
    assert by_name["false alarms per dyad-year"] > 0


def test_day_on_which_nothing_was_read_is_missing() -> None:
    told = daily_scores(
        {"day": np.array([10, 40]), "a": np.array([0, 1]), "b": np.array([1, 0]), "net": np.array([-1.0, -2.0])},
        states=("A", "B"),
    )
    assert told.pairs == (("A", "B"),)
    assert np.isnan(told.weekly_conflict(np.array([0]))).all()


def test_onsets_outside_the_data_are_refused() -> None:
    episodes = [Episode(dyad=("A", "B"), onset=dt.date(1990, 1, 1), label="cooling")]
    with pytest.raises(InputError, match="no onset"):
        onset_scores.evaluate(weeks(jump_week=None), episodes, detector=Detector(), rng=np.random.default_rng(0))
