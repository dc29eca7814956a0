"""Fits the small models of the verdict on labelled episodes and events and writes them with their cards: `make fit`.

    python training/fit_verdict.py --episodes EPISODES.csv --years YEARLY.parquet --days DAILY.parquet \\
        --events EVENTS.parquet --date 2024-01-01

The data are not part of the project: their terms leave open whether they may be passed on. Scores in the cards are
leave-dyad-out. Without --out nothing is overwritten but the files the program ships.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from detente.exchange import histories
from detente.exchange.event_tables import read_events
from detente.foresight import episode_scores as task
from detente.foresight import transitions
from detente.relation import hazards, softmax
from detente.relation.episodes import Episode
from detente.relation.fitted import HINDSIGHT, SIX_MONTHS
from detente.relation.outlook import reference_from

SHAPE = 0.5
OUT = Path(__file__).resolve().parents[1] / "src" / "detente" / "relation" / "models"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--episodes", type=Path, required=True)
    asked.add_argument("--years", type=Path, required=True)
    asked.add_argument("--days", type=Path, required=True)
    asked.add_argument("--events", type=Path, required=True, help="ten years of events, for the hazards of a breach")
    asked.add_argument("--until", type=dt.date.fromisoformat, default=dt.date(2024, 1, 1), help="end of the labels")
    asked.add_argument("--date", required=True, help="day of the fit, for the card")
    asked.add_argument("--out", type=Path, default=OUT)
    given = asked.parse_args()
    episodes = histories.read_episodes(given.episodes)
    years, days = histories.read_years([given.years]), histories.read_days([given.days])
    rng = np.random.default_rng(1)
    after, before = task.afterwards(episodes, years), task.beforehand(episodes, years=years, days=days)
    hindsight = task.hindsight_scores(after, task.left_out(after, task.fit_afterwards)[0], rng=rng)
    foresight = task.foresight_scores(before, *task.left_out(before, task.fit_beforehand), rng=rng)
    scored = {
        HINDSIGHT: (after, task.fit_afterwards, hindsight),
        SIX_MONTHS: (before, task.fit_beforehand, foresight),
    }
    for name, (cases, fit, scores) in scored.items():
        rates = np.bincount(cases.outcomes, minlength=len(cases.kinds)) / len(cases)
        files = f"{given.episodes.name}, {given.years.name}, {given.days.name}"
        card = {
            "date": given.date,
            "data": f"{files}; derived from ICEWS and GDELT, not shipped",
            "cases": str(len(cases)),
            "score": "; ".join(f"{s.name} {s.value:.3f} ({s.low:.3f} to {s.high:.3f}), leave-dyad-out" for s in scores),
            "limits": "fitted on a sample chosen by label: its rates are those of pairs asked about, not of all pairs",
        } | {f"rate of {kind}": f"{rate:.6f}" for kind, rate in zip(cases.kinds, rates, strict=True)}
        pairs = tuple(sorted({"-".join(p) for p in cases.pairs}))
        model = replace(fit(cases), card=card, fitted_on=pairs)
        (given.out / f"{name}.json").write_text(softmax.dump(model), encoding="utf-8")
        print(name, card["score"])
    middle = max(y for y in years.cooperation if y < 2013)
    told = [p for p in years.cooperation[middle] if years.volume(middle, p) > 0]
    known = reference_from(
        np.array([years.cooperation[middle][p] for p in told]),
        np.array([years.conflict[middle][p] for p in told]),
        usual=before.features.mean(0),
    )
    _fit_hazards(given, episodes)
    text = {"about": f"quantiles over {len(told)} pairs of states in {middle}; derived from ICEWS", **asdict(known)}
    (given.out / "reference-1.json").write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


def _fit_hazards(given: argparse.Namespace, episodes: Sequence[Episode]) -> None:
    """Hazards of a breach, scored leave-dyad-out, and the pace of mending; written beside the other models."""
    events, _ = read_events([given.events])
    rows = transitions.looks(events)
    shape = transitions.mending_shape(episodes, until=given.until)
    found = transitions.evaluate(events, train_until=None, rng=np.random.default_rng(1), shape=SHAPE)
    came, _ = rows.came()
    card = {
        "date": given.date,
        "data": f"{given.events.name} and, for mending, {given.episodes.name}; derived from ICEWS, not shipped",
        "cases": f"{len(rows.pair)} pair-months of {len(np.unique(rows.pair))} pairs, {int(came.sum())} breaches",
        "score": "; ".join(f"{s.name}: {s.metric} {s.value:.3f}" for s in found.scores) + "; leave-dyad-out",
        "limits": "a breach is two coded rows within a month, often of one happening; ruptures are too few to fit",
    }
    model = replace(transitions.fit(rows, mending=shape), card=card)
    (given.out / f"{hazards.NAME}.json").write_text(hazards.dump(model), encoding="utf-8")
    print(hazards.NAME, card["score"], f"mending {shape:.2f}")


if __name__ == "__main__":
    main()
