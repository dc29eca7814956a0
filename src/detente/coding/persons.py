"""A name spotted in a sentence in, whether it is that person out: surnames, longer names, names of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from detente.language.words import Doc, Token
from detente.ontology.folding import fold
from detente.ontology.registers import Name, Registers, Role
from detente.ontology.surnames import COMMON_SURNAMES

_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady sheikh sheik king queen prince princess president premier chancellor minister"
    " secretary senator sen rep gov gen general admiral colonel col captain comrade chairman ayatollah pope imam"
    " marshal justice judge speaker mayor governor ambassador envoy".split()
)
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"})
# Whom a surname alone means even where nothing else in the article points to his state.
_HIGHEST = frozenset(
    {"president", "leader", "supreme leader", "general secretary", "prime minister", "chancellor", "king", "premier",
     "foreign minister", "foreign secretary", "secretary of state", "secretary-general", "secretary general", "pope",
     "defence minister", "secretary of defense", "taoiseach", "crown prince", "emir", "emperor"}
)  # fmt: skip
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "IGO", "ELI", "PTY", "OPP", "SPY", "REB"})
_ANYBODY = frozenset({"leader", "chief", "head", "politician", "official", "statesman", "veteran", "colleague", "rival",
                      "counterpart", "successor", "predecessor", "hawk", "dictator", "strongman"})  # fmt: skip
_TAILS = frozenset("jr jr. sr sr. i ii iii iv v vi 's ’s".split())
_PARTICLES = ("bin", "ibn", "al-", "al", "ben", "el-", "ul-", "von", "van", "de", "da")


def reads_as_person(doc: Doc, start: int, end: int) -> str:
    """`yes`, `no` or `maybe`: the language layer's name label and part of speech of tokens [start, end)."""
    kinds = {doc[i].ent_type_ for i in range(start, end)}
    if kinds == {"PER"}:
        return "yes"
    if kinds & {"LOC", "ORG"}:
        return "no"
    if doc[start].pos_ not in ("PROPN", "X"):
        return "no"
    return "maybe"


def inside_longer(doc: Doc, start: int, end: int) -> bool:
    """A place name inside a longer person name, `Jordan Henderson`, `Paris Hilton`."""
    inside = [e for e in doc.ents if e.start <= start and end <= e.end and e.label_ == "PER"]
    return any(e.end - e.start > end - start for e in inside)


def is_meant(
    name: Name,
    doc: Doc,
    start: int,
    end: int,
    *,
    known: frozenset[str],
    registers: Registers,
    bearers: Sequence[Name] = (),
    present: frozenset[str] | None = None,
    day: dt.date | None = None,
) -> bool:
    """Whether tokens [start, end) stand for the person `name`, not for another of a like name.

    A surname alone is the office holder's only where the article named him in full, an office or his state stands
    before it, his state is spoken of, or he holds one of the highest offices and nobody else of note bears the name.

    Args:
        name: The meaning in question.
        doc: The sentence.
        start: First token, `end` the one after the last.
        end: See `start`.
        known: Canonical names met before in the article.
        registers: For role nouns and states.
        bearers: All meanings that the words could have.
        present: Codes of the states that the article names; None where there is no article.
        day: Date of publication.
    """
    whole = end - start > 1
    if not whole and reads_as_person(doc, start, end) == "no":
        return False
    if _goes_on(name, doc, end, words=end - start) or _other_before(name, doc, start, registers):
        return False
    if whole or name.kind != "surname" or name.name in known:
        return True
    common = fold(doc[start].text) in COMMON_SURNAMES
    if present is None:
        return not common or _introduced(name, doc, start, registers)
    if _someone_else(name, doc, start, registers):
        return False
    if _introduced(name, doc, start, registers, present):
        return True
    if common:
        return False
    if name.code in present:
        return True
    held = {n.name for n in bearers if n.kind in ("surname", "leader") and n.valid(day)}
    return name.office in _HIGHEST and held == {name.name}


def _goes_on(name: Name, doc: Doc, end: int, *, words: int) -> bool:
    """The name has more words than the register's person: `Juan Carlos Jobet` is not Juan Carlos."""
    if end >= len(doc):
        return False
    after, before = doc[end], doc[end - 1]
    if words == 1 and fold(after.text) in ("al", "el") and end + 1 < len(doc) and _name_word(doc[end + 1]):
        return fold(doc[end + 1].text) not in {fold(part) for part in name.name.split()}  # `Nasser Al Maslamani`
    if not _name_word(after) or fold(after.text) in _TAILS or fold(after.text).startswith(_PARTICLES):
        return False
    if fold(after.text) in {fold(part) for part in name.name.split()}:
        return False
    joined = (after.dep_ in ("flat", "compound") and after.head.i <= before.i) or (
        before.dep_ in ("flat", "compound") and before.head.i == after.i
    )
    same = after.ent_iob_ == "I" and after.ent_type_ == "PER" and before.ent_type_ == "PER"
    # Two words more say who it is; after three, the rest is a family's name (`Jam Kamal Khan Alyani`).
    return (joined or same) and words < 3


