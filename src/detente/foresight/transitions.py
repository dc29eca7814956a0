"""Events of many pairs in, fitted hazards of a breach and how good they are out: 1, 3, 6 and 12 months ahead.

Every pair is looked at on the first day of every month: how it stood by then, and when its next breach came. Pairs are
left out whole: in ten parts, what is scored was never in the part that was fitted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.foresight.scores import Evaluation, Score, area_under_curve, brier_skill, calibration_error, interval
from detente.relation.episodes import Episode
from detente.relation.event_arrays import EventArrays, months_of, pairs_with
from detente.relation.hazards import (
    FEATURES,
    LEADS,
    MONTH_DAYS,
    STATES,
    Floats,
    Hazards,
    Ints,
    Told,
    standing,
    told,
)

HORIZONS_MONTHS = (1, 3, 6, 12)
LEAST = 24
"""Events of a pair in all the data, and `LEAST_YEAR` in the year before, to be looked at."""

LEAST_YEAR = 6
RIDGE = 20.0
PRIOR_EVENTS = 2.0
"""What the rate of all states counts for in that of one, where few breaches came."""

PARTS = 10
NEVER = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Pair-months, N rows.

    Attributes:
        features: (N, P); `states` (N,) positions in `STATES`; `pair` (N,).
        ahead: (N,) months to the next breach, `NEVER` where none came; `seen` (N,) months that the data reach ahead.
    """

    features: Floats
    states: Ints
    pair: Ints
    ahead: Floats
    seen: Floats

    def only(self, kept: NDArray[np.bool_], /) -> Looks:
        """The rows at which `kept` is true."""
        return Looks(
            features=self.features[kept], states=self.states[kept], pair=self.pair[kept], ahead=self.ahead[kept],
            seen=self.seen[kept],
        )  # fmt: skip

    def until(self, months: float, /) -> Looks:
        """The same rows as if the data ended some months after the last of them can have been looked at."""
        return Looks(
            features=self.features, states=self.states, pair=self.pair,
            ahead=np.where(self.ahead > self.seen - months, NEVER, self.ahead), seen=self.seen - months,
        )  # fmt: skip

    def came(self) -> tuple[Floats, Floats]:
        """Breaches and months at risk over each of `LEADS`, (N, 4) both."""
        end = np.minimum(self.ahead, self.seen)
        risk = np.column_stack([np.clip(end - a, 0, b - a) for a, b in LEADS])
        reached = self.ahead <= self.seen
        came = np.column_stack([reached & (self.ahead > a) & (self.ahead <= b) for a, b in LEADS])
        return came.astype(np.float64), risk


def looks(events: EventArrays, /, *, chosen_by: dt.date | None = None) -> Looks:
    """Every pair with some events on the first day of every month, from a year after the first event.

    Args:
        events: All events.
        chosen_by: Day by which a pair must have had its events; any when None.

    Raises:
        InputError: The data reach over less than two years, or hold no such pair or no breach.
    """
    months = months_of(events.day)
    between = events.only(events.actor != events.recipient)
    pairs = pairs_with(between if chosen_by is None else between.until(chosen_by), least=LEAST)
    if months.count < 24 or not len(pairs):
        raise InputError(
            f"events: got {months.count} months and {len(pairs)} pairs of {LEAST} events, wanted two years"
        )
    held = told(between, place=pairs.places(between), count=len(pairs))
    if not len(held.breaches):
        raise InputError(
            "events: got no tie that was cut, wanted CAMEO codes such as 161 or 163 on two days of a month"
        )
    last = int(events.day.max())
    rows = []
    for month in range(12, months.count):
        day = months.start(month) - dt.timedelta(days=1)
        features, states = standing(held, day=day)
        kept = np.expm1(features[:, 0]) >= LEAST_YEAR - 0.5
        ahead = _ahead(held, day=day.toordinal())
        reach = np.full(len(pairs), (last - day.toordinal()) / MONTH_DAYS)
        rows.append([x[kept] for x in (features, states, np.arange(len(pairs)), ahead, reach)])
    features, states, pair, ahead, reach = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Looks(features=features, states=states, pair=pair, ahead=ahead, seen=reach)


def _ahead(held: Told, *, day: int) -> Floats:
    found = np.full(held.count, NEVER)
    for place, at in held.breaches[held.breaches[:, 1] > day][::-1].tolist():
        found[place] = (at - day) / MONTH_DAYS
    return found


