"""Laws of words and of marked text."""

from __future__ import annotations

import datetime as dt
import doctest
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.dossier import markdown, wording
from detente.dossier.citing import index
from detente.dossier.reading import quotation, readings
from detente.dossier.wording import magnitude, percent, percent_range, plain
from detente.records import Article, Claim, Dossier, Magnitude


@pytest.mark.parametrize("module", [wording, markdown])
def test_examples_in_the_docstrings_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


@given(st.floats(0, 1))
def test_a_percentage_never_claims_certainty_it_does_not_have(p: float) -> None:
    assert (percent(p) == "0%") == (p == 0)
    assert (percent(p) == "100%") == (p == 1)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_range_ends_in_one_percent_sign(a: float, b: float) -> None:
    assert percent_range(min(a, b), max(a, b)).count("%") == 1


@given(st.text())
def test_plain_text_can_be_written_anywhere(text: str) -> None:
    line = plain(text)
    line.encode()
    assert "\n" not in line
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (Magnitude(kind="money", value=1e9, unit="USD", per="year"), "$1 bn a year"),
        (Magnitude(kind="money", value=1.25e12, unit="PKR"), "PKR 1.25 tn"),
        (Magnitude(kind="money", value=700e6, unit="USD", bound="most"), "up to $700 m"),
        (Magnitude(kind="money", value=950.0, unit=None), "950"),
        (Magnitude(kind="percent", value=100.0), "100%"),
        (Magnitude(kind="deaths", value=1400), "1,400 killed"),
        (Magnitude(kind="aircraft", value=6, per="hour"), "6 aircraft an hour"),
    ],
)  # fmt: skip
def test_sizes_read_as_a_reader_says_them(size: Magnitude, words: str) -> None:
    assert magnitude(size) == words


def test_a_date_is_never_more_precise_than_known() -> None:
    date = dt.date(2011, 5, 1)
    assert wording.when(date, precision="month") == "May 2011"
    assert wording.when(date, precision="year") == "2011"
    assert wording.when(date, precision="unknown") == "no date"
    assert wording.when(date, end=dt.date(2011, 5, 3)) == "1 May 2011 to 3 May 2011"


def test_an_unknown_number_is_said_to_be_unknown() -> None:
    assert percent(math.nan) == wording.signed(math.nan) == percent_range(math.nan, 1) == "unknown"


def test_trigger_is_found_inside_its_own_clause(claims: dict[str, Claim], dossier: Dossier) -> None:
    article = dossier.articles[0]
    sentence = "They struck first and we struck back."
    text = f"Before. {sentence}"
    second = replace(
        claims["strike"], sentence=sentence, trigger="struck", span=(text.index("we struck"), len(text) - 1)
    )
    found = quotation(second, article=replace(article, text=text))
    assert found.before == "They struck first and we "
    assert quotation(replace(second, trigger="bombed")).before == sentence


@given(spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda s: (min(s), max(s))), max_size=6))
def test_marking_never_changes_the_text(claims: dict[str, Claim], bare: Dossier, spans: list[tuple[int, int]]) -> None:
    text = "One two three.\n\nFour five six, seven eight nine; ten.\n\nLast."
    article = Article(text=text, retrieved=dt.datetime(2011, 12, 6, tzinfo=dt.UTC))
    base = replace(claims["strike"], article_id=article.id)
    marked = tuple(replace(base, span=span, id=f"c{i}") for i, span in enumerate(spans))
    made = replace(bare, articles=(article,), claims=marked)
    found = readings(made, at=index(made))[0]
    assert ["".join(p.text for p in pieces) for pieces in found.paragraphs] == text.split("\n\n")
