"""JSON lines in, JSON lines out: the answers of `detente code`, `actors resolve` and `dates resolve`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from detente import pipeline
from detente.coding import dates
from detente.dossier.document import claim_document, link_document, prediction_document
from detente.errors import DetenteError, InputError
from detente.read.articles import Rejected, read_articles
from detente.read.dates import parse_date
from detente.read.jsonl import Record, read_records
from detente.read.sentences import split
from detente.records import Claim, Coding
from detente.scale import ahead

Answer = dict[str, Any]


def _empty(record: Record) -> Answer:
    return {"id": record.id, "error": None, "claims": [], "links": [], "predictions": []}


class Desk:
    """Codes texts one after the other with one loaded model."""

    def __init__(
        self,
        *,
        model: str,
        outlets: tuple[str, ...],
        now: dt.datetime,
        explain: bool,
        actors: tuple[str, ...] = (),
        least: float = 0.0,
    ) -> None:
        """Loads the coder; `explain` adds to each claim which rule set which field.

        Raises:
            InputError: `least`, the confidence from which on claims are told, is not a chance.
        """
        if not 0 <= least <= 1:
            raise InputError(f"--min-confidence: got {least:g}, wanted a chance from 0 to 1")
        self._least = least
        self._coder = pipeline.coder(model=model, outlets=outlets, actors=actors)
        self._now, self._explain = now, explain

    def records(self, raw: bytes) -> Iterator[Answer]:
        """One answer a line, in order; a line that cannot be coded is answered with its error."""
        return ahead(self._answer, read_records(decoded(raw).splitlines(), retrieved=self._now))

    def _answer(self, record: Record) -> Answer:
        article, fields = record.article, record.fields
        if article is None:
            return _empty(record) | {"error": record.error}
        if len(article.text) > pipeline.MAX_CHARACTERS:
            return _empty(record) | {"error": pipeline.too_long(article)}
        sentences = split(article)
        first: Claim | None = None
        try:
            coding = self._coder.code(article, sentences, coded_at=self._now)
            if fields.get("actor") and fields.get("recipient"):
                first = self._coder.relation(article, sentences, actor=str(fields["actor"]),
                                             recipient=str(fields["recipient"]), coded_at=self._now)  # fmt: skip
        except DetenteError as error:
            return _empty(record) | {"error": str(error)}
        return _empty(record) | self._document(surer(coding, least=self._least), first=first)

    def article(self, source: str, *, published: dt.date | None, outlet: str | None, stdin: BinaryIO | None) -> Answer:
        """The coding of one article.

        Raises:
            InputError: The source cannot be read, or holds several articles.
        """
        items = list(read_articles(source, retrieved=self._now, published=published, outlet=outlet, stdin=stdin))
        found = [i for i in items if not isinstance(i, Rejected)]
        if len(found) != 1:
            raise InputError(f"code: got {len(found)} articles in {source}, wanted one; use --jsonl or `detente read`")
        if len(found[0].text) > pipeline.MAX_CHARACTERS:
            raise InputError(f"{source}: {pipeline.too_long(found[0])}")
        coding = surer(pipeline.code(found[0], self._coder, coded_at=self._now), least=self._least)
        return {"id": found[0].id, "error": None} | self._document(coding, first=None)

    def _document(self, coding: Coding, *, first: Claim | None) -> Answer:
        claims = list(coding.claims)
        if first is not None:
            claims = [first, *(c for c in claims if c.id != first.id)]
        documents = [claim_document(c) for c in claims]
        if not self._explain:
            for document in documents:
                document.pop("explanation", None)
        return {
            "claims": documents,
            "links": [link_document(link) for link in coding.links],
            "predictions": [prediction_document(p) for p in coding.predictions],
        }


def surer(coding: Coding, *, least: float) -> Coding:
    """The coding without claims of which the coder is less sure than `least`, and without the links between such.

    What is foretold stays: its confidence is not its chance of coming true.
    """
    foretold = {p.claim for p in coding.predictions}
    claims = tuple(c for c in coding.claims if c.confidence >= least or c.id in foretold)
    ids = {c.id for c in claims}
    links = tuple(link for link in coding.links if link.cause in ids and link.effect in ids)
    return replace(coding, claims=claims, links=links)


def decoded(raw: bytes) -> str:
    """UTF-8 text of `raw`.

    Raises:
        InputError: It is another encoding, or binary.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"JSON lines: got a byte that is not UTF-8 at offset {error.start}, wanted UTF-8") from error


def _each(raw: bytes, answer: Callable[[Answer], Answer]) -> Iterator[Answer]:
    for number, line in enumerate(decoded(raw).splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
                raise InputError(f"line {number}: wanted an object with a string `text`")
            yield {"id": fields.get("id"), **answer(fields)}
        except (ValueError, DetenteError) as error:
            known = fields.get("id") if isinstance(fields, dict) else None
            yield {"id": known, "error": f"line {number}: {error}"}


def _published(fields: Answer) -> dt.date | None:
    value = fields.get("published")
    return parse_date(str(value)) if value else None


def actor_answers(*, model: str, actors: tuple[str, ...] = ()) -> Callable[[bytes], Iterator[Answer]]:
    """A function from JSON lines of phrases to who they stand for."""
    coder = pipeline.coder(model=model, actors=actors)

    def one(fields: Answer) -> Answer:
        entity = coder.phrase(fields["text"], day=_published(fields))
        if entity is None:
            return {"code": None, "sectors": [], "name": None}
        return {"code": entity.code, "sectors": list(entity.sectors), "name": entity.name}

    return lambda raw: _each(raw, one)


def date_answers() -> Callable[[bytes], Iterator[Answer]]:
    """A function from JSON lines of date phrases to days."""

    def one(fields: Answer) -> Answer:
        found = dates.resolve(fields["text"], published=_published(fields))
        return {
            "date": found.date.isoformat() if found.date else None,
            "end": found.end.isoformat() if found.end else None,
            "precision": found.precision,
        }

    return lambda raw: _each(raw, one)


def _party(entity: Answer) -> str:
    return str(entity.get("code") or entity.get("text") or "?")


def explained(answer: Answer) -> str:
    """The coding of an article for reading: each claim under its sentence, each field with its rule and words."""
    out: list[str] = []
    sentence = None
    for claim in answer["claims"]:
        if claim["sentence"] != sentence:
            sentence = claim["sentence"]
            out += ["", sentence]
        out.append(
            f"  {_party(claim['actor'])} > {_party(claim['recipient'] or {})}  {claim['event']} {claim['mode'] or ''} "
            f"[{claim['cameo']}]  {claim['status']}  {claim['date'] or 'no date'}"
        )
        out += [f"      {s['field']:<12} {s['rule']:<40} {s['words']}" for s in claim.get("explanation", ())]
    return "\n".join(out).strip()
