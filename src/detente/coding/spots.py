"""A known name in a sentence: where it stands and whom it means."""

from __future__ import annotations

from dataclasses import dataclass

from detente.ontology.registers import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A known name in a sentence: tokens [start, end), its meaning, and the other meanings it could have had."""

    start: int
    end: int
    text: str
    name: Name
    others: tuple[Name, ...] = ()
