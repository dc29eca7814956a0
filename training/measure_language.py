"""Scores the shipped model, after quantisation, on the treebanks, with gold words; prints one JSON line each.

python training/measure_language.py --treebanks DIR [--model DIR] [NAME ...]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from detente.language.english import FOLDER, English
from score import scores
from treebank import treebank


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=["ewt_test", "gumopen_test", "pud", "pudnews"])
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=FOLDER)
    args = parser.parse_args()
    model = English(folder=args.model)
    for name in args.names:
        rows = sorted(treebank(args.treebanks / f"{name}.jsonl.gz"), key=lambda row: len(row["w"]))
        start = time.perf_counter()
        parsed = [a for at in range(0, len(rows), 32) for a in model.analyse([r["w"] for r in rows[at : at + 32]])]
        seconds = time.perf_counter() - start
        found = scores(rows, ((a.upos, a.xpos, a.heads, a.relations, a.names) for a in parsed))
        print(json.dumps({"set": name, "n": len(rows), "sentences_per_s": round(len(rows) / seconds, 1), **found}))


if __name__ == "__main__":
    main()
