"""Trees: whatever the scores, the answer is a tree with one root, and no tree scores better."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language.names import BioDecoder, spans
from detente.language.tree import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """Heads of words 1..n (0 is the root): exactly one word hangs on the root and all reach it."""
    if sum(h == 0 for h in heads) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


@given(st.integers(1, 12), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_the_answer_is_always_a_tree_with_one_root(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n + 1, n + 1))
    heads = best_tree(scores)
    assert heads[0] == 0
    assert is_tree(tuple(heads[1:]))


@pytest.mark.parametrize("seed", range(20))
def test_no_tree_scores_better(seed: int) -> None:
    n = 4
    scores = np.random.default_rng(seed).normal(size=(n + 1, n + 1)) * 3
    trees = [h for h in itertools.product(range(n + 1), repeat=n) if is_tree(h)]
    value = {h: sum(scores[i + 1, head] for i, head in enumerate(h)) for h in trees}
    found = tuple(int(h) for h in best_tree(scores)[1:])
    assert value[found] == pytest.approx(max(value.values()))


LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@given(st.lists(st.lists(st.floats(-5, 5), min_size=5, max_size=5), max_size=15))
def test_names_obey_their_grammar(scores: list[list[float]]) -> None:
    labels = BioDecoder(LABELS).decode(np.array(scores).reshape(len(scores), 5))
    assert len(labels) == len(scores)
    for before, here in itertools.pairwise(["O", *labels]):
        if here[0] == "I":
            assert before[2:] == here[2:]


def test_spans_of_names_side_by_side() -> None:
    assert spans(["B-PER", "I-PER", "B-PER", "O", "B-LOC"]) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC")]
