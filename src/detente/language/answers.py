"""What the event model answers: plain arrays and numbers, no runtime behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WordSpan = tuple[int, int]
"""Half-open range of word numbers in a sentence, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A sentence of N words read without marks.

    Attributes:
        party: (N, 3) probability that a word is outside, begins or goes on with a party's name.
        trigger: (N, 3) the same of the words that tell a deed.
        actor: (N,) probability that the word belongs to one who acts.
        recipient: (N,) probability that the word belongs to one acted upon.
        left: (N, D) each word as the acting side of a pair.
        right: (N, D) each word as the other side.
    """

    party: Floats
    trigger: Floats
    actor: Floats
    recipient: Floats
    left: Floats
    right: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What a sentence says of two marked spans: a probability for each class of five fields.

    Attributes:
        event: PLOVER type, and `NONE`.
        mode: `TYPE/mode`.
        status: status of the claim.
        kind: kind of tie, and `none`.
        effect: effect on it, and `none`.
    """

    event: Mapping[str, float]
    mode: Mapping[str, float]
    status: Mapping[str, float]
    kind: Mapping[str, float]
    effect: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the model: what passes in these words from the actor's span to the recipient's (None: unsaid)."""

    words: tuple[str, ...]
    actor: WordSpan
    recipient: WordSpan | None
