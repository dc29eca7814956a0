"""One coder for all tests of this folder, and a short way to code a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from detente.coding.coder import Coder
from detente.language.pipelines import parser
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import load
from detente.read.sentences import split
from detente.records import Article, Coding

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)

Code = Callable[..., Coding]


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder(parse=parser(), registers=load(), lexicon=load_lexicon())


@pytest.fixture(scope="session")
def code(coder: Coder) -> Code:
    def run(text: str, *, published: str | None = "2019-03-15", outlet: str | None = None) -> Coding:
        day = dt.date.fromisoformat(published) if published else None
        article = Article(text=text, retrieved=NOW, published=day, outlet=outlet)
        return coder.code(article, split(article), coded_at=NOW)

    return run
