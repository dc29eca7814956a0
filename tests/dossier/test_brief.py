"""Laws of the brief and of the terminal view."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from detente.dossier import markdown as briefs
from detente.dossier.markdown import escape, markdown
from detente.dossier.terminal import terminal
from detente.records import Dossier


def shown(dossier: Dossier, *, width: int = 80) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=False, color_system=None).print(terminal(dossier, lead="USA"))
    return out.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["dossier", "hostile"])
def test_brief_has_every_sentence_of_every_reason(name: str, request: pytest.FixtureRequest) -> None:
    dossier = request.getfixturevalue(name)
    text = markdown(dossier)
    by_id = {claim.id: claim for claim in dossier.claims}
    for reason in (*dossier.verdict.reasons, *dossier.verdict.counterweights):
        assert escape(reason.text) in text
        assert all(escape(by_id[i].sentence) in text for i in reason.claims if i in by_id)


def test_every_number_in_the_brief_has_its_sentence(dossier: Dossier) -> None:
    text = markdown(dossier)
    body, evidence = text.split("## Evidence")
    cited = {int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", body)}
    listed = [int(n) for n in re.findall(r"^(\d+)\. “", evidence, flags=re.M)]
    assert listed == list(range(1, len(listed) + 1))
    assert cited == set(listed)


def test_brief_counts_the_sentences_it_leaves_out(dossier: Dossier) -> None:
    ids = tuple(claim.id for claim in dossier.claims)
    reason = replace(dossier.verdict.reasons[0], claims=ids)
    text = markdown(replace(dossier, verdict=replace(dossier.verdict, reasons=(reason,))))
    assert f"and {len(ids) - briefs.CITED_PER_REASON} more" in text


def test_brief_stays_within_two_pages(dossier: Dossier) -> None:
    assert len(markdown(dossier).split()) < 1200


def test_hostile_text_is_no_markdown(hostile: Dossier) -> None:
    text = markdown(hostile)
    assert not re.search(r"(?<!\\)<", text)
    assert "\\[link\\](javascript:alert(3))" in text
    assert "\x1b" not in text
    text.encode()


def test_terminal_fits_eighty_columns(dossier: Dossier) -> None:
    assert max(cell_len(line) for line in shown(dossier).splitlines()) <= 80


def test_terminal_shows_the_answer_and_every_reason(dossier: Dossier) -> None:
    text = flat(shown(dossier))
    assert "Just cooling." in text
    assert all(r.text in text for r in (*dossier.verdict.reasons, *dossier.verdict.counterweights))


def test_terminal_lists_every_cited_sentence(dossier: Dossier) -> None:
    text = flat(shown(dossier))
    by_id = {claim.id: claim for claim in dossier.claims}
    for rung in dossier.ladder:
        assert all(by_id[i].sentence in text for i in rung.claims)


def test_hostile_text_cannot_drive_the_terminal(hostile: Dossier) -> None:
    text = shown(hostile)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "[bold]rich[/bold]" in flat(text)
    text.encode()


@pytest.mark.parametrize("render", [shown, markdown])
def test_nothing_known_renders(bare: Dossier, render) -> None:
    text = flat(render(bare))
    assert "No answer." in text
    assert "nan" not in text.replace("finance", "").lower().split()
    assert "unknown" in text


@pytest.mark.parametrize("answer", ["rupture", "cooling", "thaw", "stable", "abstain"])
@pytest.mark.parametrize("render", [shown, markdown])
def test_every_answer_renders(dossier: Dossier, render, answer: str) -> None:
    assert render(replace(dossier, verdict=replace(dossier.verdict, answer=answer)))
