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
