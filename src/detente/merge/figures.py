"""Sizes that reports of one happening give in, their range and who says which out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from detente.records import Claim, Figure, Magnitude


def sizes(magnitudes: Iterable[Magnitude]) -> tuple[Magnitude, ...]:
    """Sizes without repeats; where reports disagree, the least and the most that any gives."""
    held: dict[tuple[str, str, str], list[Magnitude]] = defaultdict(list)
    for size in magnitudes:
        held[(size.kind, size.unit or "", size.per or "")].append(size)
    told = []
    for key in sorted(held):
        ordered = sorted(held[key], key=lambda m: (m.value, m.bound or "", m.text))
        low, high = ordered[0], ordered[-1]
        if low.value == high.value:
            told.append(low)
        else:
            told += [_bounded(low, "least"), _bounded(high, "most")]
    return tuple(told)


def disputed_figures(claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """Each size on which `claims` disagree, from the least to the most, with those who give it."""
    if sum(bool(c.magnitudes) for c in claims) < 2:
        return ()
    held: dict[tuple[str, str, str], dict[float, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        for size in claim.magnitudes:
            held[(size.kind, size.unit or "", size.per or "")][size.value].append(claim)
    return tuple(
        Figure(
            kind=kind,
            value=value,
            unit=unit or None,
            per=per or None,
            said_by=tuple(sorted({speaker(c) for c in held[(kind, unit, per)][value]})),
            claims=tuple(dict.fromkeys(c.id for c in held[(kind, unit, per)][value])),
        )
        for kind, unit, per in sorted(held)
        if len(held[(kind, unit, per)]) > 1
        for value in sorted(held[(kind, unit, per)])
    )


def speaker(claim: Claim) -> str:
    """Who answers for a claim: the speaker nearest to the happening, else the outlet."""
    if claim.attribution:
        said = claim.attribution[-1]
        return said.name or said.text or "an unnamed speaker"
    return claim.outlet or "an unknown outlet"


def _bounded(size: Magnitude, bound: str) -> Magnitude:
    return Magnitude(kind=size.kind, value=size.value, unit=size.unit, per=size.per, bound=bound, text=size.text)
