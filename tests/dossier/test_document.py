"""Laws of the machine's view."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from detente.dossier.document import claim_document, document, link_document, prediction_document
from detente.records import Claim, Dossier, Entity, Reason

CONTRACT = (
    "dyad", "as_of", "articles", "verdict", "ladder", "ties", "claims", "events", "predictions", "links", "contested",
    "outlets", "limits",
)  # fmt: skip
VERDICT = ("answer", "horizon_months", "thin", "rupture", "cooling", "thaw", "stable", "reasons", "counterweights")
CLAIM = (
    "id", "span", "sentence", "trigger", "actor", "recipient", "event", "mode", "cameo", "quad", "intensity", "status",
    "probability", "date", "precision", "place", "tie", "magnitudes", "attribution", "outlet", "confidence", "coder",
)  # fmt: skip
EVENT = (
    "id", "date", "precision", "actor", "recipient", "event", "mode", "status", "quad", "intensity", "place",
    "magnitudes", "reports", "origins", "claims", "disputed", "confirmed_by",
)  # fmt: skip


def wire(dossier: Dossier) -> dict:
    return json.loads(json.dumps(document(dossier), allow_nan=False))


def test_document_survives_the_wire_unchanged(dossier: Dossier) -> None:
    assert wire(dossier) == document(dossier)


def test_document_has_every_key_of_the_contract(dossier: Dossier) -> None:
    found = document(dossier)
    assert set(CONTRACT) <= set(found)
    assert set(VERDICT) <= set(found["verdict"])
    assert all(set(found["verdict"][c]) == {"p", "low", "high", "base_rate"} for c in VERDICT[3:7])
    assert all(set(CLAIM) <= set(c) for c in found["claims"])
    assert all(set(EVENT) <= set(e) for e in found["events"])
    assert all({"rung", "name", "state", "by", "claims"} <= set(r) for r in found["ladder"])
    keys = {"kind", "status", "since", "at_risk", "magnitude", "claims"}
    assert all(keys <= set(t) for t in found["ties"])
    assert all({"what", "says", "denies", "silent", "claims"} <= set(c) for c in found["contested"])
    keys = {"name", "country", "owner", "since", "until", "successor", "side"}
    assert all(keys <= set(o) for o in found["outlets"])


def test_links_and_predictions_have_every_key_of_the_contract(dossier: Dossier) -> None:
    keys = {"cause", "effect", "sign", "conditional", "attribution", "span"}
    assert all(keys <= set(link_document(link)) for link in dossier.links)
    keys = {"claim", "text", "probability", "hedge", "horizon", "attribution"}
    assert all(keys <= set(prediction_document(p)) for p in dossier.predictions)


def test_articles_is_a_count(dossier: Dossier) -> None:
    assert document(dossier)["articles"] == 2


def test_dates_are_iso_and_spans_are_pairs(claims: dict[str, Claim]) -> None:
    found = claim_document(claims["close"])
    assert found["date"] == "2011-11-26"
    assert found["span"] == list(claims["close"].span)


def test_reasons_are_claim_ids_without_repeats_and_why_keeps_the_signs(dossier: Dossier) -> None:
    verdict = dossier.verdict
    twice = replace(verdict, reasons=(*verdict.reasons, Reason(text="again", toward="cooling", weight=0.1,
                                                              claims=verdict.reasons[0].claims)))  # fmt: skip
    found = document(replace(dossier, verdict=twice))["verdict"]
    assert len(found["reasons"]) == len(set(found["reasons"]))
    assert [w["weight"] for w in found["why"]] == [r.weight for r in (*twice.reasons, *twice.counterweights)]


def test_unknown_numbers_are_null_not_zero(bare: Dossier) -> None:
    assert wire(bare)["verdict"]["rupture"] == {"p": None, "low": None, "high": None, "base_rate": None}


def test_limits_are_never_empty(bare: Dossier) -> None:
    assert wire(bare)["limits"]


def test_a_citation_that_leads_nowhere_is_counted_in_the_limits(dossier: Dossier) -> None:
    lost = replace(dossier, ladder=(replace(dossier.ladder[0], claims=("nowhere", "nowhere2")),))
    assert any(limit.startswith("2 citations point") for limit in document(lost)["limits"])
    assert not any("citation" in limit for limit in document(dossier)["limits"])


def test_hostile_text_survives_the_wire(hostile: Dossier) -> None:
    assert wire(hostile)["claims"][0]["sentence"] == hostile.claims[0].sentence


@given(text=st.text(min_size=1), confidence=st.floats(0, 1))
def test_any_claim_is_json(text: str, confidence: float) -> None:
    claim = Claim(
        article_id="a", span=(0, 1), sentence=text, trigger=text, actor=Entity(text=text), recipient=None,
        event="AID", status="happened", quad=2, intensity=1.0, cameo="07", confidence=confidence,
    )  # fmt: skip
    assert json.loads(json.dumps(claim_document(claim), allow_nan=False)) == claim_document(claim)
