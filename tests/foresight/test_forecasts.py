from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from detente.errors import InputError
from detente.foresight import any_event, count_features, counts, occurrence_features
from detente.foresight.occurrences import Occurrences, from_events
from detente.relation.event_arrays import QUADS, EventArrays, Months, joined, months_of, pairs_with

SPLIT = dt.date(2003, 12, 31)


def test_counts_that_drift_are_forecast_better_than_by_climatology(world: EventArrays) -> None:
    found = counts.evaluate(world, train_until=SPLIT, rng=np.random.default_rng(0))
    logs = {s.name: s for s in found.scores if s.metric == "log score"}
    assert set(logs) == set(QUADS)
    assert all(s.low <= s.value <= s.high for s in found.scores)
    assert logs["vcoop"].value < logs["vcoop"].baseline_value
    assert np.mean([1 - s.value / s.baseline_value for s in logs.values()]) > 0.02


def test_what_is_known_at_the_start_of_a_month_does_not_change_with_what_comes(world: EventArrays) -> None:
    month = 30
    months = months_of(world.day)
    early = world.until(months.start(month) - dt.timedelta(days=1))
    pairs = pairs_with(early, least=1)
    whole = count_features.history(world, pairs=pairs, months=months)
    part = count_features.history(early, pairs=pairs, months=months)
    np.testing.assert_allclose(
        count_features.features(whole, month=month), count_features.features(part, month=month), rtol=1e-5
    )
    np.testing.assert_allclose(count_features.offsets(whole, month=month), count_features.offsets(part, month=month))


def test_chances_of_any_event_do_not_change_with_what_comes(world: EventArrays) -> None:
    held = from_events(world, train_until=SPLIT)
    changed = held.any.copy()
    changed[:, 30:] = 0
    other = Occurrences(states=held.states, months=held.months, any=changed)
    seen = [list(occurrence_features.remembered(h))[30] for h in (held, other)]
    np.testing.assert_array_equal(
        occurrence_features.features(held, seen[0], month=30), occurrence_features.features(other, seen[1], month=30)
    )
    np.testing.assert_array_equal(
        occurrence_features.plain(held, seen[0], month=30), occurrence_features.plain(other, seen[1], month=30)
    )


def test_any_event_answers_every_quad_and_the_onset_after_quiet(world: EventArrays) -> None:
    held = from_events(world, train_until=SPLIT)
    found = any_event.evaluate(held, train_until=SPLIT, rng=np.random.default_rng(0))
    assert [s.name for s in found.scores][:4] == list(QUADS)
    assert "six quiet months" in found.scores[4].name
    assert found.n == len(held.pairs()[0]) * 12


def test_same_seed_gives_the_same_forecast(world: EventArrays) -> None:
    two = [counts.evaluate(world, train_until=SPLIT, rng=np.random.default_rng(3)) for _ in range(2)]
    assert two[0] == two[1]


@pytest.mark.parametrize("day", [dt.date(2001, 6, 30), dt.date(2010, 1, 31)])
def test_split_that_leaves_nothing_to_learn_or_to_score_is_refused(world: EventArrays, day: dt.date) -> None:
    with pytest.raises(InputError, match="--train-until"):
        counts.evaluate(world, train_until=day, rng=np.random.default_rng(0))


def test_tables_are_joined_by_the_names_of_states() -> None:
    def table(states: tuple[str, ...], actor: int, recipient: int) -> EventArrays:
        return EventArrays(
            states=states, day=np.array([730000]), actor=np.array([actor]), recipient=np.array([recipient]),
            quad=np.array([0]), intensity=np.array([1.0]), cameo=np.array(["040"]),
        )  # fmt: skip

    both = joined([table(("FRA", "ITA"), 0, 1), table(("DEU", "FRA"), 1, 0)])
    told = [(both.states[a], both.states[r]) for a, r in zip(both.actor, both.recipient, strict=True)]
    assert told == [("FRA", "ITA"), ("FRA", "DEU")]


def test_array_that_differs_between_the_orders_of_a_pair_is_refused() -> None:
    any_ = np.zeros((4, 24, 3, 3), np.float32)
    any_[0, 0, 0, 1] = 1
    with pytest.raises(InputError, match="undirected"):
        Occurrences(states=("A", "B", "C"), months=Months(first=dt.date(2001, 1, 1), count=24), any=any_)
