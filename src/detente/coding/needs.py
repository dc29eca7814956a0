"""A need of a frame and the arguments of a trigger in, yes or no out."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.actors import Cast
from detente.coding.arguments import Arguments
from detente.language.words import Token
from detente.ontology.lexicon import ANY_ENTITY, Need


def _lemmas(token: Token) -> set[str]:
    return {token.lemma_.lower(), token.lower_}


def _all(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with their conjuncts."""
    found = list(tokens)
    for token in tokens:
        found += [c for c in token.subtree if c.dep_ == "conj" and c.head.i in {t.i for t in found}]
    return found


def holds(need: Need, arguments: Arguments, cast: Cast, consumed: set[int]) -> bool:
    """Whether one need is met; nouns that meet it are added to `consumed`."""
    if need.kind == "prt":
        cases = {word for case, _ in arguments.obliques for word in case.split(" ")}
        return bool((arguments.particles | cases) & need.words)
    if need.kind == "noobj":
        return not arguments.objects
    if need.kind == "obj":
        return _passes(arguments.objects, need.words, cast, consumed)
    if need.kind == "subj":
        return _passes(arguments.subjects, need.words, cast, set())
    if need.kind == "prep":
        return any(set(case.split(" ")) & need.words for case, _ in arguments.obliques)
    if need.kind == "pobj":
        preps = set(need.prep.split("|"))
        tokens = [t for case, t in arguments.obliques if set(case.split(" ")) & preps]
        return _passes(tokens, need.words, cast, consumed)
    if need.kind == "of":
        tokens = [t for case, t in arguments.obliques if case == "of"]
        tokens += [c for c in arguments.trigger.children if c.dep_ == "compound"]  # `aid suspension`
        return _passes(tokens, need.words, cast, consumed)
    if need.kind == "mod":
        return _modified(arguments.trigger, need.words)
    complement = arguments.clause if need.kind == "ccomp" else arguments.infinitive or arguments.clause
    if complement is None or (need.kind == "xcomp" and need.words and not _lemmas(complement) & need.words):
        return False
    return need.kind == "ccomp" or arguments.infinitive is not None or mandative(complement)


def mandative(clause: Token) -> bool:
    """`insists that X leave` or `must leave`: a demand in a finite clause."""
    helpers = {c.lemma_.lower() for c in clause.children if c.dep_.startswith("aux")}
    return (clause.tag_ == "VB" and not helpers - {"must", "should", "be", "have"}) or bool(
        helpers & {"must", "should"}
    )


def _passes(tokens: Sequence[Token], words: frozenset[str], cast: Cast, consumed: set[int]) -> bool:
    for token in _all(tokens):
        if not words or _lemmas(token) & words:
            consumed.add(token.i)
            return True
        if ANY_ENTITY in words and any(w.kind != "thing" or w.entity.code for w in cast.own(token)):
            return True
    return False


def _modified(token: Token, words: frozenset[str]) -> bool:
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod:poss", "nmod", "acl", "nummod", "det") and _lemmas(child) & words:
            return True
    return False


def idle(token: Token) -> bool:
    """Uses that report nothing: a noun that only modifies another noun (`attack helicopter`)."""
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "nmod:unmarked") and token.head.pos_ != "VERB"
