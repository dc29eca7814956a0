"""The fitted models that are shipped: small frozen files with a card, `models/NAME.json`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from detente.relation.softmax import Softmax, load

HINDSIGHT = "hindsight-1"
SIX_MONTHS = "six-months-1"
"""Names carry a version: a model fitted anew gets a new one, and the old file stays what it was."""


@lru_cache(maxsize=4)
def shipped(name: str) -> Softmax:
    """A shipped model.

    Raises:
        ModelError: It is missing or broken.
    """
    return load(Path(str(files("detente") / "relation" / "models" / f"{name}.json")))
