from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import pytest

from detente.records import Claim, Rung
from detente.relation.ladder import ladder

Told = Callable[..., Claim]
Histories = Mapping[str, tuple[str, str, str, tuple[Claim, ...]]]
NAMES = (
    "public rebuke",
    "summons or recall for talks",
    "refuses meetings or boycotts",
    "suspends a programme or a route",
    "withholds aid or trade in law",
    "expels staff or closes a base",
    "downgrades missions",
    "ends a security agreement",
    "severs relations",
)


def rungs(claims: list[Claim]) -> dict[int, Rung]:
    return {r.rung: r for r in ladder(claims, dyad=("PAK", "USA"), as_of=dt.date(2012, 6, 1))}


def test_ladder_has_its_nine_rungs_even_when_nothing_is_known() -> None:
    found = ladder([], dyad=("PAK", "USA"), as_of=dt.date(2012, 6, 1))
    assert tuple(r.name for r in found) == NAMES
    assert {r.state for r in found} == {"not reached"}


@pytest.mark.parametrize(
    ("rung", "event", "sentence", "more"),
    [
        (1, "ACCUSE", "Pakistan condemned the strike", {}),
        (2, "ACCUSE", "Islamabad summoned the US ambassador", {}),
        (2, "SANCTION", "Islamabad recalled its ambassador", {"mode": "recall"}),
        (3, "REJECT", "Pakistan boycotted the Bonn conference", {}),
        (4, "SANCTION", "Pakistan closed the route", {"tie": "transit suspended"}),
        (5, "SANCTION", "Pakistan bars US goods", {"tie": "trade restricted", "mode": "embargo"}),
        (6, "SANCTION", "Pakistan expelled two diplomats", {"tie": "diplomacy severed", "mode": "expel"}),
        (6, "SANCTION", "Pakistan shut the air base", {"tie": "basing severed"}),
        (7, "SANCTION", "Pakistan downgraded its embassy", {"tie": "diplomacy restricted", "mode": "downgrade"}),
        (8, "SANCTION", "Pakistan terminated the security agreement", {"tie": "alliance severed"}),
        (9, "SANCTION", "Pakistan severed all ties with Washington", {"tie": "diplomacy severed"}),
        (9, "SANCTION", "Pakistan closed its embassy in Washington", {"tie": "diplomacy severed"}),
    ],
)
def test_act_reaches_its_rung(tell: Told, rung: int, event: str, sentence: str, more: dict[str, str]) -> None:
    claim = tell("PAK", "USA", event, "2012-05-01", sentence, **more)
    found = rungs([claim])[rung]
    assert (found.state, found.by, found.when, found.claims) == (
        "reached", ("PAK",), dt.date(2012, 5, 1), (claim.id,),
    )  # fmt: skip


def test_threat_goes_half_way(tell: Told) -> None:
    claim = tell(
        "PAK", "USA", "SANCTION", "2012-05-01", "Pakistan severs relations with the US", tie="diplomacy severed",
        status="threatened",
    )  # fmt: skip
    assert rungs([claim])[9].state == "half"


def test_restored_tie_steps_down(tell: Told) -> None:
    closed = tell("PAK", "USA", "SANCTION", "2012-01-01", "Pakistan closed the route", tie="transit suspended")
    opened = tell("PAK", "USA", "CONCEDE", "2012-05-01", "Pakistan reopened the route", tie="transit restored")
    assert rungs([closed])[4].state == "reached"
    assert rungs([closed, opened])[4].state == "not reached"


def test_demand_is_the_act_of_the_one_who_demands(tell: Told) -> None:
    claim = tell(
        "USA", "PAK", "RETREAT", "2012-05-01", "Americans leave the base", tie="basing severed", status="demanded"
    )
    assert rungs([claim])[6].by == ("PAK",)


def test_crowd_climbs_no_rung_for_its_state(tell: Told) -> None:
    claim = tell("PAK/CVL", "USA", "ACCUSE", "2012-05-01", "Pakistanis denounced the US")
    assert rungs([claim])[1].state == "not reached"


def test_severance_is_reached_in_the_histories_that_had_one(histories: Histories) -> None:
    reached = {
        name
        for name, (a, b, day, claims) in histories.items()
        if ladder(claims, dyad=(a, b), as_of=dt.date.fromisoformat(day))[8].state == "reached"
    }
    assert reached == {
        "Colombia and Ecuador, March 2008",
        "Georgia and Russia, September 2008",
        "Algeria and Morocco, August 2021",
        "Cuba and the United States, December 2014",
    }
