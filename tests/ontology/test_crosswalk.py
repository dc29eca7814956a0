"""The crosswalk from PLOVER to CAMEO: complete, of the right sign, in the right order."""

from __future__ import annotations

import pytest

from detente.ontology.lexicon import QUADS, load_lexicon
from detente.ontology.scales import crosswalk, goldstein, plover_intensity
from detente.ontology.tables import read_table
from detente.records import EVENTS

ROWS = read_table("crosswalk.csv", wanted=("event", "mode", "cameo", "plover"))
ROOTS = {
    "AGREE": ("03",), "CONSULT": ("04",), "SUPPORT": ("05", "01"), "CONCEDE": ("08",), "COOPERATE": ("06",),
    "AID": ("07",), "RETREAT": ("08",), "REQUEST": ("02", "10"), "ACCUSE": ("11", "09"), "REJECT": ("12",),
    "THREATEN": ("13",), "PROTEST": ("14",), "SANCTION": ("16", "11"), "MOBILIZE": ("15",), "COERCE": ("17",),
    "ASSAULT": ("18", "19", "20", "17"),
}  # fmt: skip
FRIENDLY = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")


def test_every_type_has_a_code_of_its_own_without_a_mode() -> None:
    assert {event for event, mode in crosswalk() if not mode} == set(EVENTS)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['event']}-{r['mode']}")
def test_a_code_lies_in_the_root_of_its_type(row) -> None:
    assert row["cameo"][:2] in ROOTS[row["event"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['event']}-{r['mode']}")
def test_both_scales_have_the_sign_of_the_type(row) -> None:
    printed = goldstein(row["cameo"], load_lexicon().goldstein)
    plover = plover_intensity(row["event"], row["mode"])
    if row["event"] in FRIENDLY:
        assert printed > 0
        assert plover > 0
    elif row["event"] == "REQUEST":
        assert plover < 0  # an appeal is friendly to Goldstein (+3), a demand is not: the scales part here
    else:
        assert printed < 0
        assert plover < 0


def test_deeds_outweigh_words_and_attacks_outweigh_all() -> None:
    scale = {row["event"]: float(row["plover"]) for row in ROWS if not row["mode"]}
    assert scale["ASSAULT"] < scale["COERCE"] <= scale["MOBILIZE"] < scale["THREATEN"] < scale["REJECT"]
    assert scale["REJECT"] < scale["ACCUSE"] < scale["REQUEST"] < 0 < scale["CONSULT"] < scale["AGREE"]
    assert scale["AGREE"] < scale["COOPERATE"] < scale["AID"]


def test_the_quad_follows_sign_and_matter() -> None:
    assert all((QUADS[event] <= 2) == (event in FRIENDLY) for event in EVENTS)
    assert {e for e in EVENTS if QUADS[e] == 4} == {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
