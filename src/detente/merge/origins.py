"""Claims in, how many independent origins stand behind them and which sides vouch for them out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from detente.merge.bonds import unions
from detente.records import Claim, Dyad

SHINGLE = 3
ALIKE = 0.5
"""Jaccard similarity of 3-word shingles from which two sentences count as one text (Broder 1997 uses the same)."""

_WORD = re.compile(r"\w+")


def origin(claim: Claim) -> str:
    """Where a report comes from: the last outlet in its chain, else the one that prints it, else its article."""
    for speaker in reversed(claim.attribution):
        if "MED" in speaker.sectors and speaker.name:
            return _plain(speaker.name)
    return _plain(claim.outlet) if claim.outlet else f"article {claim.article_id}"


def origins(claims: Iterable[Claim], *, copies: Mapping[str, str] = MappingProxyType({})) -> int:
    """The number of independent origins: outlets, less those whose articles or sentences are copies of another's.

    Args:
        claims: Of one happening.
        copies: Article id to the id of the article that it nearly repeats.

    Examples:
        >>> origins([])
        0
    """
    held = list(claims)
    if len(held) == 1:
        return 1
    places = sorted({(origin(c), c.sentence) for c in held})
    pairs = [(place, place) for place, _ in places]
    pairs += [(origin(c), f"copies of {copies[c.article_id]}") for c in held if c.article_id in copies]
    pairs += [(places[i][0], places[j][0]) for i, j in alike([sentence for _, sentence in places])]
    return len(set(unions(pairs).values()))


def alike(texts: Sequence[str], *, threshold: float = ALIKE) -> list[tuple[int, int]]:
    """Pairs of texts whose shingles overlap by `threshold` or more, as indices.

    Exact, and near linear: two sets that similar must share one of their rarest shingles (the prefix filter of
    Chaudhuri, Ganti, Kaushik 2006, doi:10.1109/ICDE.2006.9), so only those are compared.
    """
    sets = [_shingles(text) for text in texts]
    frequency = Counter(shingle for shingles in sets for shingle in shingles)
    holders: dict[tuple[str, ...], list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for j, shingles in enumerate(sets):
        rarest = sorted(shingles, key=lambda s: (frequency[s], s))
        prefix = rarest[: len(rarest) - math.ceil(threshold * len(rarest)) + 1]
        near = {i for shingle in prefix for i in holders.get(shingle, ())}
        for i in sorted(near):
            if len(sets[i] & shingles) >= threshold * len(sets[i] | shingles):
                pairs.append((i, j))
        for shingle in prefix:
            holders.setdefault(shingle, []).append(j)
    return pairs


def side(claim: Claim, *, dyad: Dyad, countries: Mapping[str, str]) -> str | None:
    """Who vouches for a claim: a code of the dyad, `third`, or None when that is unknown.

    The speaker nearest to the happening vouches; without a speaker, the outlet does, through its country.

    Args:
        claim: The claim.
        dyad: The two states.
        countries: Outlet name to the ISO alpha-3 code of its country.
    """
    if claim.attribution:
        speaker = claim.attribution[-1]
        if speaker.code:
            return speaker.code if speaker.code in dyad else "third"
        return "third" if speaker.side == "third" else None
    country = countries.get(claim.outlet) if claim.outlet else None
    if country is None:
        return None
    return country if country in dyad else "third"


def sides(claims: Iterable[Claim], *, dyad: Dyad, countries: Mapping[str, str]) -> tuple[str, ...]:
    """All sides that vouch for any of `claims`, codes first, `third` last."""
    return tuple(sorted({s for c in claims if (s := side(c, dyad=dyad, countries=countries)) is not None}))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [w.lower() for w in _WORD.findall(text)]
    if len(words) <= SHINGLE:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _plain(name: str) -> str:
    return " ".join(name.lower().removeprefix("the ").split())
