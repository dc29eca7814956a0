"""Rows of documents in, a table out: text for a terminal, JSON, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from detente.errors import InputError

TableFormat = Literal["text", "json", "csv", "parquet"]
_WIDEST = 44


def write_table(rows: Sequence[Mapping[str, Any]], *, format: TableFormat, output: Path | None) -> None:
    """Writes `rows` to `output`, or to stdout without one.

    Raises:
        InputError: Parquet without a file or without pyarrow, or a file that cannot be written.
    """
    try:
        if format == "parquet":
            _parquet(rows, output)
            return
        text = {"json": _json, "csv": _csv, "text": _text}[format](rows)
        if output is None or str(output) == "-":
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"output: got {output} ({error.strerror}), wanted a file that can be written") from error


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n"


def _flat(value: Any) -> str:
    """A cell: lists of words joined with spaces, nested things as JSON, nothing as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    columns = _columns(rows)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_flat(row.get(c)) for c in columns] for row in rows)
    return out.getvalue()


def _text(rows: Sequence[Mapping[str, Any]]) -> str:
    from rich.console import Console
    from rich.table import Table

    if not rows:
        return "nothing known\n"
    columns = [c for c in _columns(rows) if c not in ("id", "claims", "explanation", "risks")]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold", max_width=_WIDEST)
    for row in rows:
        table.add_row(*(_flat(row.get(c)) for c in columns))
    out = io.StringIO()
    Console(file=out, width=160).print(table)
    return out.getvalue()


def _parquet(rows: Sequence[Mapping[str, Any]], output: Path | None) -> None:
    if output is None:
        raise InputError("parquet: got no file, wanted --output FILE.parquet")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError("parquet: got no pyarrow, wanted it; reinstall detente") from error
    columns = _columns(rows)
    arrays = {}
    for column in columns:
        values = [row.get(column) for row in rows]
        plain = all(v is None or isinstance(v, int | float | str | bool) for v in values)
        arrays[column] = values if plain else [None if v is None else _flat(v) for v in values]
    pq.write_table(pa.table(arrays), str(output))
