"""Turns the event corpus into examples: words, party and trigger tags, and pairs with what passes between them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus import Deed, Labelled

Words = Callable[[str], list[tuple[str, int]]]
NOTHING = "NONE"
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One ordered pair of word spans (half open) and its labels; `recipient` None where none is named.

    A label of None is not known and is left out of the loss. `weight` scales the loss.
    """

    actor: tuple[int, int]
    recipient: tuple[int, int] | None
    event: str
    mode: str | None
    status: str | None
    kind: str | None
    effect: str | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One sentence of N words with its tags and pairs."""

    words: tuple[str, ...]
    party: tuple[int, ...] | None  # 0 outside, 1 begins, 2 goes on; None where parties were not marked
    trigger: tuple[int, ...] | None
    actor: tuple[int, ...]
    recipient: tuple[int, ...]
    pairs: tuple[Pair, ...]
    source: Labelled


def _span(words: list[tuple[str, int]], span: tuple[int, int]) -> tuple[int, int]:
    inside = [i for i, (w, at) in enumerate(words) if at < span[1] and at + len(w) > span[0]]
    if not inside:
        raise ValueError(f"no word stands at {span}")
    return inside[0], inside[-1] + 1


def _tags(n: int, spans: Iterable[tuple[int, int]]) -> list[int]:
    tags = [0] * n
    for start, end in spans:
        tags[start] = 1
        for i in range(start + 1, end):
            tags[i] = 2
    return tags


def example(one: Labelled, words_of: Words) -> Example:
    """The example of one labelled sentence."""
    words = words_of(one.text)
    n = len(words)
    actors: set[tuple[int, int]] = set()
    recipients: set[tuple[int, int]] = set()
    parties: set[tuple[int, int]] = set()
    triggers: set[tuple[int, int]] = set()
    pairs: dict[tuple[tuple[int, int], tuple[int, int] | None], Pair] = {}
    for deed in one.deeds:
        a = _span(words, deed.actor)
        r = _span(words, deed.recipient) if deed.recipient else None
        parties |= {s for s in (a, r) if s}
        if deed.trigger:
            triggers.add(_span(words, deed.trigger))
        ways = [(a, r)] + ([(r, a)] if deed.both and r else [])
        for actor, recipient in ways:
            if deed.event != NOTHING:
                actors.add(actor)
                recipients |= {recipient} if recipient else set()
            pairs.setdefault((actor, recipient), _pair(deed, actor, recipient))  # the main deed stands first
    for (actor, recipient), pair in list(pairs.items()):
        if recipient and pair.event != NOTHING and (recipient, actor) not in pairs and pair.event not in MUTUAL:
            pairs[recipient, actor] = Pair(actor=recipient, recipient=actor, event=NOTHING, mode=None, status=None,
                                           kind=None, effect=None, weight=0.6)  # fmt: skip
    flags = [[int(any(s <= i < e for s, e in spans)) for i in range(n)] for spans in (actors, recipients)]
    return Example(
        words=tuple(w for w, _ in words),
        party=tuple(_tags(n, parties)) if parties else None,
        trigger=tuple(_tags(n, triggers)) if triggers or not actors else None,
        actor=tuple(flags[0]),
        recipient=tuple(flags[1]),
        pairs=tuple(pairs.values()),
        source=one,
    )


def _pair(deed: Deed, actor: tuple[int, int], recipient: tuple[int, int] | None) -> Pair:
    if deed.event == NOTHING:
        return Pair(actor=actor, recipient=recipient, event=NOTHING, mode=None, status=None, kind=None, effect=None)
    return Pair(
        actor=actor,
        recipient=recipient,
        event=deed.event,
        mode=f"{deed.event}/{deed.mode}" if deed.mode else None,
        status=deed.status,
        kind=deed.tie[0] if deed.tie else "none",
        effect=deed.tie[1] if deed.tie else "none",
    )


def jittered(span: tuple[int, int], words: tuple[str, ...], rng: random.Random) -> tuple[int, int]:
    """The span as another reader might have marked it: a word more or less at its left end."""
    start, end = span
    draw = rng.random()
    if draw < 0.12 and end - start > 1:
        start += rng.randrange(1, end - start)
    elif draw < 0.2 and start > 0 and words[start - 1].lower() in ("the", "a", "an", "its", "his", "their", "some"):
        start -= 1
    elif draw < 0.24 and end - start > 2:
        end -= 1
    return start, end


def roles(n: int, pair: Pair) -> list[int]:
    """The role of each of n words: 0 none, 1 actor, 2 recipient."""
    marks = [0] * n
    for i in range(*(pair.recipient or (0, 0))):
        marks[i] = 2
    for i in range(*pair.actor):
        marks[i] = 1
    return marks
