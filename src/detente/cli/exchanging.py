"""`detente import` and `detente export`: event data sets into the store, and events and claims out as files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from detente.cli.options import Day, Output, StoreUrl, app, clock, day_of, say
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.exchange.tally import Tally

import_app = App(name="import", help="Bring event data sets, and claims from another store, into the store.")
app.command(import_app)

Files = Annotated[
    str, Parameter(allow_leading_hyphen=True, help="Files; .gz and .zip are opened, - is standard input.")
]
Between = Annotated[
    bool, Parameter(name="--between-states", negative="", help="Leave out all but events of two states.")
]
Report = Annotated[bool, Parameter(name="--json", negative="", help="Print the counts as JSON on stdout.")]
ExportFormat = Literal["icews", "polecat", "gdelt", "parquet", "csv"]


def _reported(done: Iterable[tuple[str, Tally]], *, as_json: bool) -> int:
    """Says of each file what became of its rows; 1 where any was dropped, 2 where none could be used."""
    rows, lost, used = [], 0, 0
    for path, tally in done:
        for line in tally.lines():
            say(f"{path}: {line}")
        rows.append({"file": path, **tally.document()})
        lost += tally.lost
        used += tally.kept + tally.known + tally.left_out.total()
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    if lost and not used:
        return 2
    return 1 if lost else 0


def _import(
    files: tuple[str, ...],
    dataset: Literal["icews", "polecat", "gdelt", "frame"],
    *,
    store: str | None,
    between_states: bool,
    as_json: bool,
    name: str | None = None,
) -> int:
    from detente import importing
    from detente.store.database import open_store

    if not files:
        raise InputError(f"import {dataset}: got no file, wanted one or more")
    with open_store(store) as opened:
        done = importing.import_files(files, dataset, opened, now=clock(), name=name, between_states=between_states)
        return _reported(done, as_json=as_json)


@import_app.command
def icews(*files: Files, store: StoreUrl = None, between_states: Between = False, json: Report = False) -> int:
    """Import ICEWS event files (.tab) of any vintage."""
    return _import(files, "icews", store=store, between_states=between_states, as_json=json)


@import_app.command
def polecat(*files: Files, store: StoreUrl = None, between_states: Between = False, json: Report = False) -> int:
    """Import POLECAT event files."""
    return _import(files, "polecat", store=store, between_states=between_states, as_json=json)


@import_app.command
def gdelt(*files: Files, store: StoreUrl = None, between_states: Between = False, json: Report = False) -> int:
    """Import GDELT 1.0 or 2.0 event files; the width of the rows tells which."""
    return _import(files, "gdelt", store=store, between_states=between_states, as_json=json)


@import_app.command
def frame(
    *files: Files,
    name: Annotated[str | None, Parameter(help="What to keep the rows under; default: the name of the file.")] = None,
    store: StoreUrl = None,
    between_states: Between = False,
    json: Report = False,
) -> int:
    """Import a table (CSV or Parquet) of anybody's events: date, actor, recipient and a CAMEO or PLOVER code."""
    return _import(files, "frame", store=store, between_states=between_states, as_json=json, name=name)


@import_app.command
def claims(
    *files: Files,
    texts: Annotated[str | None, Parameter(help="For JSON lines: the file of texts that was coded.")] = None,
    store: StoreUrl = None,
    json: Report = False,
) -> int:
    """Import this program's own claims: a table from `detente export`, or JSON lines from `detente code --jsonl`."""
    from detente import importing
    from detente.store.database import open_store

    if not files:
        raise InputError("import claims: got no file, wanted one or more")
    with open_store(store) as opened:
        return _reported(importing.import_claims(files, opened, now=clock(), texts=texts), as_json=json)


@app.command
def export(
    *states: str,
    format: ExportFormat,
    output: Output = None,
    only: Annotated[Literal["all", "imported", "claims"], Parameter(help="All, or one of the two.")] = "all",
    as_of: Day = None,
    store: StoreUrl = None,
) -> int:
    """Write what is known between two or more states, or all of it, for other programs."""
    from detente import exporting, pipeline
    from detente.store.database import open_store

    known = pipeline.registers()
    pairs = exporting.pairs_of([known.state(text).code for text in states])
    day = day_of(as_of, what="--as-of")
    with open_store(store, read_only=True) as opened:
        tally = exporting.export(opened, pairs, format=format, output=output, part=only, as_of=day)
    for line in tally.lines():
        say(line)
    return 1 if tally.lost else 0
