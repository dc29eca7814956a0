"""The bundled chronicle, read by the shipped coder: what the dossier says of it, month after month."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

import pytest

from detente import pipeline
from detente.records import Dossier
from detente.store.database import Store

NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pipeline.open_store(tmp_path_factory.mktemp("chronicle") / "store.db") as opened:
        maker = pipeline.coder()
        for article in pipeline.sample(now=NOW):
            pipeline.take(article, maker, opened, now=NOW)
        yield opened


def asked(store: Store, year: int, month: int) -> Dossier:
    day = dt.date(year, month, calendar.monthrange(year, month)[1])
    return pipeline.dossier(store, ("USA", "PAK"), known=pipeline.registers(), as_of=day)


def test_december_2011_is_a_cooling_with_embassies_open(store: Store) -> None:
    found = asked(store, 2011, 12)
    ties = {tie.kind: tie.status for tie in found.ties}
    assert found.verdict.answer == "cooling"
    assert ties["transit"] == "suspended"
    assert ties["basing"] in ("restricted", "severed")
    assert ties["diplomacy"] == "open"


def test_july_2012_is_a_thaw_with_the_road_open(store: Store) -> None:
    found = asked(store, 2012, 7)
    assert found.verdict.answer == "thaw"
    assert {tie.kind: tie.status for tie in found.ties}["transit"] == "open"


def test_rupture_never_passes_twenty_percent(store: Store) -> None:
    months = [(y, m) for y in (2010, 2011, 2012) for m in range(1, 13, 1 if y == 2011 else 2)]
    highest = max(asked(store, y, m).verdict.rupture.p for y, m in months)
    assert highest <= 0.2
