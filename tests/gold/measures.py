"""Measures of the event coder on labelled sentences: what it says of a given pair, what it finds with nothing given.

    python tests/gold/measures.py own relations free spans penta --gold ../shared/gold

`own` is the held-out part of the project's corpus; the others lie outside the project. Prints one line a set.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from detente import pipeline
from detente.coding.coder import Coder
from detente.coding.pairing import Pair
from detente.ontology.scales import penta_of
from detente.read.sentences import split
from detente.records import Article, Claim

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAY = dt.date(2020, 6, 1)
WINDOW = 64
BODIES = {"NATO": "NAT"}  # as the key spells them
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
        inside = [i for i, p in enumerate(confidence) if k / bins <= p < (k + 1) / bins or (k == bins - 1 and p >= 1)]
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


def states(coder: Coder, rows: Sequence[Row]) -> dict[str, float]:
    """Actors and recipients of 200 pairs whose states were written down by hand: how many get a right one."""
    keys = {row["id"]: row for row in rows_of(Path(__file__).parent / "relations_actors.jsonl")}
    some = [row for row in rows if row["id"] in keys]
    found: dict[str, float] = {}
    claims = list(related(coder, some))
    for side in ("actor", "recipient"):
        both = [(keys[row["id"]][side], getattr(c, side)) for row, c in zip(some, claims, strict=True)]
        asked = [(key, BODIES.get(said.code, said.code) if said and said.code else None) for key, said in both if key]
        found |= {f"{side}s": len(asked), f"{side} right": sum(said in key for key, said in asked) / len(asked)}
    return found


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
    """The class of the first claim, 0 where there is none: by its CAMEO code, as the set was made, and by its quad."""
    gold = [str(row["quad"]) for row in rows]
    firsts = [found[0] if found else None for found in coded(coder, rows)]
    said = [str(penta_of(first.cameo)) if first else "0" for first in firsts]
    quads = [str(first.quad) if first else "0" for first in firsts]
    return {
        "n": len(rows),
        "accuracy": sum(map(str.__eq__, gold, said)) / len(rows),
        "macro-F1": macro_f1(gold, said),
        "accuracy by quad": sum(map(str.__eq__, gold, quads)) / len(rows),
    }


# -- the project's own held-out sentences, corpus/held-out ---------------------------------------------------------


def held_out(section: str) -> list[Any]:
    """Sentences of a section of the held-out corpus, read by `training/corpus.py`."""
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "training" / "corpus.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("training/corpus.py")
    corpus = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = corpus
    spec.loader.exec_module(corpus)
    return [one for one in corpus.read(ROOT / "corpus" / "held-out") if one.section == section]


def _pairs(section: str) -> list[tuple[Any, Any]]:
    """Each labelled pair with a deed and a recipient, the main deed of each pair only."""
    found: dict[tuple[str, Any, Any], tuple[Any, Any]] = {}
    for one in held_out(section):
        for deed in one.deeds:
            if deed.event != "NONE" and deed.recipient:
                found.setdefault((one.where, deed.actor, deed.recipient), (one, deed))
    return list(found.values())


def _related(coder: Coder, pairs: Sequence[tuple[Any, Any]]) -> list[Claim]:
    rows = [
        {"text": one.text, "source": one.text[slice(*deed.actor)], "target": one.text[slice(*deed.recipient)]}
        for one, deed in pairs
    ]
    return list(related(coder, rows))


def own(coder: Coder) -> dict[str, float]:
    """Given pairs of another author: type and status; direction by what is found; claims on empty sentences."""
    pairs = _pairs("mixed")
    claims = _related(coder, pairs)
    types = [root(d.event) for _, d in pairs], [root(c.event) for c in claims]
    every = _pairs("status") + pairs
    status = [str(d.status) for _, d in every], [c.status for c in _related(coder, every)]
    turned = direction(coder)
    empty = held_out("empty")
    found = list(coded(coder, [{"text": one.text} for one in empty]))
    false = sum(any(c.status in ("happened", "ongoing") for c in claims) for claims in found)
    dyadic = sum(any(c.status in ("happened", "ongoing") and c.dyad for c in claims) for claims in found)
    return {
        "type accuracy": sum(a == b for a, b in zip(*types, strict=True)) / len(pairs),
        "type macro-F1": macro_f1(*types),
        "status accuracy": sum(a == b for a, b in zip(*status, strict=True)) / len(every),
        "status macro-F1": macro_f1(*status),
        **turned,
        "empty with a happened event": false / len(empty),
        "empty with one between two states": dyadic / len(empty),
    }


def direction(coder: Coder) -> dict[str, float]:
    """Minimal pairs: of the sentences with a claim between the two parties, how many have it the right way round."""
    rows = [(one, d) for one, d in _pairs("direction")]
    right = told = 0
    for (_, deed), claims in zip(rows, coded(coder, [{"text": one.text} for one, _ in rows]), strict=True):
        ways = [way for c in claims if (way := _way(c, deed))]
        if ways:
            told += 1
            right += ways[0] == "right"
    return {"direction right": right / max(told, 1), "direction told": told / len(rows)}


def _way(claim: Claim, deed: Any) -> str | None:
    """Whether a claim goes from the deed's actor to its recipient (`right`), the other way (`wrong`), or neither."""
    if claim.actor.span is None or claim.recipient is None or claim.recipient.span is None:
        return None
    spans = claim.actor.span, claim.recipient.span
    if _meet(spans[0], deed.actor) and _meet(spans[1], deed.recipient):
        return "right"
    return "wrong" if _meet(spans[0], deed.recipient) and _meet(spans[1], deed.actor) else None


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


SETS: dict[str, tuple[str, Callable[[Coder, Sequence[Row]], dict[str, float]]]] = {
    "relations": ("relations_dev.jsonl", given),
    "states": ("relations_dev.jsonl", states),
    "free": ("relations_dev.jsonl", free),
    "spans": ("spans_dev.jsonl", spans),
    "penta": ("penta_dev.jsonl", penta),
}


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", choices=[*sorted(SETS), "own"])
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--step", type=int, default=1, help="take every n-th row")
    args = parser.parse_args(list(arguments) if arguments is not None else None)
    coder = pipeline.coder()
    for name in args.sets:
        if name == "own":
            print(name, {k: round(v, 4) for k, v in own(coder).items()}, flush=True)
            continue
        file, measure = SETS[name]
        scores = measure(coder, rows_of(args.gold / file, step=args.step))
        print(name, {k: round(v, 4) for k, v in scores.items()}, flush=True)


if __name__ == "__main__":
    main()
