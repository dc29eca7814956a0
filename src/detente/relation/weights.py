"""The table of stated weights in, a record that the verdict adds up with out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from detente.errors import OntologyError
from detente.ontology.tables import read_table

OUTCOMES = ("rupture", "cooling", "thaw", "stable")
SETTINGS = frozenset({"standing", "fading", "repeat", "range", "saturation", "horizon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log-odds against `stable` by feature and outcome, base rates, and the settings of the sum."""

    base: dict[str, float]
    toward: dict[str, dict[str, float]]
    settings: dict[tuple[str, str], float]

    def setting(self, feature: str, name: str) -> float:
        """A setting such as `fading`, `half_life_days`."""
        return self.settings[(feature, name)]


@lru_cache(maxsize=4)
def load_weights(table: str | Path = "verdict_weights.csv") -> Weights:
    """Reads the weights; `table` alone means the file shipped in the ontology.

    Raises:
        OntologyError: A row is broken, or the base rates do not sum to one.
    """
    base: dict[str, float] = {}
    toward: dict[str, dict[str, float]] = {}
    settings: dict[tuple[str, str], float] = {}
    for row in read_table(table, wanted=("feature", "toward", "weight", "words")):
        try:
            value = float(row["weight"])
        except ValueError as error:
            raise OntologyError(f"{row.where}: weight: got {row['weight']!r}, wanted a number") from error
        if row["feature"] in SETTINGS:
            settings[(row["feature"], row["toward"])] = value
        elif row["toward"] not in OUTCOMES:
            raise OntologyError(f"{row.where}: toward: got {row['toward']!r}, wanted one of {', '.join(OUTCOMES)}")
        elif row["feature"] == "base":
            base[row["toward"]] = value
        else:
            toward.setdefault(row["feature"], {})[row["toward"]] = value
    if set(base) != set(OUTCOMES) or abs(sum(base.values()) - 1) > 1e-9:
        raise OntologyError(f"{table}: got base rates {base}, wanted one for each outcome that sum to one")
    return Weights(base=base, toward=toward, settings=settings)
