"""What every folder of tests may ask for."""

from __future__ import annotations

import pytest

from detente.language.english import English


@pytest.fixture(scope="session")
def english() -> English:
    """The shipped model, loaded once."""
    return English()
