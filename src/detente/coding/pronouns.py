"""A pronoun or a phrase such as `the two countries` in, whom it points back to out."""

from __future__ import annotations

from detente.coding import modifiers
from detente.coding.discourse import (
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    Mention,
    agrees,
)
from detente.coding.phrases import Scene, Who, case_of, phrase, under
from detente.language.words import Token
from detente.records import Entity

_PAIR_NOUNS = frozenset(
    "country nation side state neighbour neighbor government ally party power capital rival leader minister"
    " president republic".split()
)
_MUTUAL_NOUNS = frozenset(
    "relation relationship tie cooperation co-operation dispute quarrel border alliance partnership trade"
    " conflict difference row rivalry dialogue negotiation agreement treaty".split()
)
_CLAUSAL = frozenset({"csubj", "csubj:outer", "csubj:pass", "ccomp"})
_MOST_HOPS = 8


def both(scene: Scene, token: Token) -> tuple[Who, ...]:
    """`the two countries`, `both sides`, `the latter`, `each other`."""
    lower = token.lower_
    if lower in ("latter", "former") and any(t.dep_ == "det" for t in token.children):
        text, span = scene.text(phrase(token))
        skip = 1 if lower == "former" else 0
        found = scene.discourse.latest(sentence=scene.sentence, token=token.i, skip=skip)
        return (Who(entity=under(found.entity, text=text, span=span), kind=found.kind),) if found else ()
    if token.lemma_.lower() not in _PAIR_NOUNS or token.i in scene.spots:
        return ()
    if not any(t.lower_ in ("two", "both", "2") for t in token.children):
        return ()
    tokens = phrase(token)
    own = modifiers.codes(scene, token, tokens)
    if len(own) == 1:
        return ()
    text, span = scene.text(tokens)
    return _states(scene, tuple(c for c, _ in own) if len(own) == 2 else None, text=text, span=span)


def _states(scene: Scene, codes: tuple[str, ...] | None, *, text: str, span: tuple[int, int]) -> tuple[Who, ...]:
    """One reading a state, of `codes` or else of the pair the article speaks of."""
    return tuple(
        Who(entity=Entity(text=text, code=c, name=scene.registers.state_name(c), span=span), kind="state")
        for c in codes or scene.discourse.pair() or ()
    )


def pronoun(scene: Scene, token: Token) -> tuple[Who, ...]:
    """Whom a pronoun points back to; empty where nothing before it fits."""
    lower = token.lower_
    text, span = token.text, (scene.offset + token.idx, scene.offset + token.idx + len(token))
    if lower == "both" and token.dep_ in ("nsubj", "nsubj:pass", "obj", "obl"):
        found = _states(scene, None, text=text, span=span)
        if found:
            return found
    if lower in SPEAKER_PRONOUNS:
        speaker = _speaker(scene, token)
        return (Who(entity=under(speaker, text=text, span=span), kind="people"),) if speaker else ()
    if lower in THING_PRONOUNS and _expletive(token):
        return ()
    if lower not in PERSON_PRONOUNS | THING_PRONOUNS | PLURAL_PRONOUNS:
        return ()
    if lower in PLURAL_PRONOUNS and _mutual(token):
        found = _states(scene, None, text=text, span=span)
        if found:
            return found
    meant = _in_sentence(scene, token) or _across(scene, token)
    return (Who(entity=under(meant.entity, text=text, span=span), kind=meant.kind),) if meant else ()


def _mutual(token: Token) -> bool:
    """`their cooperation`: of the two, unless it goes on `with` a third."""
    head = token.head
    return (
        token.dep_ == "nmod:poss"
        and head.lemma_.lower() in _MUTUAL_NOUNS
        and not any(case_of(c) in ("with", "to", "towards") for c in head.children)
    )


def _speaker(scene: Scene, token: Token) -> Entity | None:
    """Who says `we`: the subject of a verb of saying above or beside, else the article's last speaker."""
    node = token
    while node.head.i != node.i:
        node = node.head
        for child in node.children:
            if child.dep_ == "nsubj" and child.i in scene.who and child.lower_ not in SPEAKER_PRONOUNS:
                entity = scene.who[child.i][0].entity
                if (entity.code or entity.name) and child.i != token.i:
                    return entity
    return scene.discourse.speaker


def _expletive(token: Token) -> bool:
    """`it is likely that`, `made it clear`: a pronoun that stands for a clause."""
    if token.dep_ == "expl":
        return True
    head = token.head
    if token.lower_ != "it":
        return False
    if token.dep_ == "nsubj" and head.pos_ in ("ADJ", "NOUN") and any(c.dep_ in _CLAUSAL for c in head.children):
        return True
    if token.dep_ == "nsubj" and head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in head.children):
        return True  # `it was the third raid`: the happening, and where it is a body, nothing is done
    return token.dep_ == "obj" and any(c.dep_ == "xcomp" and c.pos_ == "ADJ" for c in head.children)


def _in_sentence(scene: Scene, token: Token) -> Who | None:
    """The subject of a clause above or before the pronoun, if it fits."""
    lower = token.lower_
    node = token.head
    for _ in range(_MOST_HOPS):
        for child in node.children:
            if child.dep_ not in ("nsubj", "nsubj:pass") or child.i >= token.i or child.i not in scene.who:
                continue
            if child in token.ancestors and token.dep_ != "nmod:poss":
                continue
            if token.dep_ in ("obj", "obl", "iobj") and child.head.i == token.head.i:
                continue  # the object of a verb is not its subject
            whos = scene.who[child.i]
            if _fits(lower, whos[0], len(whos)):
                return whos[0]
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def _across(scene: Scene, token: Token) -> Mention | None:
    beside = [
        w.entity for c in token.head.children for w in scene.who.get(c.i, ()) if c.i != token.i
    ] if token.dep_ in ("obj", "iobj", "obl", "nsubj") else []  # fmt: skip
    avoid = frozenset(words for entity in beside for words in (entity.text, entity.name) if words)
    verb = token.head.lemma_.lower() if token.dep_ == "nsubj" else ""
    return scene.discourse.antecedent(token.lower_, sentence=scene.sentence, token=token.i, avoid=avoid, verb=verb)


def _fits(word: str, who: Who, count: int) -> bool:
    if not (who.entity.code or who.entity.name):
        return False
    if word in PERSON_PRONOUNS:
        return who.kind == "person" and agrees(word, who.entity)
    if word in PLURAL_PRONOUNS:
        return who.kind in ("people", "body", "state") or count > 1
    return who.kind in ("state", "body")
