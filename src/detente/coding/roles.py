"""The head of a noun phrase in, its role out: which noun it is, and the sectors that it or other words give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.coding.phrases import Scene, case_of
from detente.language.words import Token
from detente.ontology.registers import Role

_FORMER = frozenset(
    "former ex erstwhile deposed ousted onetime one-time late retired then disgraced exiled fugitive jailed".split()
)
_OFFICE = frozenset({"GOV", "MIL", "LEG", "SPY", "JUD", "COP", "IGO"})
_BEFORE = ("compound", "amod", "nmod:desc", "nmod", "nmod:poss", "flat", "acl", "advmod", "nmod:unmarked")
_IN_NAMES = ("compound", "appos", "flat", "nmod", "nmod:desc")
_LONGEST = 4
_JOINTS = frozenset({"of", "and", "for", "to", "without"})


def role_of(scene: Scene, token: Token, tokens: Sequence[Token]) -> Role | None:
    """The role of the phrase headed by `token`: its noun's, or for a generic noun that of the words around it."""
    found = role_at(scene, token)
    if found is None and (token.pos_ == "PROPN" or token.i in scene.spots):
        found = _inside_name(scene, token, tokens)
    if found is None and scene.lone and token.i not in scene.spots:
        made = next(_qualified(scene, token, deep=True), None)
        found = Role(noun=token.lower_, sectors=made.sectors, kind="thing") if made else None
    elif found is not None and found.generic:
        made = next(_qualified(scene, token, deep=True), None)
        if made is None and found.sectors == ("UNS",):
            made = _of_whom(scene, token)
        found = replace(found, sectors=made.sectors) if made else found
    if found is not None and set(found.sectors) & _OFFICE and _was(scene, token):
        found = replace(found, sectors=("ELI",))
    return found


def role_at(scene: Scene, token: Token) -> Role | None:
    """The longest role noun that ends at `token`, or goes on after it: `minister of defence`, `men and women`."""
    roles, doc = scene.registers.roles, scene.doc
    if token.i + 2 < len(doc) and doc[token.i + 1].lower_ in _JOINTS:
        for end in range(min(len(doc), token.i + _LONGEST), token.i + 2, -1):
            for first in range(max(0, token.i - 2), token.i + 1):
                role = roles.get(" ".join(t.lower_ for t in doc[first:end]))
                if role is not None:
                    return role
    lasts = [w for w in dict.fromkeys((token.lower_, token.lemma_.lower())) if w in scene.registers.role_ends]
    longest = max((scene.registers.role_ends[w] for w in lasts), default=0)
    if longest < 2:  # no role of several words ends here
        return next((role for w in lasts if (role := roles.get(w)) is not None), None)
    for size in range(_LONGEST, 0, -1):
        first = token.i - size + 1
        if first < 0:
            continue
        words = [t.lower_ for t in doc[first : token.i] if t.text != "-"]
        for last in lasts:
            role = roles.get(" ".join([*words, last]))
            if role is not None:
                return role
    return None


def _inside_name(scene: Scene, token: Token, tokens: Sequence[Token]) -> Role | None:
    """The role noun elsewhere in a proper name's phrase: `Defense Minister Diego Molano`, `Institute of Technology`."""
    found = [
        role
        for other in tokens
        if other.i != token.i and other.dep_ in _IN_NAMES and not case_of(other)
        for role in (role_at(scene, other),)
        if role is not None
    ]
    return max(found, key=lambda role: (role.sectors != ("UNS",), len(role.noun.split())), default=None)


def _qualified(scene: Scene, token: Token, *, deep: bool) -> Iterator[Role]:
    """Roles and qualities that the words before the head give, the nearest first, then those after `of`."""
    before = [c for c in token.lefts if c.dep_ in _BEFORE and not case_of(c)]
    for child in reversed(before):
        inner = [child, *(c for c in child.children if c.dep_ in ("conj", "compound", "amod"))]
        for word in inner:
            made = _quality(scene, word)
            if made is not None:
                yield made
    if not deep:
        return
    for child in token.rights:
        if child.dep_ in ("nmod", "nmod:unmarked", "acl") and (
            case_of(child) in ("of", "from", "") or child.dep_ == "acl"
        ):
            made = _quality(scene, child)
            if made is not None:
                yield made
            elif child.dep_ == "nmod":
                yield from _qualified(scene, child, deep=True)


def _of_whom(scene: Scene, token: Token) -> Role | None:
    """The body whose members are meant, where it is generic too: `members of the Mapuche community`."""
    bodies = (role_at(scene, child) for child in token.rights if child.dep_ == "nmod" and case_of(child) == "of")
    return next((role for role in bodies if role is not None and role.sectors and role.sectors != ("UNS",)), None)


def _quality(scene: Scene, word: Token) -> Role | None:
    """What one word says of the head's sector; names are left to the modifiers."""
    if word.i in scene.spots:
        return None
    qualities = scene.registers.qualities
    joined = ""
    if word.i >= 2 and scene.doc[word.i - 1].text == "-":
        joined = f"{scene.doc[word.i - 2].lower_}-{word.lower_}"
    found = qualities.get(joined) or qualities.get(word.lower_) or qualities.get(word.lemma_.lower())
    if found is not None and found.sectors:
        return found
    role = role_at(scene, word) if word.pos_ in ("NOUN", "PROPN") else None
    return role if role is not None and not role.generic and role.sectors and role.sectors != ("UNS",) else None


def is_past(tokens: Sequence[Token]) -> bool:
    """Whether a word of the phrase says that an office is over: `former Peruvian president Alberto Fujimori`."""
    return any(t.lower_ in _FORMER or t.lower_.startswith("ex-") for t in tokens)


def _was(scene: Scene, token: Token) -> bool:
    """The phrase says that the office is over: `former`, `ex-`, `retired`, `then`."""
    first = min([token.i, *(c.i for c in token.lefts if c.dep_ in ("amod", "compound", "advmod", "det"))])
    if first >= 2 and scene.doc[first - 1].text == "-" and scene.doc[first - 2].lower_ in ("ex", "then"):
        return True
    for child in token.lefts:
        if child.lower_ in _FORMER or child.lower_.startswith("ex-"):
            return True
    return token.lower_.startswith("ex-")
