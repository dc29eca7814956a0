"""Articles and claims in, text cut into pieces out: which words carry which coding.

Claims overlap (a threat inside a forecast), so a text is cut at every boundary and each piece knows all the claims
that cover it; a claim's number is shown where its clause ends.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.dossier.citing import Index
from detente.records import Article, Claim, Dossier, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of an article, the claims that cover them, and the claims that begin and end with them."""

    text: str
    covering: tuple[Claim, ...] = ()
    starting: tuple[Claim, ...] = ()
    ending: tuple[Claim, ...] = ()

    @property
    def lead(self) -> Claim | None:
        """The claim with the shortest span: the one the words are most about."""
        return min(self.covering, key=lambda c: c.span[1] - c.span[0], default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as paragraphs of pieces."""

    article: Article
    paragraphs: tuple[tuple[Piece, ...], ...]
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A sentence in three parts, the trigger in the middle; `trigger` is empty when it does not stand there."""

    before: str
    trigger: str
    after: str


def readings(dossier: Dossier, *, at: Index) -> tuple[Reading, ...]:
    """Every article with its codings marked, the one with most claims first."""
    found = []
    for article in dossier.articles:
        claims = [c for c in at.claims.values() if c.article_id == article.id and _fits(c, article)]
        paragraphs = tuple(tuple(_pieces(article.text, span, claims)) for span in _paragraphs(article.text))
        found.append(Reading(article=article, paragraphs=paragraphs, claims=len(claims)))
    return tuple(sorted(found, key=lambda r: r.claims, reverse=True))


def quotation(claim: Claim, *, article: Article | None = None) -> Quotation:
    """The claim's sentence with its trigger found, inside the claim's own clause where that can be told."""
    sentence, trigger = claim.sentence, claim.trigger
    start = -1
    if trigger:
        begin = _offset(claim, article)
        start = sentence.find(trigger, begin)
        if start < 0:
            start = sentence.find(trigger)
    if start < 0:
        return Quotation(before=sentence, trigger="", after="")
    return Quotation(before=sentence[:start], trigger=trigger, after=sentence[start + len(trigger) :])


def _offset(claim: Claim, article: Article | None) -> int:
    """Where the clause begins inside the sentence, 0 when the sentence cannot be placed in the article."""
    if article is None:
        return 0
    earliest = max(0, claim.span[0] - len(claim.sentence))
    start = article.text.find(claim.sentence, earliest)
    return max(0, claim.span[0] - start) if 0 <= start <= claim.span[0] else 0


def _fits(claim: Claim, article: Article) -> bool:
    start, end = claim.span
    return 0 <= start < end <= len(article.text)


def _paragraphs(text: str) -> Iterator[Span]:
    """Blank lines part paragraphs; in a text without any, each line is one."""
    pattern = r"\n\s*\n" if re.search(r"\n\s*\n", text.strip()) else r"\n"
    start = 0
    for gap in re.finditer(pattern, text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _pieces(text: str, span: Span, claims: Sequence[Claim]) -> Iterator[Piece]:
    start, end = span
    inside = [c for c in claims if c.span[0] < end and c.span[1] > start]
    cuts = sorted({start, end, *_cuts(inside, span)})
    for left, right in itertools.pairwise(cuts):
        covering = tuple(c for c in inside if c.span[0] <= left and c.span[1] >= right)
        yield Piece(
            text=text[left:right],
            covering=covering,
            starting=tuple(c for c in covering if c.span[0] == left),
            ending=tuple(c for c in covering if c.span[1] == right),
        )


def _cuts(claims: Iterable[Claim], span: Span) -> Iterator[int]:
    for claim in claims:
        for cut in claim.span:
            if span[0] < cut < span[1]:
                yield cut
