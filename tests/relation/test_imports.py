"""What rows of event data sets say of a tie: several rows, not one; fading; never what came later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.records import Dyad, Imported, Tie
from detente.relation.imports import STANDS, imported_ties, months, tie_codes, with_imported
from detente.store.database import open_store

PAIR: Dyad = ("PAK", "USA")
DAY = dt.date(2011, 11, 28)
LATE = dt.date(2011, 12, 31)
SHARED = Path(__file__).parents[3] / "shared" / "data" / "icews_2018_jan_jul.parquet"


def rows(code: str, *offsets: int, actor: str = "PAK", sectors: tuple[str, ...] = ("GOV",)) -> list[Imported]:
    """Rows of one code, so many days after `DAY`."""
    other = "USA" if actor == "PAK" else "PAK"
    return [
        Imported(
            dataset="icews", row=f"{code}-{n}-{offset}", date=DAY + dt.timedelta(days=offset),
            known_at=DAY + dt.timedelta(days=offset), actor=actor, recipient=other, event="SANCTION", cameo=code,
            quad=4, actor_sectors=sectors,
        )
        for n, offset in enumerate(offsets)
    ]  # fmt: skip


def tie(found: tuple[Tie, ...], kind: str) -> Tie | None:
    return next((t for t in found if t.kind == kind), None)


def ties(*given_rows: list[Imported], as_of: dt.date = LATE) -> tuple[Tie, ...]:
    every = sorted((row for part in given_rows for row in part), key=lambda r: (r.date, r.id))
    return imported_ties(every, dyad=PAIR, as_of=as_of)


def test_several_rows_on_several_days_strain_a_tie() -> None:
    found = tie(ties(rows("161", 0, 1, 3)), "diplomacy")
    assert found is not None
    assert (found.status, found.since, found.by, len(found.rows)) == ("strained", DAY, ("PAK",), 3)
    assert found.claims == ()


@pytest.mark.parametrize("offsets", [(0,), (0, 1), (0, 0, 0), (0, 1, 40)])
def test_too_few_rows_or_rows_of_one_day_or_far_apart_say_nothing(offsets: tuple[int, ...]) -> None:
    assert ties(rows("161", *offsets), as_of=DAY + dt.timedelta(days=60)) == ()


def test_no_code_severs_or_suspends() -> None:
    assert not {effect for _, effect in tie_codes().values()} & {"severed", "suspended"}


def test_what_nothing_repeats_for_a_year_is_no_longer_known_to_be_cut() -> None:
    cut = rows("163", 0, 1, 2)
    last = DAY + dt.timedelta(days=2)
    assert ties(cut, as_of=last + STANDS)[0].status == "restricted"
    assert ties(cut, as_of=last + STANDS + dt.timedelta(days=1)) == ()


def test_restoration_opens_what_was_cut_and_nothing_else() -> None:
    assert ties(rows("085", 0, 1, 2)) == ()
    found = tie(ties(rows("163", 0, 1, 2), rows("085", 10, 11, 12)), "trade")
    assert found is not None
    assert (found.status, found.since) == ("open", DAY + dt.timedelta(days=10))


def test_threats_put_a_tie_at_risk_until_it_is_cut() -> None:
    threats = rows("1312", 0, 1, 2)
    found = tie(ties(threats), "trade")
    assert found is not None
    assert (found.status, found.at_risk, len(found.rows)) == ("open", True, 3)
    cut = tie(ties(threats, rows("163", 5, 6, 7)), "trade")
    assert cut is not None
    assert (cut.status, cut.at_risk) == ("restricted", False)


def test_what_others_than_the_state_do_counts_for_nothing() -> None:
    assert ties(rows("161", 0, 1, 2, sectors=("CVL",))) == ()
    assert ties(rows("161", 0, 1, 2, sectors=())) != ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(tie_codes())), st.integers(0, 700)), max_size=30), st.integers(0, 700))
def test_what_comes_later_changes_no_tie(drawn: list[tuple[str, int]], when: int) -> None:
    as_of = DAY + dt.timedelta(days=when)
    every = [replace(rows(code, offset)[0], row=str(n)) for n, (code, offset) in enumerate(drawn)]
    assert ties(every, as_of=as_of) == ties([row for row in every if row.date <= as_of], as_of=as_of)


def test_a_claim_speaks_before_rows_do() -> None:
    imported = ties(rows("161", 0, 1, 3))
    own = Tie(dyad=PAIR, kind="diplomacy", status="open", claims=("c1",))
    bare = Tie(dyad=PAIR, kind="diplomacy", status="open")
    from detente.records import Imports

    held = Imports(rows=3, datasets=(("icews", 3),), first=DAY, last=DAY, periods=(), ties=imported, shown=())
    assert with_imported([own], held) == (own,)
    assert with_imported([bare], held) == imported
    assert with_imported([own], None) == (own,)


def test_a_month_without_any_rows_is_missing_and_one_without_the_pair_is_quiet() -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with open_store(":memory:") as store:
        number = store.start_import("x", columns=("a",), at=now)
        far = [replace(row, recipient="IND", row="far") for row in rows("161", 70)]
        store.enter([(row, "x") for row in (*rows("161", 0, 1), *far)], number=number)
        arrays, volume = store.imported_arrays(PAIR), store.imported_volume()
    found = months(arrays, volume, dyad=PAIR, as_of=dt.date(2012, 12, 31))
    assert [(p.start, p.forward[3], p.articles) for p in found] == [
        (dt.date(2011, 11, 1), 2, 2),
        (dt.date(2012, 2, 1), 0, 1),
    ]


def test_the_expulsions_of_march_2018_are_seen_and_only_after_they_came() -> None:
    """London expelled Russian diplomats on 14 March 2018, Moscow answered on the 17th: known from the news."""
    if not SHARED.exists():
        pytest.skip("the shared data are not here")
    pytest.importorskip("pyarrow")
    from detente.exchange.frames import read_frame
    from detente.exchange.tally import Tally

    pair = ("GBR", "RUS")
    found = [r.event for r in read_frame(str(SHARED), dataset="icews", tally=Tally()) if r.event.dyad == pair]
    before = imported_ties(found, dyad=pair, as_of=dt.date(2018, 3, 5))
    after = imported_ties(found, dyad=pair, as_of=dt.date(2018, 3, 31))
    assert not [t for t in before if t.status != "open"]
    strained = tie(after, "diplomacy")
    assert strained is not None
    assert strained.status == "strained"
    assert strained.by == ("GBR", "RUS")
    assert strained.since is not None
    assert dt.date(2018, 3, 12) <= strained.since <= dt.date(2018, 3, 20)
