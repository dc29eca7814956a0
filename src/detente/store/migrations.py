"""An engine in, its database at the version this program knows out: numbered steps, each applied once and recorded.

A new store is made from `schema.metadata` at once and all numbers are recorded; an older one gets the steps it
misses. To change the tables: change `schema`, append one step here that brings an older store to the same shape,
and never touch a step that was released.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, insert, inspect, select

from detente.errors import StoreError
from detente.store import schema

Step = Callable[[Connection], None]


def first_tables(connection: Connection) -> None:
    """1: articles, reports, codings and what stands under them."""
    schema.metadata.create_all(connection)


def judgements_table(connection: Connection) -> None:
    """2: what people judge of claims and merges."""
    schema.judgements.create(connection)


def imported_tables(connection: Connection) -> None:
    """3: rows of event data sets."""
    for table in (schema.imports, schema.imported_pages, schema.imported, schema.volumes):
        table.create(connection)


MIGRATIONS: tuple[Step, ...] = (first_tables, judgements_table, imported_tables)
"""Step n of a store is `MIGRATIONS[n - 1]`."""


def version(connection: Connection, *, where: str) -> int:
    """How many steps a database has had; 0 for an empty one.

    Raises:
        StoreError: It holds another program's tables, or a newer Détente wrote it.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    if schema.migrations.name not in tables:
        raise StoreError(
            f"{where}: got a database of another program (tables {', '.join(tables[:3])}), wanted a Détente store; "
            "give another --store"
        )
    found = connection.scalar(select(func.max(schema.migrations.c.number))) or 0
    if found > len(MIGRATIONS):
        raise StoreError(
            f"{where}: got a store of version {found}, wanted at most {len(MIGRATIONS)}: a newer Détente wrote it; "
            "update detente or give another --store"
        )
    return found


def migrate(connection: Connection, *, where: str) -> None:
    """Brings the database to the newest version; `connection` must be in a writing transaction."""
    have = version(connection, where=where)
    if not have:
        schema.metadata.create_all(connection)
    for number, step in enumerate(MIGRATIONS, start=1):
        if number <= have:
            continue
        if have:
            step(connection)
        connection.execute(insert(schema.migrations).values(number=number, name=step.__name__))
