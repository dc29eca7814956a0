"""A web page comes in, an `Article` goes out: trafilatura finds body and metadata, the rules of plain text do the rest.

What the page shows outside the body is kept in `Article.dropped`; the outlet's note and the byline are looked for
there too, because extractors take them for furniture.
"""

from __future__ import annotations

import datetime as dt
import html as entities
import re
from dataclasses import replace

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.settings import Document, use_config

from detente.errors import ArticleError, InputError
from detente.read.dates import from_url, parse_date
from detente.read.furniture import reason_to_drop, starts_form, starts_links
from detente.read.headings import byline_of, day_of, is_day
from detente.read.notes import describes_outlet
from detente.read.plain import Known, read_plain
from detente.records import Article

NO_ARTICLE = "got HTML with no article in it, wanted a page with at least one paragraph of text"
MOST_OUTSIDE = 400  # lines outside the body that are kept; menus of some sites have thousands
MOST_TAGS = 300_000  # a page of an article has a few thousand; a parser's time grows with them
LONG_PAGE = 9_000_000  # characters; from 10 MB on a text node is dropped by the usual parser
SHORTEST_BODY = 25  # characters

_BLOCKS = frozenset(
    "p li div td th dd dt h1 h2 h3 h4 h5 h6 blockquote figcaption header footer section article aside label button "
    "a time address main nav form tr ul ol table body br".split()
)
_SILENT = frozenset("script style noscript template svg head iframe object".split())
_DATES = {"extensive_search": False, "original_date": True}  # a day guessed from the text would be the story's
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")
_CONFIG.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|article|main|section|span|h[1-6]|br|table|ul|ol|a)\b[^>]*/?>", re.I
)


def looks_like_html(text: str) -> bool:
    """Whether markup of a page is among the first 4,000 characters."""
    head = text[:4000].lstrip("\ufeff \t\r\n")
    if re.match(r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", head, re.I | re.S):
        return True
    return head.startswith("<") and len(_TAG.findall(head)) >= 1


def read_html(page: str, *, retrieved: dt.datetime, known: Known | None = None) -> Article:
    """The article on a web page.

    Args:
        page: HTML, whole or a fragment.
        retrieved: When it was read, aware UTC; a day of publication after it is not believed.
        known: Fields that were given; they win over the page's metadata.

    Raises:
        ArticleError: There is no article on it.
    """
    known = known or Known()
    tags = page.count("<")
    if tags > MOST_TAGS:
        raise ArticleError(f"got HTML with {tags} tags, wanted {MOST_TAGS} at most; give the article's own page")
    whole = page if re.search(r"<(?:html|body)\b", page, re.I) else f"<html><body>{page}</body></html>"
    tree = _tree(whole)
    if tree is None:
        raise ArticleError(NO_ARTICLE)
    blocks = _blocks(tree)
    own = _paragraphs(tree)
    language = tree.get("lang") or ""
    document = trafilatura.bare_extraction(
        tree, url=known.url, include_comments=False, include_tables=False, with_metadata=True, config=_CONFIG,
        date_extraction_params=_DATES | {"max_date": retrieved.date().isoformat()},
    )  # fmt: skip
    document = document if isinstance(document, Document) else Document()
    body = next((text for text in (document.text, own) if text and _is_article(text)), None)
    if body is None:
        raise ArticleError(NO_ARTICLE)
    paragraphs = [line.strip() for line in body.split("\n") if line.strip()]
    metadata = _metadata(document, known=known, language=language)
    article = read_plain("\n\n".join(paragraphs), retrieved=retrieved, known=metadata, page=True)
    return _with_surroundings(article, blocks, given=known, first=paragraphs[0])


def _tree(page: str) -> HtmlElement | None:
    """The parsed page, None where nothing in it is markup; libxml2 cuts long text nodes unless told not to."""
    if len(page) < LONG_PAGE:
        tree: HtmlElement | None = trafilatura.load_html(page)
        return tree
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    return document_fromstring(page.encode("utf-8", "replace"), parser=parser)


def _paragraphs(tree: HtmlElement) -> str:
    """The paragraphs of a page outside menus and forms: the body where a page is too short for an extractor."""
    furniture = " or ".join(f"ancestor::{name}" for name in ("nav", "footer", "header", "aside", "form"))
    found = (" ".join("".join(p.itertext()).split()) for p in tree.xpath(f"//p[not({furniture})]"))
    return "\n".join(line for line in found if line and not reason_to_drop(line))


def _is_article(body: str) -> bool:
    """At least one line that reads like a sentence; menus and captions have none."""
    lines = [line.strip() for line in body.split("\n")]
    return any(
        len(line) >= SHORTEST_BODY and (re.search(r"[.!?…。！？][\"'”’»)\]]*$", line) or len(line.split()) >= 20)
        for line in lines
    )


def _metadata(document: Document, *, known: Known, language: str) -> Known:
    """What the page says about itself, where nothing was given."""
    url = known.url or document.url or None
    try:
        day = parse_date(document.date) if document.date else None
    except InputError:
        day = None  # htmldate answers in ISO 8601; anything else is no day
    code = re.match(r"[a-z]{2}(?=$|[-_])", language.lower())
    return Known(
        url=url,
        title=known.title or _clean(document.title),
        byline=known.byline or _clean(document.author),
        outlet=known.outlet or _clean(document.sitename),
        published=known.published or day or from_url(url),
        language=known.language if known.language != "en" or not code else code[0],
    )


def _clean(field: str | None) -> str | None:
    return " ".join(entities.unescape(field).split()) or None if field else None


def _with_surroundings(article: Article, blocks: list[str], *, given: Known, first: str) -> Article:
    """The article with note, byline and the rest of the page from outside its body."""
    inside = _key(article.text) + " " + _key(" ".join(text for _, text in article.dropped))
    outside = list(dict.fromkeys(block for block in blocks if _key(block) and _key(block) not in inside))
    note, byline, published = article.outlet_note, article.byline, article.published
    dropped = []
    for block in outside[:MOST_OUTSIDE]:
        reason = reason_to_drop(block) or ("comments" if starts_form(block) else None)
        if note is None and describes_outlet(block) and not _key(first).startswith(_key(block)[:40]):
            note, reason = block, "note about the outlet"
        elif byline_of(block):
            byline, reason = byline or byline_of(block), "byline"
        elif is_day(block):
            published, reason = published or day_of(block), "day of publication"
        elif _key(block) == _key(article.title or ""):
            reason = "title"
        elif starts_links(block):
            reason = "related link"
        dropped.append((reason or "outside the article", block))
    if len(outside) > MOST_OUTSIDE:
        dropped.append(("outside the article", f"and {len(outside) - MOST_OUTSIDE} more lines"))
    outlet = given.outlet or (describes_outlet(note) if note else None) or article.outlet
    return replace(
        article,
        outlet=outlet,
        outlet_note=note,
        byline=byline,
        published=published,
        dropped=(*article.dropped, *dropped),
    )


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _blocks(tree: HtmlElement) -> list[str]:
    """The visible lines of a page, in order, markup taken out; iterative, so that no depth is too deep."""
    lines: list[str] = []
    buffer: list[str] = []

    def flush() -> None:
        line = " ".join("".join(buffer).split())
        buffer.clear()
        if line:
            lines.append(line)

    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event in ("comment", "pi"):
            text = element.tail
        elif name in _SILENT:
            silent += 1 if event == "start" else -1
            text = element.tail if event == "end" else None
        else:
            if name in _BLOCKS and name != "a":
                flush()
            text = element.text if event == "start" else element.tail
        if text and not silent:
            buffer.append(text)
    flush()
    return lines