def _other_before(name: Name, doc: Doc, start: int, registers: Registers) -> bool:
    """A first name stands before that is not this person's."""
    own = {part.strip(".") for part in fold(name.name).replace("-", " ").split()}
    at = start - 1
    if at > 0 and doc[at].text in "-–" and fold(doc[at - 1].text) in ("al", "el"):
        at -= 2  # `Fahad Al-Nasser`
    while at >= 0 and _name_word(doc[at]) and doc[at].ent_type_ == "PER" and doc[at + 1].ent_iob_ == "I":
        word = fold(doc[at].text).strip(".")
        lemma = doc[at].lemma_.lower()
        strange = word not in own and word not in _TITLES and lemma not in registers.roles
        initial = len(word) == 1 and any(part.startswith(word) for part in own)
        if strange and not initial and word not in registers.names and not set(word.split("-")) <= own:
            return True
        at -= 1
    return False


def cut_out(name: Name, doc: Doc, start: int, registers: Registers) -> bool:
    """One word of a longer name that is another's: `The Seoul Times`, `First Nation`, `Aman Russell`, `Play Store`.

    A company, a group or an organ may stand first in a longer name (`Hamas Politburo`, `Tata Motors`); a newspaper,
    a people or a surname may not have words beside it that the registers do not know.
    """
    if name.kind not in ("outlet", "surname", "people", "group", "metonym"):
        return False
    first, last = start, start + 1
    while first > 0 and doc[first].ent_iob_ == "I":
        first -= 1
    while last < len(doc) and doc[last].ent_iob_ == "I":
        last += 1
    person = doc[start].ent_type_ == "PER"
    while first > 0 and _name_word(doc[first - 1]) and doc[first - 1].dep_ in ("compound", "flat"):
        first -= 1
    others = [t for t in doc[first:last] if t.i != start and _name_word(t)]
    strange = [t for t in others if _strange(t, registers)]
    if name.kind == "outlet":
        return any(abs(t.i - start) == 1 and (t.i < start or t.ent_type_) for t in others)
    if name.kind in ("group", "metonym"):
        follows = any(t.i == start + 1 and _role(t, registers) is None for t in others)
        return (person and (follows or bool(strange))) or any(t.i == start - 1 for t in strange)
    if name.kind == "people":
        return bool(strange)
    return any(t.i == start - 1 and t.ent_type_ != "PER" for t in strange)


def _strange(token: Token, registers: Registers) -> bool:
    """A capitalised word of a name that is no title, no role noun and no known name."""
    word = fold(token.text).strip(".")
    if not _name_word(token) or len(word) < 3 or word in _TITLES:
        return False
    known = _role(token, registers) is not None or word in registers.qualities or word in registers.names
    return not known


def _someone_else(name: Name, doc: Doc, start: int, registers: Registers) -> bool:
    """A role noun beside the surname is not of his kind: `businessman Cho`, `Khan, a taxi driver`, `Dr Morales`."""
    before = doc[start - 1] if start else None
    if before is not None and before.ent_iob_ != "B" and fold(before.text).strip(".") in ("dr", "prof", "professor"):
        return True
    roles = [_role(t, registers) for t in (before,) if t is not None and t.tag_ in ("NN", "NNP")]
    roles += [_role(t, registers) for t in doc[start].children if t.dep_ == "appos" and t.i > start]
    above = doc[start].head
    if doc[start].dep_ in ("appos", "nmod:desc", "flat", "nmod") and above.i == start - 1:
        roles.append(_role(above, registers))
    return any(role is not None and not _fitting(name, role) for role in roles)


def _role(token: Token, registers: Registers) -> Role | None:
    return registers.roles.get(token.lower_) or registers.roles.get(token.lemma_.lower())


def _fitting(name: Name, role: Role) -> bool:
    """Whether a role noun may be said of one who holds the name's office."""
    if role.kind not in ("person", "people", "vague") or role.noun in _ANYBODY or role.noun in _TITLES:
        return True
    if role.generic or not role.sectors or role.sectors == ("UNS",):
        return role.noun in name.office
    own = set(name.sectors)
    return bool(set(role.sectors) & (own | _OFFICIAL if _OFFICIAL & own else own))


def _introduced(name: Name, doc: Doc, start: int, registers: Registers, present: frozenset[str] | None = None) -> bool:
    """A title, a role noun of his kind or his state's word stands right before the surname."""
    if start == 0:
        return False
    before = doc[start - 1]
    word = fold(before.text).strip(".")
    role = _role(before, registers)
    fits = (word in _TITLES and word not in _HONORIFICS) or (role is not None and role.sectors and _fitting(name, role))
    common = fold(doc[start].text) in COMMON_SURNAMES
    if fits and (not common or present is None or name.code in present or word in name.office):
        return True
    if word in ("'s", "s", "'") and start > 1:
        word = fold(doc[start - 2].text)
    return any(
        n.kind in ("state", "adjective", "capital") and n.code == name.code for n in registers.names.get(word, ())
    )


def _name_word(token: Token) -> bool:
    return token.pos_ in ("PROPN", "X") and token.text[:1].isupper()
