"""The documentation names everything a user can meet: commands, records, fields; and the front page stays short."""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from detente import errors, records

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README_LINES = 60

RECORDS = [
    record
    for _, record in inspect.getmembers(records, dataclasses.is_dataclass)
    if record.__module__ == records.__name__
]
ERRORS = [error for _, error in inspect.getmembers(errors, inspect.isclass) if issubclass(error, errors.DetenteError)]


def section(page: str, title: str) -> str:
    """The part of a page under the heading `title`, up to the next heading of any level; empty without one."""
    found = re.search(rf"^#+ `?{re.escape(title)}`?\n(.*?)(?=^#+ |\Z)", page, flags=re.DOTALL | re.MULTILINE)
    return found.group(1) if found else ""


def verbs() -> list[str]:
    """The commands that `detente --help` lists."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from detente.cli import main; sys.exit(main())", "--help"],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb"},
    )
    assert done.returncode == 0, f"`detente --help` fails, so its commands cannot be compared:\n{done.stderr}"
    listed = done.stdout.partition("Commands")[2]
    return re.findall(r"^[│|]?\s*([a-z][a-z-]+)\s{2,}", listed, flags=re.MULTILINE)


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_every_field_of_a_record_is_documented(record: type) -> None:
    page = section((DOCS / "reference" / "records.md").read_text(encoding="utf-8"), record.__name__)
    assert page, f"docs/reference/records.md has no heading for {record.__name__}: run make refresh"
    missing = [f.name for f in dataclasses.fields(record) if f"`{f.name}`" not in page]
    assert not missing, f"{record.__name__}: {missing} are not documented: run make refresh"


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_every_error_is_documented(error: type) -> None:
    assert f"`{error.__name__}`" in (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    found = verbs()
    assert found, "`detente --help` lists no commands under `Commands`"
    missing = [verb for verb in found if not section(page, f"detente {verb}")]
    assert not missing, f"docs/reference/cli.md has no heading for {missing}: run make refresh"


def test_no_command_is_documented_that_does_not_exist() -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"^#+ `detente ([a-z-]+)`$", page, flags=re.MULTILINE)
    assert set(told) <= set(verbs())


def test_readme_is_short() -> None:
    lines = len((ROOT / "README.md").read_text(encoding="utf-8").splitlines())
    assert lines <= README_LINES, f"README.md has {lines} lines, at most {README_LINES}"


def test_every_relative_link_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not broken, broken
