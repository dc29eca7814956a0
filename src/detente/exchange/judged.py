"""Judgements in and out: rows of the project's own table, whole records as JSON, after the claims they speak of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import asdict, fields, replace
from typing import Any

from detente.errors import InputError
from detente.exchange.frames import OWN_JUDGEMENT
from detente.records import Judgement

PARTLY = "a judgement that speaks also of claims which are not exported"


def spoken_of(judgement: Judgement) -> frozenset[str]:
    """Ids of all claims that a judgement names."""
    other = (judgement.value,) if judgement.verdict == "duplicate-of" and judgement.value else ()
    return frozenset((*judgement.claims, *judgement.others, *other))


def whole(judgements: Iterable[Judgement], claims: Set[str], /) -> Iterator[Judgement | str]:
    """The judgements on some claims, in the order in which they were made, or why one cannot go along.

    Those on other claims alone are passed over. What one stood in place of is named only where that goes along too.
    """
    kept: set[str] = set()
    for judgement in judgements:
        named = spoken_of(judgement)
        before = tuple(j for j in judgement.supersedes if j in kept)
        if not named & claims:
            continue
        if named <= claims and (before or judgement.verdict != "withdrawn"):
            kept.add(judgement.id)
            yield replace(judgement, supersedes=before)
        else:
            yield PARTLY


def judgement_row(judgement: Judgement) -> Mapping[str, Any]:
    """The row of a judgement: its day, and the whole record."""
    day = judgement.at.date()
    record = json.dumps(asdict(judgement), ensure_ascii=False, default=_written, separators=(",", ":"))
    return {
        "dataset": OWN_JUDGEMENT, "row": judgement.id, "date": day, "precision": "day", "known_at": day,
        "judgement": record,
    }  # fmt: skip


def judgement_of(text: str) -> Judgement:
    """The judgement of a row.

    Raises:
        InputError: It is not what `judgement_row` writes.
    """
    try:
        held = json.loads(text)
        names = {f.name for f in fields(Judgement)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in held.items() if k in names}
        values["at"] = dt.datetime.fromisoformat(held["at"])
        return Judgement(**values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"judgement: got {error}, wanted it as this program writes it") from error


def _written(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"got {value!r}, wanted a value that JSON has")
