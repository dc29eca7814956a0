"""Date phrases against the labelled ones, where they are at hand."""

import datetime as dt
import json
from pathlib import Path

import pytest

from detente.coding.dates import resolve

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dates_dev.jsonl"
FLOOR = 0.96


def expanded(day: str | None) -> str | None:
    return day and (day + "-01-01"[len(day) - 4 :] if len(day) in (4, 7) else day)


def agrees(record: dict[str, str | None]) -> bool:
    found = resolve(str(record["text"]), published=dt.date.fromisoformat(str(record["date"])))
    day, end = (d.isoformat() if d else None for d in (found.date, found.end))
    length = 4 if "compare year" in (record["notes"] or "") else 10
    same = (day or "")[:length] == (expanded(record["resolved"]) or "")[:length]
    return same and record["resolved_end"] in (None, end, end and end[:7])


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled phrases are not part of the project")
def test_labelled_date_phrases_resolve_as_labelled():
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line]
    missed = [record["text"] for record in records if not agrees(record)]
    assert 1 - len(missed) / len(records) >= FLOOR, missed
