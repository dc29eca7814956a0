"""The journey on the article the project comes from: everything the article says must be found, by rules alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from detente import pipeline
from detente.dossier.document import document
from detente.records import Claim, Dossier, Tie

ARTICLE = Path(__file__).resolve().parents[2] / "shared" / "cases" / "garibov-2011.txt"
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the founding article is not here")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    with pipeline.open_store(tmp_path_factory.mktemp("store") / "news.db") as store:
        day = dt.date(2011, 12, 5)
        items = pipeline.read([str(ARTICLE)], pipeline.coder(), store, now=NOW, published=day, outlet="Voice of Russia")
        assert len(list(items)) == 1
        return pipeline.dossier(store, ("USA", "PAK"), known=pipeline.registers())


def claims(dossier: Dossier, **wanted: object) -> list[Claim]:
    """Claims of which the named fields are as wanted; actor and recipient by code."""

    def fits(claim: Claim) -> bool:
        facts = {
            "actor": claim.actor.code,
            "recipient": claim.recipient.code if claim.recipient else None,
            "event": claim.event,
            "status": claim.status,
            "tie": claim.tie.kind if claim.tie else None,
            "effect": claim.tie.effect if claim.tie else None,
        }
        return all(facts[key] == value for key, value in wanted.items())

    return [c for c in (*dossier.claims, *dossier.context) if fits(c)]


def tie(dossier: Dossier, kind: str) -> Tie:
    return next(t for t in dossier.ties if t.kind == kind)


def test_the_strike(dossier: Dossier) -> None:
    found = [
        c
        for c in claims(dossier, actor="USA", recipient="PAK", event="ASSAULT", status="happened")
        if c.date == dt.date(2011, 11, 26)
    ]
    assert any(m.kind == "deaths" and m.value == 26 for c in found for m in c.magnitudes)
    assert any("MIL" in c.actor.sectors and c.recipient and "MIL" in c.recipient.sectors for c in found)
    assert any("servicemen" in c.recipient.text for c in found if c.recipient)


def test_the_raid_in_may(dossier: Dossier) -> None:
    found = claims(dossier, actor="USA", recipient="PAK", event="ASSAULT", status="happened")
    assert any(c.date == dt.date(2011, 5, 1) and c.precision == "month" for c in found)


def test_the_error_is_claimed_by_one_side(dossier: Dossier) -> None:
    found = [c for c in claims(dossier, event="ASSAULT") if "in error" in c.sentence]
    assert [(s.code, s.side) for c in found for s in c.attribution] == [("USA", "party")]


def test_the_road(dossier: Dossier) -> None:
    assert claims(dossier, actor="PAK", tie="transit", effect="suspended", status="happened")
    assert tie(dossier, "transit").status == "suspended"
    assert tie(dossier, "transit").by == ("PAK",)


def test_the_base_is_demanded(dossier: Dossier) -> None:
    assert claims(dossier, tie="basing", status="demanded")
    assert claims(dossier, actor="PAK", recipient="USA", event="REQUEST", status="demanded")
    assert tie(dossier, "basing").at_risk
    assert tie(dossier, "basing").status == "open"


def test_cooperation_is_reconsidered_so_officials_say_through_a_paper(dossier: Dossier) -> None:
    found = claims(dossier, actor="PAK", recipient="USA", status="planned")
    assert found
    chain = found[0].attribution
    assert (chain[0].name, chain[0].named) == ("The New York Times", True)
    assert (chain[1].code, chain[1].named) == ("USA", False)


def test_aid_of_a_billion_a_year_is_expected_to_be_cut(dossier: Dossier) -> None:
    cut = claims(dossier, actor="USA", recipient="PAK", tie="economic-aid", status="foretold")[0]
    assert cut.probability == (0.55, 0.85)
    assert [(m.value, m.unit, m.per) for m in cut.magnitudes] == [(1e9, "USD", "year")]
    assert tie(dossier, "economic-aid").at_risk


def test_flights_shrink_and_transit_becomes_dearer(dossier: Dossier) -> None:
    flights = claims(dossier, tie="overflight", status="foretold")[0]
    assert flights.probability is not None
    assert flights.probability[0] >= 0.85
    assert claims(dossier, tie="transit", effect="strained", status="foretold")


def test_a_break_may_not_be_held_off(dossier: Dossier) -> None:
    found = [c for c in claims(dossier, actor="PAK", effect="severed", tie="diplomacy") if c.attribution]
    assert found[0].attribution[0].name == "Vladimir Moskalenko"
    assert found[0].status == "foretold"


def test_not_all_ties_will_be_broken(dossier: Dossier) -> None:
    found = [c for c in claims(dossier, actor="PAK", effect="severed", tie="diplomacy") if not c.attribution]
    assert found[0].probability is not None
    assert found[0].probability[1] <= 0.5


def test_three_ties_are_kept(dossier: Dossier) -> None:
    for kind in ("counter-terrorism", "stabilisation", "nuclear-security"):
        assert tie(dossier, kind).status == "open"
        assert not tie(dossier, kind).at_risk


def test_mediation_is_at_risk(dossier: Dossier) -> None:
    assert tie(dossier, "mediation").at_risk


def test_cooperation_is_still_likely(dossier: Dossier) -> None:
    assert any(c.probability == (0.55, 0.85) for c in claims(dossier, event="COOPERATE", status="foretold"))


def test_the_outlet_is_a_state_broadcaster_of_a_third_party(dossier: Dossier) -> None:
    outlet, side = dossier.outlets[0]
    assert (outlet.country, outlet.owner_kind, outlet.successor, side) == ("RUS", "state", "Radio Sputnik", "third")


def test_parts_of_a_state(dossier: Dossier) -> None:
    parts = {(c.actor.code, s) for c in claims(dossier) for s in c.actor.sectors}
    parts |= {(c.recipient.code, s) for c in claims(dossier) if c.recipient for s in c.recipient.sectors}
    assert {("PAK", "SPY"), ("PAK", "MIL"), ("PAK", "GOV"), ("USA", "MIL")} <= parts


def test_predictions_and_links(dossier: Dossier) -> None:
    assert len(dossier.predictions) >= 8
    assert len(dossier.links) >= 6


def test_verdict(dossier: Dossier) -> None:
    verdict = dossier.verdict
    assert verdict.answer == "cooling"
    assert verdict.thin
    assert verdict.cooling.p > 2 * verdict.rupture.p
    for chance in (verdict.rupture, verdict.cooling):
        assert chance.high - chance.low >= 0.05


def test_every_reason_leads_to_a_sentence(dossier: Dossier) -> None:
    text = dossier.articles[0].text
    answer = document(dossier)
    shown = {c["id"]: c for c in [*answer["claims"], *answer["context"]]}  # type: ignore[misc]
    for claim_id in answer["verdict"]["reasons"]:  # type: ignore[index]
        assert shown[claim_id]["sentence"] in text
