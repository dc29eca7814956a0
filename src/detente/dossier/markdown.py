"""A dossier in, a brief of one or two pages out, in Markdown, for a paper or a cable.

Every bracketed number is a sentence at the end, verbatim, with who says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from detente.dossier import imported, summary, wording
from detente.dossier.citing import Index, index, limits
from detente.dossier.naming import Naming, naming
from detente.records import Chance, Claim, Dossier, Reason

CITED_PER_REASON = 5
CITED_PER_LINE = 2

_SPECIAL = re.compile(r"([\\`*_\[\]<>|&#~$])")


@dataclass(slots=True, kw_only=True)
class _Notes:
    """The sentences cited so far; the one thing here that grows, inside one call of `markdown`."""

    at: Index
    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, ids: Iterable[str], *, most: int = CITED_PER_LINE) -> str:
        """` [1][2]` for the most telling of `ids`, with how many more there are."""
        found = sorted(self.at.known(ids), key=self.at.telling, reverse=True)
        marks = [f"[{self.numbers.setdefault(c.id, len(self.numbers) + 1)}]" for c in found[:most]]
        rest = f" and {len(found) - most} more" if len(found) > most else ""
        return f" {''.join(marks)}{rest}" if marks else ""

    def claims(self) -> Iterator[tuple[int, Claim]]:
        """Number and claim, in order."""
        for id_, number in self.numbers.items():
            yield number, self.at.claims[id_]


def markdown(dossier: Dossier, *, lead: str | None = None, names: Mapping[str, str] | None = None) -> str:
    """The dossier as a brief.

    Args:
        dossier: What is known of the pair.
        lead: Code of the state to name first in the title; the first of the dyad when None.
        names: Names of further states by code, for the countries of outlets.

    Raises:
        InputError: `lead` is not one of the two.
    """
    known = naming(dossier, lead=lead, names=names)
    notes = _Notes(at=index(dossier))
    blocks = [
        *_opening(dossier, names=known),
        *_reasons(dossier, notes=notes),
        *_ladder(dossier, names=known, notes=notes),
        *_ties(dossier, names=known, notes=notes),
        *_imports(dossier),
        *_contested(dossier, names=known, notes=notes),
        *_predictions(dossier, names=known, notes=notes),
        "## What this brief cannot tell",
        _list(escape(limit) for limit in limits(dossier)),
        "## Evidence",
        *_evidence(notes, names=known),
    ]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""`text` on one line, so that nothing in it is read as Markdown or HTML.

    Examples:
        >>> escape("a <b> of 3*4")
        'a \\<b\\> of 3\\*4'
    """
    return _SPECIAL.sub(r"\\\1", wording.plain(text))


def _opening(dossier: Dossier, *, names: Naming) -> Iterator[str]:
    verdict = dossier.verdict
    yield f"# {escape(names.title())}: divorce, or just cooling?"
    yield f"{names.pair[0]}-{names.pair[1]}, as of {wording.day(dossier.as_of)}. {summary.basis(dossier)}."
    yield f"**{wording.answer(verdict.answer)}** {escape(summary.sentence(verdict, names=names))}"
    if verdict.thin and verdict.answer != "abstain":
        yield f"> **Thin evidence.** {summary.THIN}"
    chances = {"cooling": verdict.cooling, "rupture": verdict.rupture, "thaw": verdict.thaw, "stable": verdict.stable}
    yield _table(
        (f"{verdict.horizon_months} months ahead", "chance", "80% range", "base rate"),
        [_chance(name, chance) for name, chance in chances.items()],
    )
    yield escape(summary.standing(dossier))


def _chance(name: str, chance: Chance) -> tuple[str, ...]:
    return (
        name,
        escape(wording.percent(chance.p)),
        escape(wording.percent_range(chance.low, chance.high)),
        escape(wording.percent(chance.base_rate)),
    )


def _reasons(dossier: Dossier, *, notes: _Notes) -> Iterator[str]:
    verdict = dossier.verdict
    for title, reasons in (("What speaks for it", verdict.reasons), ("What speaks against it", verdict.counterweights)):
        if reasons:
            yield f"## {title}"
            yield _list(_reason(reason, notes=notes) for reason in reasons)


