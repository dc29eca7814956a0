"""Codings in, records out as of any day: `open_store` and the `Store` it gives."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from detente.errors import InputError, StoreError
from detente.records import Article, Claim, Coding, Dyad, Imported, Judgement, Sentence
from detente.relation.event_arrays import EventArrays
from detente.store import imported, importing, judgements, migrations, reading, schema, sqlite, writing
from detente.store.imported import Kept
from detente.store.importing import Entered
from detente.store.reading import Scope
from detente.store.writing import Added

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds: texts, their printings, and all that any coder version made of them."""

    articles: int
    reports: int
    codings: int
    sentences: int
    claims: int
    links: int
    predictions: int


def open_store(url: str | Path | None = None, *, read_only: bool = False) -> Store:
    """Opens the store at a path, at `sqlite:///PATH`, or in memory (`:memory:`), and makes it if there is none.

    Without `url`: the environment's DETENTE_STORE, else `detente/detente.db` in the data folder of the platform.

    Raises:
        StoreError: It cannot be opened, is no store, is damaged, locked, or written by a newer program.

    Example:
        >>> with open_store(":memory:") as store:
        ...     store.counts().articles
        0
    """
    path = sqlite.locate(url, environ=os.environ)
    where = "store in memory" if path is None else str(path)
    if path is not None:
        own = url is None and not os.environ.get("DETENTE_STORE")
        sqlite.check(path, read_only=read_only, make_folder=own)
    elif read_only:
        raise StoreError(
            "got :memory: to be read only, wanted a file, since a store in memory starts empty; give another --store"
        )
    engine = sqlite.connect(path, read_only=read_only)
    try:
        with sqlite.explained(where):
            _prepare(engine, where=where, read_only=read_only)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, where=where)


def _prepare(engine: Engine, *, where: str, read_only: bool) -> None:
    """Sees that this is a store of this program's version, or makes it one; a foreign file is not touched."""
    with engine.connect() as connection:
        have = migrations.version(connection, where=where)
    if read_only:
        if have < len(migrations.MIGRATIONS):
            was = f"a store of version {have}" if have else "an empty file"
            raise StoreError(f"{where}: got {was}, wanted version {len(migrations.MIGRATIONS)}; open it once to write")
        return
    sqlite.use_log(engine)
    if have < len(migrations.MIGRATIONS):
        with engine.connect().execution_options(detente_writes=True) as connection, connection.begin():
            migrations.migrate(connection, where=where)


