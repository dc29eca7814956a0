"""Laws of the page: every number leads to its sentence, nothing leads outside, no text can act."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from detente.dossier import charts
from detente.dossier import page as pages
from detente.dossier.page import OPEN_ENTRIES, page, policy, style
from detente.errors import InputError
from detente.records import Claim, Dossier

ANSWERS = {
    "rupture": "Divorce.",
    "cooling": "Just cooling.",
    "thaw": "Neither: a thaw.",
    "stable": "Neither: much as before.",
    "abstain": "No answer.",
}
VOID = {"meta", "br", "line", "rect", "circle", "path", "link", "img", "input", "hr"}


class Outline(HTMLParser):
    """Tags, ids, references and text of a page; fails on tags that do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[int] = []
        self.images: list[dict[str, str | None]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= set(found)
        self.ids += [found["id"]] if found.get("id") else []
        self.references += [v for k, v in attrs if k in ("href", "src", "xlink:href", "action", "data") and v]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "svg":
            self.images.append(found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def cited(dossier: Dossier) -> set[str]:
    verdict = dossier.verdict
    found = {i for r in (*verdict.reasons, *verdict.counterweights) for i in r.claims}
    found |= {i for r in dossier.ladder for i in r.claims}
    found |= {i for t in dossier.ties for i in (*t.claims, *t.risks)}
    found |= {i for c in dossier.contested for i in c.claims} | {p.claim for p in dossier.predictions}
    return found | {i for link in dossier.links for i in (link.cause, link.effect)}


def many(dossier: Dossier, number: int) -> Dossier:
    claims = tuple(replace(dossier.claims[i % 16], id=f"more{i}") for i in range(number))
    return replace(dossier, claims=(*dossier.claims, *claims))


def test_every_cited_claim_has_one_anchor_and_is_linked(dossier: Dossier) -> None:
    outline = Outline(page(dossier))
    for id_ in cited(dossier):
        assert outline.ids.count(f"c-{id_}") == 1
        assert f"#c-{id_}" in outline.references


@pytest.mark.parametrize("extra", [0, 150])
def test_every_link_lands_and_no_id_repeats(dossier: Dossier, extra: int) -> None:
    outline = Outline(page(many(dossier, extra)))
    assert {r[1:] for r in outline.references if r.startswith("#")} <= set(outline.ids)
    assert [i for i, n in Counter(outline.ids).items() if n > 1] == []


def test_every_claim_is_quoted_and_marked_in_its_article(dossier: Dossier) -> None:
    outline = Outline(page(dossier))
    for claim in (*dossier.claims, *dossier.context):
        assert f"c-{claim.id}" in outline.ids
        assert f"m-{claim.id}" in outline.ids


def test_article_text_is_whole_under_its_marks(dossier: Dossier) -> None:
    source = page(dossier)
    bodies = re.findall(r'<article class="text".*?</article>', source, flags=re.S)
    plain = [re.sub(r"<a class=\"q\".*?</a>|<[^>]+>", "", body) for body in bodies]
    for article in dossier.articles:
        assert any(all(p in body for p in article.text.split("\n\n")) for body in plain)


def test_a_citation_that_leads_nowhere_is_not_linked(dossier: Dossier) -> None:
    outline = Outline(page(replace(dossier, ladder=(replace(dossier.ladder[0], claims=("nowhere",)),))))
    assert "#c-nowhere" not in outline.references


@pytest.mark.parametrize("name", ["dossier", "hostile", "bare"])
def test_page_asks_for_nothing_outside(name: str, request: pytest.FixtureRequest) -> None:
    source = page(request.getfixturevalue(name))
    outline = Outline(source)
    assert all(r.startswith("#") for r in outline.references)
    assert not {"style", "onload", "onerror", "onclick", "srcset"} & outline.attributes
    assert outline.tags["script"] == outline.tags["img"] == outline.tags["iframe"] == outline.tags["link"] == 0
    assert outline.tags["style"] == 1
    assert not re.search(r"url\((?!#)|@import", source)


def test_hostile_text_is_shown_and_does_nothing(hostile: Dossier) -> None:
    source = page(hostile)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
    assert "\x1b" not in source
    assert "\u202e" not in source
    source.encode()


def test_policy_admits_the_style_sheet_and_nothing_else(dossier: Dossier) -> None:
    source = page(dossier)
    assert re.search(r"<style>(.*?)</style>", source, flags=re.S).group(1) == style()
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy()


def test_page_is_one_outline_with_landmarks(dossier: Dossier) -> None:
    outline = Outline(page(dossier))
    assert outline.tags["main"] == outline.tags["h1"] == 1
    assert outline.tags["nav"] == 1
    assert all(b - a <= 1 for a, b in zip(outline.headings, outline.headings[1:], strict=False))
    assert outline.tags["caption"] == outline.tags["table"]
    assert all(("role" in i and i.get("aria-label")) or i.get("aria-hidden") == "true" for i in outline.images)


def test_nothing_known_renders_without_inventing_a_number(bare: Dossier) -> None:
    text = " ".join(Outline(page(bare)).text)
    assert "No answer." in text
    assert "nan" not in text.lower()
    assert not re.search(r"\b\d+(\.\d+)?%(?! range)", text)


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_has_its_words(dossier: Dossier, answer: str) -> None:
    source = page(replace(dossier, verdict=replace(dossier.verdict, answer=answer)))
    assert ANSWERS[answer] in source


def test_title_names_the_lead_first(dossier: Dossier) -> None:
    assert "<h1>United States – Pakistan: divorce, or just cooling?</h1>" in page(dossier, lead="USA")
    assert "<h1>Pakistan – United States: divorce, or just cooling?</h1>" in page(dossier)


def test_a_lead_outside_the_pair_is_refused(dossier: Dossier) -> None:
    with pytest.raises(InputError, match="wanted PAK or USA"):
        page(dossier, lead="FRA")


def test_beyond_forty_happenings_the_rest_is_folded(dossier: Dossier) -> None:
    source = page(many(dossier, 150))
    start, fold = source.index('id="evidence"'), source.index("more happenings")
    assert source[start:fold].count('<div class="facts">') == OPEN_ENTRIES
    assert all(f'id="c-{c}"' in source[start:fold] for c in cited(dossier))


def test_few_months_are_not_drawn(dossier: Dossier) -> None:
    assert 'class="chart"' not in page(replace(dossier, periods=dossier.periods[:2]))
    assert page(dossier).count('class="chart"') == 2


def test_a_month_without_articles_is_unknown_not_zero(dossier: Dossier) -> None:
    drawn = charts.directions(dossier.periods, forward="a", backward="b")
    assert drawn.count('class="unknown"') == 3 * 2


def test_denied_claim_is_never_shown_as_happened(claims: dict[str, Claim]) -> None:
    assert pages.reality(claims["deny"]) == ("denied", "denied")
    assert pages.reality(claims["strike"]) == ("real", "happened")


def test_rendering_is_pure(dossier: Dossier) -> None:
    assert page(dossier) == page(dossier)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_has_contrast_aa(scheme: str) -> None:
    roots = re.findall(r":root \{(.*?)\n *\}", style(), flags=re.S)
    colours = dict(re.findall(r"--(\w+): (#\w+)", roots[0]))
    colours |= {} if scheme == "light" else dict(re.findall(r"--(\w+): (#\w+)", roots[1 if scheme == "dark" else 2]))
    pairs = [(ink, ground) for ink in ("ink", "mut", "link") for ground in ("page", "panel", "soft")]
    pairs += [(ink, "panel") for ink in ("cool", "rup", "thaw", "stable", "bad")]
    pairs += [("ink", "coopmark"), ("ink", "confmark"), ("link", "coopmark"), ("link", "confmark"), ("warnink", "warn")]
    low = {p: contrast(colours[p[0]], colours[p[1]]) for p in pairs if contrast(colours[p[0]], colours[p[1]]) < 4.5}
    assert low == {}


def contrast(ink: str, ground: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    code = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_long_series_keeps_its_labels_apart(dossier: Dossier) -> None:
    base = dossier.periods[0]
    months = [replace(base, start=dt.date(2000 + i // 12, 1 + i % 12, 1)) for i in range(180)]
    drawn = charts.directions(months, forward="a", backward="b", width=360)
    places = [float(x) for x in re.findall(r'<text class="tick[^"]*" x="([\d.]+)" y="58', drawn)]
    assert len(places) > 2
    assert min(b - a for a, b in itertools.pairwise(places)) >= 30
