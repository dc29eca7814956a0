"""The spots of a sentence in, the same with namesakes told apart out: Georgia, Washington, Congress, Niger, Congo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.coding.spots import Spot
from detente.language.words import Doc
from detente.ontology.folding import fold
from detente.ontology.places import gazetteer
from detente.ontology.registers import Name

# Words that place a name in the United States, and words that place `Georgia` in the Caucasus.
_AMERICAN = frozenset(
    "atlanta savannah augusta republican republicans democrat democrats democratic gop senate senator sen rep"
    " congressman congresswoman gov county counties runoff alabama alaska arizona arkansas california colorado"
    " connecticut florida idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts"
    " michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee"
    " texas utah vermont virginia wisconsin wyoming carolina trump biden".split()
)
_CAUCASIAN = frozenset(
    "tbilisi saakashvili ivanishvili zurabishvili margvelashvili kobakhidze shevardnadze ossetia ossetian"
    " abkhazia abkhaz abkhazian caucasus armenia azerbaijan russia russian moscow batumi gori kremlin nato eu".split()
)
_BIRD = frozenset("farm farms meat breast dinner sandwich sandwiches vulture vultures shoot trot".split())
_POULTRY = frozenset("birds poultry thanksgiving roast stuffing gobbled cranberry oven".split())
_SHARED = frozenset(
    {"georgia", "washington", "congress", "turkey", "niger", "congo", "chad", "jordan", "security council", "indian",
     "republicans", "democrats"}
)  # fmt: skip
_WITH_PROVINCES = frozenset({"USA", "CAN", "AUS"})
_NO_PROVINCE = frozenset({"washington", "new york", "victoria", "mexico"})  # more often a city of a list
_TRIBAL = frozenset("tribe tribes tribal reservation reservations casino casinos country affairs nation chief".split())
_TWO_PARTIES = frozenset({"republicans", "democrats"})
_PARTY_WORDS = frozenset("republican republicans democrat democrats democratic".split())
_OFFICES = frozenset("ministry minister secretary department committee council commission general".split())
_NIGERIAN = frozenset({"delta", "state"})


def settle(spots: Sequence[Spot], doc: Doc, *, known: frozenset[str]) -> list[Spot]:
    """Each spot with the meaning that the words around give it; those that name nobody are left out.

    Args:
        spots: Spots of one sentence, in order.
        doc: The sentence.
        known: Canonical names met before in the article.
    """
    spots = [_american(spot, doc) for spot in spots]
    if not any(fold(spot.text) in _SHARED for spot in spots):
        return spots
    words = {fold(t.text) for t in doc}
    result: list[Spot] = []
    for spot in spots:
        meaning = _national(spot, doc, spots) or _meaning(spot, doc, words, known)
        if fold(spot.text) in _TWO_PARTIES and not _of_congress(spot, doc, spots, words):
            continue
        last = result[-1] if result else None
        if last is not None and last.end + 1 == spot.start and fold(spot.text) == "georgia":
            beside = doc[last.end].text == "," and (last.name.kind, last.name.code) == ("place", "USA")
            meaning = last.name if beside else meaning  # `Athens, Georgia`
        if meaning is not None:
            result.append(spot if meaning is spot.name else replace(spot, name=meaning))
    return result


def _of_congress(spot: Spot, doc: Doc, spots: Sequence[Spot], words: set[str]) -> bool:
    """`Republicans` and `Democrats` are America's unless another adjective or state goes with them."""
    before = doc[spot.start - 1] if spot.start else None
    if before is not None and (before.pos_ in ("ADJ", "PROPN") or before.tag_ == "HYPH"):
        return any(other.end == spot.start and other.name.code == "USA" for other in spots)
    if any(other.name.code == "USA" and other is not spot for other in spots) or words & (_AMERICAN - _PARTY_WORDS):
        return True
    follows = doc[spot.end].lower_ if spot.end < len(doc) else ""
    return follows not in ("in", "of", "from")


