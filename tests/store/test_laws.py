"""Laws of the store: nothing lost, nothing twice, nothing from the future."""

import dataclasses
import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_records import DAY, NOW, coding, codings

from detente.errors import InputError
from detente.records import Coding
from detente.store.database import Store, open_store
from detente.store.writing import coder_of

light = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(dt.date(2011, 1, 1), dt.date(2011, 1, 6))
PAIRS = st.sampled_from(((("USA", "PAK"),), (("PAK", "USA"), ("USA", "TAL")), (("USA", "TAL"), ("TAL", "PAK"))))


def keep(store: Store, *given: Coding) -> None:
    """Adds codings, also those without claims."""
    for each in given:
        store.add(each, added_at=NOW, coder=None if each.claims else "one")


def answers(store: Store, as_of: dt.date) -> list[object]:
    """All that a store says of one day."""
    pairs = [pair for pair, _ in store.dyads(as_of)]
    ids = [article.id for article in store.articles(as_of=as_of)]
    return [
        store.dyads(as_of), store.counts(as_of), store.articles(as_of=as_of), store.claims(as_of=as_of),
        store.codings(as_of=as_of), store.claims(as_of=as_of, coder="b"),
        *(store.codings(pair, as_of=as_of) for pair in pairs),
        *(store.claims(dyad=pair, as_of=as_of) for pair in pairs),
        *(store.articles(dyad=pair, as_of=as_of) for pair in pairs),
        *(store.reports(each, as_of=as_of) for each in ids),
        *(store.sentences(each, as_of=as_of) for each in ids),
    ]  # fmt: skip


def dump(path: Path) -> str:
    """The whole file as SQL."""
    connection = sqlite3.connect(path)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


@light
@given(codings())
def test_any_coding_comes_back_as_it_was_added(given_coding: Coding) -> None:
    with open_store(":memory:") as store:
        keep(store, given_coding)
        assert store.codings() == (given_coding,)
        assert store.claims() == given_coding.claims
        assert store.article(given_coding.article.id) == given_coding.article
        assert store.sentences(given_coding.article.id) == given_coding.sentences
        assert store.verify() == ()


@light
@given(st.lists(st.builds(coding, st.integers(1, 4), published=DAYS, pairs=PAIRS,
                          coder=st.sampled_from("abc"), url=st.sampled_from((None, "x", "y"))), max_size=6),
       st.lists(st.builds(coding, st.integers(1, 6), published=st.dates(dt.date(2011, 1, 7), dt.date(2011, 1, 9)),
                          pairs=PAIRS, coder=st.sampled_from("abcd"),
                          coded_at=st.just(NOW + dt.timedelta(days=9))), max_size=4),
       DAYS)  # fmt: skip
def test_what_is_published_later_changes_no_answer(known: list[Coding], later: list[Coding], as_of: dt.date) -> None:
    with open_store(":memory:") as store:
        keep(store, *known)
        before = answers(store, as_of)
        keep(store, *later)
        assert answers(store, as_of) == before


def test_an_article_of_unknown_day_counts_from_its_retrieval() -> None:
    late = dt.datetime(2011, 12, 6, 1, tzinfo=dt.timezone(dt.timedelta(hours=5)))  # still the 5th in UTC
    with open_store(":memory:") as store:
        keep(store, coding(published=None, retrieved=late))
        assert not store.articles(as_of=dt.date(2011, 12, 4))
        assert len(store.claims(as_of=dt.date(2011, 12, 5))) == 1


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    for day in range(2):
        again = NOW + dt.timedelta(days=day)
        with open_store(path) as store:
            for n in range(5):
                added = store.add(coding(n, retrieved=again, published=None), added_at=again)
                assert added.changed is (day == 0)
                assert (added.new_claims, added.known_claims) == ((1, 0) if day == 0 else (0, 1))
        if day == 0:
            first, size = dump(path), path.stat().st_size
    assert dump(path) == first
    assert path.stat().st_size == size


def test_identical_text_is_one_article_with_several_reports() -> None:
    first, second = coding(url="a", published=dt.date(2011, 12, 7)), coding(url="b", published=dt.date(2011, 12, 9))
    with open_store(":memory:") as store:
        assert store.add(first, added_at=NOW).new_article
        added = store.add(second, added_at=NOW)
        assert (added.new_article, added.new_report, added.new_coding, added.known_claims) == (False, True, False, 1)
        assert [report.url for report in store.reports(first.article.id)] == ["a", "b"]
        assert store.articles() == (first.article,)
        assert (store.counts().articles, store.counts().reports, store.counts().claims) == (1, 2, 1)


