"""How the words of a claim stand to each other in tree and bare reading: marks for its confidence."""

from __future__ import annotations

import math

from detente.language.answers import Bare, WordSpan
from detente.language.words import Doc, Token

_DOERS = ("nsubj", "csubj", "nmod:poss", "obl:agent")
_DONE_TO = ("obj", "iobj", "nsubj:pass", "obl", "nmod", "ccomp", "xcomp")
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_CAP = 6.0
_FLOOR = 1e-3


def marks(
    doc: Doc, bare: Bare, actor: WordSpan, recipient: WordSpan | None, trigger: Token, *, score: float | None
) -> dict[str, float]:
    """Marks of one claim.

    Args:
        doc: The sentence.
        bare: The model's reading of it without marks.
        actor: Words of the actor.
        recipient: Words of the recipient, None where none is named.
        trigger: The word that tells the deed.
        score: The pair's score in the bare reading, None without a recipient.
    """
    one = _head(doc, actor)
    found = {
        "acts": _log_odds(float(bare.actor[slice(*actor)].max())),
        "tells": _log_odds(float(bare.trigger[trigger.i][1:].sum())),
        "actor is subject": float(_hangs(one, trigger, _DOERS)),
        "actor far": _distance(one, trigger),
        "actor no noun": float(one.pos_ not in _NAMING),
        "actor named": float(one.pos_ == "PROPN"),
        "trigger a verb": float(trigger.pos_ == "VERB"),
    }
    if recipient is not None:
        other = _head(doc, recipient)
        found |= {
            "acted upon": _log_odds(float(bare.recipient[slice(*recipient)].max())),
            "recipient is object": float(_hangs(other, trigger, _DONE_TO)),
            "recipient far": _distance(other, trigger),
            "recipient no noun": float(other.pos_ not in _NAMING),
            "recipient named": float(other.pos_ == "PROPN"),
        }
        if score is not None:
            found["proposed"] = _log_odds(score)
    return found


def _head(doc: Doc, span: WordSpan) -> Token:
    return doc[span[0] : span[1]].root


def _hangs(token: Token, trigger: Token, relations: tuple[str, ...]) -> bool:
    """Whether a party hangs from the trigger by one of these relations, itself or as one of several joined."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    above = token.head
    while trigger.dep_ in ("conj", "xcomp") and above.i != trigger.i and trigger.head.i != trigger.i:
        trigger = trigger.head  # `X met Y and praised him`: the subject of the first is that of the second
    return above.i == trigger.i and token.dep_.startswith(relations)


def _distance(first: Token, second: Token) -> float:
    """Steps between two words in the tree, at most `_CAP`, in units of it."""
    ups = {token.i: n for n, token in enumerate([first, *first.ancestors])}
    for n, token in enumerate([second, *second.ancestors]):
        if token.i in ups:
            return min(ups[token.i] + n, _CAP) / _CAP
    return 1.0


def _log_odds(chance: float) -> float:
    value = min(max(chance, _FLOOR), 1 - _FLOOR)
    return math.log(value / (1 - value))
