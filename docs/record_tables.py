"""Records and errors in, Markdown out: what cog writes into docs/reference/."""

from __future__ import annotations

import dataclasses
import inspect
import re
from types import ModuleType

from detente import errors, records


def _meanings(record: type) -> tuple[str, dict[str, str]]:
    """The docstring without its `Attributes:` section, and that section as {field: meaning}."""
    text, _, listed = inspect.getdoc(record).partition("\nAttributes:\n")  # type: ignore[union-attr]
    entries = re.findall(r"^ {4}(\w+): (.*?)(?=^ {4}\w+: |\Z)", listed, flags=re.DOTALL | re.MULTILINE)
    return text.strip(), {name: " ".join(meaning.split()) for name, meaning in entries}


def _default(field: dataclasses.Field[object]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"`{field.default!r}`"
    return "wanted" if field.default_factory is dataclasses.MISSING else "`()`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(record: type) -> str:
    text, meanings = _meanings(record)
    rows = [
        f"| `{f.name}` | `{_cell(str(f.type))}` | {_cell(_default(f))} | {_cell(meanings.get(f.name, ''))} |"
        for f in dataclasses.fields(record)  # type: ignore[arg-type]
    ]
    heading = ["| field | type | default | says |", "|---|---|---|---|"]
    return "\n".join([f"## `{record.__name__}`", "", text, "", *heading, *rows, ""])


def _own(module: ModuleType) -> list[type]:
    """Classes that `module` itself defines, in the order in which it does."""
    classes = [c for _, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == module.__name__]
    return sorted(classes, key=lambda c: inspect.findsource(c)[1])


def record_page() -> str:
    """One section with a table of fields for each record."""
    return "\n".join(_table(record) for record in _own(records) if dataclasses.is_dataclass(record))


def error_page() -> str:
    """One row for each error: which it is a kind of, and when it is raised."""
    rows = [
        f"| `{e.__name__}` | `{e.__bases__[0].__name__}` | {_cell(inspect.getdoc(e) or '')} |" for e in _own(errors)
    ]
    return "\n".join(["| error | is a | says |", "|---|---|---|", *rows])


def vocabulary_page() -> str:
    """The closed lists of words that fields take."""
    lists = {
        "Event types": records.EVENTS,
        "Statuses of a claim": records.STATUSES,
        "Kinds of tie": records.TIES,
        "Effects on a tie": records.EFFECTS,
        "Statuses of a tie": records.TIE_STATUSES,
        "Precisions of a date": records.PRECISIONS,
        "Sides of a speaker": records.SIDES,
    }
    return "\n".join(f"**{title}**: {', '.join(f'`{word}`' for word in words)}.\n" for title, words in lists.items())
