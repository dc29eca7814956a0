"""CAMEO to PLOVER: complete, of the sign and in the order of Goldstein's scale, and consistent with the way back."""

from __future__ import annotations

from statistics import mean

import pytest

from detente.ontology.cameo import CameoCode, cameo_codes, repaired
from detente.ontology.lexicon import QUADS
from detente.ontology.scales import crosswalk
from detente.ontology.tables import read_table

SCALE = {row["code"]: float(row["goldstein"]) for row in read_table("goldstein.csv", wanted=("code", "goldstein"))}
CODES = list(cameo_codes().values())
TYPED = [code for code in CODES if code.event]
KIND = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
# Goldstein's scale gives appeals a friendly number, PLOVER counts every request as conflict; neither is wrong.
NOT_BY_SIGN = {"REQUEST"}


def named(code: CameoCode) -> str:
    return code.code


def test_every_code_of_the_scale_and_every_code_of_the_way_back_is_there() -> None:
    assert set(SCALE) <= set(cameo_codes())
    assert {row["cameo"] for row in crosswalk().values()} <= set(cameo_codes())


def test_only_bare_statements_have_no_type() -> None:
    assert {code.code[:2] for code in CODES if code.event is None} == {"01"}


@pytest.mark.parametrize("code", [c for c in TYPED if c.event not in NOT_BY_SIGN], ids=named)
def test_a_code_has_the_sign_of_its_type(code: CameoCode) -> None:
    assert code.intensity is not None
    if code.event in KIND:
        assert code.intensity > 0
    else:
        assert code.intensity < 0


@pytest.mark.parametrize("code", [c for c in TYPED if not c.contested], ids=named)
def test_an_uncontested_code_has_the_class_of_its_type(code: CameoCode) -> None:
    assert code.event is not None
    assert code.quad == QUADS[code.event]


@pytest.mark.parametrize("code", [c for c in CODES if c.contested], ids=named)
def test_a_contested_choice_says_what_is_contested(code: CameoCode) -> None:
    assert code.note


def test_types_stand_in_the_order_of_the_scale() -> None:
    """The worse deed is never milder on average, and deeds lie farther out than words on either side."""
    level = {event: mean(c.intensity for c in TYPED if c.event == event and c.intensity is not None) for event in QUADS}
    assert level["ASSAULT"] < level["COERCE"] < level["REJECT"] < level["ACCUSE"] < 0
    assert level["MOBILIZE"] < level["THREATEN"] < level["REJECT"]
    assert 0 < level["CONSULT"] < level["COOPERATE"] < level["AID"]
    assert level["SUPPORT"] < level["COOPERATE"]
    friendly = [level[e] for e in KIND if QUADS[e] == 1], [level[e] for e in KIND if QUADS[e] == 2]
    assert max(friendly[0]) < mean(friendly[1])


def test_a_class_is_one_of_the_four_by_its_root() -> None:
    wanted = {f"{root:02}": 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4 for root in range(1, 21)}
    assert {code.code: code.quad for code in CODES} == {code.code: wanted[code.code[:2]] for code in CODES}


def test_type_and_mode_survive_the_way_to_cameo_and_back_unless_contested() -> None:
    """A type that has no code of its own (RETREAT is a part of CAMEO 08) may come back as its neighbour."""
    shared = {("RETREAT", ""), ("RETREAT", "resign"), ("MOBILIZE", "weapons")}
    lost = {
        key
        for key, row in crosswalk().items()
        if (back := cameo_codes()[row["cameo"]]).event != key[0] and not back.contested
    }
    assert lost <= shared


@pytest.mark.parametrize("code", [c for c in cameo_codes() if len(c) > 2 and c.startswith("0")])
def test_a_lost_leading_zero_is_restored(code: str) -> None:
    assert repaired(code.lstrip("0"), numeric=True) == code


@pytest.mark.parametrize("code", [c for c in cameo_codes() if len(c) > 2])
def test_a_whole_code_stays_as_it_is(code: str) -> None:
    assert repaired(code, numeric=True) == repaired(code, numeric=False) == code


@pytest.mark.parametrize("text", ["", "999", "X", "---", "1.5"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert repaired(text, numeric=False) is None
