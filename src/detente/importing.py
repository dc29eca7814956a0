"""Files of event data sets and of claims in, rows and codings in the store out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Literal

from detente.errors import InputError
from detente.exchange import claims as own
from detente.exchange.frames import OWN_CLAIM, OWN_JUDGEMENT, read_frame, table_rows
from detente.exchange.gdelt import read_gdelt
from detente.exchange.icews import read_icews
from detente.exchange.judged import judgement_of
from detente.exchange.lines import SourceRow, read_lines
from detente.exchange.polecat import read_polecat
from detente.exchange.tally import Tally
from detente.read.jsonl import read_records
from detente.read.sentences import split
from detente.records import Article, Claim, Judgement, Link, Prediction
from detente.store.database import Store
from detente.store.importing import BATCH

DataSet = Literal["icews", "polecat", "gdelt", "frame"]

REPEATED = "the same row a second time"
REUSED = "an id used again for another row; both kept"
ONE_STATE = "not between two known states"
NOT_CLAIM = "a row of a data set, not a claim; `detente import frame` takes it"
NO_TEXT = "its article is neither in the file nor in the store; give --texts with the texts that were coded"
BROKEN = "not a claim as this program writes it"
BROKEN_JUDGEMENT = "not a judgement as this program writes it"
STRAY = "a judgement on claims that are neither in the file nor in the store"


def read_rows(path: str, dataset: DataSet, *, tally: Tally, name: str | None = None) -> Iterator[SourceRow]:
    """The events of one file, one by one.

    Args:
        path: A file; .gz and .zip are opened, `-` is standard input. A frame is CSV or Parquet.
        dataset: Which layout it has.
        tally: Counts what is mended and dropped.
        name: What the rows of a frame are kept under; the name of its file without one.

    Raises:
        InputError: The file cannot be read or lacks a column.
    """
    if dataset == "frame":
        return read_frame(path, dataset=name or Path(path).stem, tally=tally)
    reader = {"icews": read_icews, "polecat": read_polecat, "gdelt": read_gdelt}[dataset]
    return reader(read_lines(path, tally=tally), tally=tally)


def import_files(
    paths: Iterable[str],
    dataset: DataSet,
    store: Store,
    *,
    now: dt.datetime,
    name: str | None = None,
    between_states: bool = False,
) -> Iterator[tuple[str, Tally]]:
    """Brings files into the store, batch by batch; each file with its counts when it is done.

    Every batch is a transaction of its own: what stops half way is taken up again by the same command, since rows that
    are known are not added twice.

    Args:
        paths: Files.
        dataset: Which layout they have.
        store: Where to.
        now: Time of the import, aware.
        name: What the rows of a frame are kept under.
        between_states: Leave out rows that are not between two known states.
    """
    for path in paths:
        tally = Tally()
        rows = read_rows(path, dataset, tally=tally, name=name)
        if between_states:
            rows = _between_states(rows, tally=tally)
        for columns, held in groupby(rows, key=lambda row: row.columns):
            number: int | None = None
            while batch := list(islice(held, BATCH)):
                if number is None:
                    number = store.start_import(path, columns=columns, at=now)
                _enter(store, batch, number=number, tally=tally, source=path)
        yield path, tally


def _enter(store: Store, batch: Sequence[SourceRow], *, number: int, tally: Tally, source: str) -> None:
    done = store.enter([(row.event, row.cells) for row in batch], number=number)
    tally.kept += done.new
    tally.known += done.known
    for position in done.repeated:
        tally.drop(REPEATED, at=f"{source}: {batch[position].event.id}")
    for position in done.reused:
        tally.repair(REUSED, at=f"{source}: {batch[position].event.id}")


def _between_states(rows: Iterable[SourceRow], *, tally: Tally) -> Iterator[SourceRow]:
    for row in rows:
        if row.event.dyad is None:
            tally.left_out[ONE_STATE] += 1
        else:
            yield row


class Told:
    """A claim of a file with its article and what else was read with it."""

    __slots__ = ("article", "claim", "links", "predictions")

    def __init__(
        self, article: Article, claim: Claim, *, links: Sequence[Link] = (), predictions: Sequence[Prediction] = ()
    ) -> None:
        """Keeps them together."""
        self.article, self.claim, self.links, self.predictions = article, claim, links, predictions


def import_claims(
    paths: Iterable[str], store: Store, *, now: dt.datetime, texts: str | None = None
) -> Iterator[tuple[str, Tally]]:
    """Brings claims that this program coded elsewhere into the store; each file with its counts when it is done.

    Args:
        paths: Parquet or CSV as `detente export` writes them, or JSON lines as `detente code --jsonl` prints them.
        store: Where to.
        now: Time of the import, aware.
        texts: For JSON lines, the file that was coded; without it the articles must be in the store.
    """
    articles = _articles(texts, now=now) if texts else {}
    for path in paths:
        tally = Tally()
        judged: list[tuple[str, Judgement]] = []
        lines = path.endswith("l")
        told = _told_lines(path, store, articles, tally=tally) if lines else _told_rows(path, judged, tally=tally)
        for _, group in groupby(told, key=lambda t: (t.article.id, t.claim.coder)):
            held = list(group)
            coding = own.coding_of(
                held[0].article,
                [t.claim for t in held],
                sentences=split(held[0].article),
                links=[link for t in held for link in t.links],
                predictions=[p for t in held for p in t.predictions],
            )
            added = store.add(coding, added_at=now)
            tally.kept += added.new_claims
            tally.known += added.known_claims
        for at, judgement in judged:
            _judge(store, judgement, now=now, tally=tally, at=at)
        yield path, tally


def _judge(store: Store, judgement: Judgement, *, now: dt.datetime, tally: Tally, at: str) -> None:
    """Adds a judgement of a file; one on claims that were dropped cannot stand, and is told."""
    try:
        if store.add_judgement(judgement, added_at=now):
            tally.kept += 1
        else:
            tally.known += 1
    except InputError:
        tally.drop(STRAY, at=at)


def _told_rows(path: str, judged: list[tuple[str, Judgement]], /, *, tally: Tally) -> Iterator[Told]:
    """The claims of a table; its judgements are put into `judged`, to be added when the claims are there."""
    for at, row in table_rows(path):
        tally.read += 1
        if row.get("dataset") == OWN_JUDGEMENT:
            try:
                judged.append((at, judgement_of(row.get("judgement") or "")))
            except InputError:
                tally.drop(BROKEN_JUDGEMENT, at=at)
            continue
        if row.get("dataset") != OWN_CLAIM:
            tally.drop(NOT_CLAIM, at=at)
            continue
        try:
            article = own.article_of(json.loads(row["article"]))
            claim = own.claim_of(json.loads(row["claim"]))
            links = [own.link_of(d, article=article.id) for d in json.loads(row.get("links") or "[]")]
            foretold = [own.prediction_of(d, article=article.id) for d in json.loads(row.get("predictions") or "[]")]
        except (InputError, KeyError, TypeError, ValueError, AttributeError):
            tally.drop(BROKEN, at=at)
            continue
        yield Told(article, claim, links=links, predictions=foretold)


def _articles(path: str, *, now: dt.datetime) -> Mapping[str, Article]:
    """The articles of JSON lines, by the id of their line."""
    records = read_records((line.text for line in read_lines(path, tally=Tally())), retrieved=now)
    return {record.id: record.article for record in records if record.id is not None and record.article is not None}


def _told_lines(path: str, store: Store, articles: Mapping[str, Article], *, tally: Tally) -> Iterator[Told]:
    for line in read_lines(path, tally=tally):
        try:
            answer: dict[str, Any] = json.loads(line.text)
            documents = list(answer["claims"])
        except (ValueError, KeyError, TypeError):
            tally.read += 1
            tally.drop(BROKEN, at=line.at)
            continue
        tally.read += len(documents)
        article = _article(answer, documents, store, articles)
        if article is None:
            for _ in documents:
                tally.drop(NO_TEXT, at=line.at)
            continue
        try:
            links = [own.link_of(d, article=article.id) for d in answer.get("links", ())]
            foretold = [own.prediction_of(d, article=article.id) for d in answer.get("predictions", ())]
            claims = [own.claim_of({**d, "article": article.id}) for d in documents]
        except (InputError, TypeError, AttributeError):
            for _ in documents:
                tally.drop(BROKEN, at=line.at)
            continue
        for claim in claims:
            yield Told(article, claim, links=links, predictions=foretold)


def _article(
    answer: Mapping[str, Any], documents: Sequence[Mapping[str, Any]], store: Store, articles: Mapping[str, Article]
) -> Article | None:
    """The article of one line: of the texts, else of the store; None without it or without claims to need it."""
    found = articles.get(str(answer.get("id")))
    if found is not None or not documents:
        return found
    try:
        return store.article(str(documents[0].get("article")))
    except InputError:
        return None
