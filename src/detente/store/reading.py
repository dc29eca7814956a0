"""A connection, a pair and a day in, records out, a few hundred at a time: the questions a store answers.

Of an article coded by several coder versions, the newest coding counts among those that may be read on that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, intersect, select, union

from detente.records import Article, Claim, Coding, Dyad, Sentence, digest, dyad
from detente.store import rows, schema

_BATCH = 200
"""Codings read at once; far below the number of values any database takes in one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a question is about: all pairs or one, all days or up to one, the newest coder or one by name."""

    pair: Dyad | None = None
    as_of: dt.date | None = None
    coder: str | None = None


def newest(scope: Scope, *, within: Select[Any] | None = None) -> Select[tuple[int]]:
    """The number of the one coding of each article that counts; `within` limits the articles looked at."""
    table = schema.codings
    order = (table.c.coded_at.desc(), table.c.added_at.desc(), table.c.coder.desc(), table.c.id.desc())
    rank = func.row_number().over(partition_by=table.c.article_id, order_by=order).label("rank")
    ranked = select(table.c.id, rank)
    if scope.as_of is not None:
        ranked = ranked.where(table.c.known_at <= scope.as_of)
    if scope.coder is not None:
        ranked = ranked.where(table.c.coder == scope.coder)
    if within is not None:
        ranked = ranked.where(table.c.article_id.in_(within))
    inner = ranked.subquery()
    return select(inner.c.id).where(inner.c.rank == 1)


def _naming(code: str) -> Any:
    """The numbers of the codings in which a claim has `code` as actor or recipient."""
    claims = schema.claims
    return union(
        select(claims.c.coding_id).where(claims.c.actor_code == code),
        select(claims.c.coding_id).where(claims.c.recipient_code == code),
    )


def _naming_both(pair: Dyad) -> Select[tuple[int]]:
    first, second = (_naming(code).subquery() for code in pair)
    return select(intersect(select(first.c.coding_id), select(second.c.coding_id)).subquery().c.coding_id)


def _chosen(scope: Scope) -> Select[tuple[int]]:
    """The codings that count, of one pair: those whose claims name both states."""
    if scope.pair is None:
        return newest(scope)
    both = _naming_both(scope.pair)
    table = schema.codings
    # The articles are limited before ranking, the codings after: an old coding may name what the newest does not.
    ranked = newest(scope, within=select(table.c.article_id).where(table.c.id.in_(both)))
    return select(table.c.id).where(table.c.id.in_(ranked), table.c.id.in_(both))


def claims(connection: Connection, scope: Scope) -> Iterator[Claim]:
    """Claims in the order in which they became known; of one pair: those between just the two."""
    table = schema.claims
    query = select(table)
    if scope.pair is None:
        query = query.where(table.c.coding_id.in_(newest(scope)))
    else:
        first, second = dyad(*scope.pair)
        ours = (table.c.dyad_a == first) & (table.c.dyad_b == second)
        articles = select(table.c.article_id).where(ours)
        query = query.where(ours, table.c.coding_id.in_(newest(scope, within=articles)))
    query = query.order_by(table.c.known_at, table.c.article_id, table.c.position)
    for row in _stream(connection, query):
        yield rows.to_claim(row)


def claim(connection: Connection, claim_id: str, scope: Scope) -> Iterator[Claim]:
    """The claim of that id, in each coding that counts and holds it."""
    table = schema.claims
    articles = select(table.c.article_id).where(table.c.id == claim_id)
    query = select(table).where(table.c.id == claim_id, table.c.coding_id.in_(newest(scope, within=articles)))
    for row in connection.execute(query).mappings():
        yield rows.to_claim(row)


def codings(connection: Connection, scope: Scope) -> Iterator[Coding]:
    """Whole codings in the order in which they became known."""
    table = schema.codings
    query = (
        select(table.c.id, table.c.article_id, table.c.report_id)
        .where(table.c.id.in_(_chosen(scope)))
        .order_by(table.c.known_at, table.c.article_id)
    )
    every = connection.execute(query).all()
    for start in range(0, len(every), _BATCH):
        heads = every[start : start + _BATCH]
        numbers = [head.id for head in heads]
        articles = _articles_of(connection, [head.report_id for head in heads])
        sentences, found, links, predictions = (_parts(connection, part, numbers) for part in schema.PARTS)
        for number, article_id, report in heads:
            yield Coding(
                article=articles[report],
                sentences=tuple(rows.to_sentence(r, article_id=article_id) for r in sentences.get(number, ())),
                claims=tuple(rows.to_claim(r) for r in found.get(number, ())),
                links=tuple(rows.to_link(r, article_id=article_id) for r in links.get(number, ())),
                predictions=tuple(rows.to_prediction(r, article_id=article_id) for r in predictions.get(number, ())),
            )


def _parts(connection: Connection, table: Table, numbers: Sequence[int]) -> dict[int, list[rows.Row]]:
    """The rows of `table` under each coding, in their order."""
    query = select(table).where(table.c.coding_id.in_(numbers)).order_by(table.c.coding_id, table.c.position)
    found = connection.execute(query).mappings()
    return {number: list(part) for number, part in groupby(found, key=lambda row: row["coding_id"])}


def _articles_of(connection: Connection, reports: Sequence[int]) -> dict[int, Article]:
    query = _printings().where(schema.reports.c.id.in_(reports))
    return {row["id"]: rows.to_article(row) for row in connection.execute(query).mappings()}


def _printings() -> Select[Any]:
    texts, reports = schema.articles, schema.reports
    return select(reports, texts.c.text).join(texts, texts.c.id == reports.c.article_id)


def articles(connection: Connection, scope: Scope) -> Iterator[Article]:
    """Each text once, as its earliest known printing had it; of one pair: those whose claims name both states."""
    table, coded = schema.reports, schema.codings
    rank = func.row_number().over(
        partition_by=table.c.article_id, order_by=(table.c.known_at, table.c.retrieved, table.c.id)
    )
    ranked = select(table.c.id, rank.label("rank")).where(_visible(scope))
    if scope.pair is not None:
        coded_so = select(coded.c.article_id).where(coded.c.id.in_(_chosen(scope)))
        ranked = ranked.where(table.c.article_id.in_(coded_so))
    first = ranked.subquery()
    query = (
        _printings()
        .where(table.c.id.in_(select(first.c.id).where(first.c.rank == 1)))
        .order_by(table.c.known_at, table.c.article_id)
    )
    for row in _stream(connection, query):
        yield rows.to_article(row)


def reports(connection: Connection, article_id: str, scope: Scope) -> Iterator[Article]:
    """Every printing of one text, the earliest known first."""
    table = schema.reports
    query = _printings().where(table.c.article_id == article_id, _visible(scope))
    for row in connection.execute(query.order_by(table.c.known_at, table.c.retrieved, table.c.id)).mappings():
        yield rows.to_article(row)


def sentences(connection: Connection, article_id: str, scope: Scope) -> Iterator[Sentence]:
    """The sentences of the coding of that article that counts."""
    table, coded = schema.sentences, schema.codings
    within = select(coded.c.article_id).where(coded.c.article_id == article_id).distinct()
    query = select(table).where(table.c.coding_id.in_(newest(scope, within=within))).order_by(table.c.position)
    for row in connection.execute(query).mappings():
        yield rows.to_sentence(row, article_id=article_id)


def dyads(connection: Connection, scope: Scope) -> Iterator[tuple[Dyad, int]]:
    """Pairs and their number of claims, the most first."""
    table = schema.claims
    count = func.count().label("count")
    query = (
        select(table.c.dyad_a, table.c.dyad_b, count)
        .where(table.c.dyad_a.is_not(None), table.c.coding_id.in_(newest(scope)))
        .group_by(table.c.dyad_a, table.c.dyad_b)
        .order_by(count.desc(), table.c.dyad_a, table.c.dyad_b)
    )
    for a, b, number in connection.execute(query):
        yield (a, b), number


def _visible(scope: Scope) -> ColumnElement[bool]:
    known_at = schema.reports.c.known_at
    return known_at.is_not(None) if scope.as_of is None else known_at <= scope.as_of


def count(connection: Connection, table: Table, *, as_of: dt.date | None) -> int:
    """Rows of a table that may be read on that day; texts count from their first printing."""
    query = select(func.count()).select_from(table)
    if as_of is not None:
        if table is schema.articles:
            printed = schema.reports.c
            query = query.where(table.c.id.in_(select(printed.article_id).where(printed.known_at <= as_of)))
        elif "known_at" in table.c:
            query = query.where(table.c.known_at <= as_of)
        else:
            coded = schema.codings.c
            query = query.where(table.c.coding_id.in_(select(coded.id).where(coded.known_at <= as_of)))
    return connection.scalar(query) or 0


def faults(connection: Connection) -> Iterator[str]:
    """What does not fit together: texts that are not the ones added, codings that lost or gained rows."""
    texts, coded = schema.articles, schema.codings
    for row in _stream(connection, select(texts.c.id, texts.c.text, texts.c.text_digest)):
        if digest("article", row["text"]) != row["text_digest"]:
            yield f"article {row['id']}: its text is not the one that was added"
    parts = [select(func.count()).where(part.c.coding_id == coded.c.id).scalar_subquery() for part in schema.PARTS]
    held = parts[0] + parts[1] + parts[2] + parts[3]
    for row in _stream(connection, select(coded.c.article_id, coded.c.coder, coded.c.parts, held.label("held"))):
        if row["parts"] != row["held"]:
            yield (
                f"article {row['article_id']}, coded by {row['coder']}: "
                f"got {row['held']} rows, wanted the {row['parts']} that were added"
            )
    bare = ~select(schema.reports.c.id).where(schema.reports.c.article_id == texts.c.id).exists()
    for article_id in connection.scalars(select(texts.c.id).where(bare)):
        yield f"article {article_id}: no printing of it is known"


def _stream(connection: Connection, query: Select[Any]) -> Iterator[rows.Row]:
    return iter(connection.execution_options(yield_per=_BATCH).execute(query).mappings())
