"""Made-up reports of well-known quarrels: the sentences are the project's own, the facts common knowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest

from detente.records import Attribution, Claim, Entity, Magnitude, TieEffect

GOV, MIL = ("GOV",), ("MIL",)
QUADS = {
    "AGREE": (1, 4.0), "CONSULT": (1, 1.0), "SUPPORT": (1, 3.4), "CONCEDE": (1, 5.0), "COOPERATE": (2, 6.0),
    "AID": (2, 7.0), "RETREAT": (2, 7.0), "REQUEST": (3, -2.0), "ACCUSE": (3, -2.0), "REJECT": (3, -4.0),
    "THREATEN": (3, -5.8), "PROTEST": (4, -6.5), "SANCTION": (4, -5.6), "MOBILIZE": (4, -7.2), "COERCE": (4, -7.0),
    "ASSAULT": (4, -9.5),
}  # fmt: skip
CAMEO = {"REQUEST": "100", "ACCUSE": "111", "REJECT": "120", "SANCTION": "160", "ASSAULT": "190"}

Told = Callable[..., Claim]


def told(actor: str, recipient: str, event: str, day: str | None, sentence: str, **more: object) -> Claim:
    """A claim in few words; `actor` may carry a sector as in `USA/MIL`, `tie` is `kind effect`."""
    code, _, sector = actor.partition("/")
    to, _, to_sector = recipient.partition("/")
    date = dt.date.fromisoformat(day) if day else None
    tie = more.pop("tie", None)
    kind, effect = str(tie).split() if tie else ("", "")
    deaths = more.pop("deaths", None)
    odds = more.get("probability")
    quad, intensity = QUADS[event]
    fields: dict[str, object] = {
        "article_id": f"{day} {more.get('outlet', 'Wire')}",
        "span": (0, len(sentence)),
        "trigger": sentence.split()[1],
        "actor": Entity(code=code, sectors=(sector,) if sector else GOV, text=code),
        "recipient": Entity(code=to, sectors=(to_sector,) if to_sector else GOV, text=to),
        "status": "foretold" if odds else "happened",
        "quad": quad,
        "intensity": intensity,
        "cameo": CAMEO.get(event, "010"),
        "date": date,
        "precision": "day" if date else "unknown",
        "published": date,
        "outlet": "Wire",
        "tie": TieEffect(kind=kind, effect=effect) if tie else None,
        "magnitudes": (Magnitude(kind="deaths", value=float(str(deaths))),) if deaths else (),
    }
    return Claim(sentence=sentence, event=event, **(fields | more))  # type: ignore[arg-type]


EXPERT = (Attribution(name="An Expert", named=True),)

HISTORIES: Mapping[str, tuple[str, str, str, tuple[Claim, ...]]] = MappingProxyType({
    "Colombia and Ecuador, March 2008": ("COL", "ECU", "2008-03-10", (
        told("COL/MIL", "ECU", "ASSAULT", "2008-03-01", "Colombia bombed a camp in Ecuador", deaths=24),
        told("ECU", "COL", "ACCUSE", "2008-03-02", "Ecuador condemned the raid"),
        told("ECU", "COL", "SANCTION", "2008-03-03", "Ecuador severed diplomatic relations with Colombia",
             tie="diplomacy severed", mode="discontinue", cameo="161"),
        told("ECU", "COL", "MOBILIZE", "2008-03-03", "Ecuador moved troops to the border", outlet="Post"),
    )),
    "Georgia and Russia, September 2008": ("GEO", "RUS", "2008-09-05", (
        told("GEO/MIL", "RUS/MIL", "ASSAULT", "2008-08-08", "Georgia shelled Russian peacekeepers", deaths=12),
        told("RUS/MIL", "GEO", "ASSAULT", "2008-08-09", "Russia bombed Gori", deaths=60),
        told("GEO", "RUS", "SANCTION", "2008-09-02", "Georgia broke diplomatic relations with Russia",
             tie="diplomacy severed", mode="discontinue", cameo="161", outlet="Post"),
    )),
    "China and Japan, October 2012": ("CHN", "JPN", "2012-10-10", (
        told("CHN", "JPN", "ACCUSE", "2012-09-11", "China denounced the purchase of the islands"),
        told("CHN", "JPN", "MOBILIZE", "2012-09-14", "China sent patrol ships to the islands"),
        told("CHN/CVL", "JPN", "PROTEST", "2012-09-15", "Chinese marched against Japan", mode="demo"),
        told("CHN", "JPN", "SANCTION", "2012-09-23", "China postponed the anniversary ceremony with Japan",
             tie="culture suspended", mode="discontinue"),
        told("CHN", "JPN", "SANCTION", "2012-09-20", "China slowed customs for Japanese goods", tie="trade restricted",
             outlet="Post"),
        told("JPN", "CHN", "REJECT", "2012-09-25", "Japan rejected the claim of China", outlet="Post"),
    )),
    "Canada and Saudi Arabia, August 2018": ("CAN", "SAU", "2018-08-12", (
        told("CAN", "SAU", "ACCUSE", "2018-08-03", "Canada criticised the arrests in Saudi Arabia"),
        told("SAU", "CAN", "SANCTION", "2018-08-05", "Riyadh expelled the ambassador of Canada", mode="expel",
             tie="diplomacy severed"),
        told("SAU", "CAN", "SANCTION", "2018-08-05", "Riyadh froze new trade with Canada", tie="trade suspended",
             mode="freeze"),
        told("SAU", "CAN", "SANCTION", "2018-08-06", "Riyadh suspended student exchange with Canada",
             tie="culture suspended", outlet="Post"),
        told("SAU", "CAN", "SANCTION", "2018-08-06", "Riyadh suspended flights to Toronto", tie="travel suspended",
             outlet="Post"),
    )),
    "Algeria and Morocco, August 2021": ("DZA", "MAR", "2021-08-30", (
        told("DZA", "MAR", "ACCUSE", "2021-08-18", "Algeria accused Morocco of hostile acts"),
        told("DZA", "MAR", "SANCTION", "2021-08-24", "Algeria cut diplomatic ties with Morocco",
             tie="diplomacy suspended", mode="discontinue", cameo="161"),
    )),
    "Norway and Sweden, a quiet year": ("NOR", "SWE", "2012-06-30", (
        told("NOR", "SWE", "CONSULT", "2012-02-01", "Norway met Sweden on rail"),
        told("SWE", "NOR", "COOPERATE", "2012-03-01", "Sweden trained with Norway"),
        told("NOR", "SWE", "AGREE", "2012-05-01", "Norway agreed with Sweden on patrols", outlet="Post"),
        told("SWE", "NOR", "REJECT", "2012-05-08", "Sweden rejected the charge over wolves", outlet="Post"),
    )),
    "Pakistan and the United States, December 2011": ("PAK", "USA", "2011-12-05", (
        told("USA/MIL", "PAK/MIL", "ASSAULT", "2011-11-26", "US aircraft struck a post", deaths=24),
        told("PAK", "USA", "SANCTION", "2011-11-26", "Pakistan closed the supply route", tie="transit suspended"),
        told("USA", "PAK", "RETREAT", "2011-11-28", "Americans leave Shamsi, Pakistan demands", status="demanded",
             tie="basing severed", outlet="Post"),
        told("USA", "PAK", "SANCTION", "2011-12-05", "Washington cuts aid", probability=(0.55, 0.85),
             tie="economic-aid restricted"),
        told("PAK", "USA", "SANCTION", "2011-12-05", "Pakistan breaks relations with the US", probability=(0.15, 0.45),
             tie="diplomacy severed", attribution=EXPERT),
        told("PAK", "USA", "COOPERATE", "2011-12-05", "Both cooperate against terrorism", probability=(0.55, 0.85),
             tie="counter-terrorism affirmed"),
    )),
    "Pakistan and the United States, July 2012": ("PAK", "USA", "2012-07-31", (
        told("USA/MIL", "PAK/MIL", "ASSAULT", "2011-11-26", "US aircraft struck a post", deaths=24),
        told("PAK", "USA", "SANCTION", "2011-11-26", "Pakistan closed the supply route", tie="transit suspended"),
        told("USA", "PAK", "SANCTION", "2011-12-15", "Congress froze military aid", tie="military-aid suspended"),
        told("USA", "PAK", "SUPPORT", "2012-07-03", "Washington apologised for the deaths", mode="apologise"),
        told("PAK", "USA", "CONCEDE", "2012-07-03", "Pakistan reopened the supply route", tie="transit restored"),
        told("USA", "PAK", "AID", "2012-07-20", "Washington released the funds", tie="military-aid restored",
             outlet="Post"),
        told("PAK", "USA", "AGREE", "2012-07-31", "Pakistan signed a memorandum with the US", outlet="Post"),
    )),
    "Cuba and the United States, December 2014": ("CUB", "USA", "2014-12-31", (
        told("USA", "CUB", "SANCTION", "1961-01-03", "Washington severed diplomatic relations with Cuba",
             tie="diplomacy severed", published=dt.date(2014, 12, 18)),
        told("USA", "CUB", "AGREE", "2014-12-17", "Washington restores diplomatic relations with Cuba",
             status="announced", tie="diplomacy restored"),
        told("CUB", "USA", "RETREAT", "2014-12-17", "Cuba freed an American prisoner", mode="release"),
        told("USA", "CUB", "CONCEDE", "2014-12-17", "Washington eased travel rules", tie="travel restored",
             outlet="Post"),
    )),
})  # fmt: skip


@pytest.fixture(scope="session")
def tell() -> Told:
    """The builder, for tests that make their own claims."""
    return told


@pytest.fixture(scope="session")
def histories() -> Mapping[str, tuple[str, str, str, tuple[Claim, ...]]]:
    """Nine histories: the pair, the day of the question, the claims."""
    return HISTORIES
