"""An XML file comes in, articles go out: the items of RSS and Atom, or one article with its headline and paragraphs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from detente.errors import ArticleError, InputError
from detente.read.dates import parse_date
from detente.read.pages import looks_like_html, read_html
from detente.read.plain import Known, read_plain
from detente.records import Article

_TITLES = ("hl1", "headline", "title")
_BODIES = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "date", "updated", "story.date")


def looks_like_xml(text: str) -> bool:
    """Whether an XML declaration or the root of a feed opens the text."""
    return bool(re.match(r"\s*<(?:\?xml|rss|feed|rdf:RDF|nitf|TEI|newsItem)\b", text[:400]))


def read_xml(raw: bytes, *, retrieved: dt.datetime, known: Known | None = None) -> Iterator[Article | ArticleError]:
    """The articles in `raw`; an item that holds none is answered by its error, so that the rest is not lost.

    Raises:
        ArticleError: It is not well-formed, or it holds no item and no paragraph.
    """
    known = known or Known()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"got XML that cannot be read ({error}), wanted a feed or an article") from None
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if not items:
        yield _one(root, retrieved=retrieved, known=known)
        return
    channel = next((element for element in root.iter() if _name(element) == "channel"), root)
    outlet = known.outlet or _text(channel, ("title",))
    for item in items:
        try:
            yield _item(item, retrieved=retrieved, known=replace(known, outlet=outlet))
        except ArticleError as error:
            yield error


def _item(item: etree._Element, *, retrieved: dt.datetime, known: Known) -> Article:
    link = next((child for child in item if _name(child) == "link"), None)
    url = (link.get("href") or (link.text or "").strip()) if link is not None else None
    found = replace(
        known, url=url or known.url, title=known.title or _text(item, ("title",)),
        byline=known.byline or _text(item, ("creator", "author")), published=known.published or _day(item),
    )  # fmt: skip
    body = _text(item, _BODIES)
    if not body:
        raise ArticleError(f"item {found.title or url or '?'!r} has no text, wanted content or a description")
    if looks_like_html(body):
        return read_html(body, retrieved=retrieved, known=found)
    return read_plain(body, retrieved=retrieved, known=found)


def _one(root: etree._Element, *, retrieved: dt.datetime, known: Known) -> Article:
    paragraphs = [" ".join(_inner(p).split()) for p in root.iter() if _name(p) in ("p", "para")]
    body = "\n\n".join(filter(None, paragraphs)) or (_text(root, ("text", "body", "content")) or "")
    if not body:
        raise ArticleError("got XML without items and without paragraphs, wanted a feed or an article")
    title = known.title or next((t for t in (_deep(root, name) for name in _TITLES) if t), None)
    found = replace(known, title=title, published=known.published or _day(root))
    return read_plain(body, retrieved=retrieved, known=found)


def _day(element: etree._Element) -> dt.date | None:
    written = _text(element, _DAYS)
    try:
        return parse_date(written) if written else None
    except InputError:
        return None  # a feed's unreadable date is an unknown date


def _text(element: etree._Element, names: tuple[str, ...]) -> str | None:
    """Text of the first child with one of `names`, in the order of `names`."""
    for name in names:
        for child in element:
            if _name(child) == name:
                text = _inner(child).strip()
                if text:
                    return text
    return None


def _deep(root: etree._Element, name: str) -> str | None:
    for element in root.iter():
        if _name(element) == name:
            text = " ".join(_inner(element).split())
            if text:
                return text
    return None


def _inner(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _name(element: etree._Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]  # a comment's tag is a function, which matches no name
