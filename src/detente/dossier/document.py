"""Records in, JSON-ready dicts out: the machine's view of a dossier, and of what one text was coded to.

Keys stand in a fixed order, dates are ISO 8601, spans are [start, end], and a number that is not known is null,
never 0 and never NaN (which is not JSON).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from detente.dossier.citing import limits
from detente.dossier.climate_table import climate_document
from detente.dossier.imported import row_document
from detente.ontology.scales import plover_intensity
from detente.records import (
    Article,
    Attribution,
    Chance,
    Claim,
    Contest,
    Dossier,
    Entity,
    Event,
    Figure,
    Imports,
    Link,
    Magnitude,
    Outlet,
    Outlook,
    Period,
    Prediction,
    Reason,
    Rung,
    Side,
    Tie,
    TieEffect,
    Verdict,
)

Document = dict[str, object]

_NEVER_STAMPED = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def document(dossier: Dossier) -> Document:
    """The whole dossier as `detente dossier A B --format json` promises it.

    Beyond the promise it carries `names` (in the order of `dyad`), `context` (claims about others in the same
    articles), `periods`, `climate` (filtered levels with ranges, null where nothing was read), `sources` (which
    articles were read) and `imports` (what event data sets say, null without).
    """
    return {
        "dyad": list(dossier.dyad),
        "names": list(dossier.names),
        "as_of": dossier.as_of.isoformat(),
        "articles": len(dossier.articles),
        "verdict": verdict_document(dossier.verdict),
        "ladder": [_rung(rung) for rung in dossier.ladder],
        "ties": [tie_document(tie) for tie in dossier.ties],
        "claims": [claim_document(claim) for claim in dossier.claims],
        "events": [event_document(event) for event in dossier.events],
        "predictions": [prediction_document(prediction) for prediction in dossier.predictions],
        "links": [link_document(link) for link in dossier.links],
        "contested": [contest_document(contest) for contest in dossier.contested],
        "outlets": [outlet_document(outlet, side=side) for outlet, side in dossier.outlets],
        "limits": list(limits(dossier)),
        "context": [claim_document(claim) for claim in dossier.context],
        "periods": [_period(period) for period in dossier.periods],
        "climate": climate_document(dossier.climate) if dossier.climate else None,
        "sources": [_source(article) for article in dossier.articles],
        "imports": _imports(dossier.imports) if dossier.imports else None,
    }


def claim_document(claim: Claim) -> Document:
    """One claim, in the shape that `detente code --jsonl` and the dossier share."""
    return {
        "id": claim.id,
        "span": list(claim.span),
        "sentence": claim.sentence,
        "trigger": claim.trigger,
        "actor": _entity(claim.actor),
        "recipient": _entity(claim.recipient) if claim.recipient else None,
        "event": claim.event,
        "mode": claim.mode,
        "cameo": claim.cameo,
        "quad": claim.quad,
        "intensity": _number(claim.intensity),
        "plover_intensity": plover_intensity(claim.event, claim.mode),
        "status": claim.status,
        "probability": _range(claim.probability),
        "date": _day(claim.date),
        "precision": claim.precision,
        "place": claim.place,
        "tie": _effect(claim.tie),
        "magnitudes": [_magnitude(m) for m in claim.magnitudes],
        "attribution": _chain(claim.attribution),
        "outlet": claim.outlet,
        "confidence": _number(claim.confidence),
        "coder": claim.coder,
        "article": claim.article_id,
        "sequence": claim.sequence,
        "end": _day(claim.end),
        "published": _day(claim.published),
        "denies": claim.denies,
        "coded_at": None if claim.coded_at == _NEVER_STAMPED else claim.coded_at.isoformat(),
        "explanation": [{"field": s.field, "rule": s.rule, "words": s.words} for s in claim.explanation],
    }


def link_document(link: Link) -> Document:
    """One assertion that a claim brings about another; both ends are claim ids."""
    return {
        "cause": link.cause,
        "effect": link.effect,
        "sign": link.sign,
        "conditional": link.conditional,
        "attribution": _chain(link.attribution),
        "span": list(link.span),
        "relation": link.relation,
        "marker": link.marker,
        "article": link.article_id,
    }


def prediction_document(prediction: Prediction) -> Document:
    """One foretold claim with the range its words stand for; `outcome` and `score` are null while it is open."""
    return {
        "claim": prediction.claim,
        "text": prediction.text,
        "probability": _range(prediction.probability),
        "hedge": prediction.hedge,
        "horizon": _day(prediction.horizon),
        "attribution": _chain(prediction.attribution),
        "span": list(prediction.span),
        "test": prediction.test,
        "outcome": prediction.outcome,
        "score": None if prediction.score is None else _number(prediction.score),
        "article": prediction.article_id,
    }


def event_document(event: Event) -> Document:
    """One happening with how many reports, from how many independent origins, stand behind it."""
    return {
        "id": event.id,
        "date": _day(event.date),
        "precision": event.precision,
        "actor": event.actor,
        "recipient": event.recipient,
        "event": event.event,
        "mode": event.mode,
        "status": event.status,
        "quad": event.quad,
        "intensity": _number(event.intensity),
        "place": event.place,
        "magnitudes": [_magnitude(m) for m in event.magnitudes],
        "reports": event.reports,
        "origins": event.origins,
        "claims": list(event.claims),
        "disputed": event.disputed,
        "confirmed_by": list(event.confirmed_by),
        "tie": _effect(event.tie),
        "figures": [figure_document(figure) for figure in event.figures],
    }


def figure_document(figure: Figure) -> Document:
    """One disputed size, who gives it and where."""
    return {
        "kind": figure.kind,
        "value": _number(figure.value),
        "unit": figure.unit,
        "per": figure.per,
        "said_by": list(figure.said_by),
        "claims": list(figure.claims),
    }


def _outlook(outlook: Outlook) -> Document:
    """The four chances at one horizon."""
    chances = {k: _chance(getattr(outlook, k)) for k in ("rupture", "cooling", "thaw", "stable")}
    return {"horizon_months": outlook.horizon_months, **chances}


def verdict_document(verdict: Verdict) -> Document:
    """The four chances, the claims for and against, and under `why` the signed reasons they stand in."""
    why = [_reason(r, kind="reason") for r in verdict.reasons]
    why += [_reason(r, kind="counterweight") for r in verdict.counterweights]
    return {
        "answer": verdict.answer,
        "horizon_months": verdict.horizon_months,
        "thin": verdict.thin,
        "rupture": _chance(verdict.rupture),
        "cooling": _chance(verdict.cooling),
        "thaw": _chance(verdict.thaw),
        "stable": _chance(verdict.stable),
        "outlook": [_outlook(o) for o in verdict.outlooks],
        "reasons": _claims_of(verdict.reasons),
        "counterweights": _claims_of(verdict.counterweights),
        "why": why,
    }


def tie_document(tie: Tie) -> Document:
    """One channel between the two states; `risks` are the claims that only threaten it."""
    return {
        "kind": tie.kind,
        "status": tie.status,
        "since": _day(tie.since),
        "at_risk": tie.at_risk,
        "magnitude": _magnitude(tie.magnitude) if tie.magnitude else None,
        "claims": list(tie.claims),
        "rows": list(tie.rows),
        "by": list(tie.by),
        "risks": list(tie.risks),
    }


def _imports(imports: Imports) -> Document:
    """What event data sets say of the pair; a row is named by data set, id and day, since it has no sentence."""
    return {
        "rows": imports.rows,
        "datasets": dict(imports.datasets),
        "first": _day(imports.first),
        "last": _day(imports.last),
        "periods": [_period(period) for period in imports.periods],
        "climate": climate_document(imports.climate) if imports.climate else None,
        "ties": [tie_document(tie) for tie in imports.ties],
        "shown": [row_document(row) for row in imports.shown],
    }


def contest_document(contest: Contest) -> Document:
    """One happening on which the sides disagree."""
    return {
        "what": contest.what,
        "says": list(contest.says),
        "denies": list(contest.denies),
        "silent": list(contest.silent),
        "claims": list(contest.claims),
        "event": contest.event,
        "figures": [figure_document(figure) for figure in contest.figures],
    }


def outlet_document(outlet: Outlet, *, side: Side) -> Document:
    """One publisher: whose it is, when it lived, and which side of the pair it stands on."""
    return {
        "name": outlet.name,
        "country": outlet.country,
        "owner": outlet.owner,
        "since": outlet.since,
        "until": outlet.until,
        "successor": outlet.successor,
        "side": side,
        "owner_kind": outlet.owner_kind,
    }


def _rung(rung: Rung) -> Document:
    return {
        "rung": rung.rung,
        "name": rung.name,
        "state": rung.state,
        "by": list(rung.by),
        "claims": list(rung.claims),
        "when": _day(rung.when),
    }


def _reason(reason: Reason, *, kind: str) -> Document:
    return {
        "text": reason.text,
        "toward": reason.toward,
        "weight": _number(reason.weight),
        "kind": kind,
        "claims": list(reason.claims),
    }


def _claims_of(reasons: Iterable[Reason]) -> list[str]:
    return list(dict.fromkeys(id_ for reason in reasons for id_ in reason.claims))


def _chance(chance: Chance) -> Document:
    return {
        "p": _number(chance.p),
        "low": _number(chance.low),
        "high": _number(chance.high),
        "base_rate": _number(chance.base_rate),
    }


def _entity(entity: Entity) -> Document:
    return {
        "code": entity.code,
        "sectors": list(entity.sectors),
        "name": entity.name,
        "text": entity.text,
        "anonymous": entity.anonymous,
        "span": list(entity.span) if entity.span else None,
    }


def _chain(attribution: Sequence[Attribution]) -> list[Document]:
    return [
        {
            "name": a.name,
            "code": a.code,
            "sectors": list(a.sectors),
            "role": a.role,
            "named": a.named,
            "side": a.side,
            "text": a.text,
        }
        for a in attribution
    ]


def _magnitude(magnitude: Magnitude) -> Document:
    return {
        "kind": magnitude.kind,
        "value": _number(magnitude.value),
        "unit": magnitude.unit,
        "per": magnitude.per,
        "bound": magnitude.bound,
        "text": magnitude.text,
    }


def _effect(tie: TieEffect | None) -> Document | None:
    return {"kind": tie.kind, "effect": tie.effect} if tie else None


def _period(period: Period) -> Document:
    return {
        "start": period.start.isoformat(),
        "forward": list(period.forward),
        "backward": list(period.backward),
        "net_forward": _number(period.net_forward),
        "net_backward": _number(period.net_backward),
        "articles": period.articles,
    }


def _source(article: Article) -> Document:
    return {
        "id": article.id,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "published": _day(article.published),
        "url": article.url,
        "language": article.language,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _range(span: tuple[float, float] | None) -> list[float | int | None] | None:
    return [_number(span[0]), _number(span[1])] if span else None


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return value
