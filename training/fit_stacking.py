"""Fits how the event model and the syntactic coder are joined, on the held-out part of the corpus.

    python training/fit_stacking.py --corpus corpus/events --model MODEL_DIR

The weight of the syntactic coder's word and the calibration are fitted by log loss on given pairs. Run it with a model
that was trained without the held-out part. What is told where nothing is given is weighed by `fit_weighing.py`.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import standoff
from corpus import Labelled, read
from detente import pipeline
from detente.coding import learned
from detente.coding.coder import Coder
from detente.language.answers import Asked, Marked
from detente.language.events import EventModel
from detente.language.pipelines import parser
from detente.ontology.lexicon import load_lexicon
from detente.read.sentences import split
from detente.records import Article
from examples import example
from train_events import held_out, words_of

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAY = dt.date(2020, 6, 1)
TABLE = Path("src/detente/ontology/stacking.csv")


class Recorder:
    """A reader that remembers what it answered."""

    def __init__(self, model: EventModel) -> None:
        self._model = model
        self.last: list[Marked] = []
        self.bare, self.pair_score = model.bare, model.pair_score

    def marked(self, questions: Sequence[Asked]) -> list[Marked]:
        self.last = self._model.marked(questions)
        return self.last


def article(text: str) -> Article:
    return Article(text=text, retrieved=NOW, published=DAY)


def given(coder: Coder, recorder: Recorder, rows: Sequence[Labelled]) -> Iterator[tuple[Marked, str | None, str, str]]:
    """For each labelled pair: the model's answer, the syntactic coder's type and status, the gold type."""
    for one in rows:
        text = article(one.text)
        sentences = split(text)
        for deed in one.deeds:
            if deed.event == "NONE" or deed.recipient is None:
                continue
            actor, recipient = one.text[slice(*deed.actor)], one.text[slice(*deed.recipient)]
            claim = coder.relation(text, sentences, actor=actor, recipient=recipient, coded_at=NOW)
            step = next((s for s in claim.explanation if s.rule.startswith("model:")), None)
            syntax = step.rule.split("syntax: ")[1].split(";")[0] if step else "nothing"
            yield recorder.last[0], None if syntax == "nothing" else syntax, deed.event, deed.status or ""


def fit_given(found: Sequence[tuple[Marked, str | None, str, str]]) -> dict[str, float]:
    """The bonus and the calibration with the least log loss."""
    types = [t for t in found[0][0].event if t != learned.NOTHING]
    logs = np.log(np.array([[a.event[t] + 1e-9 for t in types] for a, *_ in found]))
    votes = np.array([[float(t == s) for t in types] for _, s, *_ in found])
    gold = np.array([types.index(g) for *_, g, _ in found])

    def loss(bonus: float) -> float:
        scores = logs + bonus * votes
        scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
        return float(-scores[np.arange(len(gold)), gold].mean())

    grid = np.arange(0, 3.01, 0.1)
    bonus = float(grid[np.argmin([loss(b) for b in grid])])
    scores = logs + bonus * votes
    scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
    top = np.exp(scores.max(1)).clip(1e-4, 1 - 1e-4)
    right = (scores.argmax(1) == gold).astype(float)
    odds = np.log(top / (1 - top))

    def platt(w: np.ndarray) -> float:
        z = w[0] * odds + w[1]
        return float(np.mean(np.logaddexp(0, z) - right * z))

    scale, shift = minimize(platt, np.array([1.0, 0.0])).x
    print(f"given: {len(gold)} pairs, model alone {np.mean(logs.argmax(1) == gold):.4f}, joined {right.mean():.4f}, "
          f"bonus {bonus:.1f}, syntax right {np.mean([s == g for _, s, g, _ in found]):.4f}")  # fmt: skip
    return {"syntax_bonus": round(bonus, 2), "scale": round(float(scale), 3), "shift": round(float(shift), 3)}


def write(values: Mapping[str, float]) -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    out = []
    for line in lines:
        name = line.split(",")[0]
        out.append(",".join([name, f"{values[name]:g}", line.split(",", 2)[2]]) if name in values else line)
    TABLE.write_text("\n".join(out) + "\n", encoding="utf-8")
    learned.weights.cache_clear()


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--corpus", type=Path, default=Path("corpus/events"))
    parse.add_argument("--model", type=Path, required=True)
    parse.add_argument("--treebanks", type=Path, help="folder of treebanks, for corpus/standoff")
    parse.add_argument("--articles", type=Path, help="folder of articles, for corpus/standoff")
    parse.add_argument("--limit", type=int, default=10_000)
    args = parse.parse_args()
    recorder = Recorder(EventModel(folder=args.model, threads=1))
    coder = Coder(parse=parser(), registers=pipeline.registers(), lexicon=load_lexicon(), reader=recorder)
    labelled = read(args.corpus, faults=[])
    rows = [one for one in labelled if held_out(example(one, words_of))][: args.limit]
    if args.treebanks and args.articles:
        real = standoff.read(treebanks=args.treebanks, articles=args.articles, faults=[])
        rows += [one for one in real if held_out(example(one, words_of))]
    print(len(rows), "held-out sentences")
    values = fit_given(list(given(coder, recorder, rows)))
    print(values)
    write(values)


if __name__ == "__main__":
    main()
