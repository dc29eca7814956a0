"""CAMEO codes in, PLOVER types, classes and intensities out: `cameo_plover.csv` and `goldstein.csv`.

The way back is `scales.code_of`. Each direction has a table of its own, because CAMEO parts what PLOVER joins (demands
and appeals) and joins what PLOVER parts (recall, expulsion and severance are one code). A code that leads to a type
and back may so come out as another code of that type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.errors import OntologyError
from detente.ontology.tables import read_table
from detente.records import EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """What one CAMEO code stands for.

    Attributes:
        event: PLOVER type, None for a bare statement, of which PLOVER has no type.
        mode: PLOVER mode or None.
        quad: Class of the code in CAMEO, 1 to 4; it may differ from the class of the PLOVER type.
        intensity: Goldstein scale, -10 to 10, None where it has no place on the scale.
        contested: Whether another reading is as good; `note` says which.
    """

    code: str
    event: str | None
    mode: str | None
    quad: int
    intensity: float | None
    contested: bool
    note: str


@lru_cache(maxsize=1)
def cameo_codes() -> Mapping[str, CameoCode]:
    """Every CAMEO code of two to four digits, as text.

    The scale is that of Goldstein (1992, doi:10.1177/0022002792036002007), as extended to CAMEO by its authors.

    Raises:
        OntologyError: A row of the table names an unknown type or class.
    """
    scale = {row["code"]: float(row["goldstein"]) for row in read_table("goldstein.csv", wanted=("code", "goldstein"))}
    found = {}
    for row in read_table("cameo_plover.csv", wanted=("code", "event", "mode", "quad", "contested", "note")):
        if (row["event"] and row["event"] not in EVENTS) or row["quad"] not in {"1", "2", "3", "4"}:
            raise OntologyError(
                f"{row.where}: got type {row['event']!r}, class {row['quad']!r}; wanted a PLOVER type or none, 1 to 4"
            )
        # A code that is younger than the scale takes the value of its class.
        intensity = scale.get(row["code"], scale.get(row["code"][:2]))
        found[row["code"]] = CameoCode(
            code=row["code"], event=row["event"] or None, mode=row["mode"] or None, quad=int(row["quad"]),
            intensity=intensity, contested=row["contested"] == "yes", note=row["note"],
        )  # fmt: skip
    return found


def repaired(code: str, *, numeric: bool) -> str | None:
    """The code as CAMEO writes it, None where there is no such code.

    Args:
        code: As it was found.
        numeric: The data set writes codes of at least three digits, so that one of two has lost its leading zero;
            otherwise two digits are a root class.

    Examples:
        >>> repaired("40", numeric=True), repaired("211", numeric=True), repaired("10", numeric=False)
        ('040', '0211', '10')
    """
    text = code.strip().removesuffix(".0")
    table = cameo_codes()
    if text in table and not (numeric and len(text) == 2):
        return text
    for attempt in ("0" + text, text[:-1] if len(text) > 3 else ""):
        if attempt in table:
            return attempt
    return None
