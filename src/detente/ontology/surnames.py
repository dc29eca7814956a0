"""A full name in, the surname by which news text calls the person out."""

from __future__ import annotations

import re

from detente.ontology.folding import fold

# Surnames that are also words or given names, or that many share: they need a title, a state or a full name before.
COMMON_SURNAMES = frozenset(
    "abbott abdullah adams ahmed ali anderson august aziz baker barak baron bell ben bishop black blunt"
    " bright brown burns bush carter cash chen christian clark clarke constable cook cruz daniel david davis day"
    " diaz fernandez field flores ford fox francis frost garcia gates general gomez gonzalez grant green hamad"
    " hamilton harris hassan hayes hernandez hicks hill howard hu hua hughes hunter hurd hussein ibrahim iqbal"
    " jack jackson james john johnson jones jordan joseph karim kelly khalid khalifa khan kim king lai lam laws le"
    " lee lewis li lin long lopez lord love ma major march maria marine marshall martin martinez may medina"
    " mendoza miller mitchell mohamed mohammad mohammed monday moon moore morrison muhammad musa mustafa ne nelson"
    " noor omar osman page pan park paul pena perez peters pierre pope powell price prince rahman rao reid reyes"
    " rice rivera roberts robinson rodriguez rose ross rudd saad said saleh salih salman sanchez santos scott shah"
    " sharp short silva simon singh small smith stewart stone straw su summers sunday tank taylor thomas thompson"
    " to torres turner victor walker wallace wang ward wen west white williams wilson win winter wise wong wood"
    " wright wu yang young yousef yusuf zhang zhao zhou zhu zia".split()
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