def test_an_earlier_printing_is_coded_again_and_read_from_its_day() -> None:
    late, early = coding(url="a", published=dt.date(2012, 3, 1)), coding(url="b", published=DAY)
    with open_store(":memory:") as store:
        keep(store, late)
        assert not store.is_coded(early.article.id, coder="english-1", known_at=DAY)
        assert store.add(early, added_at=NOW).new_coding
        assert store.is_coded(early.article.id, coder="english-1", known_at=DAY)
        assert store.codings(as_of=DAY) == store.codings() == (early,)
        assert store.article(early.article.id) == early.article


def test_recoding_appends_and_the_newest_coder_is_read() -> None:
    old = coding(pairs=(("USA", "PAK"),))
    new = Coding(
        article=old.article, sentences=old.sentences, links=(), predictions=(),
        claims=(*(dataclasses.replace(c, coder="english-2", confidence=0.9, coded_at=NOW + dt.timedelta(1))
                  for c in old.claims),),
    )  # fmt: skip
    with open_store(":memory:") as store:
        keep(store, old)
        added = store.add(new, added_at=NOW)
        assert (added.new_coding, added.new_claims, added.known_claims) == (True, 0, 1)
        assert store.codings() == (new,)
        assert store.codings(coder="english-1") == (old,)
        assert store.claim(old.claims[0].id) == new.claims[0]
        assert store.counts().codings == 2


def test_a_coder_that_found_nothing_has_coded() -> None:
    empty = coding(pairs=())
    with open_store(":memory:") as store:
        with pytest.raises(InputError, match="pass coder="):
            store.add(empty, added_at=NOW)
        assert store.add(empty, added_at=NOW, coder="english-1").new_coding
        assert store.is_coded(empty.article.id, coder="english-1")
        assert not store.is_coded(empty.article.id, coder="english-2")


def test_codings_of_a_pair_are_those_whose_claims_name_both() -> None:
    through_a_third = coding(1, pairs=(("USA", "TAL"), ("TAL", "PAK")))
    direct, one_only = coding(2, pairs=(("PAK", "USA"),)), coding(3, pairs=(("USA", "TAL"),))
    with open_store(":memory:") as store:
        keep(store, through_a_third, direct, one_only)
        assert {c.article.id for c in store.codings(("USA", "PAK"))} == {through_a_third.article.id, direct.article.id}
        assert len(store.articles(dyad=("PAK", "USA"))) == 2
        assert store.claims(dyad=("USA", "PAK")) == direct.claims
        assert store.dyads() == [(("TAL", "USA"), 2), (("PAK", "TAL"), 1), (("PAK", "USA"), 1)]


def test_a_pair_that_only_an_older_coding_names_is_not_answered() -> None:
    old = coding(1, pairs=(("USA", "PAK"),))
    new = Coding(article=old.article, sentences=(), links=(), predictions=(), claims=())
    with open_store(":memory:") as store:
        keep(store, old)
        store.add(new, added_at=NOW + dt.timedelta(days=1), coder="english-2")
        assert (
            store.codings(("PAK", "USA"))
            == store.claims(dyad=("PAK", "USA"))
            == store.articles(dyad=("PAK", "USA"))
            == ()
        )
        assert store.dyads() == []


def test_one_id_stands_for_one_text() -> None:
    with open_store(":memory:") as store:
        first = coding().article
        store.add_article(first, added_at=NOW)
        with pytest.raises(InputError, match="got the text of the stored article"):
            store.add_article(dataclasses.replace(first, id="mine"), added_at=NOW)
        with pytest.raises(InputError, match="got the id of the stored article"):
            store.add_article(dataclasses.replace(first, text="Another."), added_at=NOW)
        assert store.counts().articles == 1


@pytest.mark.parametrize("text", ["a lone \ud800 surrogate", "fine"])
def test_a_value_that_cannot_be_stored_is_named_and_nothing_is_kept(text: str) -> None:
    made = coding()
    bad = dataclasses.replace(made.claims[0], sentence=text, confidence=float("nan") if text == "fine" else 0.5)
    with open_store(":memory:") as store:
        with pytest.raises(InputError, match="cannot be stored"):
            store.add(dataclasses.replace(made, claims=(bad,)), added_at=NOW)
        assert store.counts().articles == 0


def test_parts_of_another_article_or_coder_are_refused() -> None:
    one, other = coding(1), coding(2, coder="english-2")
    with pytest.raises(InputError, match=r"got the coders 'english-1', 'english-2'.*got parts of the article"):
        coder_of(dataclasses.replace(one, claims=one.claims + other.claims), coder=None)


def test_unknown_ids_and_times_for_days_are_refused() -> None:
    with open_store(":memory:") as store:
        with pytest.raises(InputError, match="got article 'x'"):
            store.article("x")
        with pytest.raises(InputError, match=r"got claim 'x'.* on 2011-12-05"):
            store.claim("x", as_of=DAY)
        with pytest.raises(InputError, match="wanted a day"):
            store.claims(as_of=NOW)
