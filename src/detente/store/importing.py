"""Rows of event data sets in, rows appended in pages by the caller's transactions.

What a row said in its own columns is kept beside the typed columns, since an export gives back what came in: the cells
of a page of rows as one compressed text, which takes a fifth of the space of the rows themselves and is opened only
for an export. `volumes` counts the rows by the day they became known: how much was read is the measure of how much
was to be heard of a pair.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from detente.records import Imported
from detente.store import schema

PAGE = 5_000
"""Rows of a page: enough to compress well, few enough to open one for a single row."""

BATCH = 4 * PAGE
"""Rows of a transaction: the disk is waited for once in so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What one batch of rows gave the store.

    Attributes:
        new: Rows that are now in the store and were not.
        known: Rows that an earlier import had brought.
        repeated: Positions in the batch of rows that this import had brought already.
        reused: Positions of rows whose id had been used for another day or for other words; they are in the store.
    """

    new: int
    known: int
    repeated: tuple[int, ...]
    reused: tuple[int, ...]


def start(connection: Connection, *, source: str, columns: Sequence[str], at: dt.datetime) -> int:
    """Notes that an import from `source` begins; its number."""
    cells = {"source": source, "columns": list(columns), "started_at": at, "added": 0}
    key = connection.execute(insert(schema.imports).values(cells)).inserted_primary_key
    return int(key[0]) if key else 0


def enter(connection: Connection, rows: Sequence[tuple[Imported, str]], *, number: int) -> Entered:
    """Appends the rows of a batch that are new; the answer says what became of the others.

    Args:
        connection: In a writing transaction.
        rows: About `BATCH` events, each with its own cells joined by tabs.
        number: Of the import.
    """
    held: dict[tuple[str, str], dict[int, int]] = {}
    for first in range(0, len(rows), PAGE):
        held |= _held(connection, [event for event, _ in rows[first : first + PAGE]])
    fresh: list[tuple[Imported, str, int]] = []
    known, repeated, reused = 0, [], []
    for position, (event, cells) in enumerate(rows):
        check = checksum(event)
        same = held.setdefault((event.dataset, event.row), {})
        if check in same:
            if same[check] == number:
                repeated.append(position)
            else:
                known += 1
            continue
        if same:
            reused.append(position)
        same[check] = number
        fresh.append((event, cells, check))
    for first in range(0, len(fresh), PAGE):
        _append(connection, fresh[first : first + PAGE], number=number)
    return Entered(new=len(fresh), known=known, repeated=tuple(repeated), reused=tuple(reused))


def checksum(event: Imported) -> int:
    """What tells two rows of one id apart: day, names, code and mode. Two prints of one vintage agree on them."""
    said = f"{event.date.toordinal()}|{event.actor_name}|{event.recipient_name}|{event.cameo}|{event.mode}"
    return zlib.crc32(said.encode("utf-8", "surrogatepass"))


def _held(connection: Connection, events: Sequence[Imported]) -> dict[tuple[str, str], dict[int, int]]:
    """The checksums that the store has under each id of the page, with the import that brought them."""
    table, found = schema.imported, dict[tuple[str, str], dict[int, int]]()
    for dataset in sorted({event.dataset for event in events}):
        wanted = sorted({event.row for event in events if event.dataset == dataset})
        query = select(table.c.row_id, table.c.checksum, table.c.import_id).where(
            table.c.dataset == dataset, table.c.row_id.in_(bindparam("wanted", expanding=True))
        )
        for row, check, number in connection.execute(query, {"wanted": wanted}):
            found.setdefault((dataset, row), {})[check] = number
    return found


def _append(connection: Connection, fresh: Sequence[tuple[Imported, str, int]], *, number: int) -> None:
    pages = schema.imported_pages
    page = (connection.scalar(select(func.max(pages.c.page)).where(pages.c.import_id == number)) or 0) + 1
    packed = zlib.compress("\n".join(cells for _, cells, _ in fresh).encode("utf-8", "surrogatepass"), 1)
    connection.execute(insert(pages).values(import_id=number, page=page, cells=packed))
    statement = _statement(connection)
    day = dt.date.isoformat if statement else _same
    rows = [_row(event, check, place=(number, page, at), day=day) for at, (event, _, check) in enumerate(fresh)]
    _insert(connection, rows, statement=statement)
    _count(connection, Counter((event.dataset, event.known_at) for event, _, _ in fresh))
    table = schema.imports
    connection.execute(update(table).where(table.c.id == number).values(added=table.c.added + len(fresh)))


def _count(connection: Connection, days: Counter[tuple[str, dt.date]]) -> None:
    """Adds to the rows of each day; few, since a page holds few days."""
    table = schema.volumes
    for (dataset, day), count in days.items():
        here = and_(table.c.dataset == dataset, table.c.known_at == day)
        changed = connection.execute(update(table).where(here).values(rows=table.c.rows + count))
        if not changed.rowcount:
            connection.execute(insert(table).values(dataset=dataset, known_at=day, rows=count))


_COLUMNS = (
    "import_id", "page", "position", "dataset", "row_id", "checksum", "date", "known_at", "dyad_a", "dyad_b", "actor",
    "recipient", "event", "mode", "cameo", "quad", "intensity", "actor_name", "recipient_name", "actor_sectors",
    "recipient_sectors", "place", "reports", "publisher",
)  # fmt: skip


def _row(
    event: Imported, check: int, *, place: tuple[int, int, int], day: Callable[[dt.date], object]
) -> tuple[object, ...]:
    """The cells of a row of `imported`, in the order of `_COLUMNS`; `day` writes a day as the driver takes it."""
    a, b = event.dyad or (None, None)
    return (
        *place, event.dataset, event.row, check, day(event.date), day(event.known_at), a, b, event.actor,
        event.recipient, event.event, event.mode, event.cameo, event.quad, event.intensity, event.actor_name,
        event.recipient_name, " ".join(event.actor_sectors), " ".join(event.recipient_sectors), event.place,
        event.reports, event.publisher,
    )  # fmt: skip


def _same(day: dt.date) -> dt.date:
    return day


def _insert(connection: Connection, rows: Sequence[tuple[object, ...]], *, statement: str | None) -> None:
    """Inserts many rows of `imported`; `statement` is the driver's own, where there is one."""
    if statement is None:
        cells = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        connection.execute(insert(schema.imported), cells)
    else:
        connection.exec_driver_sql(statement, list(rows))


def _statement(connection: Connection) -> str | None:
    """The insert as the driver takes it with bare tuples in the order of `_COLUMNS`; None where it does not.

    Making a dictionary of each row and looking up how to bind it takes as long as the database itself does (measured:
    14 s against 7 s for a million rows).
    """
    if connection.dialect.name != "sqlite":
        return None
    bound = insert(schema.imported).values({name: bindparam(name) for name in _COLUMNS})
    return str(bound.compile(dialect=connection.dialect))
