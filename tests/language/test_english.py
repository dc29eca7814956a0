"""The shipped model behind a spaCy Doc: order, offsets, odd input; and another pipeline in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from detente.errors import ModelError
from detente.language.english import MAX_WORDS, English
from detente.language.pieces import shape
from detente.language.pipelines import parser, universal


@pytest.fixture(scope="module")
def english() -> English:
    return English()


def test_answers_keep_the_order_and_the_text(english: English) -> None:
    texts = ["It rained.", "The minister of defence resigned on Tuesday after the talks.", "No!", "", "Yes."] * 30
    assert [d.text for d in english.pipe(texts)] == texts


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_a_tree(english: English, text: str) -> None:
    doc = english(text)
    assert doc.text == text
    assert all(0 <= t.head.i < len(doc) for t in doc)
    if len(doc):
        assert sum(t.head.i == t.i for t in doc) == 1


def test_a_very_long_sentence_is_parsed_whole(english: English) -> None:
    doc = english("The envoy met the minister and " * 80 + "left.")
    assert len(doc) > MAX_WORDS
    assert all(t.pos_ for t in doc)


def test_tags_tree_lemmas_and_names(english: English) -> None:
    doc = english("Angela Merkel met British officials in Berlin.")
    met = next(t for t in doc if t.text == "met")
    assert (met.pos_, met.lemma_, met.dep_) == ("VERB", "meet", "ROOT")
    assert [(e.text, e.label_) for e in doc.ents] == [("Angela Merkel", "PER"), ("Berlin", "LOC")]


def test_a_batch_gives_what_single_sentences_give(english: English) -> None:
    texts = ["Peru closed the border.", "The two presidents will meet in May, officials said."]
    together = [[(t.dep_, t.head.i) for t in d] for d in english.pipe(texts)]
    assert together == [[(t.dep_, t.head.i) for t in english(text)] for text in texts]


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"english\.onnx"):
        English(folder=tmp_path)


def test_unknown_pipeline_is_refused() -> None:
    with pytest.raises(ModelError, match="en_no_such_model"):
        parser("en_no_such_model")


@pytest.mark.parametrize(
    ("word", "kind"), [("of", 1), ("Peru", 2), ("USA", 3), ("iPhone", 4), ("26", 5), ("--", 6), ("A", 7)]
)
def test_shape_of_words(word: str, kind: int) -> None:
    assert shape(word) == kind


def clear_nlp() -> Doc:
    """`Troops were sent to Mali by France.` as an English pipeline of spaCy labels it."""
    return Doc(
        spacy.blank("en").vocab,
        words=["Troops", "were", "sent", "to", "Mali", "by", "France", "."],
        tags=["NNS", "VBD", "VBN", "IN", "NNP", "IN", "NNP", "."],
        pos=["NOUN", "AUX", "VERB", "ADP", "PROPN", "ADP", "PROPN", "PUNCT"],
        lemmas=["troop", "be", "send", "to", "Mali", "by", "France", "."],
        heads=[2, 2, 2, 2, 3, 2, 5, 2],
        deps=["nsubjpass", "auxpass", "ROOT", "prep", "pobj", "agent", "pobj", "punct"],
        ents=["O", "O", "O", "O", "B-GPE", "O", "B-GPE", "O"],
    )


def test_other_label_schemes_become_universal_dependencies() -> None:
    doc = universal(clear_nlp())
    got = {t.text: (t.dep_, t.head.text) for t in doc}
    assert got["Troops"] == ("nsubj:pass", "sent")
    assert got["were"] == ("aux:pass", "sent")
    assert got["Mali"] == ("obl", "sent")
    assert got["to"] == ("case", "Mali")
    assert got["France"] == ("obl:agent", "sent")
    assert {e.label_ for e in doc.ents} == {"LOC"}


def test_copulas_move_below_their_predicate() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Peru", "was", "angry", "."],
        tags=["NNP", "VBD", "JJ", "."],
        pos=["PROPN", "AUX", "ADJ", "PUNCT"],
        lemmas=["Peru", "be", "angry", "."],
        heads=[1, 1, 1, 1],
        deps=["nsubj", "ROOT", "acomp", "punct"],
    )
    got = {t.text: (t.dep_, t.head.text) for t in universal(doc)}
    assert got["angry"] == ("ROOT", "angry")
    assert got["was"] == ("cop", "angry")
    assert got["Peru"] == ("nsubj", "angry")


def test_universal_parse_is_left_alone(english: English) -> None:
    doc = english("Peru was angry.")
    assert universal(doc) is doc
