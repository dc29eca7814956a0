"""Laws of the splitter, on texts whose boundaries are known because the test put them there."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.sentences import MAX_SENTENCE, spans, split
from detente.records import Article

NOW = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
TREEBANKS = Path(__file__).parents[3] / "shared" / "data" / "treebanks"

SENTENCES = [
    "The U.S. President met Gen. Kayani on Jan. 5.",
    "He spoke to Lt. Col. Roe, Dr. J. K. Doe and St. Mary's School.",
    "Aid amounts to $ 1 bln a year (about 3.5 percent, i.e. No. 2 of all).",
    "“We will leave,” she said.",
    "“Will they leave?” he asked.",
    '"They left." ',
    "Was it over?",
    "They met at 5 p.m. Monday in Washington, D.C., and left.",
    "Acme Inc. shares fell vs. Roe Corp. shares.",
    "(Later, they called it an error.)",
    "It was … not clear.",
    "See www.example.com/a.b?c=1 for more.",
    "Is that so?” Jane Roe asked.",
    "He left the U.S.",
]
CONTINUED = {"The army stayed.", "It is over.", "In turn, they will cut aid.", "However, nobody left."}

words = st.sampled_from([s.strip() for s in SENTENCES] + sorted(CONTINUED))
wild = st.text(alphabet=st.sampled_from(list("aAbZ .,!?…\"'“”’()[]\n\t1U.S-–•。\u00a0é")), max_size=300)


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in spans(text)]


@given(st.one_of(wild, st.text(max_size=200)))
def test_spans_are_ordered_apart_and_cover_all_but_space(text: str) -> None:
    found = list(spans(text))
    done = 0
    for start, end, _ in found:
        assert done <= start < end <= len(text)
        assert not text[done:start].strip()
        assert text[start:end] == text[start:end].strip()
        done = end
    assert not text[done:].strip()
    assert [p for *_, p in found] == sorted(p for *_, p in found)


@given(wild.filter(str.strip))
def test_sentence_text_is_the_span_of_the_article(text: str) -> None:
    article = Article(text=text, retrieved=NOW)
    for i, sentence in enumerate(split(article)):
        assert text[sentence.start : sentence.end] == sentence.text
        assert (sentence.sequence, sentence.article_id) == (i, article.id)


@pytest.mark.parametrize("sentence", [s.strip() for s in SENTENCES])
def test_sentence_with_inner_stops_stays_whole(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@given(
    st.lists(words, min_size=1, max_size=6).map(lambda parts: [p for part in parts for p in (part, "The army stayed.")])
)
def test_joined_sentences_come_apart_again(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One here\n\nTwo there", ["One here", "Two there"]),
        ("- first item\n- second item", ["- first item", "- second item"]),
        ("1. Open the road. 2. Pay for it.", ["1. Open the road.", "2. Pay for it."]),
        ("The threat is over.The army left.", ["The threat is over.", "The army left."]),
        ("She read example.com. He did not.", ["She read example.com.", "He did not."]),
        ("“It is over.” The army left.", ["“It is over.”", "The army left."]),
        ("He asked: “Why?” she did not know.", ["He asked: “Why?” she did not know."]),
        ("A heading\nThen a sentence.", ["A heading", "Then a sentence."]),
        ("He ran. al-Shabaab followed.", ["He ran.", "al-Shabaab followed."]),
    ],
)
def test_layout_and_quotations(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


def test_lines_wrapped_by_a_machine_are_joined() -> None:
    line = "The minister of the one country met the minister of the other one on"
    assert cut(f"{line}\nMonday, and both of them said that the talks which had been held there\nwere useful.") != []
    assert (
        len(cut(f"{line}\nMonday, and both of them said that the talks which had been held there\nwere useful.")) == 1
    )


def test_paragraphs_are_counted() -> None:
    assert [p for *_, p in spans("One. Two.\n\nThree.\n\n\nFour.")] == [0, 0, 1, 2]


@pytest.mark.parametrize("unit", ["word ", "x", ". ", "a, b; ", "U.S. A ", '"'])
def test_one_long_line_is_cut_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begun = time.perf_counter()
    lengths = [end - start for start, end, _ in spans(text)]
    assert max(lengths) <= MAX_SENTENCE
    assert time.perf_counter() - begun < 20


@pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebanks are not beside the checkout")
@pytest.mark.parametrize(("name", "floor"), [("pudnews", 0.98), ("gumopen_dev", 0.90)])
def test_boundaries_agree_with_treebank(name: str, floor: float) -> None:
    documents: dict[str, list[str]] = {}
    with gzip.open(TREEBANKS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            sentence = "".join(w + " " * s for w, s in zip(record["w"], record["sp"], strict=True)).strip()
            key = record["id"][:6] if name.startswith("pud") else record["id"].rsplit("-", 1)[0]
            documents.setdefault(key, []).append(sentence)
    right = wrong = 0
    for sentences in documents.values():
        ends, position = set(), -1
        for sentence in sentences:
            position += len(sentence) + 1
            ends.add(position)
        found = {end for _, end, _ in spans(" ".join(sentences))}
        right += len(ends & found)
        wrong += len(ends ^ found)
    assert 2 * right / (2 * right + wrong) >= floor
