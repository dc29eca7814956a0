"""Files of labelled episodes, of yearly counts and of daily scores in; episodes, spells and series out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.exchange.event_tables import read_columns, read_events
from detente.records import dyad
from detente.relation.daily_scores import DailyScores, daily_scores, of_events
from detente.relation.episodes import LABELS, Episode, Spells, spells, yearly

YEARLY = ("i_iso3c", "j_iso3c", "year", "verbCoop", "matlCoop", "verbConf", "matlConf")
DAILY = ("date", "a", "b", "net")


def read_episodes(path: Path, /) -> tuple[Episode, ...]:
    """Labelled episodes: columns iso_a, iso_b, onset, label, and where known severity and end.

    Raises:
        InputError: A column is missing, or a cell is not what it should be.
    """
    table = read_columns(path)
    missing = [c for c in ("iso_a", "iso_b", "onset", "label") if c not in table]
    if missing:
        raise InputError(f"{path}: got no column {', '.join(missing)}, wanted iso_a, iso_b, onset, label")
    found = []
    for line in range(len(table["onset"])):
        row = {name: cells[line] for name, cells in table.items()}
        if row["label"] not in LABELS:
            raise InputError(f"{path}: row {line + 2}: got label {row['label']!r}, wanted {', '.join(LABELS)}")
        onset = _day(row["onset"])
        if onset is None:
            raise InputError(f"{path}: row {line + 2}: got onset {row['onset']!r}, wanted a day such as 2011-11-26")
        found.append(
            Episode(
                dyad=dyad(row["iso_a"], row["iso_b"]),
                onset=onset,
                label=row["label"],
                severity=int(row["severity"]) if row.get("severity") not in (None, "") else None,
                end=_day(row.get("end")),
            )
        )
    return tuple(found)


def _day(cell: Any) -> dt.date | None:
    """A day, None where only words stand in the cell."""
    if isinstance(cell, dt.date):
        return cell
    try:
        return dt.date.fromisoformat(str(cell or "")[:10])
    except ValueError:
        return None


def kind_of(path: Path, /) -> str:
    """`yearly`, `daily` or `events`, by the columns of a file."""
    columns = set(read_columns(path))
    if columns.issuperset(YEARLY):
        return "yearly"
    return "daily" if columns.issuperset(DAILY) else "events"


def read_years(paths: Sequence[Path], /) -> Spells:
    """Yearly cooperation and conflict of every pair, from yearly tables or from event tables.

    Raises:
        InputError: A file is neither.
    """
    counts: dict[int, dict[tuple[str, str], list[float]]] = {}
    events = [path for path in paths if kind_of(path) == "events"]
    for path in paths:
        if path in events:
            continue
        table = read_columns(path)
        for a, b, year, *sizes in zip(*(table[c] for c in YEARLY), strict=True):
            if a and b and a != b:
                held = counts.setdefault(int(year), {}).setdefault(dyad(a, b), [0.0, 0.0])
                held[0] += float(sizes[0] or 0) + float(sizes[1] or 0)
                held[1] += float(sizes[2] or 0) + float(sizes[3] or 0)
    return spells(counts) if not events else yearly(read_events(events)[0])


def read_days(paths: Sequence[Path], /) -> DailyScores:
    """Daily scores of every pair, from daily tables (date, a, b, net) or from event tables.

    Raises:
        InputError: The files are neither, or some are of one kind and some of the other.
    """
    kinds = {kind_of(path) for path in paths}
    if kinds == {"events"}:
        return of_events(read_events(paths)[0])
    if kinds != {"daily"}:
        raise InputError(f"--data: got {' and '.join(sorted(kinds))} tables, wanted daily scores or events alone")
    tables = [read_columns(path) for path in paths]
    a, b = ([code for t in tables for code in t[c]] for c in ("a", "b"))
    states = tuple(sorted(set(a) | set(b)))
    place = {code: i for i, code in enumerate(states)}
    rows: dict[str, NDArray[np.int64] | NDArray[np.float64]] = {
        "day": np.array([d.toordinal() for t in tables for d in map(_day, t["date"]) if d], np.int64),
        "a": np.array([place[code] for code in a], np.int64),
        "b": np.array([place[code] for code in b], np.int64),
        "net": np.array([n for t in tables for n in t["net"]], np.float64),
    }
    return daily_scores(rows, states=states)
