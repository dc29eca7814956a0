"""Fits the weights by which claims are merged: `make` has no target for it, it takes a second.

    python training/fit_merging.py [--write]

Reads the key of the sample chronicle up to `FITTED_UNTIL` (what follows stays held out), compares every claim with the
happenings before it as the merging does, and finds the weights of greatest posterior probability around the stated
ones (independent normal priors): logistic regression by Newton's method. `--write` puts them into the table.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "gold"))

import chronicle_key  # noqa: E402  the key and its reader stand with the tests

from detente.merge import placing  # noqa: E402
from detente.merge.events import DONE, family, parties  # noqa: E402
from detente.merge.likeness import FEATURES, compared, telling  # noqa: E402
from detente.records import Claim  # noqa: E402

TABLE = ROOT / "src" / "detente" / "ontology" / "merge_weights.csv"
STATED = ROOT / "training" / "merge_weights_stated.csv"
SPREAD = 1.0
"""Standard deviation of the prior around each stated weight, in log-odds."""


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def blocks() -> dict[object, list[tuple[Claim, str]]]:
    held = defaultdict(list)
    for _, claim, same in chronicle_key.mentions():
        if claim.published <= chronicle_key.FITTED_UNTIL and parties(claim):
            standing = "done" if claim.status in DONE else claim.status
            held[(parties(claim), family(claim.event), standing)].append((claim, same))
    return held


def pairs() -> Iterator[tuple[dict[str, float], bool]]:
    """Features of every claim beside every earlier happening that is near in time, and whether it is its own."""
    ones = dict.fromkeys(FEATURES, 1.0)
    for held in blocks().values():
        names = {claim.id: same for claim, same in held}
        truth = placing.Placing(odds=ones, parted={})
        groups: dict[str, placing.Group] = {}
        for claim in sorted((c for c, _ in held), key=placing.order):
            new, kind, day = telling(claim), placing.precision_of(claim), placing.day_of(claim)
            own = groups.get(names[claim.id])
            seen = set()
            for when, group in truth.near(claim, day=day, kind=kind):
                if id(group) not in seen:
                    seen.add(id(group))
                    features = compared(new, group.profile, when=when, odds=ones)
                    if features is not None:
                        yield dict(features), group is own
            if own is None:
                own = groups[names[claim.id]] = truth.open(claim, day=day, kind=kind)
            own.profile.add(new)
            if kind == "day":
                own.days[day] += 1


def fit(x: np.ndarray, y: np.ndarray, *, prior: np.ndarray) -> np.ndarray:
    weights = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - (weights - prior) / SPREAD**2
        curvature = (x * (p * (1 - p))[:, None]).T @ x + np.eye(len(prior)) / SPREAD**2
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    stated = rows(STATED)
    names = [row["feature"] for row in stated if row["feature"] != "neutral-meaning"]
    found = list(pairs())
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in found])
    y = np.array([float(same) for _, same in found])
    prior = np.array([float(row["weight"]) for row in stated if row["feature"] in names])
    weights = fit(x, y, prior=prior)
    for which, w in (("stated", prior), ("fitted", weights)):
        p = 1 / (1 + np.exp(-x @ w))
        loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        print(f"{which}: {len(y)} pairs, {int(y.sum())} of one happening, log loss {loss:.3f}, "
              f"wrong at one half {int(((p > 0.5) != (y > 0.5)).sum())}")  # fmt: skip
    fitted = dict(zip(names, weights, strict=True))
    for row in stated:
        row["weight"] = f"{fitted.get(row['feature'], float(row['weight'])):.2f}"
        print(row["feature"], row["weight"])
    if parser.parse_args().write:
        out = io.StringIO()
        writer = csv.DictWriter(out, ["feature", "weight", "words"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(stated)
        TABLE.write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
