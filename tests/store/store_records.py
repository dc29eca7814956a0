"""Records to put into a store: a plain one by hand, and any that hypothesis can think of."""

import datetime as dt

from hypothesis import strategies as st

from detente import records as r

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
DAY = dt.date(2011, 12, 5)


def entity(code: str | None) -> r.Entity:
    """Who, by code."""
    return r.Entity(text=f"the {code} army", code=code, sectors=("GOV", "MIL"), span=(0, 3))


def coding(
    number: int = 1,
    *,
    published: dt.date | None = DAY,
    pairs: tuple[tuple[str, str], ...] = (("USA", "PAK"),),
    coder: str = "english-1",
    coded_at: dt.datetime = NOW,
    url: str | None = None,
    retrieved: dt.datetime = NOW,
) -> r.Coding:
    """An article with one sentence, and a claim for each pair; `number` makes the text."""
    text = f"Article {number}. " + " ".join(f"{a} struck {b}." for a, b in pairs)
    article = r.Article(text=text, published=published, retrieved=retrieved, url=url, outlet="Voice of Russia")
    claims = tuple(
        r.Claim(
            article_id=article.id, span=(i, i + 9), sentence=text, trigger="struck", actor=entity(a),
            recipient=entity(b), event="ASSAULT", status="happened", quad=4, intensity=-9.5, cameo="190",
            published=published, outlet="Voice of Russia", coder=coder, coded_at=coded_at,
        )
        for i, (a, b) in enumerate(pairs)
    )  # fmt: skip
    sentence = r.Sentence(article_id=article.id, sequence=0, start=0, end=len(text), text=text)
    return r.Coding(article=article, sentences=(sentence,), claims=claims, links=(), predictions=())


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
maybe_texts = st.none() | texts
codes = st.sampled_from(("USA", "PAK", "TAL", "A-B", "")) | st.none()
days = st.dates()
maybe_days = st.none() | days
zones = st.sampled_from((dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=30))))
instants = st.builds(dt.datetime.combine, st.dates(dt.date(2, 1, 1), dt.date(9998, 1, 1)), st.times(timezones=zones))
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
chances = st.floats(0, 1)
ranges = st.tuples(chances, chances).map(lambda pair: (min(pair), max(pair)))
finite = st.floats(allow_nan=False, allow_infinity=False)
sectors = st.lists(texts, max_size=2).map(tuple)


def several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or two."""
    return st.lists(strategy, max_size=2).map(tuple)


entities = st.builds(
    r.Entity, text=texts, code=codes, sectors=sectors, name=maybe_texts, anonymous=st.booleans(), span=st.none() | spans
)
speakers = st.builds(
    r.Attribution, name=maybe_texts, code=codes, sectors=sectors, role=maybe_texts, named=st.booleans(),
    side=st.sampled_from(r.SIDES), text=texts,
)  # fmt: skip
magnitudes = st.builds(
    r.Magnitude, kind=texts, value=finite, unit=maybe_texts, per=maybe_texts, bound=maybe_texts, text=texts
)
ties = st.builds(r.TieEffect, kind=st.sampled_from(r.TIES), effect=st.sampled_from(r.EFFECTS))
steps = st.builds(r.Step, field=texts, rule=texts, words=texts)
articles = st.builds(
    r.Article, text=texts.filter(str.strip), retrieved=instants, url=maybe_texts, outlet=maybe_texts,
    title=maybe_texts, byline=maybe_texts, language=texts, published=maybe_days, dateline=maybe_texts,
    outlet_note=maybe_texts, dropped=several(st.tuples(texts, texts)),
)  # fmt: skip


def _claims(article: str, coder: str) -> st.SearchStrategy[r.Claim]:
    return st.builds(
        r.Claim, article_id=st.just(article), coder=st.just(coder), id=st.just("") | texts, span=spans,
        sentence=texts, trigger=texts, actor=entities, recipient=st.none() | entities,
        event=st.sampled_from(r.EVENTS), status=st.sampled_from(r.STATUSES), quad=st.integers(1, 4),
        intensity=st.floats(-10, 10), cameo=texts, mode=maybe_texts, probability=st.none() | ranges,
        date=maybe_days, end=maybe_days, precision=st.sampled_from(r.PRECISIONS), place=maybe_texts,
        tie=st.none() | ties, magnitudes=several(magnitudes), attribution=several(speakers), denies=maybe_texts,
        outlet=maybe_texts, published=maybe_days, confidence=chances, coded_at=instants,
        explanation=several(steps), sequence=st.integers(0, 99),
    )  # fmt: skip


@st.composite
def codings(draw: st.DrawFn) -> r.Coding:
    """Any coding that the records allow."""
    article = draw(articles)
    mine = st.just(article.id)
    return r.Coding(
        article=article,
        sentences=draw(
            several(
                st.builds(
                    r.Sentence,
                    article_id=mine,
                    sequence=st.integers(0, 99),
                    start=st.integers(0, 99),
                    end=st.integers(0, 99),
                    text=texts,
                    paragraph=st.integers(0, 9),
                )
            )
        ),
        claims=draw(several(_claims(article.id, draw(st.sampled_from(("one", "two")))))),
        links=draw(
            several(
                st.builds(
                    r.Link,
                    article_id=mine,
                    cause=texts,
                    effect=texts,
                    sign=st.sampled_from((1, -1)),
                    conditional=st.booleans(),
                    span=spans,
                    relation=texts,
                    attribution=several(speakers),
                    marker=texts,
                )
            )
        ),
        predictions=draw(
            several(
                st.builds(
                    r.Prediction,
                    article_id=mine,
                    claim=texts,
                    text=texts,
                    probability=ranges,
                    hedge=texts,
                    horizon=maybe_days,
                    span=spans,
                    attribution=several(speakers),
                    test=texts,
                    outcome=st.none() | st.booleans(),
                    score=st.none() | finite,
                )
            )
        ),
    )