class Store:
    """An open store. Every read takes `as_of`: nothing that was published later is read.

    An article counts from the day it was published or, when that is unknown, retrieved. Of an article coded by
    several coder versions the newest coding is read, or that of `coder`. Threads may share a store.
    """

    def __init__(self, engine: Engine, *, where: str) -> None:
        """Keeps an engine whose database is prepared; use `open_store`."""
        self._engine = engine
        self.where = where

    def __enter__(self) -> Self:
        """The store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Closes its connections; SQLite then folds the log into the file."""
        self._engine.dispose()

    @contextmanager
    def _writing(self, what: str) -> Iterator[Connection]:
        """One transaction: kept whole, or not at all."""
        with (
            sqlite.storable(self.where, what),
            self._engine.connect().execution_options(detente_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def _read(self, ask: Callable[[Connection], Iterator[T]]) -> Iterator[T]:
        """The answer, piece by piece, of one moment: what others add meanwhile is not in it."""
        with sqlite.readable(self.where), self._engine.connect() as connection:
            yield from ask(connection)

    def add(self, coding: Coding, *, added_at: dt.datetime, coder: str | None = None) -> Added:
        """Adds an article and what was coded from it, in one transaction; changes nothing it holds already.

        Args:
            coding: The article and its parts.
            added_at: Now, aware.
            coder: The coder version; needed for a coding without claims, which cannot name it.

        Raises:
            InputError: The parts do not belong together or hold a value that cannot be stored.
            StoreError: The store is locked, damaged or full; nothing of this coding was kept.
        """
        named = writing.coder_of(coding, coder=coder)
        with self._writing(f"coding of article {coding.article.id}") as connection:
            return writing.add_coding(connection, coding, coder=named, added_at=added_at)

    def add_article(self, article: Article, *, added_at: dt.datetime) -> Added:
        """Adds a text, or where else a known text was printed, without a coding.

        Raises:
            InputError: The text is in the store under another id, or holds what cannot be stored.
            StoreError: The store is locked, damaged or full.
        """
        with self._writing(f"article {article.id}") as connection:
            return writing.add_article(connection, article, added_at=added_at)[0]

    def is_coded(self, article_id: str, *, coder: str, known_at: dt.date | None = None) -> bool:
        """Whether that coder version has coded the text; with `known_at`: a printing known by that day."""
        _day(known_at)
        with sqlite.readable(self.where), self._engine.connect() as connection:
            since = writing.first_known(connection, article_id, coder=coder)
        return since is not None and (known_at is None or since <= known_at)

    def article(self, article_id: str, *, as_of: dt.date | None = None) -> Article:
        """The article of that id, as its earliest known printing had it.

        Raises:
            InputError: There is none on that day.
        """
        for article in self.reports(article_id, as_of=as_of):
            return article
        raise InputError(f"got article {article_id!r}, wanted one that is in the store" + _until(as_of))

    def reports(self, article_id: str, *, as_of: dt.date | None = None) -> tuple[Article, ...]:
        """Every printing of a text, by any outlet at any address, the earliest known first."""
        scope = Scope(as_of=_day(as_of))
        return tuple(self._read(lambda connection: reading.reports(connection, article_id, scope)))

    def articles(self, *, dyad: Dyad | None = None, as_of: dt.date | None = None) -> tuple[Article, ...]:
        """Each text once, in the order of its day; of a pair: those whose claims name both states."""
        return tuple(self.iter_articles(dyad=dyad, as_of=as_of))

    def iter_articles(self, *, dyad: Dyad | None = None, as_of: dt.date | None = None) -> Iterator[Article]:
        """As `articles`, one by one."""
        scope = Scope(pair=dyad, as_of=_day(as_of))
        return self._read(lambda connection: reading.articles(connection, scope))

    def sentences(
        self, article_id: str, *, as_of: dt.date | None = None, coder: str | None = None
    ) -> tuple[Sentence, ...]:
        """The sentences of an article, in order; none where it has not been coded."""
        scope = Scope(as_of=_day(as_of), coder=coder)
        return tuple(self._read(lambda connection: reading.sentences(connection, article_id, scope)))

    def claim(self, claim_id: str, *, as_of: dt.date | None = None, coder: str | None = None) -> Claim:
        """The claim of that id.

        Raises:
            InputError: No coding that is read on that day holds it.
        """
        scope = Scope(as_of=_day(as_of), coder=coder)
        for claim in self._read(lambda connection: reading.claim(connection, claim_id, scope)):
            return claim
        raise InputError(f"got claim {claim_id!r}, wanted one that is in the store" + _until(as_of))

    def claims(
        self, *, dyad: Dyad | None = None, as_of: dt.date | None = None, coder: str | None = None
    ) -> tuple[Claim, ...]:
        """Claims in the order in which they became known; of a pair: those between the two, either way."""
        return tuple(self.iter_claims(dyad=dyad, as_of=as_of, coder=coder))

    def iter_claims(
        self, *, dyad: Dyad | None = None, as_of: dt.date | None = None, coder: str | None = None
    ) -> Iterator[Claim]:
        """As `claims`, one by one."""
        scope = Scope(pair=dyad, as_of=_day(as_of), coder=coder)
        return self._read(lambda connection: reading.claims(connection, scope))

    def codings(
        self, dyad: Dyad | None = None, *, as_of: dt.date | None = None, coder: str | None = None
    ) -> tuple[Coding, ...]:
        """Whole codings in the order of their day; of a pair: those whose claims name both states."""
        return tuple(self.iter_codings(dyad, as_of=as_of, coder=coder))

    def iter_codings(
        self, dyad: Dyad | None = None, *, as_of: dt.date | None = None, coder: str | None = None
    ) -> Iterator[Coding]:
        """As `codings`, one by one."""
        scope = Scope(pair=dyad, as_of=_day(as_of), coder=coder)
        return self._read(lambda connection: reading.codings(connection, scope))

    def add_judgement(self, judgement: Judgement, *, added_at: dt.datetime) -> bool:
        """Keeps what a person has judged; False where it was kept before. What it supersedes stays in the store.

        Raises:
            InputError: It speaks of claims or judgements that are not in the store; nothing was kept.
            StoreError: The store is locked, damaged or full.
        """
        with self._writing(f"judgement {judgement.id}") as connection:
            return judgements.add(connection, judgement, added_at=added_at)

    def judged_claim(self, claim_id: str) -> tuple[Claim, bool]:
        """A claim that was judged, from whatever coding holds it, and whether that coding is still the one read.

        Raises:
            InputError: No coding holds it.
        """
        with sqlite.readable(self.where), self._engine.connect() as connection:
            found = judgements.claim_of(connection, claim_id)
        if found is None:
            raise InputError(f"got claim {claim_id!r}, wanted one that is in the store")
        return found

    def judgements(self, *, as_of: dt.date | None = None) -> tuple[Judgement, ...]:
        """All judgements, the superseded too, in the order in which they were made; `as_of` is a day of judging."""
        day = _day(as_of)
        return tuple(self._read(lambda connection: judgements.every(connection, as_of=day)))

    def start_import(self, source: str, *, columns: Sequence[str], at: dt.datetime) -> int:
        """Notes that rows of `source` follow, whose own cells stand under `columns`; the number of the import."""
        with self._writing(f"import of {source}") as connection:
            return importing.start(connection, source=source, columns=columns, at=at)

    def enter(self, rows: Sequence[tuple[Imported, str]], *, number: int) -> Entered:
        """Keeps those of a batch of rows that are new, in one transaction; each with its own cells joined by tabs.

        Raises:
            InputError: A row holds what cannot be stored; nothing of this batch was kept.
            StoreError: The store is locked, damaged or full; what earlier batches brought is kept.
        """
        with self._writing(f"import {number}") as connection:
            return importing.enter(connection, rows, number=number)

    def imported(
        self,
        dyad: Dyad,
        *,
        as_of: dt.date | None = None,
        codes: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> tuple[Imported, ...]:
        """Rows of event data sets between two states, the latest first; with `codes` those of these CAMEO codes.

        Neither what became known later than `as_of` nor what is dated later is read.
        """
        day = _day(as_of)
        return tuple(self._read(lambda it: imported.rows(it, dyad, as_of=day, codes=codes, limit=limit)))

    def imported_arrays(self, dyad: Dyad | None = None, *, as_of: dt.date | None = None) -> EventArrays:
        """The same rows as arrays, by day, for series and models; without a pair those between any two states."""
        day = _day(as_of)
        with sqlite.readable(self.where), self._engine.connect() as connection:
            return imported.arrays(connection, dyad, as_of=day)

    def imported_volume(self, *, as_of: dt.date | None = None) -> tuple[tuple[str, dt.date, int], ...]:
        """For each data set and day how many of its rows became known, whomever they are about."""
        day = _day(as_of)
        return tuple(self._read(lambda connection: imported.volume(connection, as_of=day)))

    def imported_datasets(self, dyad: Dyad, *, as_of: dt.date | None = None) -> tuple[tuple[str, int], ...]:
        """The data sets that have rows between two states, with how many, the most first."""
        day = _day(as_of)
        return tuple(self._read(lambda connection: imported.datasets(connection, dyad, as_of=day)))

    def iter_imported(self, pairs: Sequence[Dyad] | None = None, *, as_of: dt.date | None = None) -> Iterator[Kept]:
        """Imported rows with the cells they were read from, one by one; all of them without `pairs`."""
        day = _day(as_of)
        return self._read(lambda connection: imported.kept(connection, pairs, as_of=day))

    def import_columns(self) -> tuple[tuple[str, ...], ...]:
        """The columns of every file that was imported, each once."""
        return tuple(self._read(imported.layouts))

    def imported_dyads(self, as_of: dt.date | None = None) -> list[tuple[Dyad, int]]:
        """The pairs between which rows were imported, with their number, the most first."""
        day = _day(as_of)
        return list(self._read(lambda connection: imported.dyads(connection, as_of=day)))

    def dyads(self, as_of: dt.date | None = None) -> list[tuple[Dyad, int]]:
        """The pairs of which something is known, with the number of claims, the most first."""
        scope = Scope(as_of=_day(as_of))
        return list(self._read(lambda connection: reading.dyads(connection, scope)))

    def counts(self, as_of: dt.date | None = None) -> Counts:
        """How much the store holds."""
        tables = (schema.articles, schema.reports, schema.codings, *schema.PARTS)
        day = _day(as_of)
        with sqlite.readable(self.where), self._engine.connect() as connection:
            return Counts(**{t.name: reading.count(connection, t, as_of=day) for t in tables})

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the store, in words; empty when it is sound. Reads all of it."""
        try:
            sound = tuple(self._read(sqlite.integrity))
            return sound or (*self._read(reading.faults), *self._read(imported.faults))
        except StoreError as error:
            return (str(error),)


def _day(as_of: dt.date | None) -> dt.date | None:
    if isinstance(as_of, dt.datetime):
        raise InputError(f"as_of: got the time {as_of}, wanted a day; pass its date()")
    return as_of


def _until(as_of: dt.date | None) -> str:
    return "" if as_of is None else f" on {as_of}"
