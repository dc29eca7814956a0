"""The wheel that users get holds everything the program reads at run time, and nothing that it does not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import detente

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "detente"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_file_of_the_package(packed: set[str]) -> None:
    files = {p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    wanted = {str(p.relative_to(ROOT / "src")) for p in files}
    assert wanted - packed == set()


def test_wheel_holds_the_model_and_the_chronicle(packed: set[str]) -> None:
    assert {"detente/language/model/english.onnx", "detente/chronicle/dispatches.jsonl"} <= packed


def test_wheel_says_that_it_is_typed(packed: set[str]) -> None:
    assert "detente/py.typed" in packed


def test_wheel_holds_only_the_package_and_its_licence(packed: set[str]) -> None:
    roots = {name.partition("/")[0] for name in packed}
    assert roots == {"detente", f"detente-{detente.__version__}.dist-info"}
