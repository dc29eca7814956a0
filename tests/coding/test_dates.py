"""Laws of reading dates, and constructed truth."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.dates import find, resolve

FRIDAY = dt.date(2025, 5, 16)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PHRASES = [
    *WEEKDAYS, "last Friday", "next Tuesday", "in May", "Nov. 26", "June 3, 2019", "15-20 May", "late last month",
    "two weeks ago", "yesterday", "between 2003 and 2011", "last summer", "several years from now", "early on Monday",
]  # fmt: skip


def day_of(phrase, *, published=FRIDAY, tense=None):
    found = resolve(phrase, published=published, tense=tense)
    return found.date.isoformat() if found.date else None


@given(DAYS, DAYS)
def test_an_iso_day_is_that_day_whenever_published(day, published):
    found = resolve(day.isoformat(), published=published)
    assert (found.date, found.precision, found.future) == (day, "day", day > published)


@given(DAYS)
def test_a_day_written_out_is_that_day_in_every_order(day):
    month = f"{day:%B}"
    written = [f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day:%b} {day.day} {day.year}"]
    assert {resolve(text, published=None).date for text in written} == {day}


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_never_after_publication_and_within_seven_days(published, weekday):
    bare, last = (resolve(text, published=published).date for text in (weekday, f"last {weekday}"))
    assert bare.weekday() == last.weekday() == WEEKDAYS.index(weekday)
    assert 0 <= (published - bare).days < 7
    assert 0 < (published - last).days <= 7


@given(DAYS, st.integers(0, 6))
def test_a_weekday_to_come_is_within_seven_days_of_publication(published, weekday):
    found = resolve(WEEKDAYS[weekday], published=published, tense="future")
    assert 0 <= (found.date - published).days < 7


@given(DAYS, DAYS)
def test_a_day_without_a_year_is_the_latest_not_after_publication(day, published):
    found = resolve(f"{day:%B} {day.day}", published=published).date
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= published
    assert (day.month, day.day) == (2, 29) or (published - found).days <= 366


@given(DAYS, st.integers(1, 300))
def test_days_ago_counts_back(published, n):
    assert resolve(f"{n} days ago", published=published).date == published - dt.timedelta(days=n)


@given(st.lists(st.sampled_from([*PHRASES, "may", "the capital", "1,992 people", "said", "and", ",", "(", ")", "٣"])))
def test_a_found_slice_resolves_to_what_was_found_and_slices_do_not_overlap(words):
    text = " ".join(words)
    found = find(text, published=FRIDAY)
    assert all(resolve(text[start:end], published=FRIDAY) == what for start, end, what in found)
    edges = [edge for start, end, _ in found for edge in (start, end)]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


@given(st.text(max_size=300), st.none() | DAYS)
def test_any_text_is_read_without_an_error(text, published):
    resolve(text, published=published)
    assert all(text[start:end] == what.text for start, end, what in find(text, published=published))


@pytest.mark.parametrize(
    ("phrase", "day", "precision"),
    [
        ("two weeks ago", "2025-05-02", "day"), ("a week before last Wednesday", "2025-05-07", "day"),
        ("the day before yesterday", "2025-05-14", "day"), ("overnight", "2025-05-15", "day"),
        ("Monday evening", "2025-05-12", "day"), ("this Sunday", "2025-05-18", "day"),
        ("in May", "2025-05-01", "month"),
        ("last May", "2024-05-01", "month"), ("in August", "2024-08-01", "month"), ("mid-March", "2025-03-15", "month"),
        ("early last month", "2025-04-01", "month"), ("late 2023", "2023-12-31", "year"),
        ("in 2008", "2008-01-01", "year"),
        ("by the end of the year", "2025-12-31", "year"), ("recently", "2025-05-16", "before"),
        ("before 2010", "2010-01-01", "before"), ("Christmas Eve", "2024-12-24", "day"),
        ("Q3 2021", "2021-07-01", "month"),
        ("in two months", "2025-07-16", "month"), ("a decade ago", "2015-05-16", "year"),
    ],
)  # fmt: skip
def test_a_phrase_names_its_day_at_its_precision(phrase, day, precision):
    found = resolve(phrase, published=FRIDAY)
    assert (found.date.isoformat(), found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("phrase", "day", "end"),
    [
        ("from 5 to 9 June 2020", "2020-06-05", "2020-06-09"), ("28 May - 3 June", "2024-05-28", "2024-06-03"),
        ("last Monday to Wednesday", "2025-05-12", "2025-05-14"), ("between 2003 and 2011", "2003-01-01", "2011-01-01"),
        ("over the weekend", "2025-05-10", "2025-05-11"), ("the 1990s", "1990-01-01", "1999-01-01"),
        ("April to June 2020", "2020-04-01", "2020-06-01"),
        ("Dec. 30, 2019 to Jan. 2, 2020", "2019-12-30", "2020-01-02"),
    ],
)  # fmt: skip
def test_a_range_has_two_ends(phrase, day, end):
    found = resolve(phrase, published=FRIDAY)
    assert (found.date.isoformat(), found.end.isoformat()) == (day, end)


@pytest.mark.parametrize(
    "phrase",
    ["", "for two years", "eight weeks of talks", "during Easter", "the 2019 summit",
     "the day after the raid", "2025-02-30",
     "the following day", "Thursday, witnesses said", "declined to comment", "last winter", "٣ May"],
)  # fmt: skip
def test_what_names_no_day_stays_unknown(phrase):
    found = resolve(phrase, published=FRIDAY)
    assert (found.date, found.precision) == (None, "unknown")


@pytest.mark.parametrize(
    "phrase", ["Tuesday", "last week", "May 3", "in August", "two days ago", "recently", "overnight"]
)
def test_a_relative_phrase_without_publication_stays_unknown(phrase):
    assert resolve(phrase, published=None).date is None


def test_a_far_time_to_come_is_future_without_a_date():
    found = resolve("several years from now", published=FRIDAY)
    assert (found.date, found.future, found.approximate) == (None, True, True)


def test_the_future_tense_reads_forward():
    assert day_of("June 3", tense="future") == "2025-06-03"
    assert day_of("January 14", published=dt.date(2024, 12, 20), tense="future") == "2025-01-14"


@pytest.mark.parametrize(
    "text",
    ["It may rain.", "They began the March on the capital.", "Theresa May spoke.",
     "In 2000 villages, 1,992 people fled.",
     "Section 1990 applies.", "The second round.", "In two months they took ten towns.",
     "At 4pm (1300 GMT).", "the Sunday Times"],
)  # fmt: skip
def test_words_that_look_like_dates_are_left_alone(text):
    assert find(text, published=FRIDAY) == []


def test_the_longest_expression_is_found_with_exact_offsets():
    text = (
        "On Tuesday, June 19, 2018 they met; a week before last Friday, in May 2011 and from 2003 to 2005 they did not."
    )
    found = [text[start:end] for start, end, _ in find(text, published=FRIDAY)]
    assert found == ["Tuesday, June 19, 2018", "a week before last Friday", "May 2011", "2003 to 2005"]


@pytest.mark.parametrize("piece", ["a", " ", "1", "1-", "early of ", "in the ", "٣ "])
def test_a_megabyte_is_read_in_linear_time(piece):
    text = "2011 " + piece * (10**6 // len(piece))
    assert len(find(text, published=FRIDAY)) <= 2
    assert resolve(text, published=FRIDAY).date is None
