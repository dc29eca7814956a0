"""What people judged is kept apart, and nothing of it is ever lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from store_records import NOW, coding

from detente.errors import InputError
from detente.records import Judgement
from detente.store.database import open_store


def judged(claim: str, verdict: str = "right", **more: object) -> Judgement:
    fields: dict[str, object] = {"verdict": verdict, "claims": (claim,), "by": "ann", "at": NOW}
    return Judgement(**(fields | more))  # type: ignore[arg-type]


def test_a_judgement_comes_back_as_it_was_made(tmp_path: Path) -> None:
    made = coding(0)
    first = judged(made.claims[0].id, "wrong-type", value="AID", note="reads as help")
    with open_store(tmp_path / "s.db") as store:
        store.add(made, added_at=NOW)
        assert store.add_judgement(first, added_at=NOW)
        assert not store.add_judgement(first, added_at=NOW)
    with open_store(tmp_path / "s.db", read_only=True) as store:
        assert store.judgements() == (first,)


def test_a_superseded_judgement_stays_in_the_store() -> None:
    made = coding(0)
    first = judged(made.claims[0].id)
    second = judged(made.claims[0].id, "not-event", at=NOW + dt.timedelta(hours=1), supersedes=(first.id,))
    with open_store(":memory:") as store:
        store.add(made, added_at=NOW)
        for each in (first, second):
            store.add_judgement(each, added_at=NOW)
        assert store.judgements() == (first, second)


def test_a_judgement_on_a_claim_that_is_not_there_is_refused_and_nothing_is_lost() -> None:
    made = coding(0)
    first = judged(made.claims[0].id)
    with open_store(":memory:") as store:
        store.add(made, added_at=NOW)
        store.add_judgement(first, added_at=NOW)
        for wrong in (
            judged("nowhere"),
            judged(made.claims[0].id, "duplicate-of", value="nowhere"),
            replace(first, supersedes=("nowhere",), note="x", id="other"),
        ):
            with pytest.raises(InputError, match=r"nowhere.*Nothing was kept"):
                store.add_judgement(wrong, added_at=NOW)
        assert store.judgements() == (first,)
        assert store.verify() == ()


def test_what_was_judged_later_is_not_known_before() -> None:
    made = coding(0)
    first = judged(made.claims[0].id)
    with open_store(":memory:") as store:
        store.add(made, added_at=NOW)
        store.add_judgement(first, added_at=NOW)
        assert store.judgements(as_of=NOW.date() - dt.timedelta(days=1)) == ()
        assert store.judgements(as_of=NOW.date()) == (first,)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"verdict": "maybe"}, "wanted one of right"),
        ({"claims": ()}, "at least one"),
        ({"by": " "}, "wanted a name"),
        ({"at": dt.datetime(2020, 1, 1)}, "aware UTC"),  # noqa: DTZ001 the fault under test
        ({"verdict": "wrong-type", "value": "WAR"}, "'WAR'"),
        ({"verdict": "wrong-status", "value": "maybe"}, "'maybe'"),
        ({"verdict": "wrong-date", "value": "someday"}, "'someday'"),
        ({"verdict": "duplicate-of"}, "without a value"),
        ({"verdict": "right", "value": "x"}, "wanted none"),
        ({"verdict": "split"}, "part from"),
    ],
)
def test_a_broken_judgement_is_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        judged("c", **fields)
