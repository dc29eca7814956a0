"""Judgements of several judges in, how far they agree on each field out: Krippendorff's alpha and its range."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.merge.judging import FIELDS, ON_MERGES, current
from detente.records import Judgement

DRAWS = 1000
NAN = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement on one field: alpha (1 perfect, 0 chance), its 95 % range, and the units that two or more judged.

    Alpha is NaN where all judges gave one and the same answer to everything: then nothing tells agreement from chance.
    """

    field: str
    alpha: float
    low: float
    high: float
    units: int


def answers(judgements: Iterable[Judgement]) -> dict[str, dict[str, dict[str, str]]]:
    """By field, by judged event (its first claim), by judge: `right`, what is right instead, `wrong`, or `no event`.

    A judge who says what is wrong with one field grants that there is an event and leaves the other fields open.
    """
    found: dict[str, dict[str, dict[str, str]]] = {field: defaultdict(dict) for field in FIELDS}
    for judgement in current(judgements):
        unit, judge, verdict = judgement.claims[0], judgement.by, judgement.verdict
        if verdict in ON_MERGES:
            continue
        found["event"][unit][judge] = "no event" if verdict == "not-event" else "right"
        for field in FIELDS[1:]:
            if verdict == "right":
                found[field][unit][judge] = "right"
            elif verdict == f"wrong-{field}":
                found[field][unit][judge] = judgement.value or "wrong"
    return found


def agreement(
    judgements: Iterable[Judgement], *, rng: np.random.Generator, draws: int = DRAWS
) -> tuple[Agreement, ...]:
    """Agreement on every field, with a percentile bootstrap over the judged events.

    Args:
        judgements: Of all judges; those superseded are passed over.
        rng: Source of the resampling.
        draws: Resamples.
    """
    found = answers(judgements)
    made = []
    for field in FIELDS:
        units = [tuple(found[field][unit].values()) for unit in sorted(found[field]) if len(found[field][unit]) > 1]
        drawn = np.array([alpha([units[i] for i in rng.integers(0, len(units), len(units))]) for _ in range(draws)]
                         if len(units) > 1 else [])  # fmt: skip
        known = drawn[~np.isnan(drawn)]
        low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (NAN, NAN)
        made.append(Agreement(field=field, alpha=alpha(units), low=float(low), high=float(high), units=len(units)))
    return tuple(made)


def alpha(units: Sequence[Sequence[str]]) -> float:
    """Krippendorff's alpha for nominal answers: 1 - observed / expected disagreement (Krippendorff 2011).

    Args:
        units: For each judged thing, the answers it got; those with fewer than two are passed over.

    Examples:
        >>> alpha([("a", "a"), ("a", "b"), ("b", "b")])
        0.4444444444444444
    """
    told = [answers for answers in units if len(answers) > 1]
    totals: Counter[str] = Counter(answer for answers in told for answer in answers)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return NAN
    observed = sum(_unlike(answers) / (len(answers) - 1) for answers in told)
    return 1 - (n - 1) * observed / expected


def _unlike(answers: Sequence[str]) -> int:
    """Ordered pairs of answers that differ."""
    counts: Mapping[str, int] = Counter(answers)
    return len(answers) ** 2 - sum(count * count for count in counts.values())
