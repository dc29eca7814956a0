"""How sure the coder is of a claim, and which tellings of one deed stay: laws that hold whatever the weights are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.coding import doubles, weighing
from detente.coding.weighing import Evidence
from detente.language.english import English
from detente.records import Claim

INSIDE = (True, True)


@pytest.fixture(scope="module")
def english() -> English:
    return English()


@pytest.fixture
def claim(code) -> Claim:
    return code("Turkish forces shelled Syrian positions on Tuesday.").claims[0]


def evidence(chance: float, nothing: float) -> Evidence:
    return Evidence(origin="both", chance=chance, nothing=nothing, status=0.9, ruled=0.8)


def test_a_surer_model_makes_a_surer_claim(claim: Claim) -> None:
    low, high = (
        weighing.weighed(claim, evidence(p, 1 - p), inside=INSIDE).confidence for p in (0.3, 0.97)
    )  # fmt: skip
    assert 0 <= low < high <= 1


def test_the_explanation_says_what_was_weighed(claim: Claim) -> None:
    told = weighing.weighed(claim, evidence(0.9, 0.05), inside=(True, False)).explanation[-1]
    assert told.field == "confidence"
    assert "origin both 1" in told.rule
    assert "recipient elsewhere 1" in told.rule


def test_what_was_not_asked_is_marked_and_not_taken_for_a_half(claim: Claim) -> None:
    found = weighing.marks(claim, Evidence(origin="loose", ruled=0.8), inside=INSIDE)
    assert found["not asked"] == 1.0
    assert not {"chance", "nothing", "status"} & set(found)


def test_two_states_are_told_from_one(claim: Claim) -> None:
    assert claim.recipient is not None
    assert "two states" in weighing.marks(claim, evidence(0.9, 0.1), inside=INSIDE)
    same = replace(claim, recipient=replace(claim.recipient, code=claim.actor.code))
    assert "one state" in weighing.marks(same, evidence(0.9, 0.1), inside=INSIDE)


def test_more_is_asked_of_what_the_model_alone_says_of_two_known_parties(claim: Claim) -> None:
    low, high = weighing.weights()["keep"], weighing.weights()["keep known"]
    assert low < high
    assert weighing.kept(replace(claim, confidence=high), "model")
    assert not weighing.kept(replace(claim, confidence=high - 0.01), "model")
    assert weighing.kept(replace(claim, confidence=high - 0.01), "both")
    assert not weighing.kept(replace(claim, confidence=low - 0.01), "both")


def test_apposed_names_are_one_party(english: English) -> None:
    doc = english("The alliance's leader, Maulana Rahman, visited India.")
    leader, name, india = (3, 4), (5, 7), (9, 10)
    assert [doc[s[0]].text for s in (leader, name, india)] == ["leader", "Maulana", "India"]
    assert doubles.one_party(doc, leader, name)
    assert doubles.one_party(doc, name, leader)
    assert not doubles.one_party(doc, leader, india)
