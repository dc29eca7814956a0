"""The event corpus keeps its codebook, and is as large and as varied as its datasheet says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "training" / "corpus.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = found
    spec.loader.exec_module(found)
    return found


def test_every_block_can_be_read(corpus: ModuleType) -> None:
    faults: list[str] = []
    corpus.read(ROOT / "corpus" / "events", faults=faults)
    assert not faults


def test_it_is_large_and_a_quarter_holds_a_hard_negative(corpus: ModuleType) -> None:
    rows = corpus.read(ROOT / "corpus" / "events")
    assert len(rows) >= 6000
    negative = [r for r in rows if any(d.event == "NONE" for d in r.deeds) or not r.deeds]
    assert len(negative) / len(rows) >= 0.25
    assert sum(bool(r.group) for r in rows) >= 1500
    assert len({r.author for r in rows}) >= 6


def test_no_sentence_stands_twice(corpus: ModuleType) -> None:
    rows = corpus.read(ROOT / "corpus" / "events")
    held = corpus.read(ROOT / "corpus" / "held-out")
    texts = [r.text for r in rows]
    assert len(texts) - len(set(texts)) <= 5
    assert not {r.text for r in held} & set(texts)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("[1:A] {a:hit} [2:B].\n1>3 ASSAULT happened a\n", "no span is marked 3"),
        ("[1:A] {a:hit} [2:B].\n1>2 STRIKE happened a\n", "got the type STRIKE"),
        ("[1:A] {a:hit} [2:B].\n1>2 ASSAULT/kiss happened a\n", "got the mode kiss"),
        ("[1:A] {a:hit} [2:B].\n1>2 ASSAULT maybe a\n", "got the status maybe"),
        ("[1:A] hit [2:B.\n1>2 NONE\n", "a bracket is left over"),
        ("[1:A] hit [2:B].\n", "without a line"),
    ],
)
def test_a_broken_block_is_named_with_its_line(corpus: ModuleType, tmp_path: Path, block: str, message: str) -> None:
    (tmp_path / "author.txt").write_text(f"\n{block}", encoding="utf-8")
    with pytest.raises(corpus.CorpusError, match=message) as caught:
        corpus.read(tmp_path)
    assert str(caught.value).startswith("author.txt:")
