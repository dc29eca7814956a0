"""Laws of imported rows: nothing twice, nothing from the future, every row back as it was."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_records import NOW

from detente.errors import InputError, StoreError
from detente.records import Imported
from detente.store import importing
from detente.store.database import Store, open_store

light = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), max_size=8)
states = st.sampled_from(("PAK", "USA", "IND", None))
DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2011, 1, 9))


def row(
    number: int, day: dt.date, later: int, a: str | None, b: str | None, name: str, size: float | None
) -> tuple[Imported, str]:
    event = Imported(
        dataset="icews", row=str(number), date=day, known_at=day + dt.timedelta(days=later), actor=a, recipient=b,
        event=None, cameo="010", quad=1 + number % 4, intensity=size, actor_name=name, actor_sectors=("GOV", "MIL"),
        reports=number, publisher=name or None,
    )  # fmt: skip
    return event, f"{number}\t{name}"


rows = st.lists(
    st.builds(row, st.integers(1, 6), DAYS, st.integers(0, 3), states, states, names, st.none() | st.floats(-10, 10)),
    max_size=12,
)


def fill(store: Store, given_rows: list[tuple[Imported, str]]) -> importing.Entered:
    number = store.start_import("file", columns=("id", "name"), at=NOW)
    return store.enter(given_rows, number=number)


def answers(store: Store, as_of: dt.date) -> list[object]:
    pairs = [pair for pair, _ in store.imported_dyads(as_of)]
    arrays = [store.imported_arrays(pair, as_of=as_of) for pair in pairs]
    return [
        pairs, store.imported_volume(as_of=as_of), *(store.imported(pair, as_of=as_of) for pair in pairs),
        *(store.imported_datasets(pair, as_of=as_of) for pair in pairs),
        *(a.day.tolist() + a.quad.tolist() + a.actor.tolist() for a in arrays),
        [kept.event for kept in store.iter_imported(as_of=as_of)],
    ]  # fmt: skip


@light
@given(rows)
def test_every_row_comes_back_with_its_cells_and_none_twice(given_rows: list[tuple[Imported, str]]) -> None:
    with open_store(":memory:") as store:
        done = fill(store, given_rows)
        wanted = {(e.row, importing.checksum(e)): (e, cells) for e, cells in reversed(given_rows)}
        found = [(kept.event, "\t".join(kept.cells)) for kept in store.iter_imported()]
        assert sorted(found, key=repr) == sorted(wanted.values(), key=repr)
        assert (done.new, len(done.repeated)) == (len(wanted), len(given_rows) - len(wanted))
        assert store.verify() == ()


@light
@given(rows)
def test_a_second_import_adds_nothing(given_rows: list[tuple[Imported, str]]) -> None:
    with open_store(":memory:") as store:
        fill(store, given_rows)
        before = answers(store, dt.date(2012, 1, 1))
        again = fill(store, given_rows)
        assert again.new == 0
        assert again.known == len(given_rows)
        assert answers(store, dt.date(2012, 1, 1)) == before


@light
@given(rows, rows, DAYS)
def test_what_becomes_known_later_changes_no_answer(
    known: list[tuple[Imported, str]], later: list[tuple[Imported, str]], as_of: dt.date
) -> None:
    future = [(e, cells) for e, cells in later if e.known_at > as_of or e.date > as_of]
    with open_store(":memory:") as store:
        fill(store, known)
        before = answers(store, as_of)
        fill(store, future)
        assert answers(store, as_of) == before


@light
@given(rows)
def test_arrays_say_what_the_records_say(given_rows: list[tuple[Imported, str]]) -> None:
    with open_store(":memory:") as store:
        fill(store, given_rows)
        for pair, count in store.imported_dyads():
            events, arrays = store.imported(pair), store.imported_arrays(pair)
            assert len(arrays) == len(events) == count
            told = sorted((e.date.toordinal(), e.actor, e.recipient, e.quad - 1, e.cameo) for e in events)
            assert told == sorted(
                (int(d), arrays.states[a], arrays.states[r], int(q), str(c))
                for d, a, r, q, c in zip(
                    arrays.day, arrays.actor, arrays.recipient, arrays.quad, arrays.cameo, strict=True
                )
            )
            assert np.isnan(arrays.intensity).sum() == sum(e.intensity is None for e in events)


def test_rows_are_found_across_pages_and_transactions(tmp_path: Path) -> None:
    day = dt.date(2011, 1, 1)
    many = [
        row(n, day + dt.timedelta(days=n % 300), 0, "PAK", "USA", f"name {n}", 1.0) for n in range(importing.PAGE + 7)
    ]
    with open_store(tmp_path / "s.db") as store:
        number = store.start_import("file", columns=("id", "name"), at=NOW)
        assert store.enter(many[:3], number=number).new == 3
        second = store.enter(many, number=number)
        assert (second.new, len(second.repeated), second.known) == (len(many) - 3, 3, 0)
    with open_store(tmp_path / "s.db", read_only=True) as store:
        assert {kept.cells for kept in store.iter_imported()} == {tuple(cells.split("\t")) for _, cells in many}
        (volume,) = {name for name, _, _ in store.imported_volume()}
        assert (volume, sum(n for _, _, n in store.imported_volume())) == ("icews", len(many))


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM imported WHERE row_id = '2'",
        "UPDATE imported_pages SET cells = x'00'",
        "UPDATE imports SET added = 9",
    ],
)
def test_a_loss_among_imported_rows_is_seen(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "s.db"
    with open_store(path) as store:
        fill(store, [row(n, dt.date(2011, 1, n), 0, "PAK", "USA", "x", None) for n in (1, 2, 3)])
        assert store.verify() == ()
    with sqlite3.connect(path) as harmed:
        harmed.execute(harm)
    harmed.close()
    with open_store(path) as store:
        assert len(store.verify()) == 1


def test_a_damaged_page_is_told_and_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with open_store(path) as store:
        fill(store, [row(1, dt.date(2011, 1, 1), 0, "PAK", "USA", "x", None)])
    with sqlite3.connect(path) as harmed:
        harmed.execute("UPDATE imported_pages SET cells = x'00'")
    harmed.close()
    with open_store(path) as store, pytest.raises(StoreError, match="damaged"):
        list(store.iter_imported())


def test_codes_and_a_limit_narrow_the_rows() -> None:
    day = dt.date(2011, 1, 1)
    with open_store(":memory:") as store:
        fill(store, [row(n, day + dt.timedelta(days=n), 0, "PAK", "USA", "x", None) for n in range(1, 6)])
        assert [e.row for e in store.imported(("PAK", "USA"), limit=2)] == ["5", "4"]
        assert store.imported(("PAK", "USA"), codes=("111",)) == ()


def test_a_time_is_no_day() -> None:
    with open_store(":memory:") as store, pytest.raises(InputError, match="pass its date"):
        store.imported_arrays(("PAK", "USA"), as_of=NOW)
