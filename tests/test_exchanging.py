"""`detente import` and `detente export` as users run them: exit codes, reports, a dossier of imported rows alone."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from detente.exchange import icews

CELLS = {
    "Source Name": "Government (Pakistan)", "Source Sectors": "Government", "Source Country": "Pakistan",
    "Target Name": "United States", "Target Country": "United States", "CAMEO Code": "161", "Intensity": "-4",
    "Publisher": "Example Post",
}  # fmt: skip


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "detente.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env=dict(os.environ), timeout=300)


def events(path: Path, *days: str) -> str:
    """An ICEWS file with a row for each day, all saying that Pakistan reduced its relations with the United States."""
    rows = [{"Event ID": str(n), "Event Date": day, **CELLS} for n, day in enumerate(days, start=1)]
    lines = ["\t".join(icews.COLUMNS), *("\t".join(row.get(c, "NA") for c in icews.COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "s.db")


def test_a_clean_file_is_done_and_the_same_again_adds_nothing(tmp_path: Path, store: str) -> None:
    path = events(tmp_path / "a.tab", "2011-11-28", "2011-11-29", "2011-12-01")
    first = run("import", "icews", path, "--store", store, "--json")
    assert first.returncode == 0, first.stderr.decode()
    assert json.loads(first.stdout)[0]["kept"] == 3
    again = json.loads(run("import", "icews", path, "--store", store, "--json").stdout)[0]
    assert (again["kept"], again["known"], again["dropped"]) == (0, 3, 0)


def test_a_lost_row_is_told_by_reason_and_ends_with_1(tmp_path: Path, store: str) -> None:
    done = run("import", "icews", events(tmp_path / "a.tab", "2011-11-28", "31.12.2011"), "--store", store)
    assert done.returncode == 1
    assert "dropped: 1 x the date is not understood (first: a.tab:3)" in done.stderr.decode()
    assert done.stdout == b""


def test_a_file_of_which_nothing_can_be_used_ends_with_2(tmp_path: Path, store: str) -> None:
    assert run("import", "icews", events(tmp_path / "a.tab", "soon", "later"), "--store", store).returncode == 2
    missing = run("import", "gdelt", str(tmp_path / "none.csv"), "--store", store)
    assert missing.returncode == 2
    assert len(missing.stderr.decode().strip().splitlines()) == 1
    assert run("import", "polecat", "--store", store).returncode == 2


def test_imported_rows_alone_make_a_dossier_and_each_tie_names_its_rows(tmp_path: Path, store: str) -> None:
    path = events(tmp_path / "a.tab", "2011-11-28", "2011-11-29", "2011-12-01")
    run("import", "icews", path, "--store", store)
    answer = json.loads(run("dossier", "USA", "PAK", "--store", store, "--format", "json").stdout)
    assert (answer["as_of"], answer["claims"], answer["imports"]["rows"]) == ("2011-12-01", [], 3)
    (tie,) = [t for t in answer["ties"] if t["kind"] == "diplomacy"]
    shown = {row["id"]: row for row in answer["imports"]["shown"]}
    assert tie["status"] == "strained"
    assert tie["claims"] == []
    assert (
        set(tie["rows"])
        == set(shown)
        == {f"icews:{n}@{d}" for n, d in ((1, "2011-11-28"), (2, "2011-11-29"), (3, "2011-12-01"))}
    )
    assert all("sentence" not in row for row in shown.values())
    for kind in ("text", "md", "html"):
        page = run("dossier", "USA", "PAK", "--store", store, "--format", kind).stdout.decode()
        assert "From event data sets" in page
    earlier = json.loads(
        run("dossier", "USA", "PAK", "--as-of", "2011-11-28", "--store", store, "--format", "json").stdout
    )
    assert earlier["imports"]["rows"] == 1
    assert [t["status"] for t in earlier["ties"] if t["kind"] == "diplomacy"] == ["open"]


def test_rows_dated_or_published_later_change_no_dossier_of_before(tmp_path: Path) -> None:
    from detente import pipeline
    from detente.dossier.document import document
    from detente.importing import import_files
    from detente.store.database import open_store

    now, known = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), pipeline.registers()
    days = [f"2011-{month:02}-{day:02}" for month in (10, 11) for day in range(1, 29, 2)]
    later = [f"2012-01-{day:02}" for day in range(1, 29)]
    with open_store(":memory:") as store:
        for name, told in (("before", days), ("after", later)):
            path = events(tmp_path / f"{name}.tab", *told)
            list(import_files([path], "icews", store, now=now))
            found = pipeline.dossier(store, ("USA", "PAK"), known=known, as_of=dt.date(2011, 12, 31))
            (tmp_path / f"{name}.json").write_text(json.dumps(document(found), sort_keys=True))
        assert store.imported_dyads() == [(("PAK", "USA"), len(days) + len(later))]
    assert (tmp_path / "before.json").read_text() == (tmp_path / "after.json").read_text()


def test_what_is_exported_is_what_was_imported(tmp_path: Path, store: str) -> None:
    path = events(tmp_path / "a.tab", "2011-11-28", "2011-11-29")
    run("import", "icews", path, "--store", store)
    done = run("export", "PAK", "USA", "--format", "icews", "--store", store)
    assert (done.returncode, done.stdout.decode()) == (0, Path(path).read_text(encoding="utf-8"))
    none = run("export", "IND", "CHN", "--format", "icews", "--store", store)
    assert none.stdout.decode().count("\n") == 1
    lone = run("export", "PAK", "--format", "csv", "--store", store)
    assert lone.returncode == 2


def test_coded_lines_come_into_the_store_with_their_texts(tmp_path: Path, store: str) -> None:
    text = {"id": "7", "text": "Pakistan expelled three American diplomats on Monday.", "published": "2011-12-07"}
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps(text) + "\n", encoding="utf-8")
    coded = tmp_path / "coded.jsonl"
    coded.write_bytes(run("code", "--jsonl", str(texts)).stdout)
    told = len(json.loads(coded.read_text(encoding="utf-8"))["claims"])
    assert told
    bare = run("import", "claims", str(coded), "--store", store)
    assert bare.returncode == 2
    assert "give --texts" in bare.stderr.decode()
    done = run("import", "claims", str(coded), "--texts", str(texts), "--store", store, "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)[0]["kept"] == told
    answer = json.loads(run("dossier", "USA", "PAK", "--store", store, "--format", "json").stdout)
    assert answer["claims"][0]["sentence"] == text["text"]
    assert answer["as_of"] == dt.date(2011, 12, 7).isoformat()
