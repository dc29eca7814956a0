"""`detente code --min-confidence`: what the coder is less sure of is left out, with the links that hang on it."""

from __future__ import annotations

import datetime as dt

import pytest

from detente import desk, pipeline
from detente.errors import InputError
from detente.read.sentences import split
from detente.records import Article, Coding

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
TEXT = (
    "Ethiopia expelled two Eritrean diplomats on Monday. Asmara will probably recall its ambassador. "
    "If Ethiopia closes the border, Eritrea will stop shipments of salt."
)


@pytest.fixture(scope="module")
def coding() -> Coding:
    article = Article(text=TEXT, retrieved=NOW, published=dt.date(2001, 5, 2))
    return pipeline.coder().code(article, split(article), coded_at=NOW)


def test_nothing_is_left_out_by_default(coding: Coding) -> None:
    assert desk.surer(coding, least=0.0) == coding


def test_only_forecasts_stay_under_the_limit(coding: Coding) -> None:
    left = desk.surer(coding, least=1.0)
    foretold = {p.claim for p in coding.predictions}
    assert {c.id for c in left.claims} == foretold | {c.id for c in coding.claims if c.confidence >= 1.0}
    ids = {c.id for c in left.claims}
    assert all(link.cause in ids and link.effect in ids for link in left.links)


def test_a_limit_that_is_no_chance_is_refused() -> None:
    with pytest.raises(InputError, match="min-confidence"):
        desk.Desk(model="english", outlets=(), now=NOW, explain=False, least=3)
