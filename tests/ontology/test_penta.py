"""The five classes that sets made of CAMEO count in, beside PLOVER's four quads."""

from __future__ import annotations

import pytest

from detente.ontology.scales import code_of, penta_of


@pytest.mark.parametrize(
    ("event", "mode", "wanted"),
    [
        ("SUPPORT", "condole", 0), ("REQUEST", "assist", 0), ("CONSULT", "visit", 1), ("AGREE", "meet", 1),
        ("AID", "asylum", 2),
        ("RETREAT", "withdraw", 2), ("ACCUSE", "disapprove", 3), ("SANCTION", "embargo", 3),
        ("THREATEN", "violence", 3),
        ("COERCE", "arrest", 4), ("PROTEST", "demo", 4), ("ASSAULT", "aerial", 4),
    ],
)  # fmt: skip
def test_class_of_a_type_and_mode(event: str, mode: str, wanted: int) -> None:
    assert penta_of(code_of(event, mode)) == wanted


def test_a_denial_of_an_accusation_is_a_statement() -> None:
    assert penta_of("016") == 0
    assert penta_of("120") == 3
