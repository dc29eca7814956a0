"""Weighed claims of one sentence in, those that tell a deed a second time out of the way.

Two names for one party (`the leader, X`; `the Agency (A)`) do nothing to each other, and what one of them does the
other does not do again. A visit or a call that is told both ways keeps the surer direction; meetings and treaties keep
both.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.assembly import Made
from detente.language.answers import WordSpan
from detente.language.words import Doc, Token

Key = tuple[WordSpan, WordSpan | None]
_ONE_NAME = frozenset({"appos", "flat", "flat:name", "compound"})
_ONE_WAY = frozenset({"visit", "host", "phone"})  # modes of CONSULT that have a direction
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ASSAULT", "REJECT"})


def without(doc: Doc, found: Sequence[tuple[Key, Made]]) -> list[Made]:
    """The claims without those between two names of one party, and without the less sure of two tellings."""
    told: list[tuple[Key, Made]] = []
    for key, made in sorted(found, key=lambda item: -item[1].claim.confidence):
        if key[1] is not None and one_party(doc, key[0], key[1]):
            continue
        if not any(_again(doc, key, made, *other) or _turned(key, made, *other) for other in told):
            told.append((key, made))
    kept = {id(made) for _, made in told}
    return [made for _, made in found if id(made) in kept]


def one_party(doc: Doc, first: WordSpan, second: WordSpan) -> bool:
    """Whether two spans name one party: apposed, or parts of one name."""
    heads = _head(doc, first), _head(doc, second)
    return any(a.head.i == b.i and a.dep_ in _ONE_NAME for a, b in (heads, heads[::-1]))


def _head(doc: Doc, span: WordSpan) -> Token:
    inside = doc[span[0] : span[1]]
    return inside.root


def _meet(doc: Doc, first: WordSpan, second: WordSpan) -> bool:
    return (first[0] < second[1] and second[0] < first[1]) or one_party(doc, first, second)


def _again(doc: Doc, key: Key, made: Made, other: Key, before: Made) -> bool:
    """The same deed by the same word between the same two parties under other names."""
    if made.claim.event != before.claim.event or made.token.i != before.token.i:
        return False
    actor, recipient = key
    if recipient is None or other[1] is None:
        return recipient is None and other[1] is None and _meet(doc, actor, other[0])
    return _meet(doc, actor, other[0]) and _meet(doc, recipient, other[1])


def _turned(key: Key, made: Made, other: Key, before: Made) -> bool:
    """The same deed the other way round, where its kind has a direction."""
    if made.claim.event != before.claim.event or (key[1], key[0]) != other:
        return False
    return made.claim.event not in _MUTUAL or (
        made.claim.event == "CONSULT" and {made.claim.mode or "", before.claim.mode or ""} <= _ONE_WAY
    )