def fit(rows: Looks, /, *, mending: float = 1.0, plain: bool = False) -> Hazards:
    """Hazards fitted by penalised likelihood of a piecewise constant hazard (a Poisson regression).

    Args:
        rows: Pair-months.
        mending: Shape of the hazard of a mending, from `mending_shape`.
        plain: Whether nothing but the state counts.
    """
    from scipy.optimize import minimize

    came, risk = rows.came()
    usual, spread = rows.features.mean(0), rows.features.std(0) + 1e-9
    scaled = (rows.features - usual) / spread
    events = came.sum(1)
    member = np.eye(len(STATES))[rows.states]
    overall = came.sum() / risk.sum()

    def bases(weights: Floats) -> tuple[Floats, Floats]:
        """The likeliest base for some weights, (3, 4), and the scaled risk that it multiplies."""
        lifted = np.exp(np.clip(scaled @ weights, -8, 8))
        exposed = member.T @ (risk * lifted[:, None])
        return (member.T @ came + PRIOR_EVENTS) / (exposed + PRIOR_EVENTS / overall), lifted

    def loss(weights: Floats) -> tuple[float, Floats]:
        base, lifted = bases(weights)
        expected = lifted * (risk * base[rows.states]).sum(1)
        value = expected.sum() - (came * np.log(base[rows.states])).sum() - events @ (scaled @ weights)
        value += (PRIOR_EVENTS * (base / overall - np.log(base))).sum() + 0.5 * RIDGE * weights @ weights
        return float(value), scaled.T @ (expected - events) + RIDGE * weights

    weights = np.zeros(scaled.shape[1])
    if not plain:
        weights = minimize(loss, weights, jac=True, method="L-BFGS-B").x
    base, _ = bases(weights)
    return Hazards(
        base={state: tuple(float(h) for h in base[i]) for i, state in enumerate(STATES)},
        usual=tuple(float(u) for u in usual),
        weights=tuple(float(w) for w in weights / spread),
        mending=mending,
    )


