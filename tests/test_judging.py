"""Judging from the command line and through the program: every number follows, nothing is lost, nonsense is refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente import pipeline
from detente.cli import main
from detente.errors import InputError
from detente.judging import Bench, exported
from detente.records import Article, Attribution, Claim, Coding, Entity
from detente.store.database import Store, open_store

AT = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAY = dt.date(2019, 3, 13)


def article(n: int) -> Article:
    text = f"Uganda closed the border with Kenya on day {n}. " + " ".join(f"word{n}{k}" for k in range(30))
    return Article(text=text, retrieved=AT, published=DAY, outlet=f"Example Post {n}")


def claim(of: Article, **more: object) -> Claim:
    fields: dict[str, object] = {
        "article_id": of.id, "span": (0, 40), "sentence": of.text[:45], "trigger": "closed",
        "actor": Entity(code="UGA", text="Uganda"), "recipient": Entity(code="KEN", text="Kenya"),
        "event": "SANCTION", "status": "happened", "quad": 4, "intensity": -6.5, "cameo": "163",
        "date": dt.date(2019, 3, 11), "precision": "day", "published": DAY, "outlet": of.outlet, "coder": "hand",
        "coded_at": AT,
    }  # fmt: skip
    return Claim(**(fields | more))  # type: ignore[arg-type]


def filled(store: Store) -> list[Claim]:
    """Three reports of a closed border, one of a war of words, one on another pair."""
    articles = [article(n) for n in range(5)]
    claims = [claim(a) for a in articles[:3]]
    claims.append(claim(articles[3], event="ACCUSE", trigger="accused", quad=3, date=dt.date(2019, 3, 1)))
    claims.append(claim(articles[4], recipient=Entity(code="RWA", text="Rwanda")))
    for of, one in zip(articles, claims, strict=True):
        coding = Coding(article=of, sentences=(), claims=(one,), links=(), predictions=())
        store.add(coding, added_at=AT, coder="hand")
    return claims


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as opened:
        yield opened


def bench(store: Store, *, by: str = "ann") -> Bench:
    return Bench(store, ("UGA", "KEN"), known=pipeline.registers(), by=by)


def closed(sitting: Bench) -> str:
    return next(e.id for e in sitting.dossier.events if e.event == "SANCTION")


def test_every_number_that_rests_on_an_event_moves_and_is_named(store: Store) -> None:
    filled(store)
    sitting = bench(store)
    before = sitting.dossier
    outcome = sitting.judge(closed(sitting), "not-event", at=AT)
    moved = {s.what for s in outcome.moved}
    assert {"events", "claims", "2019-03 UGA to KEN, material conflict"} <= moved
    assert any(what.startswith("chance of") for what in moved)
    assert len(outcome.dossier.events) == len(before.events) - 1
    assert any("1 of 1 judged event was wrong" in line for line in outcome.dossier.limits)


def test_what_is_taken_back_moves_everything_back(store: Store) -> None:
    filled(store)
    sitting = bench(store)
    before = sitting.dossier
    outcome = sitting.judge(closed(sitting), "not-event", at=AT)
    back = sitting.undo(outcome.judgement.id, at=AT + dt.timedelta(hours=1))
    assert {(s.what, s.before, s.after) for s in back.moved} == {(s.what, s.after, s.before) for s in outcome.moved}
    assert back.dossier.events == before.events
    assert back.dossier.verdict == before.verdict
    assert len(store.judgements()) == 2


def test_a_merge_is_opened_split_and_joined_again(store: Store) -> None:
    claims = filled(store)
    sitting = bench(store)
    event = closed(sitting)
    assert [c.id for c, _ in sitting.open(event)] == [c.id for c in sitting.claims_of(event)]
    outcome = sitting.split(event, [claims[1].id], at=AT)
    reports = sorted(e.reports for e in outcome.dossier.events if e.event == "SANCTION")
    assert reports == [1, 2]
    again = sitting.undo(outcome.judgement.id, at=AT + dt.timedelta(hours=1))
    assert [e.reports for e in again.dossier.events if e.event == "SANCTION"] == [3]
    with pytest.raises(InputError, match="wanted some of its claims, not all"):
        sitting.split(event, [c.id for c in claims[:3]], at=AT)


def test_duplicates_join_events_of_one_pair_and_never_go_in_a_circle(store: Store) -> None:
    claims = filled(store)
    sitting = bench(store)
    accused = next(e.id for e in sitting.dossier.events if e.event == "ACCUSE")
    with pytest.raises(InputError, match="event itself"):
        sitting.judge(accused, "duplicate-of", value=accused, at=AT)
    with pytest.raises(InputError, match="another pair"):
        sitting.judge(accused, "duplicate-of", value=claims[4].id, at=AT)
    outcome = sitting.judge(accused, "duplicate-of", value=closed(sitting), at=AT)
    assert [e.reports for e in outcome.dossier.events] == [4]
    with pytest.raises(InputError, match="circle of duplicates"):
        sitting.judge(claims[0].id, "duplicate-of", value=claims[3].id, at=AT + dt.timedelta(hours=1))
    assert store.judgements() == (outcome.judgement,)


def test_a_judgement_on_what_is_not_there_says_so_and_keeps_nothing(store: Store) -> None:
    filled(store)
    sitting = bench(store)
    for target in ("nowhere", ""):
        with pytest.raises(InputError, match="wanted the id of an event or a claim"):
            sitting.judge(target, "right", at=AT)
    with pytest.raises(InputError, match="judgement that stands"):
        sitting.undo("nowhere", at=AT)
    assert store.judgements() == ()


def test_each_judge_sees_what_he_has_not_judged(store: Store) -> None:
    filled(store)
    first, second = bench(store), bench(store, by="bob")
    waiting = first.waiting()
    assert [e.id for e in waiting] == sorted(e.id for e in first.dossier.events)
    first.judge(waiting[0].id, "right", at=AT)
    assert [e.id for e in first.waiting()] == [e.id for e in waiting[1:]]
    assert second.waiting() == waiting


def test_the_judged_set_is_exported_whole(store: Store) -> None:
    filled(store)
    sitting = bench(store)
    sitting.judge(closed(sitting), "right", at=AT)
    sitting.judge(closed(sitting), "wrong-type", value="COERCE", at=AT + dt.timedelta(hours=1))
    rows = list(exported(store))
    assert [(r["verdict"], r["stands"], len(r["judged"])) for r in rows] == [
        ("right", False, 3), ("wrong-type", True, 3),
    ]  # fmt: skip
    assert {c["event"] for c in rows[1]["judged"]} == {"SANCTION"}
    json.dumps(rows)


def test_a_judgement_outlives_the_coding_it_was_made_on(store: Store) -> None:
    filled(store)
    sitting = bench(store)
    sitting.judge(closed(sitting), "right", at=AT)
    for n in range(3):
        of = article(n)
        again = claim(of, trigger="shut", coder="newer", coded_at=AT + dt.timedelta(days=1))
        coding = Coding(article=of, sentences=(), claims=(again,), links=(), predictions=())
        store.add(coding, added_at=AT + dt.timedelta(days=1), coder="newer")
    (row,) = exported(store)
    assert (row["stands"], row["read"], len(row["judged"])) == (True, False, 3)
    assert {c["trigger"] for c in row["judged"]} == {"closed"}


def test_only_what_the_sides_asked_for_confirm_is_counted(store: Store) -> None:
    filled(store)
    known = pipeline.registers()
    everything = pipeline.dossier(store, ("UGA", "KEN"), known=known)
    assert everything.events
    for by in ("both", "third"):
        found = pipeline.dossier(store, ("UGA", "KEN"), known=known, confirmed_by=by)  # type: ignore[arg-type]
        assert found.events == ()
        assert found.verdict.answer == "abstain"
        assert all(set(p.forward + p.backward) == {0} for p in found.periods)
        assert f"0 of {len(everything.events)} events" in found.limits[0]


def test_what_both_states_say_stays_under_every_filter(store: Store) -> None:
    held = [
        replace(claim(article(n)), id="", attribution=(Attribution(name=code, code=code, named=True),))
        for n, code in enumerate(("UGA", "KEN", "TZA"))
    ]
    for n, one in enumerate(held):
        store.add(Coding(article=article(n), sentences=(), claims=(one,), links=(), predictions=()), added_at=AT)
    known = pipeline.registers()
    for by in ("both", "third", "any"):
        found = pipeline.dossier(store, ("UGA", "KEN"), known=known, confirmed_by=by)  # type: ignore[arg-type]
        assert [e.reports for e in found.events] == [3]


# -- from the command line ---------------------------------------------------------------------------------------


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The program in this process: what its main function would print and return."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(stdin)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main(list(arguments))
    finally:
        sys.stdin = before
    return subprocess.CompletedProcess(list(arguments), code, out.getvalue(), err.getvalue())


@pytest.fixture
def path(tmp_path: Path) -> str:
    with open_store(tmp_path / "cli.db") as opened:
        filled(opened)
    return str(tmp_path / "cli.db")


def events(path: str) -> list[dict[str, Any]]:
    done = run("events", "UGA", "KEN", "--store", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_options_judge_without_a_keyboard(path: str) -> None:
    event = next(e["id"] for e in events(path) if e["event"] == "SANCTION")
    done = run("judge", "UGA", "KEN", "--event", event, "--verdict", "wrong-type", "--value", "COERCE", "--by", "ann",
               "--store", path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["verdict"], answer["by"], answer["stands"]) == ("wrong-type", "ann", True)
    assert "moved: " in done.stderr
    assert {e["event"] for e in events(path)} == {"COERCE", "ACCUSE"}
    listed = json.loads(run("judge", "list", "--store", path, "--format", "json").stdout)
    assert [row["judgement"] for row in listed] == [answer["id"]]
    undone = run("judge", "undo", "UGA", "KEN", answer["id"], "--by", "ann", "--store", path)
    assert undone.returncode == 0, undone.stderr
    assert {e["event"] for e in events(path)} == {"SANCTION", "ACCUSE"}


def test_one_key_a_verdict(path: str) -> None:
    done = run("judge", "UGA", "KEN", "--by", "ann", "--store", path, stdin="rn")
    assert done.returncode == 0, done.stderr
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert verdicts == ["right", "not-event"]
    done = run("judge", "UGA", "KEN", "--by", "bob", "--store", path, stdin="tCOERCE\nzq")
    kept = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["verdict"], row["value"]) for row in kept] == [("wrong-type", "COERCE"), ("withdrawn", None)]


def test_an_event_that_was_passed_over_is_not_shown_again(path: str) -> None:
    done = run("judge", "UGA", "KEN", "--by", "ann", "--store", path, stdin=" r")
    assert done.returncode == 0, done.stderr
    shown = [line.split()[0] for line in done.stderr.splitlines() if " > " in line and " reports" in line]
    assert len(shown) == len(set(shown)) == 2
    assert "1 events wait" in done.stderr


def test_agreement_needs_two_judges_and_then_names_every_field(path: str) -> None:
    for by in ("ann", "bob"):
        before = run("judge", "agreement", "--store", path, "--format", "json")
        assert before.returncode == 1
        assert "two people" in before.stderr
        run("judge", "UGA", "KEN", "--by", by, "--store", path, stdin="rn" if by == "ann" else "nn")
    done = run("judge", "agreement", "--store", path, "--format", "json")
    rows = {row["field"]: row for row in json.loads(done.stdout)}
    assert set(rows) == {"event", "actor", "type", "status", "date"}
    assert rows["event"]["events"] >= 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--event", "nowhere", "--verdict", "right"), "wanted the id of an event or a claim"),
        (("--event", "nowhere"), "wanted both"),
        (("--verdict", "right"), "wanted both"),
    ],
)
def test_nonsense_is_one_line_and_exit_code_two(path: str, arguments: tuple[str, ...], words: str) -> None:
    done = run("judge", "UGA", "KEN", "--store", path, "--by", "ann", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_confirmed_is_a_filter_of_events_series_and_verdict(path: str) -> None:
    for verb in ("events", "series"):
        done = run(verb, "UGA", "KEN", "--store", path, "--confirmed", "both", "--format", "json")
        assert done.returncode == 0, done.stderr
    done = run("dossier", "UGA", "KEN", "--store", path, "--confirmed", "third", "--format", "json")
    assert json.loads(done.stdout)["events"] == []
    assert run("events", "UGA", "KEN", "--store", path, "--confirmed", "nobody").returncode == 2


HEADING = "name,aliases,domain,country,owner,owner_kind,since,until,predecessor,successor,confidence,note\n"


def test_known_outlets_are_shown_and_unknown_ones_are_never_guessed(tmp_path: Path) -> None:
    done = run("outlets", "show", "Voice of Russia")
    shown = json.loads(done.stdout)
    assert (shown["country"], shown["since"], shown["until"], shown["successor"]) == (
        "RUS", 1993, 2014, "Radio Sputnik",
    )  # fmt: skip
    done = run("outlets", "show", "Nowhere Gazette")
    assert done.returncode == 1
    shown = json.loads(done.stdout)
    assert {shown[k] for k in ("country", "owner", "owner_kind", "since", "until", "successor")} == {"unknown"}
    own = tmp_path / "own.csv"
    own.write_text(HEADING + "Nowhere Gazette,,,KEN,Gazette Ltd,private,1990,,,,0.9,\n", encoding="utf-8")
    done = run("outlets", "show", "Nowhere Gazette", "--outlets", str(own))
    assert json.loads(done.stdout)["country"] == "KEN"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,,,KEN,x,private,1990\n", "own.csv:2: got 7 cells, wanted 12"),
        ("A,,,KEN,x,privately,1990,,,,1,\n", "own.csv:2: owner_kind: got 'privately'"),
        ("A,,,KEN,x,private,19xx,,,,1,\n", "own.csv:2: years: got '19xx'"),
        ("A,,,KEN,x,private,1990,1980,,,1,\n", "own.csv:2: years: got 1990 to 1980"),
        ("A,,,Kenya,x,private,,,,,1,\n", "own.csv:2: country: got 'Kenya'"),
        (",,,KEN,x,private,,,,,1,\n", "own.csv:2: name: got none"),
        ("A,,,KEN,x,private,,,,B,1,\nB,,,KEN,x,private,,,,A,1,\n", "got a circle (A > B > A)"),
    ],
)
def test_a_broken_register_is_named_by_row_and_not_used(tmp_path: Path, rows: str, words: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(HEADING + rows, encoding="utf-8")
    for verb in (("outlets", "check", str(own)), ("outlets", "show", "Reuters", "--outlets", str(own))):
        done = run(*verb)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
        assert words in done.stderr, done.stderr


def test_a_sound_register_passes_and_a_shared_name_is_noted(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(HEADING + "A,Alpha,,KEN,x,private,1990,,,,1,\n", encoding="utf-8")
    assert run("outlets", "check", str(own)).returncode == 0
    own.write_text(HEADING + "A,Alpha,,KEN,x,private,,,,,1,\nB,Alpha,,KEN,x,private,,,,,1,\n", encoding="utf-8")
    done = run("outlets", "check", str(own))
    assert done.returncode == 1
    assert "'alpha' is a name of A already" in done.stderr
