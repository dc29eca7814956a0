"""Floors: what the coder and the language layer reach on sets they were not made on. A floor only goes up.

The sets of `../shared` are not part of the project; where they are not there, their tests are skipped.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente import pipeline
from detente.coding.coder import Coder
from detente.language.english import English
from detente.read.articles import Rejected, read_articles
from detente.read.sentences import split
from detente.records import REAL, Article, Claim

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sets are not here")


def module(path: Path) -> Any:
    """A module beside the tests or in training/, which are no packages."""
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
        return found
    finally:
        sys.path.remove(str(path.parent))


scoring = module(HERE / "scoring.py")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return pipeline.coder()


def coded(coder: Coder, article: Article) -> tuple[Claim, ...]:
    return coder.code(article, split(article), coded_at=NOW).claims


# -- the language layer -------------------------------------------------------------------------------------------

LANGUAGE = [
    # set, labelled attachment, names: percent, after quantisation, with the treebank's own words
    ("ewt_test", 89.5, 67.0),
    ("pudnews", 86.3, 71.0),
]


@needs_shared
@pytest.mark.parametrize(("name", "las", "names"), LANGUAGE)
def test_language_layer(name: str, las: float, names: float) -> None:
    training = HERE.parents[1] / "training"
    rows = module(training / "treebank.py").treebank(SHARED / "data" / "treebanks" / f"{name}.jsonl.gz")
    rows.sort(key=lambda row: len(row["w"]))
    model = English()
    found = [a for i in range(0, len(rows), 32) for a in model.analyse([r["w"] for r in rows[i : i + 32]])]
    parsed = ((a.upos, a.xpos, a.heads, a.relations, a.names) for a in found)
    scores = module(training / "score.py").scores(rows, parsed)
    assert scores["las"] >= las, scores
    assert scores["names"] >= names, scores


# -- the coder, on texts by an author who did not know it ---------------------------------------------------------


def test_claims_of_twelve_analyses(coder: Coder) -> None:
    pairs = []
    for path, key in scoring.analyses():
        day = dt.date.fromisoformat(key["published"])
        article = next(iter(read_articles(str(path), retrieved=NOW, published=day, outlet=key["outlet"])))
        assert not isinstance(article, Rejected)
        claims = coded(coder, article)
        pairs += [(claims, want) for want in key["claims"]]
    scores = scoring.recall(pairs)
    assert scores["event"] >= 0.58, scores
    assert scores["all"] >= 0.26, scores


def sentences(part: str) -> Iterator[dict[str, Any]]:
    lines = (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    yield from (row for row in map(json.loads, lines) if row["split"] == part)


def test_sentences_of_many_pairs(coder: Coder) -> None:
    expected = right = 0
    for row in sentences("test"):
        article = Article(text=row["text"], retrieved=NOW, published=dt.date.fromisoformat(row["published"]))
        claims = coded(coder, article)
        for want in row["events"]:
            expected += 1
            right += any(all(scoring.right(claim, want).values()) for claim in claims)
    assert right / expected >= 0.56, (right, expected)


def test_sentences_without_an_event(coder: Coder) -> None:
    rows = [row for row in sentences("test") if not row["events"]]
    wrong = []
    for row in rows:
        article = Article(text=row["text"], retrieved=NOW, published=dt.date.fromisoformat(row["published"]))
        if any(c.dyad and c.status in REAL for c in coded(coder, article)):
            wrong.append(row["text"])
    assert len(wrong) / len(rows) <= 0.09, wrong


# -- labelled sentences of the field, and the held-out part of our own corpus; `measures.py` measures all of them ------

measures = module(HERE / "measures.py")


def every(name: str, step: int) -> list[Any]:
    return list(measures.rows_of(SHARED / "gold" / f"{name}.jsonl", step=step))


@needs_shared
def test_relation_of_a_given_pair(coder: Coder) -> None:
    scores = measures.given(coder, every("relations_dev", 2))
    assert scores["root macro-F1"] >= 0.79, scores
    assert scores["quad macro-F1"] >= 0.9, scores
    assert scores["calibration error"] <= 0.05, scores


@needs_shared
def test_relations_with_nothing_given(coder: Coder) -> None:
    scores = measures.free(coder, every("relations_dev", 4))
    assert scores["right root found"] >= 0.75, scores
    assert scores["claims a sentence"] < 2.0, scores


@needs_shared
def test_states_of_given_parties(coder: Coder) -> None:
    scores = measures.states(coder, every("relations_dev", 1))
    assert scores["actor right"] >= 0.91, scores
    assert scores["recipient right"] >= 0.82, scores


@needs_shared
def test_parties_of_sentences(coder: Coder) -> None:
    scores = measures.spans(coder, every("spans_dev", 3))
    assert scores["actor found"] >= 0.83, scores
    assert scores["recipient found"] >= 0.725, scores


@needs_shared
def test_quad_of_a_sentence(coder: Coder) -> None:
    scores = measures.penta(coder, every("penta_dev", 4))
    assert scores["accuracy"] >= 0.76, scores


def test_sentences_of_an_author_the_model_never_saw(coder: Coder) -> None:
    scores = measures.own(coder)
    assert scores["type macro-F1"] >= 0.92, scores
    assert scores["status macro-F1"] >= 0.88, scores
    assert scores["direction right"] >= 0.96, scores
    assert scores["direction told"] >= 0.62, scores
    assert scores["empty with a happened event"] <= 0.08, scores
    assert scores["empty with one between two states"] <= 0.02, scores
