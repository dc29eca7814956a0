"""A dossier in, one `rich` renderable out, for 80 columns and more; printing it is the caller's affair.

All text from articles enters as `Text`, never as markup, and without control characters, so that no sentence can
drive the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from detente.dossier import imported, summary, wording
from detente.dossier.citing import Entry, Index, chronicle, entries, index, limits
from detente.dossier.naming import Naming, naming
from detente.records import Claim, Dossier, Reason

SHOWN = 12
MOST_SHOWN = 40
"""Happenings listed: at least `SHOWN`, and further cited ones up to `MOST_SHOWN`; the page has them all."""

CITED = 4

_HUES = {"cooling": "magenta", "rupture": "yellow", "thaw": "green", "stable": "default", "abstain": "default"}
_EM_DASH = "\N{EM DASH}"


def terminal(
    dossier: Dossier, *, lead: str | None = None, names: Mapping[str, str] | None = None, shown: int | None = None
) -> RenderableType:
    """The dossier as something a `rich.console.Console` can print.

    Args:
        dossier: What is known of the pair.
        lead: Code of the state to name first; the first of the dyad when None.
        names: Names of further states by code, for the countries of outlets.
        shown: How many happenings to list; all that are cited, within reason, when None.

    Raises:
        InputError: `lead` is not one of the two.
    """
    known = naming(dossier, lead=lead, names=names)
    at = index(dossier)
    parts: list[RenderableType] = [
        _head(dossier, names=known),
        _chances(dossier),
        *_reasons(dossier, at=at),
        *_ladder(dossier, names=known, at=at),
        *_ties(dossier, at=at),
        *_evidence(dossier, names=known, at=at, shown=shown),
        *_imports(dossier),
        *_contested(dossier, names=known, at=at),
        *_predictions(dossier, names=known, at=at),
        _title("What this cannot tell you"),
        *(_bullet(limit) for limit in limits(dossier)),
    ]
    return Group(*parts)


def _head(dossier: Dossier, *, names: Naming) -> RenderableType:
    verdict = dossier.verdict
    lines = [
        _text(wording.answer(verdict.answer), f"bold {_HUES.get(verdict.answer, 'default')}"),
        _text(summary.sentence(verdict, names=names)),
        _text(summary.standing(dossier)),
    ]
    if verdict.thin and verdict.answer != "abstain":
        lines.append(_text(f"! Thin evidence. {summary.THIN}", "bold"))
    lines.append(_text(f"As of {wording.day(dossier.as_of)}: {summary.basis(dossier)}", "dim"))
    title = _text(f"{names.title()}: divorce, or just cooling?", "bold")
    return Panel(Text("\n").join(lines), title=title, title_align="left", box=box.ROUNDED, padding=(0, 1))


def _chances(dossier: Dossier) -> RenderableType:
    verdict = dossier.verdict
    table = _table(f"{verdict.horizon_months} months ahead", ">chance", ">80% range", ">base rate", "0 to 100%")
    for name, chance in (
        ("cooling", verdict.cooling),
        ("full rupture", verdict.rupture),
        ("thaw", verdict.thaw),
        ("stable", verdict.stable),
    ):
        hue = _HUES[name.removeprefix("full ")]
        table.add_row(
            _text(name, f"bold {hue}"),
            _text(wording.percent(chance.p), f"bold {hue}"),
            _text(wording.percent_range(chance.low, chance.high)),
            _text(wording.percent(chance.base_rate)),
            _text(_gauge(chance.p, low=chance.low, high=chance.high), hue),
        )
    return table


def _gauge(p: float, *, low: float, high: float, width: int = 24) -> str:
    """A line of characters from 0 to 100 %: the range as `─`, the point as `●`."""
    if not (0 <= low <= p <= high <= 1):
        return "·" * width
    place = [min(width - 1, int(v * width)) for v in (low, p, high)]
    cells = ["─" if place[0] <= i <= place[2] else "·" for i in range(width)]
    cells[place[1]] = "●"
    return "".join(cells)


def _reasons(dossier: Dossier, *, at: Index) -> Iterator[RenderableType]:
    verdict = dossier.verdict
    for title, reasons in (("What speaks for it", verdict.reasons), ("What speaks against it", verdict.counterweights)):
        if reasons:
            yield _title(title)
            yield _reason_table(reasons, at=at)


def _reason_table(reasons: Sequence[Reason], *, at: Index) -> Table:
    table = _table(">log-odds", "toward", "reason", "evidence")
    for reason in reasons:
        table.add_row(
            _text(wording.signed(reason.weight)), _text(reason.toward), _text(reason.text), _cites(reason.claims, at=at)
        )
    return table


def _ladder(dossier: Dossier, *, names: Naming, at: Index) -> Iterator[RenderableType]:
    if not dossier.ladder:
        return
    yield _title("The ladder to rupture")
    table = _table("", ">", "rung", "state", "by", "when", "evidence")
    for rung in dossier.ladder:
        state = wording.rung_state(rung.state)
        style = "dim" if state == "not reached" else ""
        by = "both" if set(rung.by) == set(names.pair) else " ".join(rung.by)
        table.add_row(
            _text(wording.rung_mark(rung.state), style),
            _text(str(rung.rung), style),
            _text(rung.name, style),
            _text(state, style),
            _text(by or _EM_DASH, style),
            _text(wording.day(rung.when) if rung.when else _EM_DASH, style),
            _cites(rung.claims, at=at),
        )
    yield table


def _ties(dossier: Dossier, *, at: Index) -> Iterator[RenderableType]:
    if not dossier.ties:
        return
    yield _title("Ties")
    table = _table("tie", "status", "since", "size", "evidence")
    for tie in dossier.ties:
        table.add_row(
            _text(tie.kind, "bold"),
            _text(tie.status + (", at risk" if tie.at_risk else "")),
            _text(wording.day(tie.since) if tie.since else _EM_DASH),
            _text(wording.magnitude(tie.magnitude) if tie.magnitude else _EM_DASH),
            _cites((*tie.claims, *tie.risks), at=at) if not tie.rows else _text(imported.evidence(tie.rows)),
        )
    yield table


def _imports(dossier: Dossier) -> Iterator[RenderableType]:
    if dossier.imports is None:
        return
    yield _title("From event data sets")
    yield _text(imported.basis(dossier.imports))
    table = _table("what", "actor", "recipient", "row")
    table.columns[-1].overflow = "fold"
    for row in dossier.imports.shown[: imported.SHOWN]:
        actor, recipient = imported.who(row)
        table.add_row(_text(imported.what(row)), _text(actor), _text(recipient), _text(row.id))
    if table.row_count:
        yield table


def _evidence(dossier: Dossier, *, names: Naming, at: Index, shown: int | None) -> Iterator[RenderableType]:
    found = entries(dossier, at=at)
    yield _title("The evidence")
    if not found:
        yield _text("No sentence about the pair is on record.", "dim")
        return
    cited = sum(any(claim.id in at.cited for claim in entry.claims) for entry in found)
    most = min(MOST_SHOWN, max(SHOWN, cited)) if shown is None else shown
    for entry in chronicle(found[:most]):
        yield _happening(entry, names=names, at=at)
    rest = len(found) - most
    if rest > 0:
        yield _text(f"{wording.count(rest, 'more happening')}: see --format html or --format json.", "dim")


def _happening(entry: Entry, *, names: Naming, at: Index) -> RenderableType:
    lead = entry.lead
    told = entry.event or lead
    head = Text()
    head.append(wording.when(told.date, precision=told.precision), "bold")
    head.append(f"  {wording.plain(_who(lead, names=names))}", "bold")
    mode = f" · {told.mode}" if told.mode else ""
    status = f"{told.status}, disputed" if entry.disputed else told.status
    sure = wording.percent(max(claim.confidence for claim in entry.claims))
    act = _text(f"{told.event}{mode}  [{status}]  score {wording.signed(told.intensity)}  sure {sure}")
    quote = Text()
    quote.append(f"{at.numbers[lead.id]} ", "cyan")
    quote.append(f"“{wording.plain(lead.sentence)}”", "italic")
    said = _text(f"who says so: {' › '.join(names.chain(lead))}", "dim")
    if entry.event and entry.event.reports > 1:
        reports = wording.count(entry.event.reports, "report")
        said.append(f"; {reports}, {wording.count(entry.event.origins, 'independent origin')}")
    return Padding(Group(head, act, quote, said), (0, 0, 1, 1))


def _who(claim: Claim, *, names: Naming) -> str:
    return f"{names.party(claim.actor)} → {names.party(claim.recipient)}"


def _contested(dossier: Dossier, *, names: Naming, at: Index) -> Iterator[RenderableType]:
    if not dossier.contested:
        return
    yield _title("Contested")
    table = _table("what", "says", "denies", "silent", "evidence")
    for contest in dossier.contested:
        table.add_row(
            _text(contest.what + (f"\n{wording.figures(contest.figures)}" if contest.figures else "")),
            _text(names.states(contest.says)),
            _text(names.states(contest.denies)),
            _text(names.states(contest.silent)),
            _cites(contest.claims, at=at),
        )
    yield table


def _predictions(dossier: Dossier, *, names: Naming, at: Index) -> Iterator[RenderableType]:
    if not dossier.predictions:
        return
    yield _title("Foretold")
    table = _table("who", "said", ">read as", "until", "came true", "evidence")
    for told in dossier.predictions:
        outcome = {None: "open", True: "yes", False: "no"}[told.outcome]
        table.add_row(
            _text(" › ".join(names.voices(told.attribution, outlet=names.outlet_of(told.article_id)))),
            _text(f"“{told.text}”"),
            _text(wording.percent_range(*told.probability)),
            _text(wording.day(told.horizon) if told.horizon else "no date"),
            _text(outcome),
            _cites([told.claim], at=at),
        )
    yield table


def _cites(ids: Iterable[str], *, at: Index) -> Text:
    found = at.known(ids)
    numbers = " ".join(str(at.numbers[claim.id]) for claim in found[:CITED])
    rest = f" +{len(found) - CITED}" if len(found) > CITED else ""
    return _text(numbers + rest if numbers else _EM_DASH, "cyan")


def _table(*heads: str) -> Table:
    """A plain table; a head that begins with `>` is set to the right."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    for head in heads:
        table.add_column(Text(head.removeprefix(">")), justify="right" if head.startswith(">") else "left")
    return table


def _title(text: str) -> RenderableType:
    return Padding(Rule(_text(text, "bold"), align="left", style="dim"), (1, 0, 0, 0))


def _bullet(text: str) -> RenderableType:
    return Padding(_text(f"• {text}"), (0, 0, 0, 1))


def _text(text: str, style: str = "") -> Text:
    return Text(wording.plain(text), style=style)
