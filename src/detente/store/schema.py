"""The tables of a store, as SQLAlchemy Core metadata; nothing here is particular to one database.

A text is kept once (`articles`); every printing of it, by any outlet at any address, is a row of `reports`. A
`coding` is what one coder version made of one printing; its sentences, claims, links and predictions are written
with it in one transaction and never changed. `known_at` is the day from which a row may be read: the day of
publication, or the day of retrieval where that is unknown. Nested records are JSON.
"""

from __future__ import annotations

import datetime as dt
import math

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Instant(TypeDecorator[dt.datetime]):
    """An aware UTC time, also in databases that keep no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The time in UTC, without its zone where `dialect` has none; a naive time is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"got the naive time {value}, wanted an aware one")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """The time with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Finite(TypeDecorator[float]):
    """A number; SQLite would silently keep NaN as unknown, so NaN and infinity are refused."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:  # noqa: ARG002
        """The number as it is."""
        if value is not None and not math.isfinite(value):
            raise ValueError(f"got {value}, wanted a finite number")
        return value


metadata = MetaData()
_nested = JSON(none_as_null=True)

migrations = Table(
    "detente_migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("text_digest", String, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("language", String, nullable=False),
    Column("published", Date),
    Column("retrieved", Instant, nullable=False),
    Column("dateline", Text),
    Column("outlet_note", Text),
    Column("dropped", _nested, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("added_at", Instant, nullable=False),
    Index("reports_by_article", "article_id", "known_at"),
    Index("reports_by_url", "url"),
)

codings = Table(
    "codings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("coder", String, nullable=False),
    Column("coded_at", Instant, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("added_at", Instant, nullable=False),
    # How many rows stand under this coding in the four tables below, so that a loss can be seen.
    Column("parts", Integer, nullable=False),
    UniqueConstraint("article_id", "coder", "known_at"),
)


def _part(name: str, *rest: Column[object] | Index) -> Table:
    return Table(
        name,
        metadata,
        Column("coding_id", ForeignKey("codings.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *rest,
    )


sentences = _part(
    "sentences",
    Column("sequence", Integer, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("paragraph", Integer, nullable=False),
)

claims = _part(
    "claims",
    Column("id", String, nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("known_at", Date, nullable=False),
    Column("actor_code", String),
    Column("recipient_code", String),
    Column("dyad_a", String),
    Column("dyad_b", String),
    Column("event", String, nullable=False),
    Column("mode", String),
    Column("cameo", String, nullable=False),
    Column("quad", Integer, nullable=False),
    Column("intensity", Finite, nullable=False),
    Column("status", String, nullable=False),
    Column("probability_low", Finite),
    Column("probability_high", Finite),
    Column("date", Date),
    Column("end", Date),
    Column("precision", String, nullable=False),
    Column("place", Text),
    Column("tie_kind", String),
    Column("tie_effect", String),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("actor", _nested, nullable=False),
    Column("recipient", _nested),
    Column("magnitudes", _nested, nullable=False),
    Column("attribution", _nested, nullable=False),
    Column("denies", String),
    Column("outlet", Text),
    Column("published", Date),
    Column("confidence", Finite, nullable=False),
    Column("coder", String, nullable=False),
    Column("coded_at", Instant, nullable=False),
    Column("explanation", _nested, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("claims_by_id", "id"),
    Index("claims_by_actor", "actor_code", "coding_id"),
    Index("claims_by_recipient", "recipient_code", "coding_id"),
    Index("claims_by_dyad", "dyad_a", "dyad_b", "coding_id"),
    Index("claims_by_date", "date"),
    Index("claims_by_known_at", "known_at"),
)

links = _part(
    "links",
    Column("cause", String, nullable=False),
    Column("effect", String, nullable=False),
    Column("sign", Integer, nullable=False),
    Column("conditional", Boolean, nullable=False),
    Column("relation", String, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("attribution", _nested, nullable=False),
    Column("marker", Text, nullable=False),
)

predictions = _part(
    "predictions",
    Column("claim", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("probability_low", Finite, nullable=False),
    Column("probability_high", Finite, nullable=False),
    Column("hedge", Text, nullable=False),
    Column("horizon", Date),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("attribution", _nested, nullable=False),
    Column("test", Text, nullable=False),
    Column("outcome", Boolean),
    Column("score", Finite),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", String, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("claims", _nested, nullable=False),
    Column("value", Text),
    Column("others", _nested, nullable=False),
    Column("judge", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("supersedes", _nested, nullable=False),
    Column("note", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Index("judgements_by_time", "at"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    # The columns of the file, in the order of the cells of its pages.
    Column("columns", _nested, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("added", Integer, nullable=False),
)

imported_pages = Table(
    "imported_pages",
    metadata,
    Column("import_id", ForeignKey("imports.id"), primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
    # The rows' own cells: lines of cells parted by tabs, compressed together.
    Column("cells", LargeBinary, nullable=False),
)

imported = Table(
    "imported",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("dataset", String, nullable=False),
    Column("row_id", String, nullable=False),
    Column("checksum", BigInteger, nullable=False),
    Column("date", Date, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("dyad_a", String),
    Column("dyad_b", String),
    Column("actor", String),
    Column("recipient", String),
    Column("event", String),
    Column("mode", String),
    Column("cameo", String, nullable=False),
    Column("quad", Integer, nullable=False),
    Column("intensity", Finite),
    Column("actor_name", Text, nullable=False),
    Column("recipient_name", Text, nullable=False),
    Column("actor_sectors", Text, nullable=False),
    Column("recipient_sectors", Text, nullable=False),
    Column("place", String),
    Column("reports", Integer),
    Column("publisher", Text),
    Index("imported_by_row", "dataset", "row_id", "checksum", "import_id", unique=True),
)

# All that a series of ten years needs stands in the index itself, and only of rows between two states.
Index(
    "imported_by_dyad",
    imported.c.dyad_a, imported.c.dyad_b, imported.c.date, imported.c.known_at, imported.c.actor, imported.c.cameo,
    imported.c.quad, imported.c.intensity, imported.c.dataset,
    sqlite_where=imported.c.dyad_a.is_not(None), postgresql_where=imported.c.dyad_a.is_not(None),
)  # fmt: skip

volumes = Table(
    "imported_volumes",
    metadata,
    Column("dataset", String, primary_key=True),
    Column("known_at", Date, primary_key=True),
    Column("rows", Integer, nullable=False),
)
"""How many rows of a data set became known on a day, whomever they are about."""

PARTS = (sentences, claims, links, predictions)
"""The tables whose rows stand under a coding."""
