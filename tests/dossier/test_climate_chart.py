"""The climate as it is drawn and as it is told to machines."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

from detente.dossier import climate_chart
from detente.dossier.climate_table import climate_document
from detente.dossier.document import document
from detente.dossier.page import page
from detente.records import Climate, Course, Dossier, Level, Tie


def course(onsets: tuple[dt.date, ...] = ()) -> Course:
    level = Level(value=0.5, low=0.3, high=0.7)
    return Course(attention=(level,) * 12, conflict=(level,) * 12, material=(level,) * 12, onsets=onsets)


@pytest.fixture
def climate() -> Climate:
    """A year; nothing was read in April, and the outlets changed in June."""
    return Climate(
        dyad=("PAK", "USA"), step="month", starts=tuple(dt.date(2011, m, 1) for m in range(1, 13)),
        forward=course((dt.date(2011, 5, 2),)), backward=course(),
        coverage=tuple(0 if m == 4 else 5 for m in range(1, 13)), mix_changed=tuple(m == 6 for m in range(1, 13)),
    )  # fmt: skip


def test_a_month_without_articles_is_hatched_and_breaks_the_line(climate: Climate) -> None:
    drawn = climate_chart.draw(climate, forward="a", backward="b")
    assert drawn.count('class="unknown"') == 5, "two strips in each direction, and the coverage"
    lines = re.findall(r'class="line conflict" d="([^"]+)"', drawn)
    assert [line.count("M") for line in lines] == [2, 2]


def test_onset_is_marked_in_its_direction_alone(climate: Climate) -> None:
    drawn = climate_chart.draw(climate, forward="a", backward="b")
    assert drawn.count('<path class="onset"') == 1
    assert drawn.count('class="mixed"') == 1


def test_labels_are_escaped(climate: Climate) -> None:
    assert "<b>" not in climate_chart.draw(climate, forward="<b>", backward='"><b>')


def test_turning_points_are_ties_that_changed_on_a_known_day(dossier: Dossier, climate: Climate) -> None:
    tie = Tie(
        dyad=("PAK", "USA"), kind="transit", status="suspended", since=dt.date(2011, 11, 26), at_risk=False,
        claims=(dossier.claims[0].id,),
    )  # fmt: skip
    undated, early = replace(tie, kind="basing", since=None), replace(tie, kind="arms", since=dt.date(2009, 1, 1))
    held = replace(dossier, climate=climate, ties=(tie, undated, early))
    (turn,) = climate_chart.turns(held)
    assert (turn.number, turn.day, turn.text) == (1, dt.date(2011, 11, 26), "Transit: suspended")
    assert 'class="turns"' in page(held)


def test_page_draws_the_climate_first_and_keeps_the_counts_folded(dossier: Dossier, climate: Climate) -> None:
    drawn = page(replace(dossier, climate=climate))
    assert drawn.count('class="chart"') == 4
    assert drawn.index("share of conflict") < drawn.index("Events by month")
    assert page(dossier).count('class="chart"') == 2


def test_document_says_what_is_not_known_and_is_json(dossier: Dossier, climate: Climate) -> None:
    told = climate_document(climate)
    assert json.loads(json.dumps(told)) == told
    april = document(replace(dossier, climate=climate))["climate"]
    assert april == told
    assert [p["known"] for p in told["periods"]] == [m != 4 for m in range(1, 13)]  # type: ignore[index, attr-defined]
    assert document(dossier)["climate"] is None
