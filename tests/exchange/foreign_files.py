"""Small files as the data sets write them, made here; and a store that one file was imported into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from detente.exchange import gdelt, icews, polecat
from detente.exchange.tally import Tally
from detente.importing import DataSet, import_files
from detente.store.database import Store

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


def icews_row(number: int = 1, **cells: str) -> dict[str, str]:
    """A row of ICEWS; `cells` with underscores for spaces."""
    row = dict.fromkeys(icews.COLUMNS, "NA") | {
        "Event ID": str(number), "Event Date": "2011-11-28", "Source Name": "Foreign Affairs (Pakistan)",
        "Source Sectors": "Foreign Ministry,Government", "Source Country": "Pakistan", "Event Text": "Criticize",
        "CAMEO Code": "111", "Intensity": "-2", "Target Name": "United States", "Target Country": "United States",
        "Publisher": "Example Post", "Country": "Pakistan",
    }  # fmt: skip
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def polecat_row(number: int = 1, **cells: str) -> dict[str, str]:
    """A row of POLECAT."""
    row = dict.fromkeys(polecat.COLUMNS, "None") | {
        "Event ID": f"2011-{number}", "Event Date": "2011-11-28", "Event Type": "SANCTION", "Event Mode": "expel",
        "Intensity": "-7.0", "Quad Code": "MATERIAL CONFLICT", "Actor Name": "Pakistan", "Actor Country": "PAK",
        "Actor COW": "770", "Actor Sectors": "GOV;MIL", "Recipient Name": "United States", "Recipient Country": "USA",
        "Recipient COW": "2", "Country": "Pakistan", "Source": "Example Post", "Publication Date": "2011-11-29",
    }  # fmt: skip
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def gdelt_row(number: int = 1, *, width: int = 58, **cells: str) -> dict[str, str]:
    """A row of GDELT of some width."""
    columns = gdelt.layout_of(width)
    assert columns is not None
    row = dict.fromkeys(columns, "") | {
        "GLOBALEVENTID": str(number), "SQLDATE": "20111128", "Actor1Name": "PAKISTAN", "Actor1CountryCode": "PAK",
        "Actor1Type1Code": "GOV", "Actor2Name": "UNITED STATES", "Actor2CountryCode": "USA", "EventCode": "111",
        "EventRootCode": "11", "QuadClass": "3", "GoldsteinScale": "-2.0", "NumMentions": "12",
        "ActionGeo_CountryCode": "PK", "DATEADDED": "20111129" + ("" if width < 60 else "121500"),
    }  # fmt: skip
    if "SOURCEURL" in columns:
        row["SOURCEURL"] = "https://news.example/1"
    return row | cells


def write(path: Path, rows: Sequence[dict[str, str]], *, header: bool = True, encoding: str = "utf-8") -> Path:
    """The rows as a file parted by tabs."""
    lines = ["\t".join(rows[0])] if header else []
    lines += ["\t".join(row.values()) for row in rows]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def taken(store: Store, path: Path, dataset: DataSet, **options: object) -> Tally:
    """The counts of one import."""
    ((_, tally),) = import_files([str(path)], dataset, store, now=NOW, **options)  # type: ignore[arg-type]
    return tally
