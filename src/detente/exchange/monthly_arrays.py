"""An .npz file of monthly occurrences in, `Occurrences` out."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.lib.npyio import NpzFile

from detente.errors import InputError
from detente.foresight.occurrences import Occurrences
from detente.relation.event_arrays import Months


def read_occurrences(path: Path, /, *, first_month: dt.date | None = None) -> Occurrences:
    """The array `Y` (4 quads, T months, N, N) and the names `countries` of a file.

    Args:
        path: The .npz file.
        first_month: Its first month; None takes January of the first year in the file's name.

    Raises:
        InputError: The file is no such array, or nothing says when it begins.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            found = held["Y"].astype(np.float32)
            names = _names(held, count=found.shape[-1])
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise InputError(f"{path}: got {error}, wanted an .npz with the array Y") from error
    if found.ndim != 4:
        raise InputError(f"{path}: got an array Y of {found.ndim} axes, wanted quad, month, state, state")
    first = first_month or _year_in(path)
    return Occurrences(states=names, months=Months(first=first, count=found.shape[1]), any=found)


def _names(held: NpzFile, *, count: int) -> tuple[str, ...]:
    """The names of the states, or numbers: names stored as objects are not read, for they could hold any program."""
    try:
        names = tuple(str(name) for name in held["countries"])
    except (KeyError, ValueError):
        return tuple(f"state {n + 1}" for n in range(count))
    return names


def _year_in(path: Path) -> dt.date:
    year = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", path.stem)
    if year is None:
        raise InputError(f"{path}: got a file whose name tells no year, wanted --first-month such as 2009-01-01")
    return dt.date(int(year.group()), 1, 1)
