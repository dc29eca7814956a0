"""JSON lines come in, one `Record` a line goes out, in order: an article, or the reason why there is none.

Offsets point into the record's `text` as it came: what is kept out of the body is blanked, not cut out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from detente.errors import ArticleError, DetenteError, InputError
from detente.read.dates import parse_date
from detente.read.pages import read_html
from detente.read.plain import Known, read_plain
from detente.records import Article

_STRINGS = ("text", "html", "url", "outlet", "title", "byline", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of JSON: `article` or `error` is None, never both; `fields` is the object as it came."""

    line: int
    id: str | None
    article: Article | None = None
    error: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def read_records(lines: Iterable[str], *, retrieved: dt.datetime, known: Known | None = None) -> Iterator[Record]:
    """One record for each line that is not blank.

    Example:
        >>> when = dt.datetime(2011, 12, 5, tzinfo=dt.UTC)
        >>> [r.error for r in read_records(['{"id": 7, "text": "The road is shut."}'], retrieved=when)]
        [None]
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _record(line.strip("\ufeff \t\r\n"), number=number, retrieved=retrieved, known=known)


def article_from(fields: Mapping[str, Any], *, retrieved: dt.datetime, known: Known | None = None) -> Article:
    """The article in one object: `text` or `html`, and perhaps url, outlet, title, byline, published, language.

    Args:
        fields: The object.
        retrieved: When it was read, aware UTC.
        known: What was given beside the file; the object's own fields win, since they are about this article.

    Raises:
        ArticleError: It has no text, or a field is not what was wanted.
    """
    known = known or Known()
    faults = [
        f"got `{name}` of type {type(fields[name]).__name__}, wanted a string"
        for name in _STRINGS
        if not isinstance(fields.get(name), str | None)
    ]
    published = known.published
    try:
        if fields.get("published") is not None:
            published = parse_date(str(fields["published"]))
    except InputError as error:
        faults.append(f"`published`: {error}")
    if not (fields.get("text") or fields.get("html")):
        faults.append("got no text, wanted `text` or `html`")
    if faults:
        raise ArticleError("; ".join(faults))
    found = replace(
        known, published=published, url=fields.get("url") or known.url, outlet=fields.get("outlet") or known.outlet,
        title=fields.get("title") or known.title, byline=fields.get("byline") or known.byline,
        language=fields.get("language") or known.language,
    )  # fmt: skip
    if fields.get("text"):
        return read_plain(fields["text"], retrieved=retrieved, known=found, in_place=True)
    return read_html(fields["html"], retrieved=retrieved, known=found)


def _record(line: str, *, number: int, retrieved: dt.datetime, known: Known | None) -> Record:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Record(line=number, id=None, error=f"got a line that is not JSON ({error}), wanted one object a line")
    if not isinstance(fields, dict):
        return Record(line=number, id=None, error=f"got JSON of type {type(fields).__name__}, wanted one object a line")
    name = None if fields.get("id") is None else str(fields["id"])
    try:
        article = article_from(fields, retrieved=retrieved, known=known)
    except DetenteError as error:
        return Record(line=number, id=name, error=str(error), fields=fields)
    return Record(line=number, id=name, article=article, fields=fields)


def objects_in(text: str) -> list[str]:
    """The lines to read from a JSON file: its own lines, or the objects of one array, or one object over many lines.

    Raises:
        ArticleError: It is none of these.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    try:
        if isinstance(json.loads(first), dict):
            return lines
    except (ValueError, RecursionError):
        pass  # not one object a line: the whole may be one value over many lines
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        if len(lines) > 1 and first.lstrip().startswith("{") and first.rstrip().endswith("}"):
            return lines  # a broken first line; the others may be whole
        raise ArticleError(f"got JSON that cannot be read ({error}), wanted one object a line") from None
    objects = whole if isinstance(whole, list) else [whole]
    return [json.dumps(item) for item in objects]
