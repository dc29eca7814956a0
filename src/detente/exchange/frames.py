"""Tables of anybody's events in, one event a row out: date, actor, recipient and a CAMEO or PLOVER code are enough.

CSV (parted by commas, semicolons or tabs) or Parquet. The project's own export is such a table; its rows keep the data
set and the row they came from, and the cells they were read from there.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.exchange.columns import plain_name
from detente.exchange.lines import TAB_INSIDE, SourceRow
from detente.exchange.reading import EMPTY, CellReader, Coded, said, whole
from detente.exchange.tally import Tally
from detente.ontology.lexicon import QUADS
from detente.ontology.scales import code_of, plover_intensity
from detente.records import EVENTS, Imported, digest

NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "event_date", "day", "SQLDATE"),
    "actor": ("actor", "actor_code", "src_iso3", "source_iso3", "actor_country", "source_country", "country1"),
    "recipient": (
        "recipient", "recipient_code", "tgt_iso3", "target_iso3", "recipient_country", "target_country", "country2",
    ),
    "cameo": ("cameo", "cameo_code", "code", "event_code"),
    "event": ("event", "event_type", "type", "plover"),
    "mode": ("mode", "event_mode"),
    "quad": ("quad", "quad_code", "quad_class"),
    "intensity": ("intensity", "goldstein", "goldstein_scale"),
    "row": ("row", "id", "event_id"),
    "dataset": ("dataset", "data_set"),
    "known_at": ("known_at", "publication_date", "date_added"),
    "actor_name": ("actor_name", "source_name", "source"),
    "recipient_name": ("recipient_name", "target_name", "target"),
    "actor_sectors": ("actor_sectors", "source_sectors"),
    "recipient_sectors": ("recipient_sectors", "target_sectors"),
    "place": ("place", "country"),
    "reports": ("reports", "mentions", "num_mentions"),
    "publisher": ("publisher", "outlet", "url"),
    "original": ("original",),
}  # fmt: skip
"""For each thing wanted, the columns it may stand in, the first that is there wins."""

OWN_CLAIM, OWN_JUDGEMENT = "detente", "detente-judgement"
"""Data set of the project's own claims in its export; judgements on them stand under another name."""

BAD_TYPE = "the event code is in neither CAMEO nor PLOVER"
NO_CODE = "no event code"
IS_CLAIM = "a claim or judgement of this program, not an event; `detente import claims` takes it"
_QUADS = {
    **{str(n): n for n in range(1, 5)}, "vcoop": 1, "mcoop": 2, "vconf": 3, "mconf": 4,
    "verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4,
}  # fmt: skip
_LONGEST_CELL = 16 * 1024 * 1024


