"""Events and claims in, one wide table out: Parquet or CSV, written batch by batch, with a codebook beside it.

The table holds what each format holds and more: `original` has the cells that an imported row came with, and `claim`,
`article`, `links` and `predictions` have the records of the project's own claims, so that all of it can be read back.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import IO, Any

from detente.errors import InputError
from detente.exchange.claims import packed
from detente.exchange.frames import OWN_CLAIM
from detente.ontology.state_codes import numbers
from detente.ontology.tables import read_table
from detente.records import Coding, Imported

Row = Mapping[str, Any]
_BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One column of the table: `kind` is text, day, whole or number."""

    name: str
    kind: str
    meaning: str


@lru_cache(maxsize=1)
def codebook() -> tuple[Variable, ...]:
    """Every column of the table, in order."""
    path = str(files("detente.exchange") / "codebook.csv")
    return tuple(
        Variable(name=row["name"], kind=row["kind"], meaning=row["meaning"])
        for row in read_table(path, wanted=("name", "kind", "meaning"))
    )


def event_row(event: Imported, *, columns: Sequence[str], cells: Sequence[str]) -> Row:
    """The row of an imported event and the cells it came with."""
    return {
        "dataset": event.dataset,
        "row": event.row,
        "date": event.date,
        "precision": "day",
        "known_at": event.known_at,
        **_side("actor", event.actor, event.actor_name, event.actor_sectors, day=event.date),
        **_side("recipient", event.recipient, event.recipient_name, event.recipient_sectors, day=event.date),
        "event": event.event,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "intensity": event.intensity,
        "place": event.place,
        "reports": event.reports,
        "publisher": event.publisher,
        "original": json.dumps(dict(zip(columns, cells, strict=False)), ensure_ascii=False, separators=(",", ":")),
    }


def claim_rows(coding: Coding) -> Iterator[Row]:
    """The rows of all claims of a coding."""
    article = packed(coding.article)
    for claim in coding.claims:
        recipient = claim.recipient
        yield {
            "dataset": OWN_CLAIM,
            "row": claim.id,
            "date": claim.date,
            "precision": claim.precision,
            "known_at": claim.published or coding.article.retrieved.date(),
            **_side("actor", claim.actor.code, claim.actor.name or claim.actor.text, claim.actor.sectors,
                    day=claim.date or claim.published),
            **(_side("recipient", recipient.code, recipient.name or recipient.text, recipient.sectors,
                     day=claim.date or claim.published) if recipient else {}),
            "event": claim.event,
            "mode": claim.mode,
            "cameo": claim.cameo,
            "quad": claim.quad,
            "intensity": claim.intensity,
            "status": claim.status,
            "place": claim.place,
            "publisher": claim.outlet,
            "tie_kind": claim.tie.kind if claim.tie else None,
            "tie_effect": claim.tie.effect if claim.tie else None,
            "sentence": claim.sentence,
            "claim": packed(claim),
            "article": article,
            "links": packed(tuple(link for link in coding.links if link.cause == claim.id)),
            "predictions": packed(tuple(p for p in coding.predictions if p.claim == claim.id)),
        }  # fmt: skip


def _side(who: str, state: str | None, name: str, sectors: Sequence[str], *, day: dt.date | None) -> Row:
    held = numbers(state, day) if day else None
    return {
        who: state,
        f"{who}_name": name,
        f"{who}_sectors": " ".join(sectors),
        f"{who}_cow": held.cow if held else None,
        f"{who}_gw": held.gw if held else None,
    }


class PlainEnds:
    """A stream for a CSV writer that ends lines with CR LF, so that it quotes both in cells; lines end with LF here."""

    def __init__(self, stream: IO[str]) -> None:
        """Writes on to `stream`."""
        self._stream = stream

    def write(self, line: str, /) -> int:
        """One line of CSV."""
        return self._stream.write(line.removesuffix("\r\n") + "\n")


def write_csv(rows: Iterable[Row], stream: IO[str]) -> int:
    """Writes rows as CSV with a heading; how many there were."""
    names = [variable.name for variable in codebook()]
    writer = csv.writer(PlainEnds(stream))
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow(["" if (cell := row.get(name)) is None else cell for name in names])
        count += 1
    return count


def write_parquet(rows: Iterable[Row], path: Path) -> int:
    """Writes rows as Parquet, batch by batch; how many there were.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError("parquet: got no pyarrow, wanted it; reinstall detente") from error
    kinds = {"text": pa.string(), "day": pa.date32(), "whole": pa.int64(), "number": pa.float64()}
    fields = [pa.field(v.name, kinds[v.kind], metadata={"meaning": v.meaning}) for v in codebook()]
    schema, count, waiting = pa.schema(fields), 0, iter(rows)
    with pq.ParquetWriter(str(path), schema, compression="zstd") as writer:
        while batch := list(islice(waiting, _BATCH)):
            columns = {v.name: [_blank(row.get(v.name)) for row in batch] for v in codebook()}
            writer.write_table(pa.table(columns, schema=schema))
            count += len(batch)
    return count


def _blank(cell: object) -> object:
    """Nothing as nothing: an empty text and a missing one are the same to a reader of the table."""
    return None if cell == "" else cell


def write_codebook(beside: Path) -> Path:
    """Writes what each column means as `NAME.codebook.csv` beside the table; where it stands."""
    path = beside.with_suffix(".codebook.csv")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "kind", "meaning"])
        writer.writerows([v.name, v.kind, v.meaning] for v in codebook())
    return path
