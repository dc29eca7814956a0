"""A pair and a day in, rows of event data sets out: as records, as arrays for series, or as they came for export."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, func, select

from detente.records import Dyad, Imported
from detente.relation.event_arrays import EventArrays
from detente.store import schema
from detente.store.rows import Row

_BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row for export: the event, and the columns and cells it was read from."""

    event: Imported
    columns: tuple[str, ...]
    cells: tuple[str, ...]


def _visible(pairs: Sequence[Dyad] | None, as_of: dt.date | None) -> list[ColumnElement[bool]]:
    """The conditions of a read: of these pairs, or of all rows with None; known and happened by the day."""
    table, found = schema.imported, list[ColumnElement[bool]]()
    if pairs is not None:
        # One pair is the common case, and an equality that the index can use.
        if len(pairs) == 1:
            found += [table.c.dyad_a == pairs[0][0], table.c.dyad_b == pairs[0][1]]
        else:
            codes = sorted({code for pair in pairs for code in pair})
            found += [table.c.dyad_a.in_(codes), table.c.dyad_b.in_(codes)]
    if as_of is not None:
        found += [table.c.known_at <= as_of, table.c.date <= as_of]
    return found


def rows(
    connection: Connection, pair: Dyad, *, as_of: dt.date | None, codes: Sequence[str] | None, limit: int | None
) -> Iterator[Imported]:
    """The rows between two states, the latest first; with `codes`, only those of these CAMEO codes."""
    table = schema.imported
    query = select(table).where(*_visible([pair], as_of))
    if codes is not None:
        query = query.where(table.c.cameo.in_(codes))
    query = query.order_by(table.c.date.desc(), table.c.id.desc()).limit(limit)
    for row in connection.execute(query).mappings():
        yield to_imported(row)


def arrays(connection: Connection, pair: Dyad | None, *, as_of: dt.date | None) -> EventArrays:
    """The rows between two states as arrays, by day; without a pair those between any two."""
    table = schema.imported
    query = select(
        table.c.dyad_a, table.c.dyad_b, table.c.date, table.c.actor, table.c.cameo, table.c.quad,
        table.c.intensity,
    ).where(*_visible(None if pair is None else [pair], as_of))  # fmt: skip
    if pair is None:
        query = query.where(table.c.dyad_a.is_not(None))
    query = query.order_by(table.c.date)
    return _packed(connection.execute(query).all())


def _packed(found: Sequence[Sequence[Any]]) -> EventArrays:
    if not found:
        none = np.zeros(0, np.int64)
        return EventArrays(
            states=(),
            day=none,
            actor=none,
            recipient=none,
            quad=none,
            intensity=np.zeros(0),
            cameo=np.zeros(0, np.str_),
        )
    a, b, days, actors, codes, quads, sizes = zip(*found, strict=True)
    states = tuple(sorted({*a, *b}))
    place = {code: n for n, code in enumerate(states)}
    first = np.array([place[code] for code in a], np.int64)
    second = np.array([place[code] for code in b], np.int64)
    actor = np.array([place[code] for code in actors], np.int64)
    return EventArrays(
        states=states,
        day=np.array([day.toordinal() for day in days], np.int64),
        actor=actor,
        recipient=first + second - actor,
        quad=np.array(quads, np.int64) - 1,
        intensity=np.array([np.nan if size is None else size for size in sizes], np.float64),
        cameo=np.array(codes, np.str_),
    )


def kept(connection: Connection, pairs: Sequence[Dyad] | None, *, as_of: dt.date | None) -> Iterator[Kept]:
    """The rows of these pairs, or all rows, with their own cells, in the order in which they came."""
    table, pages = schema.imported, schema.imported_pages
    columns = {
        n: tuple(names) for n, names in connection.execute(select(schema.imports.c.id, schema.imports.c.columns))
    }
    wanted = None if pairs is None else set(pairs)
    query = select(table).where(*_visible(pairs, as_of)).order_by(table.c.import_id, table.c.page, table.c.position)
    found = connection.execution_options(yield_per=_BATCH).execute(query).mappings()
    at, lines = (0, 0), list[str]()
    for row in found:
        event = to_imported(row)
        if wanted is not None and event.dyad not in wanted:
            continue
        if (row["import_id"], row["page"]) != at:
            at = (row["import_id"], row["page"])
            packed = connection.scalar(select(pages.c.cells).where(pages.c.import_id == at[0], pages.c.page == at[1]))
            lines = _lines(packed)
        yield Kept(event=event, columns=columns[at[0]], cells=tuple(lines[row["position"]].split("\t")))


