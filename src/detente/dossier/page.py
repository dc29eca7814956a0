"""A dossier in, one self-contained HTML page out: no script, no outside request, no style outside one <style>.

`environment` and `context` are what `detente.web` needs to put the same panels into a live page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente.dossier import charts, climate_chart, imported, summary, wording
from detente.dossier.citing import Entry, chronicle, entries, index, limits, others
from detente.dossier.naming import Naming, naming
from detente.dossier.reading import Quotation, Reading, quotation, readings
from detente.records import REAL, Chance, Claim, Dossier, Reason

OPEN_ENTRIES = 40
"""Happenings shown at once; the rest stand folded below them."""

OPEN_REPORTS = 2
OPEN_CITATIONS = 6
OPEN_ARTICLES = 1
GIST = 140
WIDTHS = {"wide": 1000, "narrow": 360}

_SAID = frozenset({"denied", "negated"})


def page(dossier: Dossier, *, lead: str | None = None, names: Mapping[str, str] | None = None) -> str:
    """The dossier as one HTML document.

    Args:
        dossier: What is known of the pair.
        lead: Code of the state to name first in the title; the first of the dyad when None.
        names: Names of further states by code, for the countries of outlets.

    Raises:
        InputError: `lead` is not one of the two.
    """
    return environment().get_template("page.html.j2").render(context(dossier, lead=lead, names=names))


def style() -> str:
    """The style sheet of the page, as it stands in its one <style>."""
    source = environment().get_template("style.css.j2").render()
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", source, flags=re.S)).strip()


def policy() -> str:
    """The Content-Security-Policy under which the page works: nothing but its own style sheet, by hash."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def environment() -> Environment:
    """The templates with their filters; every value is escaped and freed of what no page may carry."""
    loader = PackageLoader("detente.dossier")
    env = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_storable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "percent": wording.percent,
        "signed": wording.signed,
        "magnitude": wording.magnitude,
        "figures": wording.figures,
        "day": wording.day,
        "month": wording.month,
        "side": wording.side,
        "opening": wording.opening,
    }
    env.globals |= {
        "when": wording.when,
        "interval": wording.percent_range,
        "count": wording.count,
        "rung_mark": wording.rung_mark,
        "rung_state": wording.rung_state,
        "answer": wording.answer,
        "reality": reality,
        "open_reports": OPEN_REPORTS,
        "open_citations": OPEN_CITATIONS,
        "open_articles": OPEN_ARTICLES,
    }
    return env


