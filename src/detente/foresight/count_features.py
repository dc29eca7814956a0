"""Events in, what is known of each pair at the start of a month out: the features of next month's counts.

Every feature of month t is made from days before its first day. Levels are taken as log(x + 0.1) of events a month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.relation.event_arrays import EventArrays, Floats, Months, Pairs, monthly

MONTH_DAYS = 30.4
HALF_LIVES_DAYS = (5, 15, 45, 180)
DISCOUNTS = (0.8, 0.95)
"""Memory of the gamma-Poisson filters: a month ago counts that much of the present one."""

ROOTS = ("01", "02", "03", "04", "05", "10", "11", "12", "13", "14", "16", "17", "18", "19")
"""CAMEO roots looked at one by one where codes are known: to reject is not yet to threaten. Rarer ones are left out."""

ROOT_HALF_LIVES_DAYS = (30, 180)

FIRST = 12
"""Months of history before the first month that is forecast or learned from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything the features are made of.

    Attributes:
        directed: (D, 2, 4, T) monthly counts; `both` is their sum over directions, (D, 4, T).
        recent: (H, T, D, 4) levels by half-life, from single days, known at the start of each month.
        roots: (R, T, D) levels by CAMEO root and half-life; all alike where the codes are unknown.
        filtered: (2, T, D, 4) gamma-Poisson means by discount, known at the start of each month.
        active: (S, 4, T) events of each state with all others; `inside` those within it.
        ends: (D, 2) positions of each pair's states.
    """

    months: Months
    directed: Floats
    both: Floats
    recent: Floats
    roots: Floats
    filtered: Floats
    active: Floats
    inside: Floats
    ends: NDArray[np.int64]


def history(events: EventArrays, /, *, pairs: Pairs, months: Months) -> History:
    """The history of `pairs` over `months`."""
    directed = monthly(events, pairs=pairs, months=months)
    both = directed.sum(1)
    month = months.of(events.day)
    within = (month >= 0) & (month < months.count)
    active = np.zeros((len(events.states), 4, months.count))
    inside = np.zeros_like(active)
    between = within & (events.actor != events.recipient)
    for party in (events.actor, events.recipient):
        np.add.at(active, (party[between], events.quad[between], month[between]), 1)
    at_home = within & (events.actor == events.recipient)
    np.add.at(inside, (events.actor[at_home], events.quad[at_home], month[at_home]), 1)
    return History(
        months=months,
        directed=directed,
        both=both,
        recent=np.stack([_recent(events, pairs=pairs, months=months, half_life=h) for h in HALF_LIVES_DAYS]),
        roots=_roots(events, pairs=pairs, months=months),
        filtered=np.stack([_filtered(both, discount=d) for d in DISCOUNTS]),
        active=active,
        inside=inside,
        ends=pairs.both,
    )


def features(past: History, /, *, month: int) -> NDArray[np.float32]:
    """What is known at the start of `month`, (D, P)."""
    columns = [*_own(past, month), *_sides(past, month), *_world(past, month)]
    return np.column_stack(columns).astype(np.float32)


def offsets(past: History, /, *, month: int) -> NDArray[np.float32]:
    """Log of a plain expectation of each quad's count in `month`, (D, 4); a forecast starts from it."""
    slow = past.recent[HALF_LIVES_DAYS.index(180), month]
    return _level(0.5 * slow + 0.5 * past.filtered[0, month]).astype(np.float32)


def _level(x: Floats) -> Floats:
    return np.asarray(np.log(x + 0.1), np.float64)


def _recent(events: EventArrays, *, pairs: Pairs, months: Months, half_life: int) -> Floats:
    """Exponentially weighted events a month, at the start of every month, (T, D, 4)."""
    edges = months.edges()
    place, month = pairs.places(events), months.of(events.day)
    kept = (place >= 0) & (month >= 0) & (month < months.count)
    keep_a_day = 0.5 ** (1 / half_life)
    added = np.zeros((months.count, len(pairs), 4))
    weight = keep_a_day ** (edges[month[kept] + 1] - 1 - events.day[kept])
    np.add.at(added, (month[kept], place[kept], events.quad[kept]), weight)
    found = np.zeros_like(added)
    held, seen = np.zeros((len(pairs), 4)), 0.0
    for t in range(months.count):
        found[t] = held / seen * MONTH_DAYS if seen else held
        days = edges[t + 1] - edges[t]
        held = held * keep_a_day**days + added[t]
        seen = seen * keep_a_day**days + (1 - keep_a_day**days) / (1 - keep_a_day)
    return found


