"""The first line of a file in, its columns out, under the names that this program knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.errors import InputError


def plain_name(column: str) -> str:
    """A column's name without case, spaces and underscores, which vintages and other programs change."""
    return column.strip().strip('"').lower().replace(" ", "").replace("_", "")


def renamed(columns: Iterable[str], *, known: Mapping[str, str]) -> tuple[str, ...]:
    """The columns of a file, those known under their own name; `known` maps plain names to them.

    Examples:
        >>> renamed(["event_id", "Extra"], known={"eventid": "Event ID"})
        ('Event ID', 'Extra')
    """
    return tuple(known.get(plain_name(column), column.strip().strip('"')) for column in columns)


def positions(columns: Sequence[str], *, needed: Iterable[str], at: str) -> Mapping[str, int]:
    """Where each column stands.

    Raises:
        InputError: A needed one is missing.
    """
    found = {name: place for place, name in enumerate(columns)}
    missing = [name for name in needed if name not in found]
    if missing:
        raise InputError(f"{at}: got the columns {', '.join(columns)}; wanted also {', '.join(missing)}")
    return found


def width_fault(got: int, *, wanted: int) -> str:
    """Why a row of another width is dropped."""
    return f"the row has {got} cells, wanted {wanted}"