def _lines(packed: bytes | None) -> list[str]:
    """The lines of a page.

    Raises:
        ValueError: It is missing or damaged.
    """
    try:
        return zlib.decompress(packed or b"").decode("utf-8", "surrogatepass").split("\n")
    except zlib.error as error:
        raise ValueError(f"a page of imported cells cannot be unpacked: {error}") from error


def faults(connection: Connection) -> Iterator[str]:
    """Imports that lost or gained rows, and pages that do not hold the cells of their rows."""
    table, runs, pages = schema.imported, schema.imports, schema.imported_pages
    held = select(func.count()).where(table.c.import_id == runs.c.id).scalar_subquery()
    for number, source, added, count in connection.execute(select(runs.c.id, runs.c.source, runs.c.added, held)):
        if added != count:
            yield f"import {number} of {source}: got {count} rows, wanted the {added} that were added"
    here = (table.c.import_id == pages.c.import_id) & (table.c.page == pages.c.page)
    most = select(func.max(table.c.position)).where(here).scalar_subquery()
    found = connection.execution_options(yield_per=10).execute(
        select(pages.c.import_id, pages.c.page, pages.c.cells, most).order_by(pages.c.import_id, pages.c.page)
    )
    for number, page, packed, last in found:
        try:
            fits = last is None or last < len(_lines(packed))
        except ValueError:
            fits = False
        if not fits:
            yield f"import {number}, page {page}: its cells are not those of its rows"


def volume(connection: Connection, *, as_of: dt.date | None) -> Iterator[tuple[str, dt.date, int]]:
    """For each data set and day how many of its rows became known, whomever they are about; by day."""
    table = schema.volumes
    query = select(table.c.dataset, table.c.known_at, table.c.rows).order_by(table.c.known_at, table.c.dataset)
    if as_of is not None:
        query = query.where(table.c.known_at <= as_of)
    yield from ((dataset, day, count) for dataset, day, count in connection.execute(query))


def layouts(connection: Connection) -> Iterator[tuple[str, ...]]:
    """The columns of the files that were imported, each once."""
    yield from dict.fromkeys(tuple(names) for names in connection.scalars(select(schema.imports.c.columns)))


def datasets(connection: Connection, pair: Dyad, *, as_of: dt.date | None) -> Iterator[tuple[str, int]]:
    """Data sets with rows between two states, and how many, the most first."""
    table, count = schema.imported, func.count().label("count")
    query = select(table.c.dataset, count).where(*_visible([pair], as_of)).group_by(table.c.dataset)
    yield from ((name, number) for name, number in connection.execute(query.order_by(count.desc(), table.c.dataset)))


def dyads(connection: Connection, *, as_of: dt.date | None) -> Iterator[tuple[Dyad, int]]:
    """Pairs and their number of rows, the most first."""
    table, count = schema.imported, func.count().label("count")
    query = select(table.c.dyad_a, table.c.dyad_b, count).where(table.c.dyad_a.is_not(None), *_visible(None, as_of))
    for a, b, number in connection.execute(
        query.group_by(table.c.dyad_a, table.c.dyad_b).order_by(count.desc(), table.c.dyad_a, table.c.dyad_b)
    ):
        yield (a, b), number


def to_imported(row: Row) -> Imported:
    """The record of a row of `imported`."""
    return Imported(
        dataset=row["dataset"],
        row=row["row_id"],
        date=row["date"],
        known_at=row["known_at"],
        actor=row["actor"],
        recipient=row["recipient"],
        event=row["event"],
        cameo=row["cameo"],
        quad=row["quad"],
        mode=row["mode"],
        intensity=row["intensity"],
        actor_name=row["actor_name"],
        recipient_name=row["recipient_name"],
        actor_sectors=tuple(row["actor_sectors"].split()),
        recipient_sectors=tuple(row["recipient_sectors"].split()),
        place=row["place"],
        reports=row["reports"],
        publisher=row["publisher"],
    )
