"""Files of events in, `EventArrays` out: Parquet or CSV, with the columns of an event data set or the project's own."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from detente.errors import InputError
from detente.relation.event_arrays import QUADS, EventArrays, joined

NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "event_date", "Event Date"),
    "actor": ("src_iso3", "actor", "actor_code"),
    "recipient": ("tgt_iso3", "recipient", "recipient_code"),
    "quad": ("quad",),
    "intensity": ("goldstein", "intensity"),
    "cameo": ("cameo", "CAMEO Code"),
}
"""For each thing wanted, the columns it may stand in, the first that is there wins."""

NEEDED = ("date", "actor", "recipient", "quad")
_QUADS = {name: i for i, name in enumerate(QUADS)} | {str(i + 1): i for i in range(4)}


def read_events(paths: Sequence[Path], /) -> tuple[EventArrays, int]:
    """All events of the files that name two states, and how many rows were dropped because they do not.

    Events inside one state are kept: they say how busy it is.

    Raises:
        InputError: A file cannot be read, or lacks a column.
    """
    found, dropped = [], 0
    for path in paths:
        columns = _columns(path)
        events, lost = _arrays(columns, path=path)
        found.append(events)
        dropped += lost
    return joined(found), dropped


def read_columns(path: Path, /) -> dict[str, list[Any]]:
    """A whole table by column.

    Raises:
        InputError: It cannot be read.
    """
    if path.suffix.lower() in (".parquet", ".pq"):
        return _parquet(path)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t" if path.suffix.lower() in (".tab", ".tsv") else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: got {error}, wanted a Parquet or CSV table") from error
    if not rows:
        raise InputError(f"{path}: got no rows, wanted a table with a header line")
    return {name: [row[name] for row in rows] for name in rows[0]}


def _columns(path: Path) -> dict[str, list[Any]]:
    table = read_columns(path)
    found = {what: next((n for n in names if n in table), None) for what, names in NAMES.items()}
    missing = [f"{what} ({' or '.join(NAMES[what])})" for what in NEEDED if found[what] is None]
    if missing:
        raise InputError(f"{path}: got the columns {', '.join(table)}; wanted also {'; '.join(missing)}")
    return {what: table[name] for what, name in found.items() if name is not None}


def _parquet(path: Path) -> dict[str, list[Any]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(f"{path}: got no pyarrow, wanted it; reinstall detente, or give CSV") from error
    try:
        table = pq.read_table(str(path))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: got {error}, wanted a Parquet file") from error
    found: dict[str, list[Any]] = {}
    for name in table.column_names:
        column = table.column(name)
        # Timestamps of a billionth of a second do not fit in datetime; all that is wanted of them is the day.
        found[name] = (column.cast("date32") if pa.types.is_timestamp(column.type) else column).to_pylist()
    return found


def _arrays(columns: Mapping[str, Sequence[Any]], *, path: Path) -> tuple[EventArrays, int]:
    count = len(columns["date"])
    blank: list[Any] = [None] * count
    kept: list[tuple[int, str, str, int, float, str]] = []
    days: dict[Any, int] = {}
    for row in zip(
        columns["date"], columns["actor"], columns["recipient"], columns["quad"],
        columns.get("intensity", blank), columns.get("cameo", blank), strict=True,
    ):  # fmt: skip
        date, actor, recipient, quad, intensity, cameo = row
        place = _QUADS.get(str(quad))
        if date not in days:
            days[date] = _ordinal(date, path=path)
        if not actor or not recipient or place is None or not days[date]:
            continue
        size = float(intensity) if intensity not in (None, "") else float("nan")
        kept.append((days[date], actor, recipient, place, size, "" if cameo is None else str(cameo)))
    return _packed(kept), count - len(kept)


def _packed(rows: Iterable[tuple[int, str, str, int, float, str]]) -> EventArrays:
    held = list(rows)
    states = tuple(sorted({code for row in held for code in row[1:3]}))
    place = {code: i for i, code in enumerate(states)}
    return EventArrays(
        states=states,
        day=np.array([r[0] for r in held], np.int64),
        actor=np.array([place[r[1]] for r in held], np.int64),
        recipient=np.array([place[r[2]] for r in held], np.int64),
        quad=np.array([r[3] for r in held], np.int64),
        intensity=np.array([r[4] for r in held], np.float64),
        cameo=np.array([r[5] for r in held], np.str_),
    )


def _ordinal(date: Any, *, path: Path) -> int:
    """The ordinal of a day however it is written, 0 when there is none."""
    if date in (None, ""):
        return 0
    if isinstance(date, dt.date):
        return date.toordinal()
    try:
        return dt.date.fromisoformat(str(date)[:10]).toordinal()
    except ValueError as error:
        raise InputError(f"{path}: got the date {date!r}, wanted a day such as 2011-12-05") from error
