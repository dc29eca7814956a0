"""What event data sets say of a pair, in words and for machines; a row is named by its data set, id and day.

Rows have no sentence, so that none of them is ever shown as a claim: they stand in a part of their own.
"""

from __future__ import annotations

from detente.dossier import wording
from detente.records import Imported, Imports

SHOWN = 12
"""Rows listed where a reader has to scroll past them; the JSON has all that the ties rest on."""


def row_document(row: Imported) -> dict[str, object]:
    """One row of an event data set, for machines."""
    return {
        "id": row.id,
        "dataset": row.dataset,
        "row": row.row,
        "date": row.date.isoformat(),
        "known_at": row.known_at.isoformat(),
        "actor": row.actor,
        "actor_name": row.actor_name,
        "recipient": row.recipient,
        "recipient_name": row.recipient_name,
        "event": row.event,
        "mode": row.mode,
        "cameo": row.cameo,
        "quad": row.quad,
        "intensity": row.intensity,
        "place": row.place,
        "reports": row.reports,
        "publisher": row.publisher,
    }


def basis(imports: Imports) -> str:
    """How much was imported about the pair, and from where."""
    sets = ", ".join(f"{count:,} of {name}" for name, count in imports.datasets)
    return (
        f"{imports.rows:,} imported {'row' if imports.rows == 1 else 'rows'} between the two ({sets}), "
        f"{wording.day(imports.first)} to {wording.day(imports.last)}. They have no sentence to show and are often "
        "wrong one by one: they are counted, never quoted."
    )


def what(row: Imported) -> str:
    """What a row says was done, as far as its code tells."""
    kind = row.event or "statement"
    return f"{kind} {row.mode} [{row.cameo}]" if row.mode else f"{kind} [{row.cameo}]"


def who(row: Imported) -> tuple[str, str]:
    """Actor and recipient as the data set names them, with their states."""
    return _party(row.actor, row.actor_name), _party(row.recipient, row.recipient_name)


def _party(code: str | None, name: str) -> str:
    return f"{code} ({name})" if code and name else code or name or "unknown"


def evidence(rows: tuple[str, ...]) -> str:
    """The rows behind a tie that no claim touches, counted."""
    return f"{wording.count(len(rows), 'imported row')}" if rows else ""