def context(dossier: Dossier, *, lead: str | None = None, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything the templates read, for one dossier.

    Raises:
        InputError: `lead` is not one of the two.
    """
    known = naming(dossier, lead=lead, names=names)
    at = index(dossier)
    found = entries(dossier, at=at)
    read = readings(dossier, at=at)
    return {
        "dossier": dossier,
        "verdict": dossier.verdict,
        "names": known,
        "at": at,
        "style": _drawn(style()),
        "policy": policy(),
        "sentence": summary.sentence(dossier.verdict, names=known),
        "standing": summary.standing(dossier),
        "basis": summary.basis(dossier),
        "abstains": dossier.verdict.answer == "abstain",
        "thin": summary.THIN,
        "limits": limits(dossier),
        "shown": chronicle(found[:OPEN_ENTRIES]),
        "folded": chronicle(found[OPEN_ENTRIES:]),
        "others": chronicle(others(dossier, at=at)),
        "readings": read,
        "marked": _marked(read),
        "quote": partial(_quote, known),
        "gist": partial(_gist, known),
        "range_bar": _range_bar,
        "weight_bar": partial(_weight_bar, largest=_largest(dossier)),
        **_series(dossier, names=known),
        **_imports(dossier, names=known),
    }


def reality(entry: Entry | Claim) -> tuple[str, str]:
    """Style class and words of a status chip; what is disputed is never shown as plain fact."""
    if isinstance(entry, Entry):
        status = entry.event.status if entry.event else entry.lead.status
        if entry.disputed:
            return "disputed", f"{status}, disputed"
    else:
        status = entry.status
    if status in REAL:
        return "real", status
    return ("denied" if status in _SAID else "said"), status


def _series(dossier: Dossier, *, names: Naming) -> dict[str, object]:
    """The months of what was read, and the climate in them, each for wide and for narrow screens."""
    fewest = climate_chart.FEWEST_PERIODS
    made: dict[str, object] = {"fewest": fewest, "climate_wide": None, "chart_wide": None}
    if len(dossier.periods) < fewest:
        return made
    first, second = (names.name(code) for code in dossier.dyad)
    there, back = f"{first} → {second}", f"{second} → {first}"
    count = partial(charts.directions, dossier.periods, forward=there, backward=back)
    made |= {f"chart_{name}": _drawn(count(width=width)) for name, width in WIDTHS.items()}
    if (climate := dossier.climate) is None:
        return made
    turned = climate_chart.turns(dossier)
    draw = partial(climate_chart.draw, climate, forward=there, backward=back, turned=turned)
    made |= {f"climate_{name}": _drawn(draw(width=width)) for name, width in WIDTHS.items()}
    heard = bool(climate.forward.onsets or climate.backward.onsets)
    return {**made, "turned": turned, "climate_heard": heard, "climate_mixed": any(climate.mix_changed)}


def _imports(dossier: Dossier, *, names: Naming) -> dict[str, object]:
    """The part on event data sets: its words, and its own chart, whose lower band counts rows instead of articles."""
    found = dossier.imports
    if found is None:
        return {"imported": imported}
    first, second = (names.name(code) for code in dossier.dyad)
    made: dict[str, object] = {"imported": imported, "imports_basis": imported.basis(found), "imports_wide": None}
    climate = found.climate
    if climate is None or len(climate.starts) < climate_chart.FEWEST_PERIODS:
        return made
    draw = partial(
        climate_chart.draw, climate, forward=f"{first} → {second}", backward=f"{second} → {first}", read="Rows taken in"
    )
    drawn = {f"imports_{name}": _drawn(draw(width=width)) for name, width in WIDTHS.items()}
    return {**made, **drawn, "imports_heard": bool(climate.forward.onsets or climate.backward.onsets)}


def _drawn(source: str) -> Markup:
    """Trusts what this package wrote itself: its style sheet, and charts that escape every label they are given."""
    return Markup(source)  # noqa: S704


def _range_bar(chance: Chance, *, label: str, kind: str) -> Markup:
    return _drawn(charts.range_bar(chance, label=label, kind=kind))


def _weight_bar(reason: Reason, *, largest: float) -> Markup:
    return _drawn(charts.weight_bar(reason.weight, largest=largest))


def _largest(dossier: Dossier) -> float:
    verdict = dossier.verdict
    return max((abs(r.weight) for r in (*verdict.reasons, *verdict.counterweights)), default=0.0)


def _quote(names: Naming, claim: Claim) -> Quotation:
    return quotation(claim, article=names.articles.get(claim.article_id))


def _gist(names: Naming, claim: Claim) -> str:
    """The words of a claim's clause, for where its sentence would be too long; the number beside them leads there."""
    article = names.articles.get(claim.article_id)
    clause = article.text[slice(*claim.span)] if article else ""
    return wording.shortened(clause or claim.sentence, most=GIST)


def _marked(read: tuple[Reading, ...]) -> frozenset[str]:
    """Ids of the claims whose words are marked in an article, so that the evidence can link to them."""
    return frozenset(c.id for r in read for pieces in r.paragraphs for p in pieces for c in p.starting)


def _storable(value: object) -> object:
    """Values as they may stand in a UTF-8 page: lone surrogates, control and bidi-override characters are replaced."""
    if not isinstance(value, str) or value.isprintable():
        return value
    clean = "".join("\N{REPLACEMENT CHARACTER}" if _unfit(char) else char for char in value)
    return type(value)(clean)


def _unfit(char: str) -> bool:
    control = (char < " " and char not in "\t\n\r") or "\x7f" <= char <= "\x9f"
    return control or "\ud800" <= char <= "\udfff" or char in wording.BIDI_CONTROLS