def _roots(events: EventArrays, *, pairs: Pairs, months: Months) -> Floats:
    root = np.array([code[:2] for code in events.cameo.tolist()], np.str_)
    levels = []
    for code in ROOTS:
        held = events.only(root == code)
        for half_life in ROOT_HALF_LIVES_DAYS:
            levels.append(_recent(held, pairs=pairs, months=months, half_life=half_life).sum(2))
    return np.stack(levels)


def _filtered(counts: Floats, *, discount: float) -> Floats:
    """Mean of a gamma-Poisson filter before each month, (T, D, 4) (Harvey and Fernandes 1989, JBES 7:407)."""
    shape, rate = np.full(counts.shape[:2], 0.5), np.ones(counts.shape[:2])
    found = np.zeros((counts.shape[2], *counts.shape[:2]))
    for t in range(counts.shape[2]):
        found[t] = shape / rate
        # The prior is let back in as the past is forgotten, so that a pair long quiet keeps a small chance.
        shape = discount * shape + counts[:, :, t] + (1 - discount) * 0.05
        rate = discount * rate + 1 + (1 - discount) * 0.05
    return found


def _own(past: History, t: int) -> list[Floats]:
    """The pair's own past, quad by quad, and which side does more of it."""
    columns = []
    for q in range(4):
        x = past.both[:, q, :t]
        year, two = x[:, -12:], x[:, -24:]
        levels = [x[:, -1], x[:, -2], x[:, -3], *(x[:, -w:].mean(1) for w in (3, 6, 12, 24)), x.mean(1), year.max(1)]
        levels += [x[:, -12], *past.filtered[:, t, :, q], *past.recent[:, t, :, q]]
        columns += [_level(level) for level in levels]
        columns += [(year > 0).mean(1), np.log((two.var(1) + 0.1) / (two.mean(1) + 0.1))]
    columns += [_level(level) for level in past.roots[:, t]]
    for q in (0, 3):
        done = past.directed[:, :, q, t - 12 : t].sum(2)
        columns.append((done[:, 0] - done[:, 1]) / (done.sum(1) + 5))
    return columns


def _sides(past: History, t: int) -> list[Floats]:
    """What each of the two does with all others, and at home."""
    columns = []
    for q in range(4):
        others = [past.active[past.ends[:, i], q, :t] - past.both[:, q, :t] for i in (0, 1)]
        for window in (1, 3):
            rises = [np.log((o[:, -window:].mean(1) + 1) / (o[:, -12:].mean(1) + 1)) for o in others]
            columns += [rises[0] + rises[1], np.maximum(*rises)]
        sizes = [np.log1p(o[:, -12:].mean(1)) for o in others]
        columns += [sizes[0] + sizes[1], np.abs(sizes[0] - sizes[1])]
    for q in (2, 3):
        home = [past.inside[past.ends[:, i], q] for i in (0, 1)]
        rises = [np.log((h[:, t - 1] + 1) / (h[:, t - 12 : t].mean(1) + 1)) for h in home]
        sizes = [np.log1p(h[:, t - 12 : t].mean(1)) for h in home]
        columns += [rises[0] + rises[1], sizes[0] + sizes[1]]
    return columns


def _world(past: History, t: int) -> Sequence[Floats]:
    """How much is being told at all, and the season."""
    told = past.active.sum((0, 1))[:t]
    shifts = [
        np.log((told[-1] + 1) / (told[-12:].mean() + 1)),
        np.log((told[-3:].mean() + 1) / (told[-24:].mean() + 1)),
        np.log((told[-12:].mean() + 1) / (told.mean() + 1)),
    ]
    turn = 2 * np.pi * past.months.start(t).month / 12
    season = [np.sin(turn), np.cos(turn), np.sin(2 * turn), np.cos(2 * turn)]
    return [np.full(len(past.ends), v) for v in (*shifts, *season)]
