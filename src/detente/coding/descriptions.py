"""A noun phrase in, who it is out: a name from the registers, or a description (`Pakistani servicemen`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from detente.coding import modifiers, pronouns
from detente.coding.phrases import Scene, Who, case_of, code_of, definite, phrase, under
from detente.coding.roles import is_past, role_at, role_of
from detente.coding.spotting import Spot
from detente.language.words import Token
from detente.ontology.registers import Role
from detente.records import Entity

_UNNAMED = frozenset({"unnamed", "anonymous", "unidentified", "undisclosed", "unspecified"})
_STATE_WORDS = frozenset({"country", "nation", "state", "republic", "kingdom"})
_PLACE_CASES = frozenset(
    "in at near from over across outside inside around through via into onto within throughout beyond".split()
)
_STRUCK_CASES = frozenset({"on", "against", "upon"})
_GRACE_DAYS = 45
_LATELY = dt.date(2020, 1, 1)  # words without a day are taken for recent ones: an office that ended since still counts


def named(scene: Scene, token: Token, spot: Spot) -> tuple[Who, ...]:
    """The reading of a phrase whose head is a known name."""
    name = spot.name
    if name.kind == "adjective" and token.pos_ not in ("NOUN", "PROPN"):
        return ()
    tokens = phrase(token)
    text, span = scene.text(tokens)
    if name.kind in ("place", "outlet"):
        return (_bystander(scene, token, spot, text=text, span=span),)
    sectors, kind, code = name.sectors, "state", code_of(name)
    if name.kind in ("leader", "surname"):
        kind = "person"
        lately = scene.day is None and name.until is not None and name.until >= _LATELY
        if not lately and not name.valid(scene.day, grace_days=_GRACE_DAYS):
            sectors = ("ELI",)
    elif name.kind in ("demonym", "people"):
        kind = "people"
    elif name.kind == "adjective":
        kind, sectors = "people", ("CVL",)
    elif name.kind == "capital" and case_of(token) in _PLACE_CASES:
        sectors = ()
    shown = name.name
    if name.kind in ("group", "metonym"):
        kind = "body"
        own = modifiers.own_state(scene, token, spot) if "IGO" not in sectors else None
        if own is not None and own != code:
            code, shown = own, spot.text
    role = role_of(scene, token, [t for t in tokens if not spot.start <= t.i < spot.end])
    if role is not None and name.kind in ("state", "capital") and token.dep_ != "ROOT":
        sectors, kind = role.sectors, role.kind
    elif role is not None and kind == "person" and _says_more(role, sectors) and not is_past(tokens):
        sectors = role.sectors
    return (Who(entity=Entity(text=text, code=code, sectors=sectors, name=shown, span=span), kind=kind),)


def _says_more(role: Role, sectors: tuple[str, ...]) -> bool:
    """The role that the words give a person, where it is one: `gang leader X` is no rebel, whatever he was before."""
    return bool(role.sectors) and not role.generic and role.sectors != ("UNS",) and not set(role.sectors) & set(sectors)


def _bystander(scene: Scene, token: Token, spot: Spot, *, text: str, span: tuple[int, int]) -> Who:
    """A place acts for nobody, but what is done to it is done to its state; an outlet speaks, and is no state."""
    name = spot.name
    if name.kind == "outlet":
        code = name.home if scene.lone else None
        return Who(entity=Entity(text=text, code=code, sectors=name.sectors, name=name.name, span=span), kind="body")
    struck = token.dep_ in ("obj", "nsubj:pass") or case_of(token) in _STRUCK_CASES
    code = name.code if struck or scene.lone else None
    return Who(entity=Entity(text=text, code=code, name=name.name, span=span), kind="thing")


def described(scene: Scene, token: Token) -> tuple[Who, ...]:
    """The reading of a phrase whose head is a common noun or an unknown name."""
    pair = pronouns.both(scene, token)
    if pair:
        return pair
    tokens = phrase(token)
    role = role_of(scene, token, tokens)
    text, span = scene.text(tokens)
    name = _person_name(scene, token)
    sectors = role.sectors if role else ()
    kind = _kind(token, role, name)
    anonymous = _anonymous(scene, token, tokens, role, name)
    codes = modifiers.codes(scene, token, tokens)
    if codes:
        return tuple(
            Who(
                entity=Entity(text=text, code=c, sectors=_joined(role, s), name=name, anonymous=anonymous, span=span),
                kind=kind,
            )
            for c, s in codes
        )
    back = _pointed_back(scene, token, role, text=text, span=span, kind=kind)
    if back is not None:
        return (back,)
    if role is None and name is None:
        return (Who(entity=Entity(text=text, span=span), kind="thing"),)
    entity = Entity(text=text, sectors=sectors, name=name, anonymous=anonymous, span=span)
    return (Who(entity=entity, kind=kind),)


def _joined(role: Role | None, of_modifier: tuple[str, ...]) -> tuple[str, ...]:
    """Sectors of a head and of the group that modifies it: `Hamas leader` REB, `EU legislators` LEG and IGO.

    What is done for a party or a company is still that: `Labour Party MP` LEG and PTY, `Toyota workers` LAB and BUS.
    """
    if role is None or not of_modifier:
        return of_modifier or (role.sectors if role else ())
    if role.sectors == ("ELI",):
        return role.sectors
    if {"IGO", "PTY", "BUS"} & set(of_modifier) and not role.generic:
        return tuple(dict.fromkeys((*role.sectors, *of_modifier)))
    return of_modifier


def _pointed_back(
    scene: Scene, token: Token, role: Role | None, *, text: str, span: tuple[int, int], kind: str
) -> Who | None:
    """`the country`, and `the president` after `the Turkish president`: the last one of that noun."""
    if not definite(token):
        return None
    lemma = token.lemma_.lower()
    if lemma in _STATE_WORDS:
        found = scene.discourse.latest(sentence=scene.sentence, token=token.i)
        if found is None or found.sentence != scene.sentence:
            found = scene.discourse.antecedent("it", sentence=scene.sentence, token=token.i) or found
        if found is not None and found.entity.code:
            return Who(entity=under(found.entity, text=text, span=span), kind="state")
    if role is None:
        return None
    at = role_at(scene, token)
    before = scene.discourse.heads.get(at.noun if at is not None else lemma)
    if before is None or lemma in scene.registers.unnamed:
        return None
    sectors = role.sectors or before.sectors
    return Who(entity=Entity(text=text, code=before.code, sectors=sectors, name=before.name, span=span), kind=kind)


def _kind(token: Token, role: Role | None, name: str | None) -> str:
    if role is not None and role.kind != "vague":
        plural = token.tag_ in ("NNS", "NNPS")
        return "people" if role.kind == "person" and plural else role.kind
    if role is not None:
        return "people"
    if name is not None:
        return "person" if token.ent_type_ == "PER" else "body"
    return "thing"


def _anonymous(scene: Scene, token: Token, tokens: Sequence[Token], role: Role | None, name: str | None) -> bool:
    if name is not None or role is None:
        return False
    if any(t.lower_ in _UNNAMED for t in tokens):
        return True
    return token.lemma_.lower() in scene.registers.unnamed or role.kind == "vague"


def _person_name(scene: Scene, token: Token) -> str | None:
    """The person or body named in the phrase or beside it (`an expert, Ann Smith`)."""
    heads = [token, *(c for c in token.children if c.dep_ in ("appos", "flat", "compound", "nmod:desc", "nmod"))]
    for head in heads:
        if head.dep_ == "nmod" and case_of(head):
            continue
        if head.ent_type_ in ("PER", "ORG") and head.i not in scene.spots:
            for ent in scene.ents:
                if ent.start <= head.i < ent.end and (ent.label_ == "PER" or head is token):
                    return ent.text
        spot = scene.spots.get(head.i)
        if spot is not None and spot.name.kind in ("leader", "surname"):
            return spot.name.name
    return None


def nominalised(scene: Scene, token: Token) -> tuple[Who, ...]:
    """`the displaced`, `the wounded`: people named by a quality alone."""
    made = scene.registers.qualities.get(token.lower_)
    if made is None or not (definite(token) or (scene.lone and token.head.i == token.i)):
        return ()
    tokens = phrase(token)
    text, span = scene.text(tokens)
    owners = [t for t in token.children if t.dep_ in ("nmod:poss", "nsubj", "nsubj:pass")] if scene.lone else []
    codes: Sequence[str | None] = [c for c, _ in modifiers.codes(scene, token, tokens)]
    codes = codes or [code_of(scene.spots[t.i].name) for t in owners if t.i in scene.spots] or [None]
    return tuple(Who(entity=Entity(text=text, code=c, sectors=made.sectors, span=span), kind="people") for c in codes)
