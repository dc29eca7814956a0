"""The project's own claims in and out: whole records as JSON, and the event that a claim reports for other formats."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from detente.errors import InputError
from detente.exchange.frames import OWN_CLAIM
from detente.records import (
    REAL,
    Article,
    Attribution,
    Claim,
    Coding,
    Entity,
    Imported,
    Link,
    Magnitude,
    Prediction,
    Sentence,
    Step,
    TieEffect,
)

Document = Mapping[str, Any]
T = TypeVar("T", Article, Claim, Link, Prediction, Entity, Attribution, Magnitude, Step, TieEffect)

UNDATED = "a claim without a day"
NOT_A_FACT = "a claim of what has not happened; the format has no place for its status"
NO_PAIR = "a claim whose sides are not both known"

_TIMES = frozenset({"retrieved", "coded_at"})
_DAYS = frozenset({"published", "date", "end", "horizon"})


def event_of(claim: Claim) -> Imported | str:
    """The event that a claim reports, for formats that know no claims; or why it cannot be one."""
    if claim.status not in REAL:
        return NOT_A_FACT
    if claim.dyad is None or claim.recipient is None:
        return NO_PAIR
    if claim.date is None:
        return UNDATED
    return Imported(
        dataset=OWN_CLAIM,
        row=claim.id,
        date=claim.date,
        known_at=max(claim.date, claim.published or claim.date),
        actor=claim.actor.code,
        recipient=claim.recipient.code,
        event=claim.event,
        cameo=claim.cameo,
        quad=claim.quad,
        mode=claim.mode,
        intensity=claim.intensity,
        actor_name=claim.actor.name or claim.actor.text,
        recipient_name=claim.recipient.name or claim.recipient.text,
        actor_sectors=claim.actor.sectors,
        recipient_sectors=claim.recipient.sectors,
        publisher=claim.outlet,
    )


def packed(record: Article | Claim | Sequence[Link] | Sequence[Prediction]) -> str:
    """A record, or several, as JSON from which `unpacked` makes the same again."""
    whole = [asdict(part) for part in record] if isinstance(record, Sequence) else asdict(record)
    return json.dumps(whole, ensure_ascii=False, default=_written, separators=(",", ":"))


def _written(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"got {value!r}, wanted a value that JSON has")


def article_of(document: Document) -> Article:
    """The article of its JSON.

    Raises:
        InputError: A field is missing or not what it was.
    """
    return _record(Article, document, dropped=tuple((r, t) for r, t in document.get("dropped", ())))


def claim_of(document: Document) -> Claim:
    """The claim of its JSON, as `packed` writes it or as `detente code --jsonl` prints it.

    Raises:
        InputError: A field is missing or not what it was.
    """
    recipient, tie = document.get("recipient"), document.get("tie")
    return _record(
        Claim,
        {"article_id": document.get("article"), **{k: v for k, v in document.items() if v is not None}},
        actor=_entity(document.get("actor") or {}),
        recipient=_entity(recipient) if recipient else None,
        tie=_record(TieEffect, tie) if tie else None,
        magnitudes=tuple(_record(Magnitude, m) for m in document.get("magnitudes", ())),
        attribution=_chain(document),
        explanation=tuple(_record(Step, step) for step in document.get("explanation", ())),
    )


def link_of(document: Document, *, article: str) -> Link:
    """The link of its JSON."""
    return _record(Link, {"article_id": article, **document}, attribution=_chain(document))


def prediction_of(document: Document, *, article: str) -> Prediction:
    """The prediction of its JSON."""
    return _record(Prediction, {"article_id": article, **document}, attribution=_chain(document))


def coding_of(
    article: Article,
    claims: Sequence[Claim],
    *,
    sentences: Sequence[Sentence],
    links: Sequence[Link],
    predictions: Sequence[Prediction],
) -> Coding:
    """A coding of what was read; links and predictions of claims that are not there are left out."""
    held = {claim.id for claim in claims}
    return Coding(
        article=article,
        sentences=tuple(sentences),
        claims=tuple(claims),
        links=tuple(dict.fromkeys(link for link in links if link.cause in held and link.effect in held)),
        predictions=tuple(dict.fromkeys(p for p in predictions if p.claim in held)),
    )


def _entity(document: Document) -> Entity:
    return _record(Entity, document)


def _chain(document: Document) -> tuple[Attribution, ...]:
    return tuple(_record(Attribution, link) for link in document.get("attribution", ()))


def _record(kind: type[T], document: Document, **made: object) -> T:
    """A record of one kind: lists become tuples, days and times are read, keys it does not know are passed over."""
    names = {f.name for f in fields(kind)}
    try:
        values = {name: _value(name, value) for name, value in document.items() if name in names and name not in made}
        return kind(**values, **made)  # type: ignore[arg-type]  # what is of a wrong type is refused by the record
    except (TypeError, ValueError) as error:
        raise InputError(f"{kind.__name__.lower()}: got {error}, wanted it as this program writes it") from error


def _value(name: str, value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and name in _TIMES:
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if isinstance(value, str) and name in _DAYS else value
