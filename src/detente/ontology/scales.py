"""From PLOVER types and modes to CAMEO codes, and to the two scales of intensity."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from detente.ontology.tables import Row, read_table


@lru_cache(maxsize=1)
def crosswalk() -> Mapping[tuple[str, str], Row]:
    """The rows of `crosswalk.csv` by type and mode; each type has one without a mode."""
    rows = read_table("crosswalk.csv", wanted=("event", "mode", "cameo", "plover"))
    return {(row["event"], row["mode"]): row for row in rows}


def _row(event: str, mode: str | None) -> Row:
    known = crosswalk()
    return known.get((event, mode or ""), known[event, ""])


def code_of(event: str, mode: str | None) -> str:
    """The CAMEO code of a type and mode."""
    return _row(event, mode)["cameo"]


def plover_intensity(event: str, mode: str | None) -> float:
    """The intensity of a type and mode from -10 (an attack) to 10, in the order of the PLOVER codebook."""
    return float(_row(event, mode)["plover"])


def goldstein(cameo: str, scale: Mapping[str, float]) -> float:
    """The Goldstein score of a CAMEO code (Goldstein 1992, extended to CAMEO) or of the class above it; 0 for none."""
    for code in (cameo, cameo[:3], cameo[:2]):
        if code in scale:
            return scale[code]
    return 0.0


def penta_of(cameo: str) -> int:
    """The class of a CAMEO code: 0 says or appeals, 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict.

    Roots 01 and 02 are statements; 16 (reduced relations) counts as verbal conflict, as in the class sets made of CAMEO
    (Schrodt 2012; Hu et al. 2022). It differs from `quad`, which follows PLOVER: a request is verbal conflict there and
    a sanction material.
    """
    root = int(cameo[:2])
    if root <= 2:
        return 0
    if root <= 8:
        return 1 if root <= 5 else 2
    return 3 if root <= 13 or root == 16 else 4