def _reason(reason: Reason, *, notes: _Notes) -> str:
    cited = notes.cite(reason.claims, most=CITED_PER_REASON)
    return f"{escape(reason.text)} ({wording.signed(reason.weight)} log-odds of {escape(reason.toward)}){cited}"


def _ladder(dossier: Dossier, *, names: Naming, notes: _Notes) -> Iterator[str]:
    touched = [rung for rung in dossier.ladder if wording.rung_state(rung.state) != "not reached"]
    if not touched:
        return
    yield "## The ladder to rupture"
    lines = []
    for rung in touched:
        by = f", by {escape(names.states(rung.by))}" if rung.by else ""
        date = f", {wording.day(rung.when)}" if rung.when else ""
        state = "reached" if rung.state == "reached" else "half: only said or threatened"
        cited = notes.cite(rung.claims)
        lines.append(f"{wording.rung_mark(rung.state)} {rung.rung}. {escape(rung.name)}: {state}{by}{date}{cited}")
    left = len(dossier.ladder) - len(touched)
    yield _list([*lines, f"□ not reached: {left} of {len(dossier.ladder)}"] if left else lines)


def _ties(dossier: Dossier, *, names: Naming, notes: _Notes) -> Iterator[str]:
    if not dossier.ties:
        return
    yield "## Ties"
    rows = []
    for tie in dossier.ties:
        status = tie.status + (", at risk" if tie.at_risk else "")
        rows.append(
            (
                tie.kind,
                status + (f" (by {escape(names.states(tie.by))})" if tie.by else ""),
                wording.day(tie.since) if tie.since else "—",
                escape(wording.magnitude(tie.magnitude)) if tie.magnitude else "—",
                notes.cite((*tie.claims, *tie.risks)).strip() or imported.evidence(tie.rows) or "—",
            )
        )
    yield _table(("tie", "status", "since", "size", "evidence"), rows)


def _imports(dossier: Dossier) -> Iterator[str]:
    if dossier.imports is None:
        return
    yield "## From event data sets"
    yield escape(imported.basis(dossier.imports))
    rows = [
        tuple(escape(cell) for cell in (row.id, *imported.who(row), imported.what(row)))
        for row in dossier.imports.shown[: imported.SHOWN]
    ]
    if rows:
        yield _table(("row", "actor", "recipient", "what"), rows)


def _contested(dossier: Dossier, *, names: Naming, notes: _Notes) -> Iterator[str]:
    if not dossier.contested:
        return
    yield "## Contested"
    lines = []
    for contest in dossier.contested:
        text = f"{escape(contest.what)}: said by {escape(names.states(contest.says))}"
        text += f"; denied by {escape(names.states(contest.denies))}" if contest.denies else ""
        text += f"; silent: {escape(names.states(contest.silent))}" if contest.silent else ""
        text += f"; figures: {escape(wording.figures(contest.figures))}" if contest.figures else ""
        lines.append(text + notes.cite(contest.claims))
    yield _list(lines)


def _predictions(dossier: Dossier, *, names: Naming, notes: _Notes) -> Iterator[str]:
    if not dossier.predictions:
        return
    yield "## Foretold"
    lines = []
    for told in dossier.predictions:
        who = " › ".join(names.voices(told.attribution, outlet=names.outlet_of(told.article_id)))
        until = f"until {wording.day(told.horizon)}" if told.horizon else "no date given"
        outcome = {None: "open", True: "came true", False: "did not come true"}[told.outcome]
        reads = escape(wording.percent_range(*told.probability))
        cited = notes.cite([told.claim])
        lines.append(f"{escape(who)}: “{escape(told.text)}”, read as {reads}, {until}, {outcome}{cited}")
    yield _list(lines)


def _evidence(notes: _Notes, *, names: Naming) -> Iterator[str]:
    lines = []
    for number, claim in notes.claims():
        when = wording.when(claim.date, precision=claim.precision, end=claim.end)
        act = f"{escape(claim.event)}, {claim.status}, {when}, sure {escape(wording.percent(claim.confidence))}"
        who = f"{escape(names.party(claim.actor))} → {escape(names.party(claim.recipient))}"
        said = escape(" › ".join(names.chain(claim)))
        lines.append(f"{number}. “{escape(claim.sentence)}” ({who}: {act}.) {said}.")
    yield "\n".join(lines) if lines else "No sentence is on record."


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
