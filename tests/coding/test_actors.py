"""Who is who: phrases and sentences with one right reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest

from detente.coding.actors import Cast, Casting
from detente.coding.coder import Coder
from detente.coding.discourse import Discourse
from detente.coding.spotting import Spotter
from detente.language.english import English
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import load
from detente.records import Entity

Phrase = Callable[..., Entity]
Read = Callable[..., Cast]


@pytest.fixture(scope="session")
def phrase(english: English) -> Phrase:
    coder = Coder(parse=english.pipe, registers=load(), lexicon=load_lexicon())

    def run(text: str, day: str | None = None) -> Entity:
        return coder.phrase(text, day=dt.date.fromisoformat(day) if day else None) or Entity(text=text)

    return run


@pytest.fixture(scope="session")
def read(english: English) -> Read:
    casting = Casting(load(), Spotter(load()))

    def run(*sentences: str, day: str = "2011-12-05") -> Cast:
        discourse = Discourse()
        for number, doc in enumerate(english.pipe(sentences)):
            cast = casting.read(doc, discourse, sentence=number, offset=0, day=dt.date.fromisoformat(day))
        return cast

    return run


def codes(cast: Cast) -> set[str | None]:
    return {w.entity.code for _, whos in cast for w in whos if w.entity.code}


@pytest.mark.parametrize(
    ("text", "code", "sector"),
    [
        ("the Mexican National Guard", "MEX", "MIL"),
        ("Iran's Supreme Court", "IRN", "JUD"),
        ("Lahore police", "PAK", "COP"),
        ("the Kaduna State government", "NGA", "GOV"),
        ("Pakistan-based militants", "PAK", "REB"),
        ("a US-led coalition", "USA", "MIL"),
        ("the Iran-backed Houthis", "YEM", "REB"),
        ("Abkhazia", "GEO", "PRE"),
        ("the European Commission", "EUR", "IGO"),
        ("the UN Security Council", "UNO", "IGO"),
        ("The Washington Post", "USA", "MED"),
        ("Voice of Russia", "RUS", "MED"),
    ],
)
def test_a_phrase_is_of_the_state_and_sector_its_words_say(phrase: Phrase, text: str, code: str, sector: str):
    found = phrase(text)
    assert found.code == code
    assert sector in found.sectors


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("a paramilitary group", "PRM"),
        ("Muslim leaders", "REL"),
        ("an intelligence agency officer", "SPY"),
        ("a legislative body", "LEG"),
        ("wanted men", "CRM"),
        ("members of the armed forces", "MIL"),
        ("a former foreign minister", "ELI"),
        ("the retired general", "ELI"),
        ("two men", "UNK"),
        ("women and children", "CVL"),
        ("yesterday", "JNK"),
    ],
)
def test_a_generic_noun_takes_its_sector_from_the_other_words(phrase: Phrase, text: str, sector: str):
    assert sector in phrase(text).sectors


@pytest.mark.parametrize("text", ["Juan Carlos Pereira", "Jordan Henderson", "Hillary Barack Smith", "Chad Brown"])
def test_a_name_that_goes_on_is_another_person(phrase: Phrase, text: str):
    assert phrase(text).code is None


def test_the_date_tells_leaders_of_one_name_apart(phrase: Phrase):
    assert phrase("North Korea's leader Kim", "2005-01-01").name == "Kim Jong Il"
    assert phrase("North Korea's leader Kim", "2019-01-01").name == "Kim Jong Un"


def test_georgia_is_the_american_one_among_its_neighbours(read: Read):
    assert "GEO" not in codes(read("Voters in Georgia and Alabama chose their senators."))
    assert "GEO" in codes(read("Russia invaded Georgia."))


def test_a_place_acts_for_nobody_but_is_struck_for_its_state(read: Read):
    assert "UKR" in codes(read("Russian forces shelled Kharkiv.", day="2022-03-05"))
    assert "UKR" not in codes(read("Russian forces met in Kharkiv.", day="2022-03-05"))


def test_an_outlet_hides_the_place_in_its_name(read: Read):
    cast = read("The Washington Post reported it.")
    assert [s.name.kind for s in cast.spots] == ["outlet"]


def test_a_pronoun_points_back_to_the_subject(read: Read):
    assert "PAK" in codes(read("Pakistan closed the road.", "It demanded an apology."))


def test_both_countries_are_the_pair_of_the_article(read: Read):
    assert codes(read("Pakistan met the United States.", "The two countries agreed.")) == {"PAK", "USA"}


def test_spots_never_overlap(read: Read):
    cast = read("The Islamic Republic of Iran's Supreme Court judged the New York Times and Mexico City police.")
    assert all(a.end <= b.start for a, b in pairwise(cast.spots))
