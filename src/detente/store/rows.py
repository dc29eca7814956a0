"""Records in, rows of the tables out, and back without loss."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from detente.records import (
    Article,
    Attribution,
    Claim,
    Entity,
    Judgement,
    Link,
    Magnitude,
    Prediction,
    Range,
    Sentence,
    Span,
    Step,
    TieEffect,
)

Row = RowMapping
Cells = dict[str, object]
Nested = Entity | Attribution | Magnitude | Step
T = TypeVar("T", Entity, Attribution, Magnitude, Step)


def known_day(article: Article) -> dt.date:
    """The day from which a printing may be read: its publication, or its retrieval (UTC) where that is unknown."""
    return article.published or article.retrieved.astimezone(dt.UTC).date()


_NAMES = {kind: tuple(f.name for f in fields(kind)) for kind in (Entity, Attribution, Magnitude, Step)}


def _pack(record: Nested) -> Cells:
    return {name: getattr(record, name) for name in _NAMES[type(record)]}


def _unpack(kind: type[T], cells: Mapping[str, Any]) -> T:
    values: dict[str, Any] = {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in cells.items()}
    return kind(**values)


def _unpack_all(kind: type[T], packed: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(_unpack(kind, cells) for cells in packed)


def _range(row: Row) -> Range | None:
    low, high = row["probability_low"], row["probability_high"]
    return None if low is None else (low, high)


def _span(row: Row) -> Span:
    return (row["span_start"], row["span_end"])


def report_row(article: Article, *, added_at: dt.datetime) -> Cells:
    """The row of `reports` for one printing: all of the article but its text."""
    return {
        "article_id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "published": article.published,
        "retrieved": article.retrieved,
        "dateline": article.dateline,
        "outlet_note": article.outlet_note,
        "dropped": article.dropped,
        "known_at": known_day(article),
        "added_at": added_at,
    }


def to_article(row: Row) -> Article:
    """The article of a row of `reports` joined with the `text` of `articles`."""
    return Article(
        id=row["article_id"],
        text=row["text"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        byline=row["byline"],
        language=row["language"],
        published=row["published"],
        retrieved=row["retrieved"],
        dateline=row["dateline"],
        outlet_note=row["outlet_note"],
        dropped=tuple((reason, text) for reason, text in row["dropped"]),
    )


def sentence_row(sentence: Sentence) -> Cells:
    """The row of `sentences`, less its place under the coding."""
    return {
        "sequence": sentence.sequence,
        "span_start": sentence.start,
        "span_end": sentence.end,
        "text": sentence.text,
        "paragraph": sentence.paragraph,
    }


def to_sentence(row: Row, *, article_id: str) -> Sentence:
    """The sentence of a row of `sentences`."""
    return Sentence(
        article_id=article_id,
        sequence=row["sequence"],
        start=row["span_start"],
        end=row["span_end"],
        text=row["text"],
        paragraph=row["paragraph"],
    )


def claim_row(claim: Claim, *, known_at: dt.date) -> Cells:
    """The row of `claims`, less its place under the coding; codes and pair are repeated in columns to search by."""
    low, high = claim.probability or (None, None)
    dyad_a, dyad_b = claim.dyad or (None, None)
    return {
        "id": claim.id,
        "article_id": claim.article_id,
        "known_at": known_at,
        "actor_code": claim.actor.code,
        "recipient_code": claim.recipient.code if claim.recipient else None,
        "dyad_a": dyad_a,
        "dyad_b": dyad_b,
        "event": claim.event,
        "mode": claim.mode,
        "cameo": claim.cameo,
        "quad": claim.quad,
        "intensity": claim.intensity,
        "status": claim.status,
        "probability_low": low,
        "probability_high": high,
        "date": claim.date,
        "end": claim.end,
        "precision": claim.precision,
        "place": claim.place,
        "tie_kind": claim.tie.kind if claim.tie else None,
        "tie_effect": claim.tie.effect if claim.tie else None,
        "span_start": claim.span[0],
        "span_end": claim.span[1],
        "sentence": claim.sentence,
        "trigger": claim.trigger,
        "actor": _pack(claim.actor),
        "recipient": _pack(claim.recipient) if claim.recipient else None,
        "magnitudes": [_pack(m) for m in claim.magnitudes],
        "attribution": [_pack(a) for a in claim.attribution],
        "denies": claim.denies,
        "outlet": claim.outlet,
        "published": claim.published,
        "confidence": claim.confidence,
        "coder": claim.coder,
        "coded_at": claim.coded_at,
        "explanation": [_pack(s) for s in claim.explanation],
        "sequence": claim.sequence,
    }


def to_claim(row: Row) -> Claim:
    """The claim of a row of `claims`."""
    return Claim(
        id=row["id"],
        article_id=row["article_id"],
        span=_span(row),
        sentence=row["sentence"],
        trigger=row["trigger"],
        actor=_unpack(Entity, row["actor"]),
        recipient=None if row["recipient"] is None else _unpack(Entity, row["recipient"]),
        event=row["event"],
        status=row["status"],
        quad=row["quad"],
        intensity=row["intensity"],
        cameo=row["cameo"],
        mode=row["mode"],
        probability=_range(row),
        date=row["date"],
        end=row["end"],
        precision=row["precision"],
        place=row["place"],
        tie=None if row["tie_kind"] is None else TieEffect(kind=row["tie_kind"], effect=row["tie_effect"]),
        magnitudes=_unpack_all(Magnitude, row["magnitudes"]),
        attribution=_unpack_all(Attribution, row["attribution"]),
        denies=row["denies"],
        outlet=row["outlet"],
        published=row["published"],
        confidence=row["confidence"],
        coder=row["coder"],
        coded_at=row["coded_at"],
        explanation=_unpack_all(Step, row["explanation"]),
        sequence=row["sequence"],
    )


def link_row(link: Link) -> Cells:
    """The row of `links`, less its place under the coding."""
    return {
        "cause": link.cause,
        "effect": link.effect,
        "sign": link.sign,
        "conditional": link.conditional,
        "relation": link.relation,
        "span_start": link.span[0],
        "span_end": link.span[1],
        "attribution": [_pack(a) for a in link.attribution],
        "marker": link.marker,
    }


def to_link(row: Row, *, article_id: str) -> Link:
    """The link of a row of `links`."""
    return Link(
        article_id=article_id,
        cause=row["cause"],
        effect=row["effect"],
        sign=row["sign"],
        conditional=row["conditional"],
        relation=row["relation"],
        span=_span(row),
        attribution=_unpack_all(Attribution, row["attribution"]),
        marker=row["marker"],
    )


def judgement_row(judgement: Judgement, *, added_at: dt.datetime) -> Cells:
    """The row of `judgements`."""
    return {
        "id": judgement.id,
        "verdict": judgement.verdict,
        "claims": list(judgement.claims),
        "value": judgement.value,
        "others": list(judgement.others),
        "judge": judgement.by,
        "at": judgement.at,
        "supersedes": list(judgement.supersedes),
        "note": judgement.note,
        "added_at": added_at,
    }


def to_judgement(row: Row) -> Judgement:
    """The judgement of a row of `judgements`."""
    return Judgement(
        id=row["id"],
        verdict=row["verdict"],
        claims=tuple(row["claims"]),
        value=row["value"],
        others=tuple(row["others"]),
        by=row["judge"],
        at=row["at"],
        supersedes=tuple(row["supersedes"]),
        note=row["note"],
    )


def prediction_row(prediction: Prediction) -> Cells:
    """The row of `predictions`, less its place under the coding."""
    return {
        "claim": prediction.claim,
        "text": prediction.text,
        "probability_low": prediction.probability[0],
        "probability_high": prediction.probability[1],
        "hedge": prediction.hedge,
        "horizon": prediction.horizon,
        "span_start": prediction.span[0],
        "span_end": prediction.span[1],
        "attribution": [_pack(a) for a in prediction.attribution],
        "test": prediction.test,
        "outcome": prediction.outcome,
        "score": prediction.score,
    }


def to_prediction(row: Row, *, article_id: str) -> Prediction:
    """The prediction of a row of `predictions`."""
    return Prediction(
        article_id=article_id,
        claim=row["claim"],
        text=row["text"],
        probability=(row["probability_low"], row["probability_high"]),
        hedge=row["hedge"],
        horizon=row["horizon"],
        span=_span(row),
        attribution=_unpack_all(Attribution, row["attribution"]),
        test=row["test"],
        outcome=row["outcome"],
        score=row["score"],
    )
