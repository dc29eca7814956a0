"""Texts labelled by another author and the coder in, how often it says rightly who says so out.

    python tests/gold/who_says.py [--split dev|fresh] [--misses]

Each labelled claim names a sentence by its first words, a trigger in it and the speakers, outermost first (none where
the outlet speaks for itself). Two measures of the outermost speaker and whether it is named: of the coded claim whose
trigger is nearest, where the sentence has one; and of the trigger's own words, whether or not a claim was coded there.
`fresh` is held out: of it only totals may be shown. What was held out before (a041 to a100) was scored several times
and is `dev` now.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution import same

from detente import pipeline
from detente.coding.coder import Coder
from detente.read.sentences import split
from detente.records import Article, Attribution, Claim, Sentence

SET = Path(__file__).parent / "attribution.jsonl"
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One labelled claim with what the program says of it; `claim` is None where no claim was coded near it."""

    row: Row
    wanted: Row
    sentence: Sentence
    claim: Claim | None
    words: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Hits, false answers and misses of the outermost speaker; `chains` are whole chains that are right."""

    hits: int
    false: int
    missed: int
    chains: int
    total: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits else 0.0


def rows(part: str) -> list[Row]:
    """The labelled texts of one split."""
    every = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    return [row for row in every if row["split"] == part]


def article_of(row: Row) -> Article:
    """The text as an article of its outlet and day."""
    day = dt.date.fromisoformat(row["published"]) if row["published"] else None
    return Article(text=row["text"], retrieved=NOW, published=day, outlet=row["outlet"])


def answered(part: str, coder: Coder) -> Iterator[Answered]:
    """Every labelled claim of a split with the program's answers."""
    for row in rows(part):
        article = article_of(row)
        sentences = split(article)
        claims = coder.code(article, sentences, coded_at=NOW).claims
        for wanted in row["claims"]:
            sentence = next((s for s in sentences if s.text.startswith(wanted["sentence"])), None)
            if sentence is None and wanted["sentence"] in row["text"]:  # a dateline may have been split off
                start = article.text.index(wanted["trigger"], article.text.index(wanted["sentence"]))
                sentence = next(s for s in sentences if s.start <= start < s.end)
            if sentence is None:
                raise SystemExit(f"{row['id']}: got no sentence that begins {wanted['sentence']!r}; mend the label")
            at = sentence.text.index(wanted["trigger"], 0)
            span = (sentence.start + at, sentence.start + at + len(wanted["trigger"]))
            near = [c for c in claims if c.sentence == sentence.text]
            claim = min(near, key=lambda c: (abs(trigger_at(c, sentence) - at), c.id), default=None)
            words = coder.speakers(article, sentences, of=[span])[0]
            yield Answered(row=row, wanted=wanted, sentence=sentence, claim=claim, words=words)


def trigger_at(claim: Claim, sentence: Sentence) -> int:
    """Where a claim's trigger stands in its sentence."""
    start = claim.span[0] - sentence.start
    found = sentence.text.find(claim.trigger, max(0, start))
    return found if found >= 0 else start


def right(given: Sequence[Attribution], wanted: Row, *, deep: bool = False) -> bool:
    """Whether the outermost speaker is right and rightly named; `deep`: the whole chain."""
    speakers = wanted["speakers"]
    if not speakers or not given:
        return not speakers and not given
    if deep and len(given) != len(speakers):
        return False
    pairs = list(zip(given, speakers, strict=False))[: None if deep else 1]
    return all(same(g, s["text"]) and g.named == s["named"] for g, s in pairs)


def told_apart(answers: Sequence[tuple[Sequence[Attribution], Row]]) -> tuple[int, int]:
    """Of the outermost speakers that are the right one: how many are rightly named or not, and how many there are."""
    both = [(g[0], w["speakers"][0]) for g, w in answers if g and w["speakers"]]
    found = [(g, s) for g, s in both if same(g, s["text"])]
    return sum(g.named == s["named"] for g, s in found), len(found)


def score(answers: Sequence[tuple[Sequence[Attribution], Row]]) -> Score:
    """The measure over given chains and labels."""
    hits = false = missed = chains = 0
    for given, wanted in answers:
        chains += right(given, wanted, deep=True)
        if wanted["speakers"] and given and right(given, wanted):
            hits += 1
            continue
        false += bool(given)
        missed += bool(wanted["speakers"])
    return Score(hits=hits, false=false, missed=missed, chains=chains, total=len(answers))


def told(score_: Score) -> str:
    return (f"F1 {score_.f1:.3f}: {score_.hits} right, {score_.false} false, {score_.missed} missed; "
            f"whole chain right {score_.chains} of {score_.total}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "fourth"), default="dev")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if options.misses and options.split == "fourth":
        raise SystemExit("the fresh split is scored as totals only; leave out --misses")
    found = list(answered(options.split, pipeline.coder()))
    for one in found if options.misses else ():
        ways = (("claim", one.claim.attribution if one.claim else None), ("words", one.words))
        for way, given in ways:
            if given is not None and not right(given, one.wanted, deep=True):
                got = [(g.name or g.text, g.named) for g in given]
                want = [(s["text"], s["named"]) for s in one.wanted["speakers"]]
                sys.stdout.write(f"{one.row['id']} {way} {one.wanted['trigger']!r} got {got} | wanted {want} | "
                                 f"{one.sentence.text}\n")  # fmt: skip
    coded = [(a.claim.attribution, a.wanted) for a in found if a.claim is not None]
    words = [(a.words, a.wanted) for a in found]
    named = told_apart(words)
    silent = sum(a.claim is None for a in found)
    denied = [a for a in found if a.wanted["status"] == "denied"]
    sys.stdout.write(
        f"{options.split}: of coded claims {told(score(coded))}; no claim for {silent} of {len(found)}\n"
        f"{options.split}: of words {told(score(words))}\n"
        f"{options.split}: right speakers rightly told named or unnamed {named[0]} of {named[1]}\n"
        f"{options.split}: denials coded as denied "
        f"{sum(a.claim is not None and a.claim.status == 'denied' for a in denied)} of {len(denied)}\n"
    )


if __name__ == "__main__":
    main()
