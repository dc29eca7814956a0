"""Names, titles and pronouns of running text that look like a party and are none, or another one's.

Each case is a short text, its day, and what its readings must hold: `KOR` is among the codes, `!TWN` is not,
`~Visa` is nobody's name, `He=DEU` gives that phrase its code and `It=-` gives it none. Sentences are parted by `|`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from detente.coding.actors import Casting, Who
from detente.coding.discourse import Discourse
from detente.coding.spotting import Spotter
from detente.language.english import English
from detente.ontology.registers import load

Readings = Callable[[str, str], list[Who]]

SURNAMES = [
    ("Korean businessman Cho said his firm would build the plant.", "2024-09-01", "KOR !TWN"),
    ("Khan, a taxi driver from Birmingham, was jailed for fraud.", "2020-02-01", "!PAK"),
    ("Singh, who teaches physics in Toronto, thanked the jury.", "2010-02-01", "!IND"),
    ("Dr. Morales of a Madrid clinic criticised the vaccine plan.", "2015-02-01", "!BOL"),
    ("Professor Merkel of Humboldt University said voters were tired.", "2015-02-01", "~Angela_Merkel"),
    ("The singer Sarkozy performed for the Japanese ambassador.", "2009-02-01", "~Nicolas_Sarkozy JPN"),
    ("Actress Park arrived in Paris with her Chinese co-star.", "2014-05-01", "!KOR"),
    ("Coach Blair praised the Brazilian goalkeeper.", "2003-05-01", "~Tony_Blair"),
    ("Washington-based analyst Bush said Iran would not yield.", "2004-05-01", "~George_W._Bush IRN"),
    ("In May Germany closed its embassy in Tripoli.", "2017-06-01", "DEU !GBR"),
    ("Abe Lincoln's hat was sold in Chicago to a Canadian.", "2014-05-01", "!JPN"),
    ("The Ford plant in Cologne dismissed Turkish workers.", "1975-05-01", "~Gerald_Ford"),
    ("Bush fires burned near Sydney and Australia asked for planes.", "2005-01-20", "AUS !USA"),
    ("Rice exports fell and Thailand asked Vietnam for talks.", "2008-04-01", "THA VNM !USA"),
    ("Brown bears crossed into Norway from Russia.", "2008-04-01", "!GBR"),
    ("Major flooding hit Bangladesh and India sent boats.", "1992-08-01", "IND !GBR"),
    ("Straw was burned in the fields, and India fined farmers.", "2003-08-01", "!GBR"),
    ("Marcos Rodriguez, a fisherman, was rescued by a Japanese ship.", "1980-08-01", "~Ferdinand_Marcos"),
    ("Castro Street was closed while police searched a hotel.", "1990-08-01", "!CUB"),
    ("Kennedy Airport was closed as Israel's delegation arrived.", "1962-08-01", "~John_F._Kennedy ISR"),
    ("Lawyers for Obasanjo Bakery sued Ghana over unpaid bills.", "2003-08-01", "~Olusegun_Obasanjo GHA"),
    ("A nurse named Assad treated the wounded in Lagos.", "2012-08-01", "!SYR"),
    ("Mr. Johnson, a retired teacher, wrote to the Danish embassy.", "2020-05-01", "!GBR"),
    ("Neighbours said Wilson shot the dog before the French family fled.", "1975-05-01", "!GBR"),
    ("Lee and his brother run a noodle shop that Thai students love.", "2011-05-01", "!KOR !SGP"),
    ("The painter Modi sold two pictures to an Italian museum.", "2016-05-01", "!IND"),
    ("Bolivia recalled its envoy. | Morales accused Washington of plotting.", "2013-05-01", "Morales=BOL USA"),
    ("Syria closed the crossing. | Assad blamed Turkey for the war.", "2013-05-01", "Assad=SYR TUR"),
    ("British Prime Minister Brown met the Chinese premier. | Brown asked China for help.", "2009-05-01", "Brown=GBR"),
    ("President Bush accused Iraq of hiding weapons.", "2002-12-01", "USA IRQ"),
    ("Putin warned Erdogan against a strike.", "2018-12-01", "RUS TUR"),
    ("Merkel asked Sarkozy for patience.", "2010-12-01", "DEU FRA"),
]  # fmt: skip
WORDS_FIRST = [
    ("Visa talks between Turkey and Germany stalled.", "2016-06-01", "~Visa TUR DEU"),
    ("Apple growers in Poland blamed Russia for their losses.", "2014-09-01", "~Apple RUS"),
    ("Shell fire hit a school and Ukraine blamed Russia.", "2015-09-01", "~Shell UKR RUS"),
    ("Orange protesters filled the square in Kyiv.", "2004-12-01", "~Orange"),
    ("Total exports to Iran fell after the embargo.", "2012-12-01", "~Total ~TotalEnergies"),
    ("Target practice by Indian troops angered Pakistan.", "2012-12-01", "~Target PAK"),
    ("Unity talks collapsed, and Libya asked Egypt for help.", "2020-12-01", "~Unity LBY EGY"),
    ("Progress was slow, Seoul told Beijing.", "2020-12-01", "~Progress KOR CHN"),
    ("Amazon fires angered France, and Brazil refused its aid.", "2019-08-25", "~Amazon FRA BRA"),
    ("Delta militants bombed a pipeline of Nigeria.", "2009-08-25", "~Delta_Air_Lines"),
    ("Chechen rebels attacked the Moscow Metro.", "2010-03-30", "~Metro"),
    ("Dawn raids by Israeli troops left two dead.", "2010-03-30", "~Dawn ISR"),
    ("Independent experts of the United Nations criticised Eritrea.", "2015-06-30", "~The_Independent ERI"),
    ("Labour unions in Argentina called a strike.", "2012-11-20", "ARG !GBR"),
    ("Conservative clerics in Iran rejected the deal.", "2015-11-20", "IRN !GBR"),
    ("Republican politicians in Northern Ireland condemned the raid.", "2002-10-20", "!USA"),
    ("Democrats in Hong Kong accused Beijing of meddling.", "2014-10-20", "HKG CHN !USA"),
    ("Social Democrats in Denmark asked Sweden to close the plant.", "1998-10-20", "DNK SWE !DEU"),
    ("The Congress of Peru accused Chile of espionage.", "2009-11-20", "PER CHL !USA !IND"),
    ("The Senate of Paraguay rejected Venezuela's entry.", "2009-11-20", "PRY VEN !USA"),
    ("Parliament in Colombo accused India of meddling.", "1988-11-20", "LKA IND !GBR"),
    ("The House of Representatives in Manila rebuked China.", "2012-11-20", "PHL CHN !USA"),
    ("The Supreme Court of Brazil froze accounts of Cuba.", "2018-11-20", "BRA CUB !USA"),
    ("The Justice and Development Party of Morocco criticised France.", "2012-11-20", "MAR FRA !TUR"),
    ("Top diplomats of Japan and India met on Monday.", "2012-11-20", "JPN IND ~Top"),
    ("Meta analysis showed that Swedish wages rose.", "2022-11-20", "~Meta ~Meta_Platforms"),
    ("Chase planes of Greece shadowed a Turkish jet.", "2006-05-20", "~JPMorgan_Chase GRC TUR"),
    ("Oracle bones were returned to China by Canada.", "2006-05-20", "~Oracle CHN CAN"),
    ("Caterpillar plagues forced Liberia to ask Ghana for help.", "2009-01-25", "~Caterpillar LBR GHA"),
    ("Solidarity marches for Chile were held in Rome.", "1974-01-25", "!POL"),
    ("Renaissance paintings stolen in Italy were found in Serbia.", "2014-01-25", "!FRA"),
    ("Forward units of Pakistan shelled an Indian post.", "2014-01-25", "PAK IND ~Forward"),
]  # fmt: skip
CUT_OUT = [
    ("The Ghana News Agency (GNA) quoted Chad. | GNA said Togo asked for talks.", "2020-05-01", "TCD TGO !LBY"),
    ("The Cooperation Council for the Arab States of the Gulf (GCC) warned Iran. | GCC states met.", "2016-05-01",
     "IRN !PNG"),
    ("Let us remember that Pakistan asked Norway.", "2010-05-01", "~Lashkar-e-Taiba PAK NOR"),
    ("The Israel Air Force bombed a depot in Syria.", "2022-05-01", "ISR !IND"),
    ("The National Liberation Army of the Algerians fought France.", "1958-05-01", "FRA !COL"),
    ("Aman Russell wrote to the Peruvian consul.", "2021-05-01", "PER !ISR"),
]  # fmt: skip
PLACES = [
    ("Turkey prices rose before the holiday, and Canada sent birds.", "2013-11-25", "!TUR"),
    ("Jersey barriers blocked the road to the French embassy.", "2004-11-25", "!JEY FRA"),
    ("Guinea pigs were flown to Peru by a Dutch charity.", "2004-11-25", "!GIN"),
    ("Panama hats from Ecuador were seized by Spain.", "2004-11-25", "!PAN"),
    ("Police in Lebanon, Pennsylvania, arrested two men.", "2004-11-25", "!LBN"),
    ("Police in Moscow, Idaho, arrested a student.", "2022-12-30", "!RUS"),
    ("Officials in Peru, Indiana, sued the company.", "2012-12-30", "!PER"),
    ("Officials in Athens, Georgia, asked the federal government for help.", "2012-12-30", "!GRC !GEO"),
    ("New Mexico officials blamed the federal government.", "2012-12-30", "!MEX"),
    ("Indian tribes in Arizona sued the federal government.", "2012-12-30", "!IND"),
    ("American Indian leaders blocked the pipeline.", "2016-10-30", "!IND"),
    ("West Indies players refused to tour Pakistan.", "2016-10-30", "!IND"),
    ("Vietnam veterans marched in Washington against the law.", "1985-10-30", "!VNM"),
    ("French fries were renamed after the vote on Iraq.", "2003-03-15", "!FRA"),
    ("The Spanish flu killed many, Swedish doctors wrote.", "1999-03-15", "!ESP"),
    ("Iranian-American scholars asked Iran to free him.", "2007-06-15", "IRN"),
    ("The Paris Agreement binds Japan, Canada said.", "2017-06-15", "!FRA JPN CAN"),
    ("The Geneva Conventions bind Israel, Norway said.", "2014-06-15", "!CHE ISR NOR"),
    ("The Vienna Convention protects envoys, India told Qatar.", "2014-06-15", "!AUT IND QAT"),
    ("The Minsk agreements failed, Ukraine said.", "2016-06-15", "!BLR UKR"),
]  # fmt: skip
POINTING_BACK = [
    ("Angela Merkel phoned Vladimir Putin. | She urged him to free the sailors.", "2019-01-15", "She=DEU him=RUS"),
    ("Vladimir Putin met Theresa May in Osaka. | He told her that talks must go on.", "2019-06-29", "He=RUS her=GBR"),
    ("Hillary Clinton met Hamid Karzai. | She accused him of delay.", "2011-10-20", "She=USA him=AFG"),
    ("A bomb exploded near the Indian consulate. | It killed nine people.", "2011-10-20", "It=-"),
    ("The earthquake struck eastern Turkey. | It destroyed 300 homes.", "2011-10-25", "It=-"),
    ("The agreement between Iran and Iraq was signed in Algiers. | It ended years of clashes.", "1975-03-20", "It=-"),
    ("Israel bombed a depot near Damascus. | It was the third raid this month.", "2018-03-20", "It=-"),
    ("Pakistan closed the road. | It demanded an apology from Washington.", "2011-12-01", "It=PAK"),
    ("The missile flew over Japan. | It fell into the Pacific.", "2017-09-15", "It=-"),
    ("Two French soldiers died in Mali. | They were on patrol near Gao.", "2019-11-02", "They=FRA"),
    ("The talks between Serbia and Kosovo failed. | They will resume in June.", "2019-11-02", "They=-"),
    ("The Turkish foreign minister landed in Athens. | The prime minister did not receive him.", "2013-11-02",
     "The_prime_minister=-"),
    ("The Russian president met the Chinese president. | The president then spoke of trade.", "2013-11-02",
     "The_president=-"),
    ("French Foreign Minister Laurent Fabius landed in Tehran. | The president refused to meet him.", "2015-07-30",
     "The_president=- him=FRA"),
    ("The Kenyan president met Somali officials. | The president offered help.", "2023-07-30", "The_president=KEN"),
    ("The Lebanese army fought gunmen. | The army said three men were killed.", "2013-07-30", "The_army=LBN"),
    ("Egypt summoned the Turkish ambassador. | The ambassador was told to leave.", "2013-11-25", "The_ambassador=TUR"),
    ("The Iranian defence minister met the Iraqi interior minister. | The interior minister asked for arms.",
     "2013-11-25", "The_interior_minister=IRQ"),
    ("A Swiss banker met a Libyan general. | The general asked for a loan.", "2013-11-25", "The_general=LBY"),
    ("The bank in Doha lent Sudan $1bn. | It is a small sum, an analyst in Cairo said.", "2013-11-25", "It=-"),
]  # fmt: skip


@pytest.fixture(scope="module")
def readings(english: English) -> Readings:
    registers = load()
    casting = Casting(registers, Spotter(registers))

    def run(text: str, day: str) -> list[Who]:
        discourse = Discourse()
        found: list[Who] = []
        for number, doc in enumerate(english.pipe(text.split(" | "))):
            cast = casting.read(doc, discourse, sentence=number, offset=0, day=dt.date.fromisoformat(day))
            found += [who for _, whos in cast for who in whos]
        return found

    return run


@pytest.mark.parametrize(("text", "day", "wanted"), [*SURNAMES, *WORDS_FIRST, *CUT_OUT, *PLACES, *POINTING_BACK])
def test_nobody_is_read_into_words_that_mean_another(readings: Readings, text: str, day: str, wanted: str):
    found = readings(text, day)
    codes = {who.entity.code for who in found if who.entity.code}
    names = {who.entity.name for who in found}
    wrong = []
    for item in wanted.split():
        if item.startswith("!"):
            right = item[1:] not in codes
        elif item.startswith("~"):
            right = item[1:].replace("_", " ") not in names
        elif "=" in item:
            phrase, code = item.replace("_", " ").split("=")
            given = {who.entity.code for who in found if who.entity.text == phrase and who.entity.code}
            right = given == ({code} if code != "-" else set())
        else:
            right = item in codes
        wrong += [] if right else [item]
    assert not wrong, [(w.entity.text, w.entity.code, w.entity.name) for w in found]
