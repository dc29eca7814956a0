"""Head scores in, a tree out: the highest-scoring arborescence with one root (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.int64]

_NEVER = -1e9
_ROOTS_TRIED = 5
_SLACK = 1e-6


def best_tree(scores: Floats) -> Ints:
    """The best tree with exactly one child of the root.

    Args:
        scores: (N + 1, N + 1) score of head j for word i; row and column 0 stand for the root.

    Returns:
        (N + 1,) head of each word; entry 0 is 0.
    """
    scores = scores.astype(np.float64, copy=True)
    scores[0, :] = _NEVER
    np.fill_diagonal(scores, _NEVER)
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not _cycle(heads):
        return heads
    best: tuple[float, Ints] | None = None
    inner = scores[1:, 1:].max(1) if len(scores) > 2 else np.full(len(scores) - 1, _NEVER)
    for root in np.argsort(-scores[1:, 0])[:_ROOTS_TRIED] + 1:
        bound = inner.sum() - inner[root - 1] + scores[root, 0]  # every word its best head: no tree is better
        if best is not None and bound < best[0] - _SLACK:
            continue
        rooted = scores.copy()
        rooted[:, 0] = _NEVER
        rooted[root, :] = _NEVER
        rooted[root, 0] = scores[root, 0]
        tree = _arborescence(rooted)
        value = float(sum(scores[i, tree[i]] for i in range(1, len(tree))))
        if best is None or value > best[0]:
            best = (value, tree)
    return best[1] if best else heads


def _cycle(heads: Ints) -> list[int]:
    """The words of one cycle, empty when there is none."""
    above: list[int] = heads.tolist()
    state = [0] * len(above)  # 0 unseen, 1 on the path, 2 done
    for start in range(1, len(above)):
        if state[start]:
            continue
        path = []
        node = start
        while node and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = above[node]
        if node and state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: Floats) -> Ints:
    """Chu-Liu-Edmonds by contraction: greedy heads, one cycle folded into a node, solved, unfolded."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside, held = np.array(cycle), set(cycle)
    outside = np.array([i for i in range(len(heads)) if i not in held])
    kept = scores[inside, heads[inside]]
    folded = len(outside)
    small = np.full((folded + 1, folded + 1), _NEVER)
    small[:folded, :folded] = scores[np.ix_(outside, outside)]
    out_of = scores[np.ix_(outside, inside)]  # a word outside takes its head inside
    small[:folded, folded] = out_of.max(1)
    into = scores[np.ix_(inside, outside)] - kept[:, None]  # the cycle takes its head outside
    small[folded, :folded] = into.max(0) + kept.sum()
    small[0, :] = _NEVER
    np.fill_diagonal(small, _NEVER)
    solved = _arborescence(small)
    result: Ints = heads.copy()
    for row, word in enumerate(outside):
        if row:
            head = int(solved[row])
            result[word] = inside[out_of[row].argmax()] if head == folded else outside[head]
    head = int(solved[folded])
    result[inside[into[:, head].argmax()]] = outside[head]
    result[0] = 0
    return result
