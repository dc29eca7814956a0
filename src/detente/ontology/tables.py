"""CSV files of the ontology in, checked rows out. A broken row is named by file and line, never skipped."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from detente.errors import OntologyError


class Row(Mapping[str, str]):
    """One row of a table; knows where it stands, so that errors can say so."""

    def __init__(self, cells: Mapping[str, str], *, where: str) -> None:
        """Keeps `cells` and `where`, such as `states.csv:12`."""
        self._cells = dict(cells)
        self.where = where

    def __getitem__(self, key: str) -> str:
        """The cell under heading `key`, stripped."""
        return self._cells[key]

    def __iter__(self) -> Iterator[str]:
        """The headings."""
        return iter(self._cells)

    def __len__(self) -> int:
        """How many cells the row has."""
        return len(self._cells)

    def many(self, key: str) -> tuple[str, ...]:
        """The parts of a cell that lists several values with semicolons."""
        return tuple(part.strip() for part in self._cells[key].split(";") if part.strip())

    def day(self, key: str, *, last: bool = False) -> dt.date | None:
        """A date given as YYYY, YYYY-MM or YYYY-MM-DD; `last` takes the end of a year or month."""
        text = self._cells[key]
        if not text:
            return None
        try:
            parts = [int(p) for p in text.split("-")]
            if len(parts) == 3:
                return dt.date(*parts)
            year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
            first = dt.date(year, month, 1)
            return _month_end(first) if last else first
        except (ValueError, TypeError) as error:
            raise OntologyError(
                f"{self.where}: {key}: got {text!r}, wanted YYYY, YYYY-MM or YYYY-MM-DD; mend that row"
            ) from error


def _month_end(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def read_table(name: str | Path, *, wanted: Sequence[str]) -> list[Row]:
    """Rows of a CSV file; `name` alone means a file shipped in the ontology.

    Raises:
        OntologyError: A heading is missing, or a row has another number of cells.
    """
    path = Path(name)
    try:
        if path.parent == Path():
            text = (files("detente.ontology") / str(name)).read_text(encoding="utf-8")
        else:
            text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{name}: got {error}, wanted a readable UTF-8 CSV file") from error
    reader = csv.reader(text.splitlines(), strict=True)
    heading = next(reader, [])
    missing = [key for key in wanted if key not in heading]
    if missing:
        raise OntologyError(f"{name}: got headings {heading}, wanted also {', '.join(missing)}")
    rows = []
    for cells in reader:
        if not cells or cells[0].startswith("#"):
            continue
        where = f"{path.name}:{reader.line_num}"
        if len(cells) != len(heading):
            raise OntologyError(f"{where}: got {len(cells)} cells, wanted {len(heading)}; check the commas and quotes")
        rows.append(Row(dict(zip(heading, (c.strip() for c in cells), strict=True)), where=where))
    return rows
