"""The store in, files for other programs out: imported rows as they came, claims, judgements of them, or events."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import combinations
from pathlib import Path
from typing import Literal, TextIO

from detente.errors import InputError
from detente.exchange import claims as own
from detente.exchange import gdelt, judged, tabling, writing
from detente.exchange.tally import Tally
from detente.pipeline import pairs_through
from detente.records import Coding, Dyad, Imported, dyad
from detente.store.database import Store

Format = Literal["icews", "polecat", "gdelt", "parquet", "csv"]
Part = Literal["all", "imported", "claims"]


def pairs_of(states: Sequence[str]) -> tuple[Dyad, ...] | None:
    """All pairs among some states; None, which means everything, without any.

    Raises:
        InputError: There is only one.
    """
    if len(set(states)) == 1:
        raise InputError(f"export: got {states[0]} alone, wanted two or more states, or none for all that is stored")
    return tuple(dyad(a, b) for a, b in combinations(dict.fromkeys(states), 2)) or None


def export(
    store: Store,
    pairs: Sequence[Dyad] | None,
    *,
    format: Format,
    output: Path | None,
    part: Part = "all",
    as_of: dt.date | None = None,
) -> Tally:
    """Writes what is known between some states; what a format cannot hold is dropped and counted.

    Args:
        store: From where.
        pairs: Which pairs; None is all, rows about one state and none included.
        format: icews, polecat and gdelt are those data sets' own; parquet and csv are the project's table, which holds
            all of it, with a codebook beside it.
        output: The file; None is standard output, not for Parquet.
        part: Only imported rows, or only claims.
        as_of: Only what was known then.

    Raises:
        InputError: The file cannot be written, or Parquet was asked for without one.
    """
    tally = Tally()
    if format == "parquet" and output is None:
        raise InputError("parquet: got no file, wanted --output FILE.parquet")
    try:
        if format in ("parquet", "csv"):
            _write_table(_rows(store, pairs, part=part, as_of=as_of, tally=tally), format=format, output=output)
        else:
            with _opened(output) as stream:
                for line in _lines(store, pairs, format=format, part=part, as_of=as_of, tally=tally):
                    stream.write(line + "\n")
    except OSError as error:
        raise InputError(f"output: got {output} ({error.strerror}), wanted a file that can be written") from error
    return tally


def _opened(output: Path | None) -> nullcontext[TextIO] | TextIO:
    if output is None or str(output) == "-":
        return nullcontext(sys.stdout)
    return output.open("w", encoding="utf-8", newline="")


def _write_table(rows: Iterable[tabling.Row], *, format: str, output: Path | None) -> None:
    if format == "parquet" and output is not None:
        tabling.write_parquet(rows, output)
    else:
        with _opened(output) as stream:
            tabling.write_csv(rows, stream)
    if output is not None and str(output) != "-":
        tabling.write_codebook(output)


def _rows(
    store: Store, pairs: Sequence[Dyad] | None, *, part: Part, as_of: dt.date | None, tally: Tally
) -> Iterator[tabling.Row]:
    if part != "claims":
        for row in store.iter_imported(pairs, as_of=as_of):
            tally.read += 1
            tally.kept += 1
            yield tabling.event_row(row.event, columns=row.columns, cells=row.cells)
    if part != "imported":
        # What an ally's alliance does counts in a dossier of the pair, so that its articles go along.
        wider = None if pairs is None else [dyad(*each) for pair in pairs for each in pairs_through(pair)]
        told: set[str] = set()
        for coding in _codings(store, wider, as_of=as_of):
            told |= {claim.id for claim in coding.claims}
            for claim in tabling.claim_rows(coding):
                tally.read += 1
                tally.kept += 1
                yield claim
        yield from _judgements(store, told, tally=tally)


def _judgements(store: Store, told: set[str], *, tally: Tally) -> Iterator[tabling.Row]:
    """What people have judged of the claims written; whenever they did, for it corrects the reading of then."""
    for made in judged.whole(store.judgements(), told):
        tally.read += 1
        if isinstance(made, str):
            tally.drop(made, at="judgements")
            continue
        tally.kept += 1
        yield judged.judgement_row(made)


def _codings(store: Store, pairs: Sequence[Dyad] | None, *, as_of: dt.date | None) -> Iterator[Coding]:
    """Whole codings of articles that speak of a pair, each once: what is said beside it belongs to the evidence."""
    if pairs is None:
        yield from store.iter_codings(as_of=as_of)
        return
    seen: set[str] = set()
    for pair in pairs:
        for coding in store.iter_codings(pair, as_of=as_of):
            if coding.article.id not in seen:
                seen.add(coding.article.id)
                yield coding


def _lines(
    store: Store, pairs: Sequence[Dyad] | None, *, format: str, part: Part, as_of: dt.date | None, tally: Tally
) -> Iterator[str]:
    """The lines of a file in one of the data sets' own formats."""
    columns = _layout(store, format)
    if format != "gdelt":
        yield "\t".join(columns)
    make = {"icews": writing.icews_cells, "polecat": writing.polecat_cells, "gdelt": writing.gdelt_cells}[format]
    if part != "claims":
        for row in store.iter_imported(pairs, as_of=as_of):
            tally.read += 1
            cells = writing.own_cells(row.event, row.columns, row.cells, format=format)
            if cells is None and (fault := _fault(row.event, format)):
                tally.drop(fault, at=row.event.id)
                continue
            tally.kept += 1
            yield writing.tabbed(cells if cells is not None else make(row.event), columns)
    if part == "imported":
        return
    wanted = None if pairs is None else set(pairs)
    for coding in _codings(store, pairs, as_of=as_of):
        for claim in coding.claims:
            if wanted is not None and claim.dyad not in wanted:
                continue
            tally.read += 1
            event = own.event_of(claim)
            if isinstance(event, str):
                tally.drop(event, at=claim.id)
                continue
            tally.kept += 1
            yield writing.tabbed(make(event), columns)


def _fault(event: Imported, format: str) -> str | None:
    return writing.NO_TYPE if format == "polecat" and event.event is None else None


def _layout(store: Store, format: str) -> Sequence[str]:
    """The columns of a format; GDELT has several layouts, of which the widest that was imported is taken."""
    layouts: Mapping[str, Sequence[str]] = writing.LAYOUTS
    if format != "gdelt":
        return layouts[format]
    own_layouts = [c for c in store.import_columns() if c and c[0] == gdelt.LAYOUTS[57][0]]
    return max(own_layouts, key=len, default=layouts[format])
