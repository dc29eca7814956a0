"""A path, a folder, an address or `-` comes in, bytes go out, each with the name to report it by.

Only http and https are fetched, with a limit on time and size, and a server's redirection leads to no other scheme.
"""

from __future__ import annotations

import gzip
import http.client
import io
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from detente.errors import ArticleError

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".xml", ".rss", ".atom")
MAX_PAGE = 20 * 1024 * 1024  # bytes of a fetched page
MAX_FILE = 512 * 1024 * 1024  # bytes of a file, unpacked
TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """The bytes of one file or page; `charset` is what a server declared, `url` where it came from."""

    name: str
    raw: bytes
    url: str | None = None
    charset: str | None = None


def is_url(source: str) -> bool:
    """Whether `source` is an address rather than a path."""
    return bool(re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", source))


def paths_in(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, sorted; hidden files and folders are passed over, links to folders not followed."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(root) / name


def is_read(path: Path) -> bool:
    """Whether a file in a folder is one of the kinds that are read; without a suffix its content decides."""
    name = path.name.lower().removesuffix(".gz")
    return "." not in name or name.endswith(SUFFIXES)


def open_file(path: Path) -> Blob:
    """The bytes of a file, unpacked if it is gzipped.

    Raises:
        ArticleError: It is missing, cannot be read, is too large or a broken archive.
    """
    try:
        if not path.exists():
            raise ArticleError(f"{path}: no such file or folder; check the path")
        if not path.is_file():
            raise ArticleError(f"{path}: not a file; give a text, an HTML page or JSON lines")
        with path.open("rb") as stream:
            return Blob(name=str(path), raw=_unpacked(_limited(stream, str(path), limit=MAX_FILE), str(path)))
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror or error})") from None


def open_stdin(stream: BinaryIO | None = None) -> Blob:
    """The bytes of standard input."""
    return Blob(name="-", raw=_unpacked(_limited(stream or sys.stdin.buffer, "-", limit=MAX_FILE), "-"))


def fetch(url: str, *, timeout_s: float = TIMEOUT_S) -> Blob:
    """The bytes behind an address; `file://` addresses are read from disk.

    Raises:
        ArticleError: Another scheme, no answer, an answer other than success, or more than `MAX_PAGE` bytes.
    """
    try:
        scheme = urllib.parse.urlsplit(url).scheme.lower()
    except ValueError as error:
        raise ArticleError(f"{url}: not an address ({error}); check it") from None
    if scheme == "file":
        return open_file(Path(urllib.request.url2pathname(urllib.parse.urlsplit(url).path)))
    if scheme not in ("http", "https"):
        raise ArticleError(f"{url}: got scheme {scheme!r}, wanted http or https")
    request = urllib.request.Request(url, headers={"User-Agent": "detente", "Accept-Encoding": "identity"})  # noqa: S310 - scheme checked
    try:
        with _opener().open(request, timeout=timeout_s) as answer:
            raw = _limited(answer, url, limit=MAX_PAGE)
            return Blob(
                name=url, raw=_unpacked(raw, url), url=answer.geturl(), charset=answer.headers.get_content_charset()
            )
    except urllib.error.HTTPError as error:
        raise ArticleError(f"{url}: the server answered {error.code} {error.reason}; check the address") from None
    except urllib.error.URLError as error:
        raise ArticleError(f"{url}: no answer ({error.reason}); check the address and the network") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ArticleError(
            f"{url}: could not be fetched ({str(error) or type(error).__name__}); check the address"
        ) from None


def _opener() -> urllib.request.OpenerDirector:
    """Opens http and https only: the default opener would follow a redirection to ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPRedirectHandler, urllib.request.HTTPDefaultErrorHandler, urllib.request.HTTPErrorProcessor,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _limited(stream: BinaryIO, name: str, *, limit: int) -> bytes:
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise ArticleError(f"{name}: more than {limit // 2**20} MiB, wanted less; split it")
    return raw


def _unpacked(raw: bytes, name: str) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
            return _limited(stream, name, limit=MAX_FILE)  # type: ignore[arg-type]  # GzipFile reads like a BinaryIO
    except (OSError, EOFError, zlib.error) as error:
        raise ArticleError(f"{name}: got a broken gzip file ({error}); pack it again") from None
