"""What can go wrong with a file, a disk or a process: one clear line, and no half article."""

import dataclasses
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_records import NOW, coding

from detente.errors import InputError, StoreError
from detente.records import Coding, Sentence
from detente.store import migrations, schema, sqlite, writing
from detente.store.database import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article."""
    with open_store(tmp_path / "s.db") as store:
        store.add(coding(0), added_at=NOW)
    return tmp_path / "s.db"


@pytest.fixture
def bound_by_permissions() -> Iterator[None]:
    """As a user whom permissions bind, which root is not."""
    if not hasattr(os, "setresuid"):
        pytest.skip("no permissions of this kind here")
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def big(number: int) -> Coding:
    """A coding of some hundred kilobytes."""
    made = coding(number)
    sentence = made.sentences[0]
    many = tuple(dataclasses.replace(sentence, sequence=i, text=f"{i}" * 300) for i in range(300))
    return dataclasses.replace(made, sentences=many)


def test_a_crash_while_rows_are_made_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        before = store.counts()
        with monkeypatch.context() as patch:
            patch.setattr(writing, "_append", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                store.add(coding(1), added_at=NOW)
        assert store.counts() == before
        assert store.add(coding(1), added_at=NOW).new_article
        assert store.verify() == ()


@pytest.mark.parametrize("limit", range(5))
def test_a_crash_after_any_table_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """Article, report, coding, sentences, claims: the blow falls before each in turn."""
    insert, tables = writing.insert, []

    def failing(table: object) -> object:
        tables.append(table)
        if len(tables) > limit:
            raise KeyboardInterrupt
        return insert(table)

    with open_store(path) as store:
        before = store.counts()
        with monkeypatch.context() as patch:
            patch.setattr(writing, "insert", failing)
            with pytest.raises(KeyboardInterrupt):
                store.add(coding(1), added_at=NOW)
        assert store.counts() == before
        assert store.add(coding(1), added_at=NOW).new_claims == 1


WRITER = """
import sys; sys.path[:0] = [{tests!r}]
from test_faults import big
from store_records import NOW
from detente.store.database import open_store
with open_store({path!r}) as store:
    for n in range(1, 100000):
        store.add(big(n), added_at=NOW)
        print(n, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("delay_s", [0.0, 0.013, 0.03])
def test_a_killed_writer_leaves_no_half_article(path: Path, delay_s: float) -> None:
    script = WRITER.format(tests=str(Path(__file__).parent), path=str(path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            last = int(writer.stdout.readline())
        time.sleep(delay_s)
        writer.send_signal(signal.SIGKILL)
        last = int(([str(last), *writer.stdout.read().split()])[-1])
    with open_store(path) as store:
        assert store.verify() == ()
        assert last + 1 <= store.counts().articles <= last + 2
        assert all(len(c.sentences) in (1, 300) for c in store.codings())
        assert store.add(coding(-1), added_at=NOW).changed


def test_a_locked_store_says_so_and_recovers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    with open_store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.counts().articles == 1
        with pytest.raises(StoreError, match="locked by another process; wait"):
            store.add(coding(1), added_at=NOW)
        other.execute("ROLLBACK")
        assert store.add(coding(1), added_at=NOW).changed


def test_a_store_locked_for_all_says_so_at_opening(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_S", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for read_only in (False, True):
            with pytest.raises(StoreError, match="locked by another process"):
                open_store(path, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_text_file_is_no_store_and_is_not_touched(tmp_path: Path, *, read_only: bool) -> None:
    text = tmp_path / "garibov.txt"
    text.write_text("Divorce or just a cooling?\n" * 99)
    with pytest.raises(StoreError, match=r"not a Détente store, or a damaged one.*restore a backup or give another"):
        open_store(text, read_only=read_only)
    assert text.read_text() == "Divorce or just a cooling?\n" * 99
    assert list(tmp_path.iterdir()) == [text]


def test_a_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (id)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"another program .tables photos"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_damaged_store_is_named(path: Path) -> None:
    with open_store(path) as store:
        for n in range(1, 9):
            store.add(big(n), added_at=NOW)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + b"\xa5" * 200_000 + whole[middle + 200_000 :])
    with open_store(path) as store:
        assert store.verify()
        with pytest.raises(StoreError, match="damaged"):
            store.codings()
    path.write_bytes(whole[:9000])
    with pytest.raises(StoreError, match="damaged"), open_store(path) as store:
        store.codings()


def test_a_row_that_is_no_record_is_named(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE claims SET event = 'DANCE', actor = '{'")
        other.execute("UPDATE articles SET text = text || '!'")
        other.execute("DELETE FROM sentences")
    with open_store(path, read_only=True) as store:
        with pytest.raises(StoreError, match="damaged"):
            store.claims()
        text, lost = store.verify()
        assert "its text is not the one" in text
        assert "got 1 rows, wanted the 2" in lost


def test_a_full_disk_is_named_and_what_was_there_stays(path: Path) -> None:
    with open_store(path) as store:
        with store._engine.connect() as connection:  # the one connection in the pool
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        before = store.codings()
        with pytest.raises(StoreError, match="the disk is full; what was being added was not kept"):
            store.add(big(1), added_at=NOW)
        assert store.codings() == before
        assert store.add(coding(2), added_at=NOW).changed
        assert store.verify() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of this kind there")
def test_a_disk_that_takes_no_more_bytes_loses_nothing(path: Path) -> None:
    script = (
        f"import sys, resource, signal; sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "from test_faults import big, coding, NOW, StoreError, open_store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"with open_store({str(path)!r}) as store:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "    try: store.add(big(1), added_at=NOW)\n"
        "    except StoreError as error: print(error)\n"
        "    print(store.counts().articles)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "the disk" in done.stdout
    with open_store(path) as store:
        assert store.verify() == ()
        assert store.counts().articles == 1


def test_a_newer_store_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO detente_migrations VALUES (99, 'from_the_future')")
    with pytest.raises(
        StoreError, match=f"version 99, wanted at most {len(migrations.MIGRATIONS)}: a newer Détente wrote it; update"
    ):
        open_store(path)


def test_an_older_store_gets_the_steps_it_misses_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    have = len(migrations.MIGRATIONS)

    def added(connection: object) -> None:
        ran.append(connection)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, added))
    with pytest.raises(StoreError, match=f"version {have}, wanted version {have + 1}; open it once to write"):
        open_store(path, read_only=True)
    for _ in range(2):
        with open_store(path) as store:
            assert store.counts().articles == 1
    assert len(ran) == 1
    with closing(sqlite3.connect(path)) as other:
        recorded = other.execute("SELECT number, name FROM detente_migrations ORDER BY number").fetchall()
    assert recorded[0] == (1, "first_tables")
    assert recorded[-1] == (have + 1, "added")
    assert len(recorded) == have + 1


def test_a_store_of_version_1_comes_to_the_shape_of_a_new_one(tmp_path: Path) -> None:
    shape = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.executescript((Path(__file__).parent / "version_1.sql").read_text())
    shapes = []
    for name in ("old.db", "new.db"):
        with open_store(tmp_path / name) as store:
            assert store.verify() == ()
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            shapes.append([(n, " ".join(sql.split())) for n, sql in connection.execute(shape)])
    assert shapes[0] == shapes[1]


def test_folders_and_missing_places_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"its folder does not exist; make it .mkdir -p"):
        open_store(tmp_path / "none" / "s.db")
    with pytest.raises(StoreError, match="got a folder"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="there is no store yet"):
        open_store(tmp_path / "s.db", read_only=True)
    with pytest.raises(StoreError, match="got a postgresql address"):
        open_store("postgresql://host/db")
    with pytest.raises(StoreError, match="empty --store"):
        open_store("")
    with pytest.raises(StoreError, match="wanted a file"):
        open_store(":memory:", read_only=True)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("bound_by_permissions")
def test_what_may_not_be_written_is_named_and_can_still_be_read() -> None:
    shared = Path(os.environ.get("TMPDIR", "/tmp")) / f"detente-{os.getpid()}"  # noqa: S108 root's folder is closed
    shared.mkdir()
    try:
        path = shared / "s.db"
        with open_store(path) as store:
            store.add(coding(0), added_at=NOW)
        shared.chmod(0o555)
        with pytest.raises(StoreError, match="folder cannot be written by this user"):
            open_store(path)
        with pytest.raises(StoreError, match="cannot be written by this user"):
            open_store(shared / "new.db")
        with open_store(path, read_only=True) as store:
            assert store.counts().articles == 1
        path.chmod(0)
        with pytest.raises(StoreError, match="cannot be read by this user"):
            open_store(path, read_only=True)
    finally:
        shared.chmod(0o755)
        shutil.rmtree(shared)


def test_a_reader_beside_a_writer_sees_one_moment(path: Path) -> None:
    with open_store(path) as writer, open_store(path, read_only=True) as reader:
        for n in range(1, 300):
            writer.add(coding(n), added_at=NOW)
        reading = reader.iter_claims()
        next(reading)
        assert writer.add(coding(999), added_at=NOW).changed
        assert len(list(reading)) == 299
        assert len(reader.claims()) == 301
        with pytest.raises(StoreError, match="cannot be opened or written"):
            reader.add(coding(1000), added_at=NOW)


@pytest.mark.parametrize("place", [":memory:", "s.db"])
def test_threads_share_a_store(tmp_path: Path, place: str) -> None:
    with open_store(place if place == ":memory:" else tmp_path / place) as store:
        made = [coding(n) for n in range(40)]

        def add(start: int) -> None:
            for each in made[start::4]:
                store.add(each, added_at=NOW)
                store.counts()

        threads = [threading.Thread(target=add, args=(start,)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.counts().articles == 40


def test_processes_may_make_and_fill_one_store_together(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "from test_faults import coding, NOW, open_store\n"
        f"with open_store({str(tmp_path / 's.db')!r}) as store:\n"
        "    for n in range(20): store.add(coding(n), added_at=NOW)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    with open_store(tmp_path / "s.db", read_only=True) as store:
        assert (store.counts().articles, store.counts().codings) == (20, 20)
        assert store.verify() == ()


def test_places_are_found_where_they_are_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    locate = sqlite.locate
    assert locate("sqlite:///a.db", environ={}) == Path("a.db")
    assert locate("sqlite:////a/b.db", environ={}) == Path("/a/b.db")
    assert locate("sqlite://", environ={}) is locate(":memory:", environ={}) is None
    assert locate(None, environ={"DETENTE_STORE": "x.db"}) == Path("x.db")
    if sys.platform == "linux":
        assert locate(None, environ={"XDG_DATA_HOME": "/d"}) == Path("/d/detente/detente.db")
        monkeypatch.delenv("DETENTE_STORE", raising=False)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        with open_store() as store:
            assert store.counts().articles == 0
        assert (tmp_path / "data/detente/detente.db").is_file()
    odd = tmp_path / "what? 100% #1 é.db"
    open_store(odd).close()
    assert [p.name for p in tmp_path.glob("what*")] == [odd.name]


def test_every_part_of_a_coding_is_counted() -> None:
    assert {table.name for table in schema.PARTS} == {"sentences", "claims", "links", "predictions"}


def test_parts_of_another_article_are_refused() -> None:
    stray = Sentence(article_id="other", sequence=0, start=0, end=1, text="x")
    made = dataclasses.replace(coding(), sentences=(stray,))
    with open_store(":memory:") as store, pytest.raises(InputError, match="got parts of the article other"):
        store.add(made, added_at=NOW)
