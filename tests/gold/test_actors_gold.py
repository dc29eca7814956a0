"""Actor phrases against labelled ones: those of others where they are at hand, and our own, narrow and wide."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from detente.coding.coder import Coder
from detente.language.english import English
from detente.ontology.lexicon import load_lexicon
from detente.ontology.registers import load

HERE = Path(__file__).parent
GOLD = HERE.parents[2] / "shared" / "gold" / "actors_dev.jsonl"
OWN = HERE / "actors_own.jsonl"
FLOORS = {"country": 0.88, "sector": 0.82}
OWN_FLOORS = {"code": 0.95, "sectors": 0.95}
WIDE = HERE / "actors_wide.jsonl"
WIDE_FLOORS = {"dev": {"code": 0.98, "sectors": 0.96}, "test": {"code": 0.96, "sectors": 0.945}}


@pytest.fixture(scope="module")
def coder(english: English) -> Coder:
    return Coder(parse=english.pipe, registers=load(), lexicon=load_lexicon())


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read(coder: Coder, text: str, day: object) -> tuple[str, set[str]]:
    found = coder.phrase(text, day=dt.date.fromisoformat(str(day)) if day else None)
    return (found.code or "", set(found.sectors)) if found else ("", set())


@pytest.mark.skipif(not GOLD.exists(), reason="the labelled phrases are not part of the project")
def test_labelled_actor_phrases_resolve_as_labelled(coder: Coder):
    hits: dict[str, list[bool]] = {"country": [], "sector": []}
    for record in records(GOLD):
        code, sectors = read(coder, str(record["text"]), record["date"])
        wanted, sector = record["country"], record["code_1"]
        if wanted is not None:
            hits["country"].append(code == wanted or (wanted == "IGO" and bool(code) and code not in load().states))
        if sector is not None:
            hits["sector"].append(sector in sectors or (sector == "" and not sectors))
    reached = {key: sum(values) / len(values) for key, values in hits.items()}
    assert all(reached[key] >= floor for key, floor in FLOORS.items()), reached


def test_own_actor_phrases_resolve_as_written_down_before(coder: Coder):
    hits: dict[str, list[bool]] = {"code": [], "sectors": []}
    for record in records(OWN):
        code, sectors = read(coder, str(record["text"]), record["published"])
        wanted = {str(s) for s in record["sectors"] or ()}  # type: ignore[attr-defined]
        hits["code"].append(code == (record["code"] or "") or (record["code"] is None and code not in load().states))
        hits["sectors"].append(bool(wanted & sectors) or (not wanted and not sectors))
    reached = {key: sum(values) / len(values) for key, values in hits.items()}
    assert all(reached[key] >= floor for key, floor in OWN_FLOORS.items()), reached


@pytest.mark.parametrize("split", ["dev", "test"])
def test_phrases_of_many_classes_resolve_as_written_down_before(coder: Coder, split: str):
    hits: dict[str, list[bool]] = {"code": [], "sectors": []}
    for record in records(WIDE):
        if record["split"] != split:
            continue
        code, sectors = read(coder, str(record["text"]), record["published"])
        allowed: list[str | None] = record["codes"]  # type: ignore[assignment]
        wanted = {str(s) for s in record["sectors"]}  # type: ignore[attr-defined]
        hits["code"].append(code in allowed or (None in allowed and code not in load().states))
        hits["sectors"].append(bool(wanted & sectors) or (not wanted and not sectors))
    reached = {key: sum(values) / len(values) for key, values in hits.items()}
    assert all(reached[key] >= floor for key, floor in WIDE_FLOORS[split].items()), reached
