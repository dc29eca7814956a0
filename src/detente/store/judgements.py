"""A judgement in, a row appended out; a day in, the judgements made by then out. None is ever changed or deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from detente.errors import InputError
from detente.records import Claim, Judgement
from detente.store import reading, rows, schema


def add(connection: Connection, judgement: Judgement, *, added_at: dt.datetime) -> bool:
    """Appends a judgement; False where the store has it already.

    Raises:
        InputError: It speaks of a claim or stands in place of a judgement that is not in the store.
    """
    table = schema.judgements
    if connection.scalar(select(table.c.id).where(table.c.id == judgement.id)) is not None:
        return False
    other = (judgement.value,) if judgement.verdict == "duplicate-of" and judgement.value else ()
    strays = sorted({*judgement.claims, *judgement.others, *other} - _held(connection, judgement, other=other))
    if strays:
        raise InputError(
            f"judgement: got {judgement.verdict} on the claim {strays[0]!r}, wanted one that is in the store; "
            "`detente events A B --format json` lists them. Nothing was kept"
        )
    gone = sorted(set(judgement.supersedes) - _known(connection, judgement.supersedes))
    if gone:
        raise InputError(
            f"judgement: got one in place of the judgement {gone[0]!r}, wanted one that is in the store; "
            "`detente judge list` shows them. Nothing was kept"
        )
    connection.execute(insert(table).values(rows.judgement_row(judgement, added_at=added_at)))
    return True


def _held(connection: Connection, judgement: Judgement, *, other: Iterable[str]) -> set[str]:
    claims = schema.claims
    wanted = [*judgement.claims, *judgement.others, *other]
    found: set[str] = set()
    for start in range(0, len(wanted), 200):
        part = wanted[start : start + 200]
        found.update(connection.scalars(select(claims.c.id).where(claims.c.id.in_(part))))
    return found


def _known(connection: Connection, ids: Iterable[str]) -> set[str]:
    table = schema.judgements
    return set(connection.scalars(select(table.c.id).where(table.c.id.in_(list(ids)))))


def claim_of(connection: Connection, claim_id: str) -> tuple[Claim, bool] | None:
    """A claim as the newest coding that holds it has it, and whether that coding still counts; None if none does."""
    claims = schema.claims
    query = select(claims).where(claims.c.id == claim_id).order_by(claims.c.coding_id.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    article = select(claims.c.article_id).where(claims.c.id == claim_id)
    counts = set(connection.scalars(reading.newest(reading.Scope(), within=article)))
    held = set(connection.scalars(select(claims.c.coding_id).where(claims.c.id == claim_id)))
    return rows.to_claim(row), bool(counts & held)


def every(connection: Connection, *, as_of: dt.date | None) -> Iterator[Judgement]:
    """Judgements in the order in which they were made, superseded ones too; with `as_of` those made by that day."""
    table = schema.judgements
    query = select(table).order_by(table.c.at, table.c.id)
    if as_of is not None:
        end = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), dt.UTC)
        query = query.where(table.c.at < end)
    for row in connection.execute(query).mappings():
        yield rows.to_judgement(row)
