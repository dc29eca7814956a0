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
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from detente.records import Imported
from detente.store import schema

PAGE = 5_000
"""Rows of a page: enough to compress well, few enough to open one for a single row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What one page of rows gave the store.

    Attributes:
        new: Rows that are now in the store and were not.
        known: Rows that an earlier import had brought.
        repeated: Positions in the page of rows that this import had brought already.
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
    """Appends the rows of a page that are new; the answer says what became of the others.

    Args:
        connection: In a writing transaction.
        rows: At most `PAGE` events, each with its own cells joined by tabs.
        number: Of the import.
    """
    held = _held(connection, [event for event, _ in rows])
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
    if fresh:
        _append(connection, fresh, number=number)
    return Entered(new=len(fresh), known=known, repeated=tuple(repeated), reused=tuple(reused))


def checksum(event: Imported) -> int:
    """What tells two rows of one id apart: day, names and code. Two prints of one vintage agree on them."""
    said = (
        f"{event.date}|{event.actor_name}|{event.recipient_name}|{event.actor}|{event.recipient}|{event.cameo}"
        f"|{event.event}|{event.mode}"
    )
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
    connection.execute(
        insert(schema.imported),
        [_row(event, check, number=number, page=page, position=at) for at, (event, _, check) in enumerate(fresh)],
    )
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


def _row(event: Imported, check: int, *, number: int, page: int, position: int) -> dict[str, object]:
    pair = event.dyad
    return {
        "import_id": number,
        "page": page,
        "position": position,
        "dataset": event.dataset,
        "row_id": event.row,
        "checksum": check,
        "date": event.date,
        "known_at": event.known_at,
        "dyad_a": pair[0] if pair else None,
        "dyad_b": pair[1] if pair else None,
        "actor": event.actor,
        "recipient": event.recipient,
        "event": event.event,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "intensity": event.intensity,
        "actor_name": event.actor_name,
        "recipient_name": event.recipient_name,
        "actor_sectors": " ".join(event.actor_sectors),
        "recipient_sectors": " ".join(event.recipient_sectors),
        "place": event.place,
        "reports": event.reports,
        "publisher": event.publisher,
    }
