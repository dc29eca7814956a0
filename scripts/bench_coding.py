"""Prints how fast texts become claims on this machine, and in how much memory: one JSON line a stage.

    python scripts/bench_coding.py [--news FOLDER] [--sentences N]

Two kinds of text: sentences that hold a pair of parties (of `corpus/events`, each an article of its own), and mixed
news, of which most tells no event (the .txt files of FOLDER; the bundled chronicle where there is none). Each kind is
coded in a process of its own, so that its peak of memory is its own. `cpu_ms` is the time of all threads together.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from detente import pipeline
from detente.read.articles import read_articles
from detente.read.sentences import split
from detente.records import Article
from detente.scale import ahead, cores

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))
NOW, DAY = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.date(2012, 6, 1)
AUTHOR = "author-5"


def pairs(wanted: int) -> list[Article]:
    from corpus import read

    told = [one.text for one in read(ROOT / "corpus/events") if one.author == AUTHOR]
    return [Article(text=text, published=DAY, retrieved=NOW) for text in told[:wanted]]


def news(folder: Path | None) -> list[Article]:
    if folder is None or not folder.is_dir():
        return list(pipeline.sample(now=NOW))
    found = (
        item
        for path in sorted(folder.glob("*.txt"))
        for item in read_articles(str(path), retrieved=NOW, published=DAY, outlet=None, stdin=None)
    )
    return [item for item in found if isinstance(item, Article)]


def row(stage: str, *, n: int, unit: str, wall: float, cpu: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"stage": stage, "n": n, "unit": unit, "seconds": round(wall, 3), "per_s": round(n / wall, 1)}
    print(json.dumps({**told, "cpu_ms": round(1000 * cpu / n, 2), "peak_mib": round(peak)}), flush=True)


def coded(kind: str, articles: list[Article]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    coder = pipeline.coder()
    row("load the coder", n=1, unit="load", wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)
    n = sum(len(split(a)) for a in articles)
    wall, cpu = time.perf_counter(), time.process_time()
    claims = sum(len(c.claims) for c in ahead(lambda a: pipeline.code(a, coder, coded_at=NOW), articles))
    row(f"text to claims: {kind}, {cores()} cores, {claims} claims", n=n, unit="sentence",
        wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--sentences", type=int, default=1200)
    parser.add_argument("--kind", choices=("pairs", "news"))
    args = parser.parse_args()
    if args.kind == "pairs":
        coded("sentences that hold a pair", pairs(args.sentences))
    elif args.kind == "news":
        coded("mixed news" if args.news else "the bundled chronicle", news(args.news))
    else:
        more = ["--news", str(args.news)] if args.news and args.news.is_dir() else []
        for kind in ("pairs", "news"):
            command = [sys.executable, __file__, "--kind", kind, "--sentences", str(args.sentences), *more]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
