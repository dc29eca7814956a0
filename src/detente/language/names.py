"""Scores of BIO labels in, spans of names out: the best legal sequence (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
_NEVER = -1e4


class BioDecoder:
    """Decodes one sentence at a time under the grammar of BIO labels (an I follows a B or I of its kind)."""

    def __init__(self, labels: Sequence[str]) -> None:
        """Takes the labels in the order of the score columns."""
        self._labels = tuple(labels)
        size = len(labels)
        self._step = np.zeros((size, size))
        self._start = np.zeros(size)
        self._outside = self._labels.index("O")
        for j, later in enumerate(labels):
            if later[0] == "I":
                self._start[j] = _NEVER
                for i, earlier in enumerate(labels):
                    if earlier[0] == "O" or earlier[2:] != later[2:]:
                        self._step[i, j] = _NEVER

    def decode(self, scores: Floats) -> list[str]:
        """Labels of (N, L) `scores`, one a word."""
        if not len(scores):
            return []
        greedy = scores.argmax(1)
        before = np.concatenate([[self._outside], greedy[:-1]])
        if not self._step[before, greedy].any():  # the best label of every word, where that is legal, is the best path
            return [self._labels[i] for i in greedy.tolist()]
        value = scores[0] + self._start
        back = np.zeros(scores.shape, np.int64)
        for t in range(1, len(scores)):
            moves = value[:, None] + self._step
            back[t] = moves.argmax(0)
            value = moves.max(0) + scores[t]
        path = [int(value.argmax())]
        for t in range(len(scores) - 1, 0, -1):
            path.append(int(back[t, path[-1]]))
        return [self._labels[i] for i in reversed(path)]


def spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, kind) of every name in a BIO sequence, in order."""
    found = []
    i = 0
    while i < len(labels):
        if labels[i] == "O":
            i += 1
            continue
        kind = labels[i][2:]
        j = i + 1
        while j < len(labels) and labels[j] == f"I-{kind}":
            j += 1
        found.append((i, j, kind))
        i = j
    return found
