"""Prints how long importing event data and opening a dossier on it take, and how much memory: one JSON line a stage.

    python scripts/bench_exchange.py [--events 1000000] [--gdelt 300000] [--year 3000000]

The events are made up: 120 states, ten years, a few pairs in most of the news, the columns and spellings of ICEWS and
GDELT. Each import runs in a process of its own, so that its peak of memory is its own. `--year` is a year of GDELT
2.0 (61 columns) in a zipped file a day, as it is given out; a real one has some sixty million rows, and takes as many
times longer, but no more memory.
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
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from detente.exchange import gdelt, icews
from detente.exchange.writing import gdelt_cells, icews_cells, tabbed
from detente.ontology.cameo import cameo_codes
from detente.ontology.state_codes import numbered
from detente.records import Imported

STATES, DAYS, START = 120, 3652, dt.date(2005, 1, 1)
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def made(number: int, *, dataset: str, seed: int = 7) -> Iterator[Imported]:
    """Rows in the order of their days; the busiest pair has some three in a hundred, as in the real ones."""
    rng = np.random.default_rng(seed)
    codes = [c for c in cameo_codes().values() if len(c.code) > 2]
    known = sorted({row.code for row in numbered() if row.until is None})[:STATES]
    weights = 1 / np.arange(1, len(known) + 1)
    weights /= weights.sum()
    for first in range(0, number, 50_000):
        count = min(50_000, number - first)
        actors, recipients = (rng.choice(len(known), count, p=weights) for _ in range(2))
        for n, (a, b, c) in enumerate(zip(actors, recipients, rng.integers(0, len(codes), count), strict=True), first):
            day, code = START + dt.timedelta(days=n * DAYS // number), codes[c]
            yield Imported(
                dataset=dataset, row=str(10_000_000 + n), date=day, known_at=day, actor=known[a],
                recipient=known[b] if a != b else None, event=code.event, cameo=code.code, quad=code.quad,
                mode=code.mode, intensity=code.intensity, actor_name=f"Minister {a * 31 % 977} ({known[a]})",
                recipient_name=f"Citizen ({known[b]})", actor_sectors=("GOV", "MIL"), place=known[b],
                reports=int(c) % 40, publisher=f"Example Post {c % 50}",
            )  # fmt: skip


def write(path: Path, number: int, *, dataset: str) -> None:
    """A file of the data set."""
    make, columns = {
        "icews": (icews_cells, icews.COLUMNS), "gdelt": (gdelt_cells, gdelt.LAYOUTS[58]),
    }[dataset]  # fmt: skip
    with path.open("w", encoding="utf-8") as stream:
        if dataset == "icews":
            stream.write("\t".join(columns) + "\n")
        for event in made(number, dataset=dataset):
            stream.write(tabbed(make(event), columns) + "\n")


def write_year(folder: Path, number: int) -> None:
    """A year of GDELT 2.0, a zipped file a day."""
    columns, day, lines = gdelt.LAYOUTS[61], 0, list[str]()

    def close() -> None:
        name = f"{dt.date(2018, 1, 1) + dt.timedelta(days=day):%Y%m%d}.export.CSV"
        with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(name, "".join(lines))
        lines.clear()

    for n, event in enumerate(made(number, dataset="gdelt")):
        if n * 365 // number > day:
            close()
            day += 1
        at = dt.date(2018, 1, 1) + dt.timedelta(days=day)
        lines.append(tabbed(gdelt_cells(replace(event, date=at, known_at=at)), columns) + "\n")
    close()


def imported(path: Path, store: Path, *, dataset: str, stage: str) -> None:
    """Imports one file, or a folder of them, and prints the row; in a process of its own."""
    from detente.importing import import_files
    from detente.store.database import open_store

    start, read, kept = time.perf_counter(), 0, 0
    files = sorted(str(each) for each in path.iterdir()) if path.is_dir() else [str(path)]
    with open_store(store) as opened:
        for _, tally in import_files(files, dataset, opened, now=NOW):  # type: ignore[arg-type]
            read, kept = read + tally.read, kept + tally.kept
    told({"stage": stage, "n": read, "unit": "row", "kept": kept, "files": len(files)}, start, store=store)


def opened(store: Path) -> None:
    """Opens the dossier of the busiest pair, twice, and prints the rows; in a process of its own."""
    from detente import pipeline

    known = pipeline.registers()
    with pipeline.open_store(store) as held:
        pair, rows = held.imported_dyads()[0]
        for what in ("first", "again"):
            start = time.perf_counter()
            pipeline.dossier(held, pair, known=known)
            told({"stage": f"dossier of imported rows, {what}", "n": rows, "unit": "row"}, start, store=store)


def told(row: dict[str, object], start: float, *, store: Path) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row |= {"seconds": round(time.perf_counter() - start, 2), "cpu_s": round(time.process_time(), 1)}
    row["peak_mib"] = round(peak)
    print(json.dumps({**row, "store_mib": round(store.stat().st_size / 2**20)}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--gdelt", type=int, default=300_000)
    parser.add_argument("--year", type=int, default=3_000_000, help="rows of a year of GDELT; 0 for none")
    parser.add_argument("--step", nargs=3, metavar=("WHAT", "FILE", "STORE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        what, path, store = given.step
        if what == "dossier":
            opened(Path(store))
        else:
            imported(Path(path), Path(store), dataset=what.removesuffix("-year"), stage=f"import {what}")
        return
    with tempfile.TemporaryDirectory() as folder:
        store, path = str(Path(folder) / "bench.db"), Path(folder) / "events"
        for dataset, number in (("icews", given.events), ("gdelt", given.gdelt)):
            write(path, number, dataset=dataset)
            subprocess.run([sys.executable, __file__, "--step", dataset, str(path), store], check=True)
            if dataset == "icews":
                subprocess.run([sys.executable, __file__, "--step", "dossier", "-", store], check=True)
        if given.year:
            year, own = Path(folder) / "year", str(Path(folder) / "year.db")
            year.mkdir()
            write_year(year, given.year)
            subprocess.run([sys.executable, __file__, "--step", "gdelt-year", str(year), own], check=True)
            subprocess.run([sys.executable, __file__, "--step", "dossier", "-", own], check=True)


if __name__ == "__main__":
    main()
