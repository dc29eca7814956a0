"""Prints how fast each stage is, how much memory it takes and how quickly the program starts: JSON lines.

    python scripts/bench.py [--sentences N] [--news FOLDER]

The text is the bundled chronicle, repeated with small changes so that no cache helps.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from detente import pipeline
from detente.coding.assembly import CODER
from detente.dossier import document, page
from detente.read.sentences import split
from detente.records import Article
from detente.scale import ahead

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


@contextmanager
def timed(stage: str, *, n: int, unit: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {"stage": stage, "n": n, "unit": unit, "seconds": round(seconds, 3), "per_s": round(n / seconds, 1)}
    print(json.dumps({**row, "peak_mib": round(peak)}), flush=True)


def started(arguments: list[str]) -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "detente.cli", *arguments], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    print(
        json.dumps({"stage": f"start: detente {' '.join(arguments)}", "seconds": round(sorted(times)[1], 3)}),
        flush=True,
    )


def articles(wanted: int) -> list[Article]:
    """Enough dispatches for `wanted` sentences; each round has its own words."""
    base = list(pipeline.sample(now=NOW))
    found, count, number = [], 0, 0
    while count < wanted:
        article = base[number % len(base)]
        article = replace(article, text=f"{article.text} This is report number {number}.", id="")
        found.append(article)
        count += len(split(article))
        number += 1
    return found


def merging() -> None:
    """Merging at three sizes, each in its own process, so that the peak of memory is its own."""
    script = Path(__file__).with_name("bench_merging.py")
    subprocess.run([sys.executable, str(script)], check=True)


def exchange() -> None:
    """Importing a million events and opening a dossier on them, each in its own process."""
    script = Path(__file__).with_name("bench_exchange.py")
    subprocess.run([sys.executable, str(script)], check=True)


def texts_to_claims(news: Path) -> None:
    """Text to claims, of sentences that hold a pair and of mixed news, each in its own process."""
    script = Path(__file__).with_name("bench_coding.py")
    subprocess.run([sys.executable, str(script), "--news", str(news)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument(
        "--news", type=Path, default=Path("../shared/cases/worldwide"), help="folder of mixed news, .txt"
    )
    options = parser.parse_args()
    wanted = options.sentences
    texts_to_claims(options.news)
    merging()
    exchange()
    started(["--version"])
    started(["--help"])
    texts = articles(wanted)
    n = sum(len(split(a)) for a in texts)
    with timed("split into sentences", n=n, unit="sentence"):
        sentences = [s.text for a in texts for s in split(a)]
    with timed("load the coder", n=1, unit="load"):
        coder = pipeline.coder()
    with timed("parse", n=n, unit="sentence"):
        for _ in coder.parse(sentences):
            pass
    with timed("code: text to claims", n=n, unit="sentence"):
        codings = list(ahead(lambda a: pipeline.code(a, coder, coded_at=NOW), texts))
    claims = sum(len(c.claims) for c in codings)
    with tempfile.TemporaryDirectory() as folder, pipeline.open_store(Path(folder) / "bench.db") as store:
        with timed("store", n=claims, unit="claim"):
            for coding in codings:
                store.add(coding, added_at=NOW, coder=CODER)
        known = pipeline.registers()
        with timed("dossier", n=1, unit="dossier"):
            found = pipeline.dossier(store, ("USA", "PAK"), known=known)
        with timed("page", n=1, unit="page"):
            text = page.page(found, lead="USA")
        with timed("json", n=1, unit="document"):
            json.dumps(document.document(found))
    print(json.dumps({"claims": claims, "page_kib": round(len(text) / 1024)}))


if __name__ == "__main__":
    main()
