from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from detente.foresight import scores
from detente.relation.isotonic import rising
from detente.relation.softmax import dump, fit, load


def test_negative_binomial_sums_to_one_and_has_its_mean() -> None:
    k = np.arange(4000.0)
    chances = np.exp(scores.negative_binomial_log(k, mean=np.full(4000, 7.0), size=np.full(4000, 0.8)))
    assert chances.sum() == pytest.approx(1, abs=1e-9)
    assert chances @ k == pytest.approx(7.0, abs=1e-6)


def test_crps_of_one_member_is_that_of_its_distribution() -> None:
    mean, size, came = 3.0, 1.5, 5.0
    law = stats.nbinom(size, size / (size + mean))
    wanted = sum((law.cdf(k) - (came <= k)) ** 2 for k in range(400))
    got = scores.crps(np.array([came]), mean=np.array([[mean]]), size=np.array([[size]]))
    assert got[0] == pytest.approx(wanted, rel=1e-6)


def test_skill_is_one_when_certain_and_right_and_zero_at_the_base_rate() -> None:
    came = np.array([0.0, 1.0, 0.0, 0.0])
    assert scores.brier_skill(came, came) == 1
    assert scores.brier_skill(np.full(4, 0.25), came) == pytest.approx(0)


def test_area_counts_ties_one_half() -> None:
    assert scores.area_under_curve(np.array([1.0, 1.0, 2.0]), np.array([False, True, True])) == pytest.approx(0.75)
    assert np.isnan(scores.area_under_curve(np.array([1.0, 2.0]), np.array([True, True])))


def test_chances_drawn_from_themselves_are_calibrated_and_doubled_ones_are_not() -> None:
    rng = np.random.default_rng(0)
    chances = rng.uniform(0, 0.5, 20000)
    came = (rng.random(20000) < chances).astype(float)
    assert scores.calibration_error(chances, came) < 0.02
    assert scores.calibration_error(2 * chances, came) > 0.15


def test_interval_by_group_is_wider_than_by_row_where_rows_of_a_group_are_alike() -> None:
    rng = np.random.default_rng(0)
    values = np.repeat(rng.normal(size=20), 50)
    rows = scores.mean_interval(values, np.arange(1000), rng=rng)
    groups = scores.mean_interval(values, np.repeat(np.arange(20), 50), rng=rng)
    assert groups[1] - groups[0] > 3 * (rows[1] - rows[0])


def test_isotonic_curve_never_falls_and_keeps_the_mean() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=500)
    y = (rng.random(500) < 1 / (1 + np.exp(-x))).astype(float)
    curve = rising(x, y)
    assert (np.diff(curve.chances) >= 0).all()
    assert curve.at(x).mean() == pytest.approx(y.mean(), abs=0.01)


def test_softmax_finds_the_law_that_made_the_outcomes_and_comes_back_from_its_file(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(8000, 2))
    odds = np.column_stack([1.5 * x[:, 0], -1.0 * x[:, 1], np.zeros(8000)])
    chances = np.exp(odds) / np.exp(odds).sum(1, keepdims=True)
    y = np.array([rng.choice(3, p=p) for p in chances])
    model = fit(x, y, named=("a", "b"), kinds=("one", "two", "none"), name="made up", ridge=0.01)
    parts = model.parts(np.array([1.0, 1.0]), toward="one", against="none")
    assert parts["a"] == pytest.approx(1.5, abs=0.15)
    assert parts["b"] == pytest.approx(0.0, abs=0.15)
    scored = model.scores(np.array([[1.0, 1.0]]))[0]
    assert sum(parts.values()) == pytest.approx(scored[0] - scored[2])
    path = tmp_path / "model.json"
    path.write_text(dump(model), encoding="utf-8")
    assert load(path) == model
