"""Files of event data in, lines and cells of text out, one at a time: plain, gzip or zip, UTF-8 or Latin-1."""

from __future__ import annotations

import csv
import gzip
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from detente.errors import InputError
from detente.exchange.tally import Tally
from detente.records import Imported

NOT_UTF8 = "the line is not UTF-8; read as Latin-1"
QUOTED = "quotes around a cell taken off"
TAB_INSIDE = "a tab inside a cell made a space"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An event, and the cells it was read from, joined with tabs, in the order of the columns of its file."""

    event: Imported
    columns: tuple[str, ...]
    cells: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; `at` says where it stands."""

    at: str
    text: str


def read_lines(path: str, *, tally: Tally) -> Iterator[Line]:
    """The lines of a file, of every file in a zip archive, or of standard input (`-`), decoded one by one.

    Raises:
        InputError: The file cannot be read, or is a broken archive.
    """
    try:
        with ExitStack() as open_files:
            for name, stream in _streams(path, open_files):
                yield from _decoded(stream, name=name, tally=tally)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: got {why}, wanted a readable text file, .gz or .zip") from error


def _streams(path: str, open_files: ExitStack) -> Iterator[tuple[str, IO[bytes]]]:
    if path == "-":
        yield "-", sys.stdin.buffer
        return
    file, ending = Path(path), Path(path).suffix.lower()
    if ending == ".zip":
        archive = open_files.enter_context(zipfile.ZipFile(file))
        for member in archive.infolist():
            if not member.is_dir():
                yield f"{file.name}/{member.filename}", open_files.enter_context(archive.open(member))
    elif ending == ".gz":
        unpacked = gzip.GzipFile(fileobj=open_files.enter_context(file.open("rb")))
        yield file.name, cast(IO[bytes], open_files.enter_context(unpacked))  # it reads lines as any file does
    else:
        yield file.name, open_files.enter_context(file.open("rb"))


def _decoded(stream: IO[bytes], *, name: str, tally: Tally) -> Iterator[Line]:
    for number, raw in enumerate(stream, start=1):
        at = f"{name}:{number}"
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
            tally.repair(NOT_UTF8, at=at)
        text = text.rstrip("\r\n")
        if number == 1:
            text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        if text.strip():
            yield Line(at, text)


def split_cells(line: Line, *, width: int, tally: Tally) -> list[str]:
    """The cells of a line that is parted by tabs; quotes around a whole cell are taken off.

    A quote inside a name is part of it. Only where the cells do not come out at `width` is a quoted cell looked for
    that holds a tab.
    """
    text = line.text
    cells = text.split("\t")
    if '"' not in text:
        return cells
    if len(cells) != width:
        whole = next(csv.reader([text], delimiter="\t"), [])
        if len(whole) == width:
            tally.repair(TAB_INSIDE, at=line.at)
            return [cell.replace("\t", " ").replace("\n", " ") for cell in whole]
    bare = [_bare(cell) for cell in cells]
    if bare != cells:
        tally.repair(QUOTED, at=line.at)
    return bare


def _bare(cell: str) -> str:
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return cell
    inside = cell[1:-1]
    return cell if '"' in inside.replace('""', "") else inside.replace('""', '"')
