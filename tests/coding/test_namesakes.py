"""Names that mean several things: the words around, the date and what was named before tell which is meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from detente.coding.actors import Cast, Casting
from detente.coding.coder import Coder
from detente.coding.discourse import Discourse
from detente.coding.spotting import Spotter
from detente.language.english import English
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import load
from detente.records import Entity


@pytest.fixture(scope="module")
def read(english: English) -> Callable[..., Cast]:
    casting = Casting(load(), Spotter(load()))

    def run(*sentences: str, day: str) -> Cast:
        discourse = Discourse()
        for number, doc in enumerate(english.pipe(sentences)):
            cast = casting.read(doc, discourse, sentence=number, offset=0, day=dt.date.fromisoformat(day))
        return cast

    return run


@pytest.fixture(scope="module")
def phrase(english: English) -> Callable[..., Entity]:
    coder = Coder(parse=english.pipe, registers=load(), lexicon=load_lexicon())

    def run(text: str, day: str | None = None) -> Entity:
        return coder.phrase(text, day=dt.date.fromisoformat(day) if day else None) or Entity(text=text)

    return run


def codes(cast: Cast) -> set[str]:
    return {w.entity.code for _, whos in cast for w in whos if w.entity.code}


@pytest.mark.parametrize(
    ("sentence", "day", "meant", "not_meant"),
    [
        ("Russia accused Georgia of shelling Tskhinvali.", "2008-08-08", "GEO", "USA"),
        ("Officials in Georgia and Alabama sued the federal government.", "2021-03-01", "USA", "GEO"),
        ("Jordan recalled its ambassador from Israel.", "2023-11-01", "JOR", "USA"),
        ("Kinshasa accused Rwanda of invading eastern Congo.", "2012-07-10", "COD", "COG"),
        ("The government in Brazzaville said Congo would send troops.", "2014-01-10", "COG", "COD"),
        ("Pyongyang warned South Korea against joint drills.", "2016-03-01", "KOR", "JPN"),
        ("North Korea fired a missile over Japan.", "2017-09-15", "PRK", "KOR"),
        ("Washington suspended military aid to Egypt.", "2013-10-09", "USA", "GBR"),
        ("Congress approved sanctions against Iran.", "2010-06-24", "USA", "IND"),
        ("In India, the BJP accused Congress of corruption.", "2013-08-01", "IND", "USA"),
        ("Niger expelled the French ambassador.", "2023-08-25", "NER", "NGA"),
        ("Militants in the Niger Delta attacked a pipeline.", "2016-05-01", "NGA", "NER"),
    ],
)
def test_a_shared_name_means_what_the_sentence_makes_of_it(
    read: Callable[..., Cast], sentence: str, day: str, meant: str, not_meant: str
):
    found = codes(read(sentence, day=day))
    assert meant in found
    assert not_meant not in found


def test_a_basketball_player_is_no_kingdom(read: Callable[..., Cast]):
    assert "JOR" not in codes(read("Michael Jordan met the Chinese ambassador.", day="2004-05-20"))


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("South Korean President Kim", "1999-01-01", "KOR"),
        ("North Korean leader Kim", "2017-01-01", "PRK"),
        ("Kim Dae-jung", "2000-06-01", "KOR"),
        ("Kim Jong Un", "2017-01-01", "PRK"),
        ("Jordan's King Abdullah", "2010-01-01", "JOR"),
        ("Saudi King Abdullah", "2010-01-01", "SAU"),
    ],
)
def test_the_state_beside_a_name_tells_its_bearers_apart(phrase: Callable[..., Entity], text: str, day: str, code: str):
    assert phrase(text, day).code == code


@pytest.mark.parametrize(
    ("text", "day", "code", "sector"),
    [
        ("Nelson Mandela", "1980-01-01", "ZAF", "OPP"),
        ("Nelson Mandela", "1996-01-01", "ZAF", "GOV"),
        ("former Peruvian president Alberto Fujimori", "2005-03-01", "PER", "ELI"),
        ("Haitian gang leader Jimmy Cherizier", "2022-01-01", "HTI", "CRM"),
        ("businessman Donald Trump", "2012-01-01", "USA", "BUS"),
    ],
)
def test_a_person_is_what_the_day_and_the_words_say(
    phrase: Callable[..., Entity], text: str, day: str, code: str, sector: str
):
    found = phrase(text, day)
    assert (found.code, sector in found.sectors) == (code, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tuareg rebels", "MLI"),
        ("Nigerien Tuareg rebels", "NER"),
        ("Crimean Tatar leaders", "UKR"),
        ("Rohingya refugees in Bangladesh", "MMR"),
        ("Greenpeace in Russia", "RUS"),
        ("Dominican police", "DOM"),
    ],
)
def test_a_people_is_at_home_where_nothing_plainer_is_said(phrase: Callable[..., Entity], text: str, code: str):
    assert phrase(text).code == code


def test_no_newspaper_stands_in_the_attorney_general_of_the_nation(phrase: Callable[..., Entity]):
    assert phrase("the Attorney General of the Nation Francisco Barbosa", "2021-03-01").code == "COL"


@pytest.mark.parametrize(
    ("text", "code", "sector"),
    [
        ("the Security Council", "UNO", "IGO"),
        ("the UN Security Council", "UNO", "IGO"),
        ("the Security Council of the Russian Federation", "RUS", "GOV"),
        ("Ministry of Foreign Affairs of the Republic of Uzbekistan", "UZB", "GOV"),
        ("the editor of Foreign Affairs", "USA", "MED"),
        ("the Bar Association of Lebanon", "LBN", "JUD"),
        ("members of the Mapuche community", "CHL", "CVL"),
    ],
)
def test_a_body_is_of_the_state_it_is_said_to_be_of(phrase: Callable[..., Entity], text: str, code: str, sector: str):
    found = phrase(text)
    assert (found.code, sector in found.sectors) == (code, True)


@pytest.mark.parametrize("text", ["Xinhua", "Haaretz", "Dawn"])
def test_a_title_alone_is_an_outlet(phrase: Callable[..., Entity], text: str):
    assert phrase(text).sectors == ("MED",)


def test_an_office_held_for_a_party_is_that_office(phrase: Callable[..., Entity]):
    assert "LEG" in phrase("a Republican Party senator").sectors


def test_a_company_is_not_found_inside_a_longer_name(phrase: Callable[..., Entity]):
    assert phrase("Michael Dell").code is None
