"""Lets the tests of the exchange import `foreign_files`, and the strategies of the store."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "store")]
