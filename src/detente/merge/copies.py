"""Texts of articles in, those that nearly repeat another one out: agency copy, light edits, shared paragraphs.

MinHash signatures (Broder 1997, doi:10.1109/SEQUEN.1997.666900) of three-word shingles, cut into bands, propose pairs;
each is then compared exactly, so that the hash can miss a copy but never invent one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from rensa import RMinHash

from detente.merge.bonds import unions

ALIKE = 0.15
"""Jaccard similarity of three-word shingles from which one article counts as a copy of the other: a text that takes
over about a third of another one. Articles that merely tell of the same event share a twentieth or less."""

PERMUTATIONS, BANDS, SEED = 128, 64, 20111126
"""Two rows a band: a pair at 0.15 is compared with probability 0.77, at 0.2 with 0.93, at 0.3 with 0.998."""

MOST_IN_BAND = 4
"""Earlier texts with the same band that a text is compared with; more would be quadratic on boilerplate."""

SHINGLE = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd and spread out, so that two rows make one key (Knuth's golden ratio)
_WORD = re.compile(r"\w+")


def near_copies(texts: Mapping[str, str]) -> dict[str, str]:
    """Ids of texts that nearly repeat each other, each with the least id of its group; lone texts are left out.

    Args:
        texts: Text by id, in any order.

    Examples:
        >>> near_copies({"a": "the road was shut on Monday at noon", "b": "The road was shut on Monday, at noon."})
        {'a': 'a', 'b': 'a'}
    """
    names = [name for name in sorted(texts) if shingled(texts[name])]
    pairs = _proposed([texts[name] for name in names])
    near = [(names[i], names[j]) for i, j in pairs if alike(texts[names[i]], texts[names[j]]) >= ALIKE]
    return unions(near)


def _proposed(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts, as indices, that share a band; of many that share one, each with the first `MOST_IN_BAND`."""
    if len(texts) < 2:
        return []
    signatures = np.array([_signature(text) for text in texts], dtype=np.uint64)
    rows = PERMUTATIONS // BANDS
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        columns = signatures[:, band * rows : (band + 1) * rows]
        keys = columns[:, 0] * _MIX + columns[:, 1]
        order = np.argsort(keys, kind="stable")
        ends = np.flatnonzero(np.diff(keys[order])) + 1
        for group in np.split(order, ends):
            if len(group) > 1:
                firsts = [int(i) for i in group[:MOST_IN_BAND]]
                found.update((i, int(j)) for j in group[1:] for i in firsts if i < j)
    return sorted(found)


def _signature(text: str) -> list[int]:
    made = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    made.update(sorted(shingled(text)))
    return list(made.digest())


def alike(a: str, b: str) -> float:
    """Jaccard similarity of the shingles of two texts."""
    first, second = shingled(a), shingled(b)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=1024)
def shingled(text: str) -> frozenset[str]:
    """Runs of three words, without case and punctuation; of fewer words, the text itself."""
    words = [w.lower() for w in _WORD.findall(text)]
    if not words:
        return frozenset()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
