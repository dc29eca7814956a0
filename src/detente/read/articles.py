"""A source comes in, its articles go out, and with them what could not be read: the door of this package.

What a file holds is told from its content; the suffix only decides between kinds that look alike.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detente.errors import ArticleError, DetenteError
from detente.read.decoding import decode
from detente.read.feeds import looks_like_xml, read_xml
from detente.read.jsonl import objects_in, read_records
from detente.read.pages import looks_like_html, read_html
from detente.read.plain import Known, read_plain
from detente.read.sources import Blob, fetch, is_read, is_url, open_file, open_stdin, paths_in
from detente.records import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What could not be read: `path` as given, `line` for a line of JSON or the item of a feed, and why."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        """One line for a report."""
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return self.reason if self.reason.startswith(where) else f"{where}: {self.reason}"


def read_articles(
    source: str | Path,
    *,
    retrieved: dt.datetime,
    published: dt.date | None = None,
    outlet: str | None = None,
    encoding: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Rejected]:
    """The articles in `source`, one after another, and a `Rejected` for each part that holds none.

    Args:
        source: A file, a folder (read recursively), an http, https or file address, or `-` for standard input.
        retrieved: The time of reading, aware UTC.
        published: Day of publication; wins over what a page says, but not over a JSON object's own field.
        outlet: Name of the outlet; likewise.
        encoding: Of the bytes; found when None.
        stdin: Read for `-` instead of `sys.stdin`.

    Raises:
        ArticleError: The source itself holds no article: one line with what to do. In a folder, or in a file of many
            records, a bad part is a `Rejected` and the rest is read; it is an error only where all are bad.
    """
    known = Known(published=published, outlet=outlet)
    name = str(source)
    if name != "-" and not is_url(name) and Path(source).is_dir():
        yield from _folder(Path(source), retrieved=retrieved, known=known, encoding=encoding)
        return
    blob = open_stdin(stdin) if name == "-" else fetch(name) if is_url(name) else open_file(Path(source))
    rejected = []
    found = 0
    for item in _in_blob(blob, retrieved=retrieved, known=known, encoding=encoding):
        if isinstance(item, Article):
            found += 1
        elif not found:
            rejected.append(item)
            continue
        yield from rejected
        rejected.clear()
        yield item
    if not found:
        raise ArticleError(_summary(blob.name, rejected))


def _folder(
    folder: Path, *, retrieved: dt.datetime, known: Known, encoding: str | None
) -> Iterator[Article | Rejected]:
    found = False
    for path in paths_in(folder):
        found = True
        if not is_read(path):
            yield Rejected(
                path=str(path), reason=f"got suffix {path.suffix}, which is not read in a folder; give the file itself"
            )
            continue
        try:
            yield from _in_blob(open_file(path), retrieved=retrieved, known=known, encoding=encoding)
        except DetenteError as error:
            yield Rejected(path=str(path), reason=str(error))
    if not found:
        raise ArticleError(f"{folder}: got a folder without files, wanted .txt, .html, .jsonl or .xml files in it")


def _in_blob(blob: Blob, *, retrieved: dt.datetime, known: Known, encoding: str | None) -> Iterator[Article | Rejected]:
    """The articles of one file; an error names the file."""
    known = Known(url=blob.url, published=known.published, outlet=known.outlet)
    try:
        text = decode(blob.raw, encoding=encoding, declared=blob.charset)
        kind = kind_of(text, name=blob.name)
        if kind == "json":
            for record in read_records(objects_in(text), retrieved=retrieved, known=known):
                yield record.article or Rejected(path=blob.name, line=record.line, reason=record.error or "")
        elif kind == "xml":
            # decoded first: a declared encoding may be wrong, and lxml refuses text that declares one
            raw = re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.S).encode("utf-8", "replace")
            for number, item in enumerate(read_xml(raw, retrieved=retrieved, known=known), start=1):
                yield item if isinstance(item, Article) else Rejected(path=blob.name, line=number, reason=str(item))
        elif kind == "html":
            yield read_html(text, retrieved=retrieved, known=known)
        else:
            yield read_plain(text, retrieved=retrieved, known=known)
    except ArticleError as error:
        raise ArticleError(str(error) if str(error).startswith(blob.name) else f"{blob.name}: {error}") from None


def kind_of(text: str, *, name: str = "") -> str:
    """json, xml, html or text, from the content; `name` decides where the content could be two of them.

    Example:
        >>> kind_of("<!DOCTYPE html><p>Hello", name="page.txt")
        'html'
    """
    head = text[:400].lstrip("\ufeff \t\r\n")
    suffix = Path(name.lower().removesuffix(".gz")).suffix
    if re.match(r"\{\s*(?:\"|\}|$)|\[\s*\{\s*\"", head) or suffix in (".jsonl", ".ndjson", ".json"):
        return "json"
    if looks_like_html(text):
        return "html"
    if looks_like_xml(text):
        return "html" if re.search(r"<html\b", text[:2000], re.I) else "xml"
    return "html" if suffix in (".html", ".htm", ".xhtml") else "text"


def _summary(name: str, rejected: list[Rejected]) -> str:
    if not rejected:
        return f"{name}: got no article, wanted at least one"
    first = str(rejected[0])
    return first if len(rejected) == 1 else f"{first} (and {len(rejected) - 1} more)"
