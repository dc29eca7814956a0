"""A parsed sentence and its cast in, event predicates out: which frame fits which trigger, with which parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.coding.actors import Cast
from detente.coding.arguments import Arguments, of_noun, of_verb
from detente.coding.composing import composed
from detente.coding.governing import own_deed
from detente.coding.needs import holds, idle, mandative
from detente.coding.parties import Predicate, is_symmetric, parties
from detente.language.words import Doc, Token
from detente.ontology.lexicon import QUADS, Frame, Lexicon

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a", "PROPN": "n"}
_DISOWNING = frozenset("reject deny dismiss refute rebut repudiate shrug brush rebuff rubbish answer".split())
RESULTS = frozenset({"kill", "die", "wound", "injure", "hurt", "perish", "slay"})

__all__ = ["RESULTS", "Predicate", "find", "is_symmetric"]


def find(doc: Doc, cast: Cast, lexicon: Lexicon) -> list[Predicate]:
    """All event predicates of a sentence, outer ones first; a noun used up by a verb's frame is not found again."""
    found: list[Predicate] = []
    used: set[int] = set()
    for token in sorted(_triggers(doc), key=lambda t: (t.pos_ == "NOUN", t.i)):
        if token.i in used or _undone(token, lexicon):
            continue
        predicate = _read(token, cast, lexicon) or composed(token, cast, lexicon)
        if predicate is None:
            continue
        used |= predicate.consumed
        found.append(predicate)
    return sorted(found, key=lambda p: p.token.i)


def _triggers(doc: Doc) -> Iterator[Token]:
    for token in doc:
        if token.pos_ == "AUX" and token.dep_ in ("aux", "aux:pass", "cop"):
            continue
        if token.pos_ in _POS and not (token.pos_ == "PROPN" and token.ent_type_):
            yield token


def _undone(token: Token, lexicon: Lexicon) -> bool:
    """A friendly event noun that a verb takes away: `reconsider its cooperation`, `cancelled the visit`."""
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("obj", "nsubj:pass"):
        return False
    frames = lexicon.frames.get((token.lemma_.lower(), "n"), ())
    if token.head.lemma_.lower() in _DISOWNING and any(f.event in ("ACCUSE", "REQUEST") for f in frames):
        return True
    effect = lexicon.effects.get(token.head.lemma_.lower())
    return effect in ("severed", "suspended", "restricted", "strained", "refused") and any(
        QUADS[f.event] <= 2 for f in frames
    )


def _frames(token: Token, lexicon: Lexicon) -> Sequence[Frame]:
    pos = _POS[token.pos_]
    lemma = token.lemma_.lower()
    frames = lexicon.frames.get((lemma, pos), ())
    if pos == "a" and token.tag_ in ("VBN", "VBG") and not frames:
        frames = lexicon.frames.get((lemma, "v"), ())
    return frames


def _read(token: Token, cast: Cast, lexicon: Lexicon) -> Predicate | None:
    frames = _frames(token, lexicon)
    if not frames or idle(token):
        return None
    verbal = token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and _predicative(token))
    if token.pos_ == "ADJ" and not verbal:
        return None
    arguments = of_verb(token) if verbal else of_noun(token)
    if token.lemma_.lower() in RESULTS and arguments.passive:
        _victims(arguments, cast)
    for frame in frames:
        consumed: set[int] = set()
        if (frame.lemma == "deny" or any(n.kind == "ccomp" for n in frame.needs)) and _merely_says(frame, arguments):
            continue
        if all(holds(need, arguments, cast, consumed) for need in frame.needs):
            return parties(frame, arguments, cast, frozenset(consumed))
    return None


def _merely_says(frame: Frame, arguments: Arguments) -> bool:
    """`insists that X has ...` asserts and does not demand; `warned that prices would rise` does not threaten."""
    clause = arguments.clause
    if frame.lemma == "deny" and (clause is not None or arguments.infinitive is not None):
        return True  # `denied having done it`: the deed is the claim, with status denied
    if clause is None:
        return False
    if frame.event == "REQUEST":
        return arguments.infinitive is None and not mandative(clause)
    return frame.event == "THREATEN" and frame.lemma == "warn" and not own_deed(clause, arguments.trigger)


def _predicative(token: Token) -> bool:
    return token.dep_ in ("ROOT", "ccomp", "xcomp", "conj", "advcl", "parataxis", "acl:relcl") or any(
        c.dep_ == "cop" for c in token.children
    )


def _victims(arguments: Arguments, cast: Cast) -> None:
    """Puts right who was killed where the parse took a far noun for the subject: the people named just before."""
    if any(w.kind in ("people", "person") for t in arguments.objects for w in cast.own(t)):
        return
    verb = arguments.trigger
    for token in reversed(list(verb.doc[max(0, verb.i - 6) : verb.i])):
        if token.pos_ in ("NOUN", "PROPN"):
            if any(w.kind in ("people", "person") for w in cast.own(token)):
                arguments.objects = [token]
            return
