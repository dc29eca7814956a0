"""Files of event data sets in, rows in the store, and out again as files: the trade in events with other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Literal

from detente.exchange.frames import read_frame
from detente.exchange.gdelt import read_gdelt
from detente.exchange.icews import read_icews
from detente.exchange.lines import SourceRow, read_lines
from detente.exchange.polecat import read_polecat
from detente.exchange.tally import Tally
from detente.store.database import Store
from detente.store.importing import BATCH

DataSet = Literal["icews", "polecat", "gdelt", "frame"]

REPEATED = "the same row a second time"
REUSED = "an id used again for another row; both kept"
ONE_STATE = "not between two known states"


def read_rows(path: str, dataset: DataSet, *, tally: Tally, name: str | None = None) -> Iterator[SourceRow]:
    """The events of one file, one by one.

    Args:
        path: A file; .gz and .zip are opened, `-` is standard input. A frame is CSV or Parquet.
        dataset: Which layout it has.
        tally: Counts what is mended and dropped.
        name: What the rows of a frame are kept under; the name of its file without one.

    Raises:
        InputError: The file cannot be read or lacks a column.
    """
    if dataset == "frame":
        return read_frame(path, dataset=name or Path(path).stem, tally=tally)
    reader = {"icews": read_icews, "polecat": read_polecat, "gdelt": read_gdelt}[dataset]
    return reader(read_lines(path, tally=tally), tally=tally)


def import_files(
    paths: Iterable[str],
    dataset: DataSet,
    store: Store,
    *,
    now: dt.datetime,
    name: str | None = None,
    between_states: bool = False,
) -> Iterator[tuple[str, Tally]]:
    """Brings files into the store, batch by batch; each file with its counts when it is done.

    Every batch is a transaction of its own: what stops half way is taken up again by the same command, since rows that
    are known are not added twice.

    Args:
        paths: Files.
        dataset: Which layout they have.
        store: Where to.
        now: Time of the import, aware.
        name: What the rows of a frame are kept under.
        between_states: Leave out rows that are not between two known states.
    """
    for path in paths:
        tally = Tally()
        rows = read_rows(path, dataset, tally=tally, name=name)
        if between_states:
            rows = _between_states(rows, tally=tally)
        for columns, held in groupby(rows, key=lambda row: row.columns):
            number: int | None = None
            while batch := list(islice(held, BATCH)):
                if number is None:
                    number = store.start_import(path, columns=columns, at=now)
                _enter(store, batch, number=number, tally=tally, source=path)
        yield path, tally


def _enter(store: Store, batch: Sequence[SourceRow], *, number: int, tally: Tally, source: str) -> None:
    done = store.enter([(row.event, row.cells) for row in batch], number=number)
    tally.kept += done.new
    tally.known += done.known
    for position in done.repeated:
        tally.drop(REPEATED, at=f"{source}: {batch[position].event.id}")
    for position in done.reused:
        tally.repair(REUSED, at=f"{source}: {batch[position].event.id}")


def _between_states(rows: Iterable[SourceRow], *, tally: Tally) -> Iterator[SourceRow]:
    for row in rows:
        if row.event.dyad is None:
            tally.left_out[ONE_STATE] += 1
        else:
            yield row