def left_out(rows: Looks, /, *, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Chances at each horizon, (N, 4), by the hazards and by the rate of the state alone, pairs left out whole."""
    part = rng.integers(0, PARTS, int(rows.pair.max()) + 1)[rows.pair]
    found, plain = np.zeros((len(part), 4)), np.zeros((len(part), 4))
    for out in range(PARTS):
        own = part == out
        if own.any():
            found[own], plain[own] = foretold(rows.only(~own), rows.only(own))
    return found, plain


def foretold(known: Looks, asked: Looks, /) -> tuple[Floats, Floats]:
    """Chances of `asked` by hazards fitted on `known`, and by how often ties broke in `known` in the same state."""
    model, plain = fit(known), fit(known, plain=True)
    found, rates = (
        np.column_stack([m.chances(asked.features, asked.states, months=h) for h in HORIZONS_MONTHS])
        for m in (model, plain)
    )
    return found, rates


def mending_shape(episodes: Iterable[Episode], /, *, until: dt.date) -> float:
    """Shape of the hazard that a quarrel of some age ends, from labelled quarrels; those that go on are censored.

    A ridge draws it towards 1 by as much as one quarrel says.
    """
    from scipy.optimize import minimize_scalar

    ages, ended = [], []
    for episode in episodes:
        if episode.label == "stable" or episode.onset >= until:
            continue
        over = episode.end is not None and episode.end < until
        last = episode.end if over and episode.end is not None else until
        ages.append(max((last - episode.onset).days, 1) / MONTH_DAYS)
        ended.append((episode.label, over))
    lengths = np.array(ages)

    def loss(log_shape: float) -> float:
        shape, value = np.exp(log_shape), 0.5 * log_shape**2
        for label in ("cooling", "rupture"):
            own = np.array([kind == label for kind, _ in ended], bool)
            over = own & np.array([o for _, o in ended], bool)
            scale = (over.sum() + 0.5) / ((lengths[own] ** shape).sum() + 0.5)
            value -= (np.log(shape * scale) + (shape - 1) * np.log(lengths[over])).sum()
            value += scale * (lengths[own] ** shape).sum()
        return float(value)

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 1.0), method="bounded").x))


def evaluate(
    events: EventArrays, /, *, train_until: dt.date | None, rng: np.random.Generator, shape: float
) -> Evaluation:
    """Scores of the chances at every horizon: leaving pairs out, or, given a day, fitted before it and scored after.

    Raises:
        InputError: The data reach over less than two years, or not both ways from the day.
    """
    rows = looks(events, chosen_by=train_until)
    if train_until is None:
        chances, plain = left_out(rows, rng=rng)
        note = f"fitted in {PARTS} parts, each without the pairs that it is scored on"
    else:
        beyond = (dt.date.fromordinal(int(events.day.max())) - train_until).days / MONTH_DAYS
        before = rows.seen > beyond + 0.5
        if not before.any() or before.all() or not (rows.only(before).until(beyond).ahead < NEVER).any():
            raise InputError(
                f"--train-until: got {train_until}, wanted a day with a year of data before and some after"
            )
        known, rows = rows.only(before).until(beyond), rows.only(~before)
        chances, plain = foretold(known, rows)
        note = f"fitted up to {train_until}"
    found = [score for i in range(4) for score in _scores(rows, chances, plain, place=i, rng=rng)]
    came = int((rows.ahead <= np.minimum(12, rows.seen)).sum())
    notes = (
        f"{len(np.unique(rows.pair))} pairs; {note}",
        f"{came} of {len(rows.pair)} pair-months have a breach within the year ahead",
        *_shape_notes(rows, chances, shape=shape),
    )
    return Evaluation(
        task="transitions",
        train_until=train_until.isoformat() if train_until else None,
        n=len(rows.pair),
        scores=tuple(found),
        notes=notes,
    )


def _scores(rows: Looks, chances: Floats, plain: Floats, *, place: int, rng: np.random.Generator) -> Sequence[Score]:
    months = HORIZONS_MONTHS[place]
    whole = rows.seen >= months - 0.1
    came, pair = (rows.ahead[whole] <= months).astype(np.float64), rows.pair[whole]
    ours, base = chances[whole, place], plain[whole, place]
    what = f"a tie is cut within {months} month{'s' if months > 1 else ''}"

    def loss(p: Floats, i: Ints) -> float:
        p = np.clip(p[i], 1e-6, 1 - 1e-6)
        return float(-(came[i] * np.log(p) + (1 - came[i]) * np.log(1 - p)).mean())

    measures = (
        ("Brier skill", lambda p, i: brier_skill(p[i], came[i]), True),
        ("AUC", lambda p, i: area_under_curve(p[i], came[i] > 0), True),
        ("log loss", loss, False),
        ("ECE", lambda p, i: calibration_error(p[i], came[i]), False),
    )
    everything = np.arange(len(came))
    found = []
    for metric, measure, higher in measures:
        low, high = interval(lambda i, measure=measure: measure(ours, i), pair, rng=rng, draws=100)  # type: ignore[misc]
        found.append(
            Score(
                name=what,
                metric=metric,
                value=measure(ours, everything),
                low=low,
                high=high,
                baseline="rate of its state",
                baseline_value=measure(base, everything),
                n=len(came),
                higher_is_better=higher,
            )
        )
    return found


def _shape_notes(rows: Looks, chances: Floats, *, shape: float) -> Iterable[str]:
    """How sure the chances are, and how those at other horizons, taken from six months by a stated shape, would do."""
    six = _hazard(chances[:, 2])
    for i, months in enumerate(HORIZONS_MONTHS):
        whole = rows.seen >= months - 0.1
        came = (rows.ahead[whole] <= months).astype(np.float64)
        stated = -np.expm1(-six[whole] * (months / 6) ** shape)
        yield (
            f"{months} months: slope of calibration {calibration_slope(chances[whole, i], came):.2f}; mean chance "
            f"{chances[whole, i].mean():.4f}, by the stated shape {stated.mean():.4f}, came {came.mean():.4f}"
        )


def calibration_slope(chances: Floats, came: Floats, /) -> float:
    """Slope of a Platt calibration on the scale of log hazards; 1 is calibrated, below it too sure of itself.

    Platt 1999, Advances in Large Margin Classifiers, 61-74; with a complementary log-log link.
    """
    from scipy.optimize import minimize

    logs = np.log(_hazard(chances))

    def loss(b: Floats) -> float:
        p = np.clip(-np.expm1(-np.exp(np.clip(b[0] + b[1] * logs, -20, 5))), 1e-9, 1 - 1e-9)
        return float(-(came * np.log(p) + (1 - came) * np.log(1 - p)).mean())

    return float(minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead").x[1])


def _hazard(chances: Floats) -> Floats:
    return np.asarray(-np.log1p(-np.clip(chances, 1e-9, 1 - 1e-9)), np.float64)


__all__ = [
    "FEATURES",
    "Looks",
    "calibration_slope",
    "evaluate",
    "fit",
    "foretold",
    "left_out",
    "looks",
    "mending_shape",
]
