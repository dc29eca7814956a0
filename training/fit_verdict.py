"""Fits the two small models of the verdict on labelled episodes and writes them with their cards: `make fit`.

    python training/fit_verdict.py --episodes EPISODES.csv --years YEARLY.parquet --days DAILY.parquet --date 2024-01-01

The data are not part of the project: their terms leave open whether they may be passed on. Scores in the cards are
leave-dyad-out. Without --out nothing is overwritten but the files the program ships.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from detente.exchange import histories
from detente.foresight import episode_scores as task
from detente.relation import softmax
from detente.relation.fitted import HINDSIGHT, SIX_MONTHS
from detente.relation.outlook import reference_from

OUT = Path(__file__).resolve().parents[1] / "src" / "detente" / "relation" / "models"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--episodes", type=Path, required=True)
    asked.add_argument("--years", type=Path, required=True)
    asked.add_argument("--days", type=Path, required=True)
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
    text = {"about": f"quantiles over {len(told)} pairs of states in {middle}; derived from ICEWS", **asdict(known)}
    (given.out / "reference-1.json").write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
