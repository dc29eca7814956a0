"""Treebank and name files in, training rows out.

A row is a dict with `w` (words) and any of `u`, `x`, `h`, `d` (tags, heads, relations) and `n` (BIO names).
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.language.names import spans

Row = dict[str, list]


def treebank(path: Path) -> list[Row]:
    """The sentences of one treebank file, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


_MARK = re.compile(r"\[(PER|ORG|LOC) ([^\[\]]+)\]")


def marked(path: Path, words_of) -> Iterator[Row]:
    """Rows from a text file with names marked inline, `[PER Anna Example] flew to [LOC Oslo].`

    Args:
        path: One sentence a line; lines that start with # and empty ones are passed over.
        words_of: A function from a text to its words, the run-time tokenizer.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        words: list[str] = []
        names: list[str] = []
        at = 0
        for match in _MARK.finditer(line):
            plain = words_of(line[at : match.start()])
            name = words_of(match[2])
            words += [*plain, *name]
            names += ["O"] * len(plain) + [f"B-{match[1]}"] + [f"I-{match[1]}"] * (len(name) - 1)
            at = match.end()
        rest = words_of(line[at:])
        words += rest
        names += ["O"] * len(rest)
        if any("[" in w or "]" in w for w in words):
            raise ValueError(f"{path}:{number}: a bracket is left after reading the marks: {line[:80]}")
        yield {"w": words, "n": names}


def register_names(ontology: Path, words_of) -> dict[str, list[list[str]]]:
    """Names of persons, places and bodies from the shipped registers, cut into words: what `varied` puts in."""
    found: dict[str, list[list[str]]] = {"PER": [], "LOC": [], "ORG": []}
    for file, kind, column in (
        ("leaders.csv", "PER", "name"),
        ("states.csv", "LOC", "name"),
        ("states.csv", "LOC", "capital"),
        ("groups.csv", "ORG", "name"),
        ("outlets.csv", "ORG", "name"),
    ):
        with (ontology / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found[kind] += [words_of(name) for name in row[column].split(";") if name.strip()]
    return {kind: sorted({tuple(n) for n in names if n}) for kind, names in found.items()}


def varied(rows: list[Row], names: dict[str, list[list[str]]], *, share: float, rng: random.Random) -> list[Row]:
    """Copies of named rows in which a share of the names is another of its kind, from registers or rows, by halves."""
    own: dict[str, list[list[str]]] = {kind: list(some) for kind, some in names.items()}
    for row in rows:
        for start, end, kind in spans(row["n"]):
            own[kind].append(row["w"][start:end])
    made = []
    for row in rows:
        words, labels, at = [], [], 0
        for start, end, kind in spans(row["n"]):
            words += row["w"][at:start]
            labels += row["n"][at:start]
            name = row["w"][start:end]
            if rng.random() < share:
                name = list(rng.choice(names[kind] if rng.random() < 0.5 else own[kind]))
            words += name
            labels += [f"B-{kind}"] + [f"I-{kind}"] * (len(name) - 1)
            at = end
        made.append({"w": words + row["w"][at:], "n": labels + row["n"][at:]})
    return made


def batches(rows: list[Row], *, words: int, rng: random.Random | None) -> list[list[Row]]:
    """Groups rows of like length, at most about `words` padded words a batch; shuffled if `rng` is given."""
    noise = rng.random if rng else float
    order = sorted(rows, key=lambda row: len(row["w"]) + noise() * 8)
    result: list[list[Row]] = []
    current: list[Row] = []
    longest = 0
    for row in order:
        size = len(row["w"]) + 2
        if current and max(longest, size) * (len(current) + 1) > words:
            result.append(current)
            current, longest = [], 0
        current.append(row)
        longest = max(longest, size)
    if current:
        result.append(current)
    if rng:
        rng.shuffle(result)
    return result


def classes(rows: Iterable[Row], key: str) -> list[str]:
    """The sorted values of one layer."""
    return sorted({value for row in rows if key in row for value in row[key]})