def _american(spot: Spot, doc: Doc) -> Spot:
    """`Moscow, Idaho`, `Lebanon, Pennsylvania`: the namesake that the province after the comma says."""
    if spot.name.kind not in ("state", "capital", "place") or spot.end + 1 >= len(doc) or doc[spot.end].text != ",":
        return spot
    codes = {place.code for place in gazetteer().get(fold(spot.text), ())}
    for end in (spot.end + 3, spot.end + 2):
        after = fold(doc[spot.end + 1 : end].text)
        for place in gazetteer().get(after, ()) if after not in _NO_PROVINCE else ():
            abroad = place.code in _WITH_PROVINCES and place.code != spot.name.code
            if abroad and place.kind in ("province", "region") and (after != "georgia" or "USA" in codes):
                return replace(spot, name=Name(kind="place", code=place.code, name=spot.text))
    return spot


def part_of_office(doc: Doc, start: int) -> bool:
    """`Ministry of Foreign Affairs`, `Attorney General of the Nation`: what an office is for, and no periodical."""
    if doc[start].text == "the":
        return True
    at = start - 1 - (start > 0 and doc[start - 1].text == "the")
    return at > 0 and doc[at].lower_ in ("of", "for", "on") and doc[at - 1].lower_ in _OFFICES


def _national(spot: Spot, doc: Doc, spots: Sequence[Spot]) -> Name | None:
    """`the Security Council of the Russian Federation`, `Ukraine's Security Council`: a state's own."""
    if fold(spot.text) != "security council" or "IGO" not in spot.name.sectors:
        return None
    for other in spots:
        if other.name.kind not in ("state", "adjective"):
            continue
        between = [
            t.lower_ for t in (doc[spot.end : other.start] if other.start >= spot.end else doc[other.end : spot.start])
        ]
        if between in (["of"], ["of", "the"]) or (other.end <= spot.start and between in ([], ["'s"], ["’s"])):
            return replace(other.name, kind="metonym", sectors=("GOV",))
    return None


def _meaning(spot: Spot, doc: Doc, words: set[str], known: frozenset[str]) -> Name | None:
    name, key = spot.name, fold(spot.text)
    after = doc[spot.end].lower_ if spot.end < len(doc) else ""
    if key == "georgia" and name.code == "GEO":
        return _georgia(name, words, after, known)
    if key == "washington" and after in ("state", "university"):
        return Name(kind="place", code="USA", name="Washington")
    if key == "congress" and name.code == "USA":
        return _congress(name, after, words, known)
    if key == "turkey" and (after in _BIRD or words & _POULTRY):
        return None
    if key == "indian" and after in _TRIBAL and words & _AMERICAN:
        return replace(name, kind="people", code="USA", name="American Indian", sectors=("CVL",))
    if key == "niger" and after in _NIGERIAN:
        return Name(kind="place", code="NGA", name=f"Niger {after.title()}")
    if key == "congo" and ((after == "-" and spot.end + 1 < len(doc) and doc[spot.end + 1].lower_ == "brazzaville")
                           or "brazzaville" in words):  # fmt: skip
        return replace(name, code="COG", name="Congo")
    if key in ("chad", "jordan", "georgia") and name.kind == "state" and _given_name(doc, spot):
        return None
    return name


def _georgia(name: Name, words: set[str], after: str, known: frozenset[str]) -> Name:
    """The state of the United States, where its neighbours are named and no word points to the Caucasus."""
    american = len(words & _AMERICAN) + (2 if after in ("state", "tech") else 0)
    if american and not words & _CAUCASIAN and "Georgia" not in known:
        return Name(kind="place", code="USA", name="Georgia")
    return name


def _congress(name: Name, after: str, words: set[str], known: frozenset[str]) -> Name:
    """The party of India, where India is spoken of and America is not."""
    indian = bool({"india", "indian", "modi", "bjp", "delhi", "gandhi"} & words) or (
        "India" in known and "United States" not in known
    )
    if (after in ("party", "leader", "leaders") and indian) or (indian and "bjp" in words):
        return Name(kind="group", code="INCI", name="Indian National Congress", sectors=("PTY",), home="IND")
    return name


def _given_name(doc: Doc, spot: Spot) -> bool:
    """A name of a person begins with the state's: `Chad Brown`."""
    after = doc[spot.end] if spot.end < len(doc) else None
    return after is not None and after.dep_ == "flat" and doc[spot.start].ent_type_ == "PER"
