"""`detente evaluate` as a user runs it: shapes of the answer, refusals, and floors on real data where it is here."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.cli import main

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the event data are not here")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up event table with the columns of a data set, one row of which names no second state."""
    rng = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("data") / "events.csv"
    states = ["FRA", "ITA", "ESP", "PRT", "DEU"]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["date", "src_iso3", "tgt_iso3", "quad", "goldstein", "cameo"])
        first = dt.date(2001, 1, 1)
        for _ in range(6000):
            a, b = rng.choice(5, 2, replace=False)
            quad = rng.choice(["vcoop", "mcoop", "vconf", "mconf"], p=[0.6, 0.1, 0.2, 0.1])
            day = first + dt.timedelta(days=int(rng.integers(0, 1095)))
            writer.writerow([day.isoformat(), states[a], states[b], quad, 1.0, "040"])
        writer.writerow(["2002-02-02", "FRA", "", "vcoop", 1.0, "040"])
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = main(["evaluate", *map(str, words)])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out.lstrip().startswith("{") else out, err


@pytest.mark.parametrize(("task", "metrics"), [("counts", {"log score", "CRPS"}), ("any-event", {"Brier skill"})])
def test_answer_has_the_promised_shape(
    table: Path, capsys: pytest.CaptureFixture[str], task: str, metrics: set[str]
) -> None:
    code, found, err = asked(capsys, task, "--data", table, "--train-until", "2003-06-30", "--format", "json")
    assert code == 1
    assert "1 rows dropped" in err
    assert (found["task"], found["train_until"]) == (task, "2003-06-30")
    assert found["n"] > 0
    assert {s["name"] for s in found["scores"]} >= {"vcoop", "mcoop", "vconf", "mconf"}
    assert {s["metric"] for s in found["scores"]} == metrics
    for score in found["scores"]:
        assert {"name", "metric", "value", "low", "high", "baseline", "baseline_value"} <= set(score)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["counts", "--train-until", "2003-13-01"], "--train-until"),
        (["counts", "--train-until", "2001-06-30"], "--train-until"),
        (["any-event", "--train-until", "2009-06-30"], "--train-until"),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_two(
    table: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    code, _, err = asked(capsys, *words, "--data", table)
    assert code == 2
    assert told in err


def test_table_without_the_columns_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("when,who\n2001-01-01,FRA\n", encoding="utf-8")
    code, _, err = asked(capsys, "counts", "--data", path, "--train-until", "2003-12-31")
    assert code == 2
    assert "src_iso3" in err


def gains(found: Any, metric: str) -> dict[str, float]:
    return {s["name"]: 1 - s["value"] / s["baseline_value"] for s in found["scores"] if s["metric"] == metric}


@needs_data
@pytest.mark.slow
def test_counts_beat_climatology_by_the_floor(capsys: pytest.CaptureFixture[str]) -> None:
    path = SHARED / "icews_2005_2012.parquet"
    _, found, _ = asked(capsys, "counts", "--data", path, "--train-until", "2010-12-31", "--format", "json")
    floors = {"vcoop": 0.04, "mcoop": 0.08, "vconf": 0.08, "mconf": 0.08}
    got = gains(found, "log score")
    assert all(got[name] >= floor for name, floor in floors.items()), got


@needs_data
@pytest.mark.slow
def test_verdict_on_labelled_quarrels_holds_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    data = [SHARED / "icews_dyad_year_2002_2014.parquet", SHARED / "gdelt_dyad_daily_2018_2021.parquet"]
    labels = SHARED / "labelled_episodes_dev.csv"
    _, found, _ = asked(
        capsys, "episodes", "--data", *data, "--episodes", labels, "--leave-dyad-out", "--format", "json"
    )
    scores = {s["name"]: s for s in found["scores"]}
    assert scores["AUC"]["value"] >= 0.85
    assert scores["AUC volume-matched"]["value"] >= 0.8
    assert scores["log loss"]["value"] < scores["log loss"]["baseline_value"] - 0.05
    assert scores["ECE"]["value"] < 0.08


@needs_data
@pytest.mark.slow
def test_onsets_are_heard_by_the_floor(capsys: pytest.CaptureFixture[str]) -> None:
    data, labels = SHARED / "gdelt_dyad_daily_2018_2021.parquet", SHARED / "labelled_episodes_dev.csv"
    _, found, _ = asked(capsys, "onsets", "--data", data, "--episodes", labels, "--format", "json")
    scores = {s["name"]: s["value"] for s in found["scores"]}
    assert scores["recall"] >= 0.7
    assert scores["false alarms per dyad-year"] <= 0.2


def test_events_without_a_cut_tie_are_refused(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, "transitions", "--data", table)
    assert (code, out) == (2, "")
    assert "no tie that was cut" in err


@needs_data
@pytest.mark.slow
def test_cut_ties_are_foretold_in_years_and_pairs_not_seen(capsys: pytest.CaptureFixture[str]) -> None:
    data = SHARED / "icews_2005_2012.parquet"
    for words, floor in (((), 0.83), (("--train-until", "2010-12-31"), 0.88)):
        _, found, _ = asked(capsys, "transitions", "--data", data, *words, "--format", "json")
        assert found["task"] == "transitions"
        for score in found["scores"]:
            if score["metric"] == "AUC":
                assert score["value"] > floor
            if score["metric"] == "ECE":
                assert score["value"] < 0.08
            if score["metric"] == "log loss":
                assert score["value"] < score["baseline_value"]