def table_rows(path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each row of a CSV or Parquet file as a mapping, with where it stands; never the whole file at once.

    Raises:
        InputError: The file cannot be read.
    """
    file = Path(path)
    if file.suffix.lower() in (".parquet", ".pq"):
        yield from _parquet_rows(file)
        return
    try:
        csv.field_size_limit(_LONGEST_CELL)
        with file.open(encoding="utf-8-sig", newline="") as stream:
            heading = stream.readline()
            stream.seek(0)
            reader = csv.reader(stream, delimiter=max("\t;,", key=heading.count))
            names = next(reader, [])
            for cells in reader:
                if cells:
                    yield f"{file.name}:{reader.line_num}", dict(zip_longest(names, cells, fillvalue=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: got {error}, wanted a Parquet file, or CSV in UTF-8") from error


def _parquet_rows(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(f"{file}: got no pyarrow, wanted it; reinstall detente, or give CSV") from error
    try:
        number = 0
        with pq.ParquetFile(str(file)) as table:
            for batch in table.iter_batches(batch_size=8192):
                columns = {}
                for name, column in zip(batch.schema.names, batch.columns, strict=True):
                    # Timestamps of a billionth of a second do not fit in datetime; all that is wanted is the day.
                    day = pa.types.is_timestamp(column.type)
                    columns[name] = (column.cast("date32", safe=False) if day else column).to_pylist()
                for cells in zip(*columns.values(), strict=True):
                    number += 1
                    yield f"{file.name}:{number}", dict(zip(columns, cells, strict=True))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{file}: got {error}, wanted a Parquet file") from error


def read_frame(path: str, *, dataset: str, tally: Tally) -> Iterator[SourceRow]:
    """The events of a table.

    Args:
        path: CSV or Parquet.
        dataset: Name to keep the rows under where the table names no data set.
        tally: Counts what is mended and dropped.

    Raises:
        InputError: The file cannot be read, or lacks a date, a side or a code.
    """
    events: FrameEvents | None = None
    for at, row in table_rows(path):
        tally.read += 1
        if events is None:
            events = FrameEvents(tuple(row), dataset=dataset, tally=tally, path=path)
        found = events.row(row, at=at)
        if found is not None:
            yield found


class FrameEvents:
    """Makes events of the rows of one table; remembers how often it saw the same row where rows have no id."""

    def __init__(self, columns: Sequence[str], *, dataset: str, tally: Tally, path: str) -> None:
        """Finds the columns; refuses a table that lacks a needed one."""
        plain = {plain_name(name): name for name in columns}
        self._at = {
            what: next((plain[key] for name in names if (key := plain_name(name)) in plain), None)
            for what, names in NAMES.items()
        }
        missing = [
            f"{what} ({', '.join(NAMES[what])})" for what in ("date", "actor", "recipient") if not self._at[what]
        ]
        if not self._at["cameo"] and not self._at["event"]:
            missing.append(f"a code ({', '.join((*NAMES['cameo'], *NAMES['event']))})")
        if missing:
            raise InputError(f"{path}: got the columns {', '.join(columns)}; wanted also {'; '.join(missing)}")
        self._dataset, self._tally = dataset, tally
        self._cells = CellReader("frame", tally=tally, numeric_codes=False)
        self._numeric = CellReader("frame", tally=tally, numeric_codes=True)
        self._seen: Counter[str] = Counter()

    def row(self, row: Mapping[str, Any], *, at: str) -> SourceRow | None:
        """The event of a row with its cells, None where it was dropped and counted."""
        texts = {what: _text(row.get(name)) if name else "" for what, name in self._at.items()}
        if texts["dataset"] in (OWN_CLAIM, OWN_JUDGEMENT):
            self._tally.drop(IS_CLAIM, at=at)
            return None
        event = self._event(row, texts, at=at)
        if event is None:
            return None
        if texts["original"] not in EMPTY:
            original = {str(k): str(v) for k, v in json.loads(texts["original"]).items()}
            return SourceRow(event, tuple(original), "\t".join(original.values()))
        cells = [_plain(value) for value in row.values()]
        if any("\t" in cell or "\n" in cell for cell in cells):
            self._tally.repair(TAB_INSIDE, at=at)
            cells = [" ".join(cell.split("\t")).replace("\n", " ") for cell in cells]
        return SourceRow(event, tuple(str(name) for name in row), "\t".join(cells))

    def _event(self, row: Mapping[str, Any], texts: Mapping[str, str], *, at: str) -> Imported | None:
        cells = self._cells
        day = cells.day(texts["date"], at=at)
        coded = self._coded(row, texts, at=at) if day is not None else None
        if day is None or coded is None:
            return None
        known = cells.day(texts["known_at"], at=at) if texts["known_at"] not in EMPTY else day
        if known is None:
            return None
        number = texts["row"] if texts["row"] not in EMPTY else self._made(row)
        return Imported(
            dataset=texts["dataset"] or self._dataset,
            row=number,
            date=day,
            known_at=max(day, known),
            actor=cells.state(texts["actor"], side="actor"),
            recipient=cells.state(texts["recipient"], side="recipient"),
            event=coded.event,
            cameo=coded.cameo,
            quad=_QUADS.get(texts["quad"].lower(), coded.quad),
            mode=coded.mode,
            intensity=cells.intensity(texts["intensity"], scale=coded.intensity, at=at)
            if self._at["intensity"] else coded.intensity,
            actor_name=said(texts["actor_name"]),
            recipient_name=said(texts["recipient_name"]),
            actor_sectors=cells.sectors(texts["actor_sectors"].replace(" ", ";"), between=";"),
            recipient_sectors=cells.sectors(texts["recipient_sectors"].replace(" ", ";"), between=";"),
            place=cells.state(texts["place"], side=""),
            reports=whole(texts["reports"]),
            publisher=said(texts["publisher"]) or None,
        )  # fmt: skip

    def _coded(self, row: Mapping[str, Any], texts: Mapping[str, str], *, at: str) -> Coded | None:
        """The CAMEO code, refined by a PLOVER type and mode where the table has both."""
        code, kind, mode = texts["cameo"], texts["event"].upper(), texts["mode"].lower()
        if code.upper() in EVENTS:
            code, kind = "", code.upper()
        coded = None
        if code not in EMPTY:
            # A whole number has lost its leading zero, if it had one; a text says what it says.
            number = isinstance(row.get(self._at["cameo"] or ""), int | float)
            coded = (self._numeric if number else self._cells).code(code, at=at)
            if coded is None:
                return None
        if kind in EVENTS:
            refined = mode if mode not in {word.lower() for word in EMPTY} else None
            if coded is not None:
                return replace(coded, event=kind, mode=refined)
            made = code_of(kind, refined)
            return Coded(made, kind, refined, QUADS[kind], plover_intensity(kind, refined), None)
        if coded is None:
            self._tally.drop(BAD_TYPE if texts["event"] not in EMPTY else NO_CODE, at=at)
        return coded

    def _made(self, row: Mapping[str, Any]) -> str:
        """An id from what the row says, and from how many rows of the table said the same before."""
        same = digest("row", *(f"{name}={value}" for name, value in row.items()))
        self._seen[same] += 1
        return same if self._seen[same] == 1 else f"{same}-{self._seen[same]}"


def _text(value: object) -> str:
    """A cell as text, without the spaces around it."""
    return _plain(value).strip()


def _plain(value: object) -> str:
    """A cell as text; whole numbers without a point, and nothing as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
