"""Laws of reading from files, folders, pages and JSON lines: one bad part spoils nothing else."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import ArticleError, DetenteError, InputError
from detente.read.articles import Rejected, kind_of, read_articles
from detente.read.dates import parse_date
from detente.read.decoding import decode
from detente.read.jsonl import read_records
from detente.read.pages import read_html
from detente.read.sentences import split
from detente.records import Article

NOW = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
BODY = [
    "Ruritania closed the road to Freedonia on Monday, two officials said, and nobody knows for how long.",
    "“We are tired of it,” said a minister – who did not want to be named – in an interview in the capital.",
    "Most of the aid was cut in turn, and the base near the border was shut a week later by the army.",
]
NOTE = "TWP, or the Wind Post, was the Freedonian state's international news service until 1999, when it closed."


def page(body: list[str]) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body)
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><title>The road is shut | Archive</title>'
        '<meta property="og:site_name" content="Archive">'
        '<meta property="article:published_time" content="2011-12-05T10:00:00+00:00"></head><body>'
        '<nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>The road is shut</h1>'
        f'<p class="byline">By Jane Roe</p>{paragraphs}</article><div><p>{html.escape(NOTE)}</p></div>'
        "<h3>Leave a Reply</h3><form><p>Your email address will not be published. "
        "Required fields are marked *</p></form>"
        "<footer>© 2011 Archive</footer></body></html>"
    )


def from_bytes(raw: bytes) -> list[Article | Rejected]:
    return list(read_articles("-", retrieved=NOW, stdin=io.BytesIO(raw)))


def test_page_gives_body_metadata_note_and_keeps_the_rest() -> None:
    article = read_html(page(BODY), retrieved=NOW)
    assert article.text == "\n\n".join(BODY)
    assert (article.title, article.byline, article.outlet) == ("The road is shut", "Jane Roe", "Wind Post")
    assert article.published == dt.date(2011, 12, 5)
    assert article.outlet_note == NOTE
    dropped = " ".join(text for _, text in article.dropped)
    assert "Required fields" in dropped
    assert "World" in dropped


def test_credit_and_dateline_of_an_agency_stay_out_of_the_body() -> None:
    lines = [f"RURITOWN, Dec 5 (Wire) - {BODY[0]}", *BODY[1:], "(Reporting by Jane Roe; Editing by John Doe)"]
    article = read_html("<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>", retrieved=NOW)
    assert article.text == "\n\n".join(BODY)
    assert article.outlet == "Wire"


def test_metadata_of_linked_data_is_read() -> None:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Road shut",
        "datePublished": "2011-12-05",
        "author": {"@type": "Person", "name": "Jane Roe"}, "publisher": {"@type": "Organization", "name": "The Wind"},
    }  # fmt: skip
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    text = f'<html><head><script type="application/ld+json">{json.dumps(data)}</script></head><body>{paragraphs}</body>'
    article = read_html(text, retrieved=NOW)
    assert (article.title, article.byline, article.outlet) == ("Road shut", "Jane Roe", "The Wind")
    assert article.published == dt.date(2011, 12, 5)


def test_one_line_of_20_megabytes_is_read_whole() -> None:
    line = "Nobody knows it. " * 1_200_000
    for text in (line, f"<html><body><p>{line}</p></body></html>"):
        (article,) = from_bytes(text.encode())
        assert isinstance(article, Article)
        assert len(article.text) == len(line.strip())


def test_short_fragment_of_html_is_an_article() -> None:
    assert read_html(f"<p>{BODY[0]}</p>", retrieved=NOW).text == BODY[0]


@pytest.mark.parametrize(
    "text", ["<html><body><nav><a href='/'>Home</a></nav></body></html>", "<html></html>", "<p></p>"]
)
def test_page_without_article_is_an_error(text: str) -> None:
    with pytest.raises(ArticleError, match="no article"):
        read_html(text, retrieved=NOW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encoding_is_found(encoding: str) -> None:
    text = "\n\n".join(BODY) + " Café."
    assert decode(text.encode(encoding)) == text


def test_declared_charset_of_a_page_is_used() -> None:
    text = '<html><head><meta charset="koi8-r"></head><body><p>Дорога закрыта.</p>'
    assert decode(text.encode("koi8-r")) == text


@pytest.mark.parametrize(
    "raw", [b"", b" \n ", b"%PDF-1.7 x", bytes(range(256)) * 20, b"\x89PNG\r\n", b"\x1f\x8bbroken", b"{", b'{"a": 1}']
)
def test_unreadable_bytes_give_one_line(raw: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        from_bytes(raw)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("-")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_articles_or_an_error_of_ours(raw: bytes) -> None:
    try:
        found = from_bytes(raw)
    except DetenteError:
        return
    assert found
    for item in found:
        if isinstance(item, Article):
            assert all(item.text[s.start : s.end] == s.text for s in split(item))


def test_folder_with_bad_files_gives_the_rest_and_names_the_bad(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("\n\n".join(BODY), encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / "page.txt").write_text(page(BODY), encoding="utf-8")
    with gzip.open(tmp_path / "sub" / "d.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write('{"text": "One. Two."}\nnonsense\n')
    found = list(read_articles(tmp_path, retrieved=NOW, outlet="Given"))
    articles = [item for item in found if isinstance(item, Article)]
    rejected = [item for item in found if isinstance(item, Rejected)]
    assert [article.text[:4] for article in articles] == ["Ruri", "Ruri", "One."]
    assert {article.outlet for article in articles} == {"Given"}
    assert [(Path(item.path).name, item.line) for item in rejected] == [
        ("b.txt", None),
        ("c.png", None),
        ("d.jsonl.gz", 2),
    ]


@pytest.mark.parametrize(
    "source", ["no/such/file", "ftp://example.com/x", "http://[bad", "http://127.0.0.1:9/", "gopher://x"]
)
def test_source_that_cannot_be_opened_is_named(source: str) -> None:
    with pytest.raises(ArticleError) as caught:
        list(read_articles(source, retrieved=NOW))
    assert str(caught.value).startswith(source)


def test_file_address_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a b.txt"
    path.write_text(BODY[0], encoding="utf-8")
    assert [item.text for item in read_articles(path.as_uri(), retrieved=NOW) if isinstance(item, Article)] == [BODY[0]]


def test_every_line_of_json_is_answered_in_order() -> None:
    lines = [
        '{"id": 7, "text": "A road."}',
        "[]",
        '{"id": "x"}',
        '{"text": 3}',
        '{"text": "a", "published": "2011-13-40"}',
        "{",
    ]
    records = list(read_records(lines, retrieved=NOW))
    assert [(r.line, r.id) for r in records] == [(1, "7"), (2, None), (3, "x"), (4, None), (5, None), (6, None)]
    assert [r.article is None for r in records] == [r.error is not None for r in records] == [False, *[True] * 5]


@given(st.text(min_size=1, max_size=200))
def test_text_in_json_keeps_its_offsets(text: str) -> None:
    (record,) = read_records([json.dumps({"text": text})], retrieved=NOW)
    if record.article is not None:
        assert len(record.article.text) == len(text)


def test_feed_gives_its_items_and_names_the_empty_one() -> None:
    feed = (
        '<?xml version="1.0"?><rss><channel><title>The Wind</title><item><title>Road shut</title>'
        "<link>http://x.example/1</link>"
        f"<pubDate>Mon, 05 Dec 2011 10:00:00 GMT</pubDate>"
        f"<description>{BODY[0]}</description></item><item><title>E</title></item></channel></rss>"
    )
    article, rejected = from_bytes(feed.encode())
    assert isinstance(article, Article)
    assert (article.text, article.outlet, article.published) == (BODY[0], "The Wind", dt.date(2011, 12, 5))
    assert isinstance(rejected, Rejected)
    assert rejected.line == 2


def test_entities_of_xml_are_not_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    bomb += "<rss><item><description>&x; text.</description></item></rss>"
    for item in from_bytes(bomb.encode()):
        assert isinstance(item, Article)
        assert "root:" not in item.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("<p>x</p>", "html"),
        ('{"text": 1}', "json"),
        ('[{"text": "x"}]', "json"),
        ("<rss></rss>", "xml"),
        ("[Editor's note] Roads.", "text"),
        ("1 < 2", "text"),
    ],
)
def test_content_tells_the_kind(text: str, kind: str) -> None:
    assert kind_of(text, name="page.txt") == kind


@pytest.mark.parametrize(
    "text",
    [
        "2011-12-05",
        "20111205",
        "5 December 2011",
        "Dec. 5, 2011",
        "2011-12-05T23:59:00Z",
        "Mon, 05 Dec 2011 10:00:00 GMT",
    ],
)
def test_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text) == dt.date(2011, 12, 5)


@pytest.mark.parametrize("text", ["", "yesterday", "2011-13-40", "31 February 2011", "Dec 5", "20119999"])
def test_wrong_day_is_an_error(text: str) -> None:
    with pytest.raises(InputError, match="wanted a day"):
        parse_date(text)
