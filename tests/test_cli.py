"""The program as its users run it: verbs, formats, exit codes, and what it says when it is given nonsense."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = """Kenya and Uganda: the border stays shut

By Ann Example

NAIROBI, March 12 - Uganda closed the border with Kenya on Monday after Kenyan police arrested three Ugandan diplomats.

Uganda's foreign minister said that Kenya must release them. "Kenya will probably expel our ambassador," he added.
"""


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "detente.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=dict(os.environ), timeout=300)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, article: Path) -> str:
    path = str(tmp_path / "news.db")
    done = run("read", str(article), "--published", "2019-03-13", "--outlet", "Example Post", "--store", path)
    assert done.returncode == 0, done.stderr.decode()
    return path


def test_read_then_dossier_in_every_format(store: str, tmp_path: Path) -> None:
    for kind in ("text", "json", "md", "html"):
        target = tmp_path / f"dossier.{kind}"
        done = run("dossier", "KEN", "UGA", "--store", store, "--format", kind, "--output", str(target))
        assert done.returncode == 0, done.stderr.decode()
        assert len(target.read_text(encoding="utf-8")) > 500


def test_dossier_json_keeps_its_promise(store: str) -> None:
    answer = json.loads(run("dossier", "UGA", "KEN", "--store", store, "--format", "json").stdout)
    assert answer["dyad"] == ["KEN", "UGA"]
    assert answer["as_of"] == "2019-03-13"
    assert answer["verdict"]["thin"] is True
    assert answer["limits"]
    assert {"rupture", "cooling", "thaw", "stable", "answer", "horizon_months"} <= answer["verdict"].keys()
    ids = {claim["id"] for claim in answer["claims"]}
    assert set(answer["verdict"]["reasons"]) <= ids
    assert any(tie["kind"] == "transit" and tie["status"] == "suspended" for tie in answer["ties"])


def test_a_second_run_changes_nothing(store: str, article: Path) -> None:
    before = run("dossier", "KEN", "UGA", "--store", store, "--format", "json").stdout
    run("read", str(article), "--published", "2019-03-13", "--outlet", "Example Post", "--store", store)
    assert run("dossier", "KEN", "UGA", "--store", store, "--format", "json").stdout == before


def test_what_is_published_later_is_not_known_before(store: str, tmp_path: Path) -> None:
    before = run("dossier", "KEN", "UGA", "--store", store, "--as-of", "2019-03-13", "--format", "json").stdout
    later = tmp_path / "later.txt"
    later.write_text("Kenya broke off diplomatic relations with Uganda on Sunday.\n", encoding="utf-8")
    run("read", str(later), "--published", "2019-04-02", "--store", store)
    assert run("dossier", "KEN", "UGA", "--store", store, "--as-of", "2019-03-13", "--format", "json").stdout == before


@pytest.mark.parametrize("verb", ["events", "ties", "predictions", "contested"])
@pytest.mark.parametrize("kind", ["text", "json", "csv"])
def test_tables(store: str, verb: str, kind: str) -> None:
    done = run(verb, "KEN", "UGA", "--store", store, "--format", kind)
    assert done.returncode == 0, done.stderr.decode()


def test_code_answers_every_line_in_order() -> None:
    lines = [
        {"id": "1", "text": "Peru attacked Chile on Monday.", "published": "2001-05-09", "outlet": "Example Post"},
        {"id": "2", "text": ""},
        {"id": "3", "text": "Peru accused Chile of lying.", "actor": "Peru", "recipient": "Chile"},
        {"id": "4", "html": "<html><body><p>Short.</p></body></html>"},
    ]
    raw = "\n".join([*(json.dumps(line) for line in lines), "{not json"]).encode()
    done = run("code", "--jsonl", "-", stdin=raw)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [a["id"] for a in answers[:4]] == ["1", "2", "3", "4"]
    assert len(answers) == 5
    assert answers[0]["error"] is None
    assert answers[0]["claims"][0]["actor"]["code"] == "PER"
    assert answers[1]["error"]
    assert answers[2]["claims"][0]["event"] == "ACCUSE"
    assert answers[4]["error"]
    assert done.returncode == 1


def test_code_spans_point_into_the_text_that_came() -> None:
    text = "A title\n\nPeru attacked Chile on Monday, officials said."
    done = run("code", "--jsonl", "-", stdin=json.dumps({"id": "1", "text": text}).encode())
    for claim in json.loads(done.stdout)["claims"]:
        start, end = claim["span"]
        assert claim["trigger"] in text[start:end]


def test_explain_names_the_rule_and_the_words(article: Path) -> None:
    shown = run("code", str(article), "--explain").stdout.decode()
    assert "events_" in shown
    assert "status" in shown


def test_phrases_are_resolved() -> None:
    actors = run("actors", "resolve", "--jsonl", "-", stdin=b'{"id": "a", "text": "Pakistani servicemen"}')
    assert json.loads(actors.stdout)["code"] == "PAK"
    assert "MIL" in json.loads(actors.stdout)["sectors"]
    dates = run("dates", "resolve", "--jsonl", "-", stdin=b'{"id": "d", "text": "May 13", "published": "2025-05-16"}')
    assert json.loads(dates.stdout) == {"id": "d", "date": "2025-05-13", "end": None, "precision": "day"}


def one_line(done: subprocess.CompletedProcess[bytes], *words: str) -> None:
    """Exit code 2, nothing on stdout, and one complaint that holds `words`."""
    complaint = done.stderr.decode().strip().splitlines()
    assert done.returncode == 2, done.stderr.decode()
    assert done.stdout == b""
    assert len(complaint) <= 2, complaint
    for word in words:
        assert word in done.stderr.decode(), done.stderr.decode()


def test_unknown_state(store: str) -> None:
    one_line(run("dossier", "KEN", "Atlantis", "--store", store), "Atlantis", "wanted")


def test_a_state_with_itself(store: str) -> None:
    one_line(run("dossier", "KEN", "Kenya", "--store", store), "different")


def test_wrong_date(store: str, article: Path) -> None:
    one_line(run("dossier", "KEN", "UGA", "--store", store, "--as-of", "31-12-2019"), "31-12-2019", "wanted")
    one_line(run("read", str(article), "--published", "someday", "--store", store), "someday", "wanted")


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    one_line(run("read", str(path), "--store", str(tmp_path / "s.db")), "empty")


def test_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(bytes(range(256)) * 40)
    one_line(run("read", str(path), "--store", str(tmp_path / "s.db")), "picture.png")


def test_page_without_an_article(tmp_path: Path) -> None:
    path = tmp_path / "menu.html"
    path.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>", encoding="utf-8")
    one_line(run("read", str(path), "--store", str(tmp_path / "s.db")), "menu.html")


def test_missing_file(tmp_path: Path) -> None:
    one_line(run("read", str(tmp_path / "none.txt"), "--store", str(tmp_path / "s.db")), "none.txt")


def test_damaged_store(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"SQLite format 3\x00" + b"rubbish" * 400)
    one_line(run("dossier", "KEN", "UGA", "--store", str(path)), "broken.db")
    assert path.read_bytes().startswith(b"SQLite format 3\x00rubbish")


def test_locked_store(store: str, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Peru attacked Chile on Monday.\n", encoding="utf-8")
    holder = sqlite3.connect(store, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        one_line(run("read", str(other), "--store", store), "locked")
    finally:
        holder.rollback()
        holder.close()
    assert run("read", str(other), "--store", store).returncode == 0


@pytest.mark.usefixtures("article")
def test_one_bad_file_in_a_folder_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    done = run("read", str(tmp_path), "--store", str(tmp_path.parent / "folder.db"))
    assert done.returncode == 1
    assert "bad.txt" in done.stderr.decode()
    assert "1 new article" in done.stderr.decode()


@pytest.mark.slow
def test_twenty_megabytes_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 4_200_000, encoding="utf-8")
    done = run("read", str(path), "--store", str(tmp_path / "s.db"))
    assert done.returncode == 2, done.stderr.decode()
    assert "long.txt" in done.stderr.decode()


def test_wrong_option_is_exit_code_two() -> None:
    assert run("dossier", "--nonsense").returncode == 2


def test_version_and_help() -> None:
    assert run("--version").stdout.decode().strip()
    assert b"dossier" in run("--help").stdout


@pytest.mark.slow
def test_the_session_in_the_readme_is_true(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    session = readme.split("```console\n$ make demo\n")[1].split("```")[0]
    command = [sys.executable, "-m", "detente.cli", "demo", "--no-open", "--output", str(tmp_path / "page.html")]
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(command, capture_output=True, env=environment, timeout=300, encoding="utf-8")
    shown = {line.rstrip() for line in (done.stdout + done.stderr).splitlines()}
    assert [line for line in session.splitlines() if line not in shown] == []
