"""Fits how sure the coder is of a claim, on claims that readers judged one by one.

    python training/fit_weighing.py corpus/judged/claims.jsonl [--write]

Each line holds the marks of one claim (see `detente.coding.weighing.marks`), the article it came from and whether it is
right in actor, recipient, type and status. A logistic regression with a small ridge is fitted; log loss, calibration
and precision are measured with whole articles left out in turn.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

TABLE = Path("src/detente/ontology/weighing.csv")
FOLDS = 8
RIDGE = 0.5  # inverse strength, as scikit-learn counts it
NOTES = {
    "keep": "a claim is told from this confidence on; set",
    "keep known": "the same for what the model alone says of two known parties; set",
}
Row = Mapping[str, object]


def table(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float64]:
    """(claims, marks) the numbers of each claim, 0 where a mark is absent."""
    return np.array([[float(row["marks"].get(name, 0.0)) for name in names] for row in rows])


def fitted(x: NDArray[np.float64], y: NDArray[np.float64]) -> LogisticRegression:
    return LogisticRegression(C=RIDGE, max_iter=2000).fit(x, y)


def cross_fitted(x: NDArray[np.float64], y: NDArray[np.float64], folds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance of each claim by a fit on the articles of the other folds."""
    chance = np.zeros(len(y))
    for k in range(FOLDS):
        inside = folds == k
        if inside.any():
            chance[inside] = fitted(x[~inside], y[~inside]).predict_proba(x[inside])[:, 1]
    return chance


def calibration_error(chance: NDArray[np.float64], y: NDArray[np.float64], *, bins: int = 10) -> float:
    number = np.minimum((chance * bins).astype(int), bins - 1)
    return float(sum(abs(chance[number == k].sum() - y[number == k].sum()) for k in range(bins)) / len(y))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judged", type=Path, nargs="+")
    parser.add_argument("--keep", type=float, default=0.12)
    parser.add_argument("--keep-known", type=float, default=0.48)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = [json.loads(line) for path in args.judged for line in path.read_text(encoding="utf-8").splitlines()]
    names = sorted({name for row in rows for name in row["marks"]})
    x, y = table(rows, names), np.array([float(row["right"]) for row in rows])
    folds = np.array([zlib.crc32(row["article"].encode()) % FOLDS for row in rows])
    chance = cross_fitted(x, y, folds)
    loss = -float(np.mean(y * np.log(chance) + (1 - y) * np.log(1 - chance)))
    base = y.mean()
    prior = -float(base * np.log(base) + (1 - base) * np.log(1 - base))
    print(f"{len(rows)} claims, {base:.3f} right; log loss {loss:.3f} (base {prior:.3f}), "
          f"calibration error {calibration_error(chance, y):.3f}")  # fmt: skip
    for limit in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        told = chance >= limit
        if told.any():
            right = y[told].mean()
            part = y[told].sum() / y.sum()
            print(f"from {limit:.1f}: {told.mean():.2f} of the claims, {right:.3f} right, {part:.2f} of all right ones")
    model = fitted(x, y)
    weights = dict(zip(names, model.coef_[0], strict=True)) | {"constant": float(model.intercept_[0])}
    for name, value in sorted(weights.items(), key=lambda item: -abs(item[1])):
        print(f"  {value:+.3f} {name}")
    if args.write:
        limits = {"keep": args.keep, "keep known": args.keep_known}
        told_by = "# Weights of the marks of a claim: fitted by training/fit_weighing.py on claims judged one by one."
        lines = ["name,value,note", told_by]
        lines += [f"{name},{value:.4f}," for name, value in sorted(weights.items())]
        lines += [f"{name},{value},{NOTES[name]}" for name, value in limits.items()]
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
