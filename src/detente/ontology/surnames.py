"""A full name in, the surname by which news text calls the person out, and the gender that the first name tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from detente.ontology.folding import fold
from detente.ontology.tables import read_table

# Surnames that are also words or given names, or that many share: they need a title, a state or a full name before.
COMMON_SURNAMES = frozenset(
    "abbott abdullah adams ahmed akesson aldana ali altun alvarez anderson august aziz baez bailey baker barak"
    " barbosa baron bell beltran ben bishop bitar black bloomberg blunt booker bowser bright brown burns bush calvino"
    " camacho carey carter cash cele chauvin chen chow christian christie clark clarke constable cook cordero cruz"
    " cunha daniel david davis day deni deri devi diaz dino doria eng epstein escobar fattah fernandez ferrer field"
    " flores fontana ford foster fox francis frost galvez garcia gates general glas gomez gonzalez gou gove grant"
    " green greene hamad hamilton hancock hanson harris hassan hayes hernandez hicks hill hochul hoover howard hoyle"
    " hu hua hughes hunter hurd hussein ibrahim iftikhar illa iqbal isa iza jack jackal jackson jahangir james"
    " jeffries john johnson jones jordan joseph joyce junior kahane kaminski karim kast kelly khalid khalifa khan kim"
    " king koca kumar la lai lam law laws le lee lewis li lightfoot lima lin lira long lopez lord love luna ma macias"
    " magyar maia major malami march maria marine marshall martin martinez may mcdonald md medina mendes mendoza"
    " miller mitchell mohamed mohammad mohammed monday moon moore moro morrison moussi mueller muhammad musa mustafa"
    " naing ne nega nelson nisar noor odeh oh omar osman page palin pan park paul pell pena peng perez peters pierre"
    " pope porras powell price prince quader rahman rajab rao raziq rehnquist reid reyes rice rivera rizvi roberts"
    " robinson robow rodriguez romero rosa rose ross rudd saab saad said salameh salazar saleh salih salles salman"
    " sanchez santos scott shah sharp shor short siang sicilia silva simon singh slim small smith snowden soder"
    " stewart stone straw su summers sunday swinney tabe tamimi tank taylor teresa thackeray thomas thompson to torra"
    " torres turner tutu umar victor walker wallace wang ward weiwei wen wenda west white wike williams wilson win"
    " winter wise wong wood wray wright wu yang yosef young yousaf yousef yusuf zhang zhao zhou zhu zia zulum".split()
)
_FAMILY_FIRST = frozenset(
    "ban cao chang chen chi chiang cho choe choi chou chun chung cui deng dong fu goh han ho hong hu hua huang"
    " hwang jang jeong ji jiang jong kang kim kong koo lai le lee leung li liang lien lin liu luo ma mao moon oh"
    " pak park peng qian qiao qin ri roh shen song soong su sun tang tsai tsang vincent wan wang wei wen wu xi xie"
    " xu yang ye yi yoon yu yun zeng zhang zhao zhou zhu".split()
)
_FAMILY_FIRST_STATES = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "SGP", "MAC"})
# Names of ruling houses, borne by all of them.
_HOUSES = frozenset(
    {"al-thani", "al-sabah", "al-khalifa", "al-nahyan", "al-maktoum", "al-saud", "al-said", "al-hussein"}
)
_NO_SURNAME = re.compile(r"(?:[ivx]+|jr\.?|sr\.?|al-.*|el-.*|bin .*|ibn .*|.\.?|\(.*)\Z")


def surname(name: str, *, code: str = "") -> str | None:
    """The part of a full name that stands for the person in news text, None where there is none.

    Family names stand first in Chinese and Korean names; regnal numbers, `Jr.` and the names of ruling houses
    (al-Sabah, al-Thani: borne by all of them) are none.

    Example:
        >>> surname("Hu Jintao", code="CHN"), surname("Tony Blair"), surname("Juan Carlos I"), surname("Hamad al-Thani")
        ('Hu', 'Blair', None, None)
    """
    parts = name.replace(" bin ", " bin_").replace(" ibn ", " ibn_").split()
    if len(parts) < 2:
        return None
    if code in _FAMILY_FIRST_STATES and fold(parts[0]) in _FAMILY_FIRST:
        return parts[0]
    last = parts[-1].replace("_", " ")
    if fold(last).startswith(("al-", "el-")) and fold(last) not in _HOUSES:
        return last
    return None if _NO_SURNAME.match(fold(last)) else last


@lru_cache(maxsize=1)
def _given() -> Mapping[str, str]:
    rows = read_table("given_names.csv", wanted=("gender", "names"))
    return {fold(name): row["gender"] for row in rows for name in row.many("names")}


def gender(name: str) -> str | None:
    """`f` or `m` where the full name or its first word is known to be a woman's or a man's, else None.

    Example:
        >>> gender("Angela Merkel"), gender("Park Geun-hye"), gender("Vladimir Putin"), gender("Kim Philby")
        ('f', 'f', 'm', None)
    """
    key = fold(name)
    return _given().get(key) or (_given().get(key.split()[0]) if " " in key else None)
