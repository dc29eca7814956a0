"""Prints how long merging takes and how much memory: one JSON line for each number of claims, each in its own process.

    python scripts/bench_merging.py [--claims 10000 30000 100000]

The claims are made up: 150 pairs of states, a few of them in most of the news, ten years, one to forty reports a
happening, agency copies, slips of a day, vague dates, figures that differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np

from detente.merge import copies, events
from detente.records import EVENTS, Claim, Entity, Magnitude

PAIRS, DAYS = 150, 3650
START = dt.date(2005, 1, 1)


def sentence(rng: np.random.Generator, *, theme: np.ndarray) -> str:
    """Fourteen words, most of them of the happening's own forty."""
    words = [f"w{w}" for w in rng.choice(theme, 10)] + [f"w{w}" for w in rng.integers(0, 20000, 4)]
    return " ".join(words)


def claims(number: int, *, seed: int = 7) -> Iterator[Claim]:
    """`number` claims, those of one happening together."""
    rng = np.random.default_rng(seed)
    made = 0
    while made < number:
        pair = min(int(rng.zipf(1.3)), PAIRS)
        codes = (f"A{pair:02x}", f"B{pair:02x}")
        codes = codes if rng.random() < 0.5 else codes[::-1]
        day = START + dt.timedelta(days=int(rng.integers(DAYS)))
        event = EVENTS[int(rng.integers(len(EVENTS)))]
        theme, wire = rng.integers(0, 20000, 40), ""
        for report in range(min(int(rng.zipf(1.7)), 40, number - made)):
            if not wire or rng.random() < 0.5:
                wire = sentence(rng, theme=theme)
            slip = int(rng.random() < 0.1)
            vague = rng.random() < 0.25
            yield Claim(
                article_id=f"article {made}",
                span=(0, 10),
                sentence=wire,
                trigger=f"t{theme[0] % 50}",
                actor=Entity(text=codes[0], code=codes[0]),
                recipient=Entity(text=codes[1], code=codes[1]),
                event=event,
                status="happened",
                quad=4,
                intensity=0.0,
                cameo="",
                date=None if vague else day + dt.timedelta(days=slip),
                precision="unknown" if vague else "day",
                published=day + dt.timedelta(days=1 + report % 3),
                outlet=f"outlet {int(rng.integers(300))}",
                magnitudes=(Magnitude(kind="deaths", value=float(20 + rng.integers(5))),) if event == "ASSAULT" else (),
            )
            made += 1


def measure(number: int) -> None:
    held = list(claims(number))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    texts = {c.article_id: c.sentence for c in held}
    start = time.perf_counter()
    setting = events.Setting(copies=copies.near_copies(texts))
    found_copies = time.perf_counter() - start
    merged = events.merge(held, setting=setting)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {
        "stage": "merge", "n": number, "unit": "claim", "seconds": round(seconds, 2),
        "near_copies_s": round(found_copies, 2),
        "microseconds_per_n_log_n": round(seconds * 1e6 / (number * math.log2(number)), 3),
        "events": len(merged), "claims_mib": round(before), "peak_mib": round(peak),
    }  # fmt: skip
    print(json.dumps(row), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    wanted = parser.parse_args().claims
    if len(wanted) == 1:
        measure(wanted[0])
        return
    for number in wanted:
        subprocess.run([sys.executable, __file__, "--claims", str(number)], check=True)


if __name__ == "__main__":
    main()
