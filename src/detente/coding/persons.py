"""A name spotted in a sentence in, whether it is that person out: surnames, longer names, names of others."""

from __future__ import annotations

from detente.language.words import Doc, Token
from detente.ontology.folding import fold
from detente.ontology.registers import Name, Registers
from detente.ontology.surnames import COMMON_SURNAMES

_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady sheikh sheik king queen prince princess president premier chancellor minister"
    " secretary senator sen rep gov gen general admiral colonel col captain comrade chairman ayatollah pope imam"
    " marshal justice judge speaker mayor governor ambassador envoy".split()
)
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


def is_meant(name: Name, doc: Doc, start: int, end: int, *, known: frozenset[str], registers: Registers) -> bool:
    """Whether tokens [start, end) stand for the person `name`, not for another of a like name."""
    whole = end - start > 1
    if not whole and reads_as_person(doc, start, end) == "no":
        return False
    if _goes_on(name, doc, end, words=end - start) or _other_before(name, doc, start, registers):
        return False
    if not whole and name.kind == "surname" and fold(doc[start].text) in COMMON_SURNAMES and name.name not in known:
        return _introduced(doc, start, registers)
    return True


def _goes_on(name: Name, doc: Doc, end: int, *, words: int) -> bool:
    """The name has more words than the register's person: `Juan Carlos Jobet` is not Juan Carlos."""
    if end >= len(doc):
        return False
    after, before = doc[end], doc[end - 1]
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
    while at >= 0 and _name_word(doc[at]) and doc[at].ent_type_ == "PER" and doc[at + 1].ent_iob_ == "I":
        word = fold(doc[at].text).strip(".")
        lemma = doc[at].lemma_.lower()
        strange = word not in own and word not in _TITLES and lemma not in registers.roles
        initial = len(word) == 1 and any(part.startswith(word) for part in own)
        if strange and not initial and word not in registers.names and not set(word.split("-")) <= own:
            return True
        at -= 1
    return False


def _introduced(doc: Doc, start: int, registers: Registers) -> bool:
    """A title, a role noun or a state's word stands right before the surname."""
    if start == 0:
        return False
    before = doc[start - 1]
    word = fold(before.text).strip(".")
    if word in _TITLES or before.lemma_.lower() in registers.roles or word in registers.roles:
        return True
    if word in ("'s", "s", "'") and start > 1:
        word = fold(doc[start - 2].text)
    return any(n.kind in ("state", "adjective", "capital") for n in registers.names.get(word, ()))


def _name_word(token: Token) -> bool:
    return token.pos_ in ("PROPN", "X") and token.text[:1].isupper()
