"""Laws of reading sizes, and constructed truth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.magnitudes import find


def sizes(text):
    return [(m.kind, m.value) for _, _, m in find(text)]


def one(text):
    (_, _, magnitude), *more = find(text)
    assert not more, more
    return magnitude


@given(st.integers(1, 10**9))
def test_a_number_of_dead_is_that_number_with_and_without_commas(n):
    assert sizes(f"The raid killed {n:,} people.") == sizes(f"The raid killed {n} people.") == [("deaths", n)]


@given(st.integers(2, 999), st.integers(2, 999))
def test_dead_and_injured_are_kept_apart(dead, hurt):
    assert sizes(f"The blast killed {dead} people and wounded {hurt} others.") == [("deaths", dead), ("injured", hurt)]
    assert sizes(f"It left {dead} dead and {hurt} injured.") == [("deaths", dead), ("injured", hurt)]


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_offsets_hold(text):
    assert all(text[start:end] == m.text for start, end, m in find(text))


@pytest.mark.parametrize(
    ("text", "kind", "value", "bound"),
    [
        ("26 Pakistani servicemen were killed", "deaths", 26, None), ("killed at least 24", "deaths", 24, "least"),
        ("a death toll of 130", "deaths", 130, None), ("more than a hundred soldiers died", "deaths", 100, "least"),
        ("dozens of people were wounded", "injured", 24, "least"), ("up to 45,000 troops", "troops", 45000, "most"),
        ("nearly 1.2 million refugees", "people", 1.2e6, "about"), ("police arrested 12 people", "detained", 12, None),
        ("scores were killed", "deaths", 40, "about"), ("two dozen tanks", "weapons", 24, None),
        ("12 F-16s", "aircraft", 12, None), ("three warships", "ships", 3, None), ("5.5 percent", "percent", 5.5, None),
        ("hundreds of thousands of refugees", "people", 2e5, "least"), ("twenty-one hostages", "people", 21, None),
        ("half a million people fled", "people", 5e5, None), ("a seven-month closure", "duration", 7, None),
        ("100 km", "distance", 100, None),
    ],
)  # fmt: skip
def test_a_size_has_its_kind_value_and_bound(text, kind, value, bound):
    found = one(text)
    assert (found.kind, found.value, found.bound) == (kind, value, bound)


@pytest.mark.parametrize(
    ("text", "value", "unit", "per"),
    [
        ("aid (which amounts to $ 1 bln a year)", 1e9, "USD", "year"), ("$800 million", 8e8, "USD", None),
        ("US$1.1bn", 1.1e9, "USD", None), ("500m euros", 5e8, "EUR", None), ("€2bn", 2e9, "EUR", None),
        ("Rs 30 crore", 3e8, "INR", None), ("A$ 5 million", 5e6, "AUD", None), ("3 billion yuan", 3e9, "CNY", None),
        ("20 million roubles", 2e7, "RUB", None), ("£4.5m", 4.5e6, "GBP", None),
        ("USD 88,550,000", 88550000, "USD", None),
        ("1.5 billion dollars in aid annually", 1.5e9, "USD", "year"), ("annual aid of $2 billion", 2e9, "USD", "year"),
        ("$300 a day", 300, "USD", "day"), ("€50 per month", 50, "EUR", "month"),
    ],
)  # fmt: skip
def test_a_sum_has_its_currency_and_rate(text, value, unit, per):
    found = one(text)
    assert found.value == pytest.approx(value)
    assert (found.kind, found.unit, found.per) == ("money", unit, per)


@pytest.mark.parametrize("text", ["24 to 28 dead", "between 24 and 28 dead", "24-28 dead"])
def test_a_range_is_two_bounds(text):
    assert [(m.kind, m.value, m.bound) for _, _, m in find(text)] == [("deaths", 24, "least"), ("deaths", 28, "most")]


def test_who_kills_is_not_counted_among_the_dead():
    assert sizes("15 gunmen killed 20 people") == [("people", 15), ("deaths", 20)]


def test_killing_in_another_clause_makes_no_deaths():
    assert sizes("12 soldiers left; the others were killed") == [("troops", 12)]
    assert sizes("200 troops stayed while many were killed") == [("troops", 200)]


@pytest.mark.parametrize(
    "text",
    ["", "in 2011", "on November 26", "May 5, 2020", "aged 34", "a 34-year-old", "No. 10 Downing Street", "won 3-1",
     "section 232", "at 10:30", "two years ago", "killed on 5 May", "the 9/11 attacks", "٣٣ ٣"],
)  # fmt: skip
def test_years_dates_ages_ranks_and_results_are_no_sizes(text):
    assert sizes(text) == []


@pytest.mark.parametrize("piece", ["a", " ", "1", "1,", "٣ ", "$", "at least ", "- "])
def test_a_megabyte_is_read_in_linear_time(piece):
    assert len(find("killed " + piece * (10**6 // len(piece)))) <= 1
