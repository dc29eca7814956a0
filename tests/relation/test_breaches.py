from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from detente.records import Claim
from detente.relation.breaches import breach
from detente.relation.ledger import ledger

Told = Callable[..., Claim]
PAIR = ("PAK", "USA")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Pakistan severed diplomatic relations with Washington", "severance"),
        ("Pakistan closed its embassy in Washington", "closure"),
        ("Pakistan closed the American consulate in Peshawar", "closure"),
        ("Pakistan downgraded its mission to the level of a secretary", "downgrade"),
        ("Pakistan expelled two American diplomats", "expulsion"),
        ("Pakistan recalled its ambassador from Washington", "recall"),
        ("Pakistan summoned the American ambassador", "summons"),
        ("Pakistan condemned the United States", "rebuke"),
    ],
)
def test_one_code_is_split_by_its_words(tell: Told, sentence: str, name: str) -> None:
    found = breach(tell("PAK", "USA", "SANCTION", "2011-05-01", sentence, cameo="161"))
    assert found is not None
    assert found.name == name


def test_code_alone_without_words_or_mode_says_nothing(tell: Told) -> None:
    assert breach(tell("PAK", "USA", "SANCTION", "2011-05-01", "Relations changed today", cameo="161")) is None


def test_trade_cut_is_no_breach_of_diplomacy(tell: Told) -> None:
    cut = tell("PAK", "USA", "SANCTION", "2011-05-01", "Pakistan cut trade relations", tie="trade severed")
    assert breach(cut) is None


def test_expulsion_that_names_no_tie_restricts_diplomacy_and_a_recall_strains_it(tell: Told) -> None:
    for sentence, status in (
        ("Pakistan expelled two American diplomats", "restricted"),
        ("Pakistan recalled its ambassador from Washington", "strained"),
    ):
        claim = tell("PAK", "USA", "SANCTION", "2011-05-01", sentence, cameo="161")
        (found,) = ledger([claim], dyad=PAIR, as_of=dt.date(2011, 6, 1))
        assert (found.kind, found.status) == ("diplomacy", status)
