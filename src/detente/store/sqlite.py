"""A path or address in, an engine on a SQLite file out; all that is particular to SQLite stands here.

Write-ahead logging lets readers read beside one writer; a writer takes its lock when its transaction begins and
waits `BUSY_S` for another one. Whatever SQLite complains of becomes one `StoreError` that says what to do.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, exc, pool

from detente.errors import InputError, StoreError

BUSY_S = 5.0
"""How long a connection waits for a lock of another one."""

_READ_ONLY_FILE = "give another --store, or change the permissions"


def locate(url: str | Path | None, *, environ: Mapping[str, str]) -> Path | None:
    """The file that `url` means, None for a store in memory; without one, DETENTE_STORE or the data folder.

    Raises:
        StoreError: The address is of a database this program does not know.
    """
    text = str(url) if url is not None else environ.get("DETENTE_STORE", "")
    if url is None and not text:
        return _data_folder(environ) / "detente" / "detente.db"
    scheme, mark, rest = text.partition("://")
    if mark:
        if scheme not in ("sqlite", "sqlite+pysqlite"):
            raise StoreError(f"{text}: got a {scheme} address, wanted a path, sqlite:///PATH or :memory:")
        text = rest.removeprefix("/") or ":memory:"
    if text == ":memory:":
        return None
    if not text.strip():
        raise StoreError("got an empty --store, wanted a path, sqlite:///PATH or :memory:")
    return Path(text).expanduser()


def _data_folder(environ: Mapping[str, str]) -> Path:
    """Where the platform keeps an application's data."""
    if sys.platform == "win32" and environ.get("LOCALAPPDATA"):
        return Path(environ["LOCALAPPDATA"])
    given = Path(environ.get("XDG_DATA_HOME", ""))
    if given.is_absolute():
        return given
    return Path("~/Library/Application Support" if sys.platform == "darwin" else "~/.local/share").expanduser()


def check(path: Path, *, read_only: bool, make_folder: bool) -> None:
    """Looks at the file and its folder before SQLite does, whose words for these faults say too little.

    Raises:
        StoreError: There is no such store or folder, it is not a file, or it may not be written.
    """
    folder = path.parent
    try:
        if make_folder and not read_only:
            folder.mkdir(parents=True, exist_ok=True)
        exists, is_file, has_folder = path.exists(), path.is_file(), folder.is_dir()
    except OSError as error:
        raise StoreError(f"{path}: got {error.strerror}, wanted a readable place; {_READ_ONLY_FILE}") from error
    if exists and not is_file:
        raise StoreError(f"{path}: got a folder or a device, wanted a file such as {path / 'detente.db'}")
    if not has_folder:
        raise StoreError(f"{path}: its folder does not exist; make it (mkdir -p {folder}) or give another --store")
    if read_only and not exists:
        raise StoreError(f"{path}: there is no store yet; read an article into it first, or give another --store")
    if not os.access(path if exists else folder, os.R_OK if read_only else os.R_OK | os.W_OK):
        wish = "read" if read_only else "written"
        raise StoreError(f"{path}: cannot be {wish} by this user; {_READ_ONLY_FILE}")
    if not read_only and not os.access(folder, os.W_OK):
        raise StoreError(f"{path}: its folder cannot be written by this user; {_READ_ONLY_FILE}")


def _address(path: Path, *, read_only: bool) -> str:
    if not read_only:
        return path.absolute().as_uri() + "?mode=rwc"
    # On a read-only medium SQLite cannot make the files of its log; without a log there is nothing to miss.
    log = path.with_name(path.name + "-wal")
    frozen = not os.access(path.parent, os.W_OK) and not log.exists()
    return path.absolute().as_uri() + "?mode=ro" + ("&immutable=1" if frozen else "")


def connect(path: Path | None, *, read_only: bool) -> Engine:
    """An engine whose connections begin transactions as they should; nothing is opened yet."""
    address = "file::memory:" if path is None else _address(path, read_only=read_only)

    def opened() -> sqlite3.Connection:
        # A writer waits for BUSY_S, then `explained` says so. Threads share the pool, each connection one at a time.
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    # A store in memory lives as long as its one connection.
    engine = create_engine(
        "sqlite://",
        creator=opened,
        poolclass=pool.QueuePool,
        pool_size=1 if path is None else 5,
        max_overflow=0 if path is None else 10,
        pool_timeout=BUSY_S,
        pool_recycle=-1,
        json_serializer=_to_json,
    )

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        writes = connection.get_execution_options().get("detente_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def use_log(engine: Engine) -> None:
    """Turns on write-ahead logging, which stays with the file; a file system without it keeps what it has."""
    until = time.monotonic() + BUSY_S
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                # While another process turns it on, SQLite says busy at once instead of waiting.
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
    finally:
        connection.close()


def integrity(connection: Connection) -> Iterator[str]:
    """What SQLite's own checks of pages, indexes and references find."""
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield str(row[0])
    for table, number, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table}: row {number} stands under a missing row of {parent}"


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def explain(error: BaseException | None, *, where: str) -> StoreError:
    """The `StoreError` for a complaint of SQLite about the store at `where`."""
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(f"{where}: locked by another process; wait until it is done or close it, then try again")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(error, where=where)
    if code == sqlite3.SQLITE_FULL:
        return StoreError(
            f"{where}: the disk is full; what was being added was not kept, nothing older is lost; make room, try again"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return StoreError(f"{where}: cannot be opened or written ({error}); {_READ_ONLY_FILE}")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{where}: the disk does not answer ({error}); see that it has room and is sound, try again")
    return StoreError(f"{where}: got {error}; run `detente store verify`, or give another --store")


def damaged(error: object, *, where: str) -> StoreError:
    """The `StoreError` for a file whose bytes or rows cannot be understood."""
    return StoreError(
        f"{where}: not a Détente store, or a damaged one ({error}); restore a backup or give another --store"
    )


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turns what the database, the disk or an unreadable row raises into one `StoreError`.

    Raises:
        StoreError: In place of what was raised.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise explain(error.orig, where=where) from error
    except sqlite3.Error as error:
        raise explain(error, where=where) from error
    except exc.TimeoutError as error:
        raise StoreError(f"{where}: all its connections are in use; finish reading before you add") from error
    except OSError as error:
        raise StoreError(f"{where}: got {error}; mend that or give another --store") from error


@contextmanager
def readable(where: str) -> Iterator[None]:
    """As `explained`, around the making of records: a row that is no record means a damaged store.

    Raises:
        StoreError: In place of what was raised.
    """
    with explained(where):
        try:
            yield
        except (InputError, exc.StatementError, KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, exc.DBAPIError):
                raise
            raise damaged(error, where=where) from error


@contextmanager
def storable(where: str, what: str) -> Iterator[None]:
    """As `explained`, around the writing of a record: a value no database takes is the caller's to mend.

    Raises:
        InputError: A text holds a lone surrogate, a number is too large or not finite, a time is naive.
        StoreError: In place of what else was raised.
    """
    with explained(where):
        try:
            yield
        except exc.DBAPIError:
            raise
        except (exc.StatementError, UnicodeEncodeError, OverflowError, ValueError) as error:
            cause = error.orig if isinstance(error, exc.StatementError) else error
            raise InputError(
                f"{what}: got a value that cannot be stored ({cause}); mend the text or the number"
            ) from error
