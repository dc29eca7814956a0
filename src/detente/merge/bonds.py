"""Claims that a person has joined or parted in, what the merging must keep to out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonds:
    """What a person has decided on merges.

    Attributes:
        joined: Pairs of claim ids that tell one happening.
        parted: Pairs of groups of claim ids that tell two.
    """

    joined: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    def apart(self) -> Mapping[str, frozenset[str]]:
        """Each parted claim with those it must not stand with."""
        found: dict[str, set[str]] = defaultdict(set)
        for some, others in self.parted:
            for claim in some:
                found[claim] |= others - some
            for claim in others:
                found[claim] |= some - others
        return {claim: frozenset(others) for claim, others in found.items()}


FREE = Bonds()
"""Nothing decided by a person."""


def unions(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with the least name that `pairs` connect it to."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return {name: root(name) for name in sorted(parent)}
