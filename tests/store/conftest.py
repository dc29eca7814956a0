"""Lets the tests of the store, and the processes they start, import `store_records`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
