"""Labels of sentences that are not ours to hand on, by place, in; labelled sentences out, where the texts are at hand.

`corpus/standoff/treebanks.jsonl` names sentences of treebanks by their id, `articles.jsonl` stretches of articles by
file and first character. Spans are character offsets within the sentence; `crc` is the CRC-32 of its text, so that a
text that has changed is noticed and left out.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus import Deed, Labelled

FOLDER = Path("corpus/standoff")
Row = Mapping[str, Any]


def read(*, treebanks: Path, articles: Path, faults: list[str]) -> list[Labelled]:
    """Every labelled sentence whose text is found; what is not is noted in `faults`."""
    found = [*_of_treebanks(treebanks, faults), *_of_articles(articles, faults)]
    return list(found)


def _rows(name: str) -> list[Row]:
    path = FOLDER / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _of_treebanks(folder: Path, faults: list[str]) -> Iterator[Labelled]:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*_train.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                words = zip(row["w"], row["sp"], strict=True)
                texts[row["id"]] = "".join(w + (" " if space else "") for w, space in words).strip()
    for row in _rows("treebanks"):
        yield from _labelled(row, texts.get(row["id"]), faults, group=row["id"].rpartition("-")[0])


def _of_articles(folder: Path, faults: list[str]) -> Iterator[Labelled]:
    for row in _rows("articles"):
        name, _, start = row["id"].rpartition(":")
        path = folder / f"{name}.txt"
        text = _body(path)[int(start) : int(start) + row["length"]] if path.exists() else None
        yield from _labelled(row, text, faults, group=name)


def _body(path: Path) -> str:
    """The text of an article without a first line that is its address."""
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return rest if first.startswith("http") else text


def _labelled(row: Row, text: str | None, faults: list[str], *, group: str) -> Iterator[Labelled]:
    if text is None or zlib.crc32(text.encode()) != row["crc"]:
        faults.append(f"{row['id']}: {'no such text' if text is None else 'the text is another than was labelled'}")
        return
    deeds = tuple(_deed(deed) for deed in row["deeds"])
    yield Labelled(text=text, deeds=deeds, where=row["id"], section="real", author="standoff", group=group)


def _deed(row: Row) -> Deed:
    def span(key: str) -> tuple[int, int] | None:
        return tuple(row[key]) if row.get(key) else None

    actor = span("actor")
    if actor is None:
        raise ValueError(f"a deed without an actor: {row}")
    return Deed(
        actor=actor, recipient=span("recipient"), both=row.get("both", False), event=row["event"], mode=row.get("mode"),
        status=row.get("status"), trigger=span("trigger"), tie=tuple(row["tie"]) if row.get("tie") else None,
    )  # fmt: skip
