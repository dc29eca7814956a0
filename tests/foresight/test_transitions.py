"""Hazards fitted on made-up pairs whose breaches follow a known law."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from detente.errors import InputError
from detente.foresight import transitions as task
from detente.foresight.scores import Evaluation
from detente.relation.episodes import Episode
from detente.relation.event_arrays import EventArrays
from detente.relation.hazards import FEATURES, MONTH_DAYS, dump, load

FIRST = dt.date(2001, 1, 1).toordinal()
DAYS = 5 * 365
PAIRS = 60


def quarrels(*, seed: int, linked: bool) -> EventArrays:
    """Pairs that talk every few days; some refuse often, and only those lay sanctions when `linked`."""
    rng = np.random.default_rng(seed)
    rows = []
    for pair in range(PAIRS):
        harsh = pair % 3 == 0
        for day in range(0, DAYS, 6):
            rows.append((FIRST + day, pair, "120" if harsh and rng.random() < 0.5 else "040"))
        for day in np.nonzero(rng.random(DAYS) < (0.004 if harsh or not linked else 0.0002))[0].tolist():
            rows += [(FIRST + day, pair, "163"), (FIRST + day + 2, pair, "163")]
    rows.sort()
    states = tuple(f"S{n:03}" for n in range(PAIRS + 1))
    cameo = np.array([c for _, _, c in rows], np.str_)
    return EventArrays(
        states=states, day=np.array([d for d, _, _ in rows], np.int64), actor=np.zeros(len(rows), np.int64),
        recipient=np.array([p + 1 for _, p, _ in rows], np.int64),
        quad=np.choose(np.searchsorted(["040", "120", "163"], cameo), [0, 2, 3]),
        intensity=np.full(len(rows), np.nan), cameo=cameo,
    )  # fmt: skip


def value(found: Evaluation, metric: str, name: str) -> float:
    return next(s.value for s in found.scores if s.metric == metric and name in s.name)


def test_law_that_links_refusals_to_breaches_is_found_in_pairs_not_seen() -> None:
    found = task.evaluate(quarrels(seed=1, linked=True), train_until=None, rng=np.random.default_rng(0), shape=0.5)
    assert value(found, "AUC", "within 6 months") > 0.8
    assert all(value(found, "ECE", f"within {n} month") < 0.08 for n in (1, 3, 6, 12))


def test_where_nothing_is_linked_nothing_is_claimed() -> None:
    found = task.evaluate(quarrels(seed=2, linked=False), train_until=None, rng=np.random.default_rng(0), shape=0.5)
    assert value(found, "Brier skill", "within 1 month") < 0.1


def test_what_comes_after_the_split_does_not_move_what_was_fitted() -> None:
    events = quarrels(seed=3, linked=True)
    split = dt.date.fromordinal(FIRST + 4 * 365)
    beyond = (int(events.day.max()) - split.toordinal()) / MONTH_DAYS
    whole = task.looks(events, chosen_by=split)
    known = whole.only(whole.seen > beyond + 0.5).until(beyond)
    early = task.looks(events.until(split), chosen_by=split)
    assert task.fit(known).weights == pytest.approx(task.fit(early).weights, abs=0.02)


def test_days_without_a_year_before_and_something_after_are_refused() -> None:
    events = quarrels(seed=4, linked=True)
    for day in (dt.date(2001, 6, 30), dt.date(2009, 1, 1)):
        with pytest.raises(InputError, match="--train-until"):
            task.evaluate(events, train_until=day, rng=np.random.default_rng(0), shape=0.5)
    with pytest.raises(InputError, match="two years"):
        task.looks(events.until(dt.date(2001, 12, 31)))


@pytest.mark.parametrize("shape", [0.5, 1.0])
def test_shape_of_mending_is_that_of_the_lengths(shape: float) -> None:
    rng = np.random.default_rng(5)
    onset = dt.date(2001, 1, 1)
    lengths = 300 * rng.weibull(shape, 400)
    held = [
        Episode(dyad=("AAA", "BBB"), onset=onset, label="cooling", end=onset + dt.timedelta(days=1 + int(n)))
        for n in lengths
    ]
    assert task.mending_shape(held, until=dt.date(2011, 1, 1)) == pytest.approx(shape, rel=0.15)


def test_hazards_come_back_from_their_file(tmp_path: Path) -> None:
    fitted = task.fit(task.looks(quarrels(seed=6, linked=True)), mending=0.7)
    path = tmp_path / "hazards.json"
    path.write_text(dump(fitted), encoding="utf-8")
    assert load(path) == fitted
    assert len(fitted.weights) == len(FEATURES)
