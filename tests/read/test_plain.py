"""Laws of reading plain text: what stands around a body is found and kept apart, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import ArticleError
from detente.read.datelines import find_dateline
from detente.read.notes import describes_outlet
from detente.read.plain import Known, read_plain

NOW = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CASES = Path(__file__).parents[3] / "shared" / "cases"

BODY = [
    "Ruritania closed the road to Freedonia on Monday, two officials said.",
    "“Why should we pay?” asked a minister who did not want to be named.",
    "The talks, which began in May, will go on.",
    "Most of the aid was cut in turn, and the base was shut a week later.",
]
TITLE = "Ruritania and Freedonia: Is It Over?"
NOTE = "TWP, or the Wind Post, was the Freedonian state's international news service until 1999, when it closed."
FORM = "Leave a Reply\n\nYour email address will not be published. Required fields are marked *"

bodies = st.lists(st.sampled_from(BODY), min_size=3, max_size=8, unique=True)


@given(
    body=bodies,
    title=st.booleans(),
    byline=st.booleans(),
    note=st.booleans(),
    form=st.booleans(),
    link=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_body_is_what_was_built_and_the_rest_has_its_place(
    body: list[str],
    title: bool,
    byline: bool,
    note: bool,
    form: bool,
    link: bool,
    end: str,
) -> None:
    inner = [*body[:1], "Also read: Ten roads to see", *body[1:]] if link else body
    page = ([TITLE] if title else []) + (["By Jane Roe"] if byline else []) + inner
    text = "\n\n".join(page) + ("\n\n\n" + NOTE if note else "") + ("\n\n" + FORM if form else "")
    article = read_plain(text.replace("\n", end), retrieved=NOW)
    assert article.text == "\n\n".join(body)
    assert article.title == (TITLE if title else None)
    assert article.byline == ("Jane Roe" if byline else None)
    assert article.outlet == ("Wind Post" if note else None)
    assert article.outlet_note == (NOTE if note else None)
    kept = set(article.text.split()) | {word for _, line in article.dropped for word in line.split()}
    assert set(text.split()) <= kept
    assert read_plain(article.text, retrieved=NOW).text == article.text


@given(body=bodies, title=st.booleans(), form=st.booleans())
def test_in_place_every_offset_stays_true(body: list[str], title: bool, form: bool) -> None:
    text = "\n\n".join(([TITLE, "By Jane Roe"] if title else []) + body + ([FORM] if form else []))
    article = read_plain(text, retrieved=NOW, in_place=True)
    assert len(article.text) == len(text)
    assert all(kept in (" ", came) for kept, came in zip(article.text, text, strict=True))
    assert all(article.text.find(line) == text.find(line) for line in body)


@given(st.text(max_size=400))
def test_any_text_gives_an_article_or_one_clear_error(text: str) -> None:
    if any(not c.isspace() and c.isprintable() for c in text):
        assert read_plain(text, retrieved=NOW).text.strip()
    elif not text.strip():
        with pytest.raises(ArticleError):
            read_plain(text, retrieved=NOW)


@pytest.mark.parametrize(
    "first", [*BODY, "“How do you want to have us, as friends or as enemies?”", "Is it over now?", "It is!"]
)
def test_first_sentence_is_never_taken_for_a_title(first: str) -> None:
    article = read_plain("\n\n".join([first, *BODY[2:]]), retrieved=NOW)
    assert article.title is None
    assert article.text.startswith(first)


@pytest.mark.parametrize("line", ["Follow us on Twitter", "Ruritania closes road", "© 2011 The Wind Post"])
def test_a_single_line_is_the_body_whatever_it_looks_like(line: str) -> None:
    assert read_plain(line, retrieved=NOW).text == line


@pytest.mark.parametrize(
    ("opening", "agency", "day"),
    [
        ("ISLAMABAD, Dec 5 (Reuters) - ", "Reuters", (0, 12, 5)),
        ("KINSHASA, Jul 26 2022 (IPS) - ", "IPS", (2022, 7, 26)),
        ("NANJING, July 18 (Xinhua) -- ", "Xinhua", (0, 7, 18)),
        ("CAIRO – 26 July 2022: ", None, (2022, 7, 26)),
        ("KUWAIT CITY, July 25: ", None, (0, 7, 25)),
        ("WASHINGTON (AP) — ", "AP", (0, 0, 0)),
        ("AMMAN — ", None, (0, 0, 0)),
        ("Mumbai, India – ", None, (0, 0, 0)),
    ],
)
def test_dateline_is_kept_apart(opening: str, agency: str | None, day: tuple[int, int, int]) -> None:
    found = find_dateline(opening + BODY[0])
    assert found is not None
    assert (found.length, found.agency, (found.year, found.month, found.day)) == (len(opening), agency, day)
    article = read_plain("\n\n".join([opening + BODY[0], *BODY[1:]]), retrieved=NOW)
    assert article.text.startswith(BODY[0])
    assert article.dateline == opening.strip()
    assert article.published == (dt.date(*day) if day[0] else None)


@pytest.mark.parametrize(
    "sentence",
    [
        *BODY,
        "Roe: we will leave the base before the end of the year.",
        "On Friday, May 6 - the day of the vote - nobody came.",
        "US – Ruritania ties are at their lowest.",
        "The US (and its allies) - left.",
    ],
)
def test_no_dateline_is_seen_in_a_sentence(sentence: str) -> None:
    assert find_dateline(sentence) is None


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (NOTE, "Wind Post"),
        ("The Wind is a Ruritanian daily newspaper founded in 1904.", "The Wind"),
        ("Jane Roe is a newspaper editor in Paris.", None),
        ("This is a channel for talks.", None),
        ("During the talks, the state was a media topic.", None),
    ],
)
def test_note_names_the_outlet_only_if_it_is_a_publisher(text: str, outlet: str | None) -> None:
    assert describes_outlet(text) == outlet


def test_what_is_given_wins_over_what_is_found() -> None:
    known = Known(
        outlet="Given", published=dt.date(2011, 12, 5), byline="John Doe", url="https://x.example/2010/01/02/a"
    )
    article = read_plain("\n\n".join([TITLE, "By Jane Roe", *BODY]) + "\n\n\n" + NOTE, retrieved=NOW, known=known)
    assert (article.outlet, article.byline, article.published) == ("Given", "John Doe", dt.date(2011, 12, 5))
    assert read_plain(BODY[0], retrieved=NOW, known=Known(url=known.url)).published == dt.date(2010, 1, 2)


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside the checkout")
def test_real_articles_lose_no_word_and_read_the_same_twice() -> None:
    for path in sorted(CASES.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        article = read_plain(text, retrieved=NOW)
        rest = " ".join(line for _, line in article.dropped) + " " + (article.dateline or "")
        assert set(text.split()) <= set(article.text.split()) | set(rest.split()) | {"-"} or article.dateline
        assert read_plain(article.text, retrieved=NOW).text == article.text
