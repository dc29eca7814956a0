"""A coding in, rows appended by the caller's transaction, and a count of what was new out; no row is ever changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, Table, func, insert, select

from detente.errors import InputError, require
from detente.records import Article, Coding, digest
from detente.store import rows, schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What one addition changed.

    Attributes:
        article_id: The article added to.
        new_article: The text was not in the store before.
        new_report: This printing (outlet, address, day) of it was not.
        new_coding: A coding was appended; False when this coder version had coded the text already.
        new_claims: Claims that no coding of the article held before.
        known_claims: Claims that one did.
    """

    article_id: str
    new_article: bool
    new_report: bool
    new_coding: bool = False
    new_claims: int = 0
    known_claims: int = 0

    @property
    def changed(self) -> bool:
        """Whether the store holds anything more than before."""
        return self.new_article or self.new_report or self.new_coding


def coder_of(coding: Coding, *, coder: str | None) -> str:
    """The one coder version behind a coding: `coder`, or the one its claims name.

    Raises:
        InputError: Claims name several coders or other articles, or a coding without claims comes without `coder`.
    """
    named = sorted({claim.coder for claim in coding.claims} | ({coder} if coder is not None else set()))
    faults = []
    if not named:
        faults.append("got a coding without claims, wanted the coder that found none; pass coder=")
    elif len(named) > 1:
        faults.append(f"got the coders {', '.join(map(repr, named))}, wanted one coder for one coding")
    elif not named[0]:
        faults.append("got claims without a coder, wanted its name and version; set Claim.coder")
    parts = (coding.sentences, coding.claims, coding.links, coding.predictions)
    strays = sorted({part.article_id for whole in parts for part in whole} - {coding.article.id})
    if strays:
        faults.append(f"got parts of the article {strays[0]}, wanted only parts of {coding.article.id}")
    if any(claim.coded_at.tzinfo is None for claim in coding.claims):
        faults.append("got a naive `coded_at`, wanted an aware UTC datetime")
    require(faults, what="coding")
    return named[0]


def add_article(connection: Connection, article: Article, *, added_at: dt.datetime) -> tuple[Added, int]:
    """Keeps the text and the printing, each unless it is known; the answer and the number of the report.

    Raises:
        InputError: The same text is in the store under another id, or another text under the same.
    """
    text_digest = digest("article", article.text)
    table = schema.articles
    found = connection.execute(
        select(table.c.id, table.c.text_digest).where((table.c.id == article.id) | (table.c.text_digest == text_digest))
    ).first()
    if found is not None and (found.id, found.text_digest) != (article.id, text_digest):
        same = "text" if found.text_digest == text_digest else "id"
        raise InputError(
            f"article {article.id}: got the {same} of the stored article {found.id}, wanted one id for one text; "
            "leave Article.id empty"
        )
    if found is None:
        cells = {"id": article.id, "text_digest": text_digest, "text": article.text, "added_at": added_at}
        connection.execute(insert(table).values(cells))
    report, new_report = _add_report(connection, article, added_at=added_at)
    return Added(article_id=article.id, new_article=found is None, new_report=new_report), report


def _add_report(connection: Connection, article: Article, *, added_at: dt.datetime) -> tuple[int, bool]:
    """The number of this printing's row, and whether it is new. Retrieving a page again is no new printing."""
    table = schema.reports
    known = connection.execute(
        select(table)
        .where(table.c.article_id == article.id, table.c.known_at <= rows.known_day(article))
        .order_by(table.c.id)
    )
    for row in known:
        if (row.outlet, row.url, row.published) == (article.outlet, article.url, article.published):
            return int(row.id), False
    return _number(connection, table, rows.report_row(article, added_at=added_at)), True


def _number(connection: Connection, table: Table, cells: rows.Cells) -> int:
    """Inserts one row; the number the database gave it."""
    # The key of reports and codings is one integer, which the database counts up.
    return cast(tuple[int], connection.execute(insert(table).values(cells)).inserted_primary_key)[0]


def add_coding(connection: Connection, coding: Coding, *, coder: str, added_at: dt.datetime) -> Added:
    """Appends a coding unless `coder` has coded the same text, from this printing or an earlier known one.

    A later printing is only a report; an earlier one is coded again, since its dates are the true ones.
    """
    article = coding.article
    added, report = add_article(connection, article, added_at=added_at)
    codings, claims = schema.codings, schema.claims
    known = set(
        connection.scalars(
            select(claims.c.id)
            .join(codings, codings.c.id == claims.c.coding_id)
            .where(codings.c.article_id == article.id)
        )
    )
    since = first_known(connection, article.id, coder=coder)
    new = 0
    if fresh := since is None or since > rows.known_day(article):
        new = sum(claim.id not in known for claim in coding.claims)
        _append(connection, coding, coder=coder, report=report, added_at=added_at)
    return Added(
        article_id=article.id,
        new_article=added.new_article,
        new_report=added.new_report,
        new_coding=fresh,
        new_claims=new,
        known_claims=len(coding.claims) - new,
    )


def first_known(connection: Connection, article_id: str, *, coder: str) -> dt.date | None:
    """The day of the earliest printing of a text that `coder` has coded, None when it has coded none."""
    table = schema.codings
    where = (table.c.article_id == article_id) & (table.c.coder == coder)
    found: dt.date | None = connection.scalar(select(func.min(table.c.known_at)).where(where))
    return found


def _append(connection: Connection, coding: Coding, *, coder: str, report: int, added_at: dt.datetime) -> None:
    article, known_at = coding.article, rows.known_day(coding.article)
    parts: tuple[tuple[Table, Sequence[rows.Cells]], ...] = (
        (schema.sentences, [rows.sentence_row(s) for s in coding.sentences]),
        (schema.claims, [rows.claim_row(c, known_at=known_at) for c in coding.claims]),
        (schema.links, [rows.link_row(k) for k in coding.links]),
        (schema.predictions, [rows.prediction_row(p) for p in coding.predictions]),
    )
    cells: rows.Cells = {
        "article_id": article.id,
        "report_id": report,
        "coder": coder,
        "coded_at": max((claim.coded_at for claim in coding.claims), default=added_at),
        "known_at": known_at,
        "added_at": added_at,
        "parts": sum(len(part) for _, part in parts),
    }
    number = _number(connection, schema.codings, cells)
    for table, part in parts:
        if part:
            numbered = [{"coding_id": number, "position": at, **row} for at, row in enumerate(part)]
            connection.execute(insert(table), numbered)
