"""Made-up worlds of states whose pairs quarrel by known laws."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from detente.relation.event_arrays import EventArrays, Months

FIRST = dt.date(2001, 1, 1)
MONTHS = 48
STATES = tuple(f"S{n:02}" for n in range(8))


def made(*, seed: int, months: int = MONTHS) -> EventArrays:
    """Events of 28 pairs whose rates drift: each pair has a level of its own that walks from month to month."""
    rng = np.random.default_rng(seed)
    calendar = Months(first=FIRST, count=months)
    edges = calendar.edges()
    rows: list[tuple[int, int, int, int]] = []
    for a in range(len(STATES)):
        for b in range(a + 1, len(STATES)):
            level = rng.normal(0.5, 1.0)
            for month in range(months):
                level = 0.5 + 0.9 * (level - 0.5) + rng.normal(0, 0.6)
                for quad, share in enumerate((1.0, 0.3, 0.5, 0.4)):
                    for _ in range(rng.poisson(share * np.exp(level))):
                        day = int(rng.integers(edges[month], edges[month + 1]))
                        rows.append((day, a, b, quad) if rng.random() < 0.5 else (day, b, a, quad))
    day, actor, recipient, quad = (np.array(column) for column in zip(*rows, strict=True))
    intensity = np.choose(quad, [2.0, 6.0, -3.0, -7.0])
    cameo = np.choose(quad, ["040", "070", "111", "190"])
    return EventArrays(
        states=STATES, day=day, actor=actor, recipient=recipient, quad=quad, intensity=intensity, cameo=cameo
    )


@pytest.fixture(scope="session")
def world() -> EventArrays:
    """Four years of events."""
    return made(seed=4)
