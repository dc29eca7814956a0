from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from detente.records import Claim, Link, Magnitude, Tie
from detente.relation.ledger import ledger, linked_pairs

Told = Callable[..., Claim]
PAIR = ("PAK", "USA")
DAY = dt.date(2012, 6, 1)


def tie(claims: list[Claim], kind: str, **more: object) -> Tie:
    return next(t for t in ledger(claims, dyad=PAIR, as_of=DAY, **more) if t.kind == kind)  # type: ignore[arg-type]


def close(tell: Told, day: str = "2011-11-26", **more: object) -> Claim:
    return tell("PAK", "USA", "SANCTION", day, "Pakistan closed the supply route", tie="transit suspended", **more)


def test_diplomacy_is_open_when_nothing_says_otherwise() -> None:
    only = ledger([], dyad=PAIR, as_of=DAY)
    assert [(t.kind, t.status, t.since, t.at_risk) for t in only] == [("diplomacy", "open", None, False)]


def test_cut_has_a_day_and_an_author(tell: Told) -> None:
    found = tie([close(tell)], "transit")
    assert (found.status, found.since, found.by) == ("suspended", dt.date(2011, 11, 26), ("PAK",))


def test_restoration_opens_and_affirmation_does_not(tell: Told) -> None:
    affirmed = tell("PAK", "USA", "COOPERATE", "2012-01-01", "Pakistan values the route", tie="transit affirmed")
    restored = tell("PAK", "USA", "CONCEDE", "2012-02-01", "Pakistan reopened the route", tie="transit restored")
    assert tie([close(tell), affirmed], "transit").status == "suspended"
    found = tie([close(tell), affirmed, restored], "transit")
    assert (found.status, found.since) == ("open", dt.date(2012, 2, 1))


def test_cut_never_grows_milder_by_itself(tell: Told) -> None:
    milder = tell("PAK", "USA", "SANCTION", "2012-01-01", "Pakistan limits the route", tie="transit restricted")
    assert tie([close(tell), milder], "transit").status == "suspended"


def test_vague_retelling_does_not_bring_a_cut_back(tell: Told) -> None:
    restored = tell("PAK", "USA", "CONCEDE", "2012-02-01", "Pakistan reopened the route", tie="transit restored")
    retold = close(tell, day="2012-03-01", precision="before")
    found = tie([close(tell), restored, retold], "transit")
    assert found.status == "open"
    assert retold.id in found.claims


def test_date_known_only_as_before_gives_no_day(tell: Told) -> None:
    assert tie([close(tell, precision="before")], "transit").since is None


@pytest.mark.parametrize("status", ["announced", "planned", "threatened", "demanded", "foretold", "hypothetical"])
def test_words_put_a_tie_at_risk_and_change_nothing(tell: Told, status: str) -> None:
    said = tell(
        "USA", "PAK", "SANCTION", "2012-05-01", "Washington cuts aid", tie="economic-aid severed", status=status
    )
    found = tie([said], "economic-aid")
    assert (found.status, found.at_risk, found.risks) == ("open", True, (said.id,))


def test_tie_already_as_bad_as_the_threat_is_not_at_risk(tell: Told) -> None:
    said = close(tell, day="2012-01-01", status="threatened")
    assert not tie([close(tell), said], "transit").at_risk


@pytest.mark.parametrize("status", ["denied", "negated"])
def test_denied_claim_touches_no_tie(tell: Told, status: str) -> None:
    assert [t.kind for t in ledger([close(tell, status=status)], dyad=PAIR, as_of=DAY)] == ["diplomacy"]


@pytest.mark.parametrize("sector", ["REB", "CRM", "CVL"])
def test_only_states_cut(tell: Told, sector: str) -> None:
    rebels = tell(f"PAK/{sector}", "USA", "COERCE", "2012-01-01", "Militants blocked the road", tie="transit suspended")
    assert "transit" not in {t.kind for t in ledger([rebels], dyad=PAIR, as_of=DAY)}


def test_size_of_a_tie_is_never_its_deaths(tell: Told) -> None:
    sizes = (Magnitude(kind="deaths", value=24), Magnitude(kind="money", value=1e9, unit="USD", per="year"))
    cut = tell("USA", "PAK", "SANCTION", "2012-05-01", "Washington cuts aid", tie="economic-aid restricted")
    sized = tell(
        "USA", "PAK", "AID", "2012-04-01", "Washington pays aid", tie="economic-aid affirmed", magnitudes=sizes
    )
    assert tie([cut, sized], "economic-aid").magnitude == sizes[1]


def test_loss_with_a_third_party_that_follows_from_the_quarrel_is_a_risk(tell: Told) -> None:
    quarrel = close(tell)
    loss = tell(
        "USA", "TLB/REB", "SANCTION", "2012-01-01", "Washington loses its dialogue", tie="mediation strained",
        status="foretold",
    )  # fmt: skip
    link = Link(article_id="a", cause=quarrel.id, effect=loss.id, sign=1, conditional=False, span=(0, 1))
    pairs = linked_pairs([link], [quarrel, loss])
    assert tie([quarrel, loss], "mediation", linked=pairs).risks == (loss.id,)
    assert "mediation" not in {t.kind for t in ledger([quarrel, loss], dyad=PAIR, as_of=DAY)}


def test_restoration_dated_before_its_cut_is_of_the_month_it_was_reported_in(tell: Told) -> None:
    shut = close(tell, day="2011-11-26")
    # The date of something else in its sentence: it was reported in February, after the cut.
    reopened = tell(
        "PAK", "USA", "CONCEDE", "2011-11-01", "Pakistan reopens the route after deaths in November",
        tie="transit restored", precision="month", published=dt.date(2012, 2, 3),
    )  # fmt: skip
    found = tie([shut, reopened], "transit")
    assert (found.status, found.since) == ("open", dt.date(2012, 2, 3))


def test_restoration_reported_before_the_cut_does_not_lift_it(tell: Told) -> None:
    reopened = tell("PAK", "USA", "CONCEDE", "2011-05-01", "Pakistan reopens the route", tie="transit restored")
    assert tie([close(tell, day="2011-11-26"), reopened], "transit").status == "suspended"
