"""Laws of the registers: folding, dated names, surnames, places, roles."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import StateError
from detente.ontology.folding import fold
from detente.ontology.places import gazetteer
from detente.ontology.registers import load
from detente.ontology.surnames import surname


@given(st.text())
def test_folding_keeps_the_length_so_that_offsets_hold(text: str):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("accented", "plain"),
    [("Khürelsükh", "khurelsukh"), ("Erdoğan", "erdogan"), ("Støre", "store"), ("Wałęsa", "walesa"),
     ("Đà Nẵng", "da nang"), ("Yıldırım", "yildirim"), ("Qa’ida", "qa'ida")],
)  # fmt: skip
def test_accents_and_letters_of_other_alphabets_fold_away(accented: str, plain: str):
    assert fold(accented) == plain


def test_a_dated_name_holds_in_its_years_only():
    zaire = next(n for n in load().names["zaire"] if n.code == "COD")
    assert zaire.valid(dt.date(1985, 1, 1))
    assert not zaire.valid(dt.date(2011, 1, 1))


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [("Tony Blair", "GBR", "Blair"), ("Hu Jintao", "CHN", "Hu"), ("Kim Dae-jung", "KOR", "Kim"),
     ("Juan Carlos I", "ESP", None),
     ("Robert Kennedy Jr.", "USA", None), ("Hamad bin Khalifa al-Thani", "QAT", None), ("Nelson", "ZAF", None),
     ("Syngman Rhee", "KOR", "Rhee")],
)  # fmt: skip
def test_surname_is_the_part_that_news_calls_the_person_by(name: str, code: str, expected: str | None):
    assert surname(name, code=code) == expected


def test_no_group_bears_the_code_of_a_state_that_exists():
    registers = load()
    standing = {code for code, state in registers.states.items() if state.until is None}
    assert not standing & (set(registers.groups) - {"EUR", "UNO"})


def test_every_home_of_a_name_is_a_state_or_a_union():
    registers = load()
    known = set(registers.states) | {"EUR", "UNO"}
    assert {n.home for names in registers.names.values() for n in names if n.home} <= known


def test_codes_of_unions_have_names():
    registers = load()
    assert (registers.state_name("EUR"), registers.state_name("UNO")) == ("European Union", "United Nations")


def test_qualities_are_no_nouns_and_carry_sectors():
    registers = load()
    assert all(role.sectors for role in registers.qualities.values())
    assert not any(role.kind == "quality" for role in registers.roles.values())


def test_the_larger_place_comes_first():
    assert all(earlier.weight >= later.weight for places in gazetteer().values() for earlier, later in pairwise(places))


@pytest.mark.parametrize(
    ("place", "code"), [("shanghai", "CHN"), ("kano", "NGA"), ("texas", "USA"), ("chechnya", "RUS")]
)
def test_a_place_lies_in_its_state(place: str, code: str):
    assert gazetteer()[place][0].code == code


def test_states_are_found_without_their_accents():
    assert load().state("Cote d'Ivoire").code == load().state("Côte d’Ivoire").code == "CIV"


def test_an_unknown_state_proposes_close_names():
    with pytest.raises(StateError, match="close to it"):
        load().state("Pakistann")
