"""Measures of the event coder on labelled sentences: what it says of a given pair, what it finds with nothing given.

    python tests/gold/measures.py relations spans penta --gold ../shared/gold

Sets: `relations` (pair given and nothing given), `spans`, `penta`. Prints one line a measure.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from detente import pipeline
from detente.coding.coder import Coder
from detente.coding.pairing import Pair
from detente.read.sentences import split
from detente.records import Article, Claim

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAY = dt.date(2020, 6, 1)
WINDOW = 64
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
STOP = frozenset("the a an of in on at to for and or its his her their this that 's".split())

Row = dict[str, Any]


def rows_of(path: Path, *, step: int = 1) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][::step]


def article_of(row: Row) -> Article:
    day = dt.date.fromisoformat(row["published"]) if row.get("published") else DAY
    return Article(text=row["text"], retrieved=NOW, published=day)


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> float:
    """Mean F1 over the classes of `gold`."""
    hit = Counter(g for g, s in zip(gold, said, strict=True) if g == s)
    wanted, given = Counter(gold), Counter(said)
    return sum(2 * hit[c] / (wanted[c] + given[c]) for c in wanted) / len(wanted)


def calibration_error(confidence: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Expected calibration error over `bins` equal widths of confidence."""
    total = 0.0
    for k in range(bins):
        inside = [
            i for i, p in enumerate(confidence) if k / bins <= p < (k + 1) / bins or (k == bins - 1 and p >= 1)
        ]
        if inside:
            gap = sum(confidence[i] for i in inside) - sum(right[i] for i in inside)
            total += abs(gap)
    return total / len(confidence)


def root(event: str) -> str:
    return MERGED.get(event, event)


def given(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """The relation of a given pair: accuracy, macro-F1 of 15 roots and of quads, calibration error."""
    gold, said, quads, quads_said, sure, right = [], [], [], [], [], []
    for row, claim in zip(rows, related(coder, rows), strict=True):
        gold.append(root(row["root"]))
        said.append(root(claim.event))
        quads.append(str(row["quad"]))
        quads_said.append(str(claim.quad))
        sure.append(claim.confidence)
        right.append(gold[-1] == said[-1])
    return {
        "n": len(rows),
        "root accuracy": sum(right) / len(rows),
        "root macro-F1": macro_f1(gold, said),
        "quad macro-F1": macro_f1(quads, quads_said),
        "calibration error": calibration_error(sure, right),
    }


def related(coder: Coder, rows: Sequence[Row]) -> Iterator[Claim]:
    """The claim of each row's given pair."""
    for at in range(0, len(rows), WINDOW):
        pairs = []
        for row in rows[at : at + WINDOW]:
            article = article_of(row)
            pairs.append(Pair(article=article, sentences=split(article), actor=row["source"], recipient=row["target"]))
        yield from coder.relations(pairs, coded_at=NOW)


def coded(coder: Coder, rows: Sequence[Row]) -> Iterator[tuple[Claim, ...]]:
    """The claims of each row's text."""
    for at in range(0, len(rows), WINDOW):
        articles = [article_of(row) for row in rows[at : at + WINDOW]]
        for coding in coder.code_all([(a, split(a)) for a in articles], coded_at=NOW):
            yield coding.claims


def free(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """Nothing given: is the right root among the claims, and how many claims does a sentence give?"""
    hits = claims = 0
    for row, found in zip(rows, coded(coder, rows), strict=True):
        claims += len(found)
        hits += root(row["root"]) in {root(c.event) for c in found}
    return {"n": len(rows), "right root found": hits / len(rows), "claims a sentence": claims / len(rows)}


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"[\w'’-]+", text.lower()) if w not in STOP}


def spans(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """Share of marked actors and recipients that share a word with the actor (recipient) of some claim."""
    n: Counter[str] = Counter()
    for row, found in zip(rows, coded(coder, rows), strict=True):
        for side, key in (("actor", "source"), ("recipient", "target")):
            said = [_words(e.text) for c in found if (e := c.actor if side == "actor" else c.recipient)]
            both = row["reciprocal_actors"]
            for words in [*row[key], *both]:
                n[side] += 1
                n[f"{side} found"] += any(_words(words) & s for s in said)
    return {
        "actors": n["actor"],
        "recipients": n["recipient"],
        "actor found": n["actor found"] / n["actor"],
        "recipient found": n["recipient found"] / n["recipient"],
    }


def penta(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """The quad of the surest claim of a sentence, 0 where there is none."""
    right, gold, said = 0, [], []
    for row, found in zip(rows, coded(coder, rows), strict=True):
        first = max(found, key=lambda c: c.confidence, default=None)
        gold.append(str(row["quad"]))
        said.append(str(first.quad) if first else "0")
        right += gold[-1] == said[-1]
    return {"n": len(rows), "accuracy": right / len(rows), "macro-F1": macro_f1(gold, said)}


SETS: dict[str, tuple[str, Callable[[Coder, Sequence[Row]], dict[str, float]]]] = {
    "relations": ("relations_dev.jsonl", given),
    "free": ("relations_dev.jsonl", free),
    "spans": ("spans_dev.jsonl", spans),
    "penta": ("penta_dev.jsonl", penta),
}


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", choices=sorted(SETS))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--step", type=int, default=1, help="take every n-th row")
    args = parser.parse_args(list(arguments) if arguments is not None else None)
    coder = pipeline.coder()
    for name in args.sets:
        file, measure = SETS[name]
        scores = measure(coder, rows_of(args.gold / file, step=args.step))
        print(name, {k: round(v, 4) for k, v in scores.items()}, flush=True)


if __name__ == "__main__":
    main()
