"""A sentence in, the same sentence out with its dateline blanked: `DOHA, Feb 13 (AFP) -` names no one who acts.

Readers of pages take a dateline off; texts that come as they are still have it, and a parser that meets a town and an
agency before the first word takes them for subjects. Offsets stay as they were.
"""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_TOWN = r"[A-Z][A-Z’'.\-]+(?:[ /][A-Z][A-Z’'.\-]+){0,3}"
_AGENCY = r"\([^()\n]{2,40}\)"
_DATELINE = re.compile(
    rf"(?:{_TOWN}(?:,\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,?(?:\s+{_DATE})?(?:\s*{_AGENCY})?\s*(?:-{{1,2}}|[—–:])\s+"
    rf"|(?:[A-Z][\w’'.\-]+\s?){{1,3}},?(?:\s+{_DATE})?\s*{_AGENCY}\s*(?:-{{1,2}}|[—–:])\s+"
    rf"|(?:[A-Z][\w’'.\-]+\s?){{1,3}},\s+{_DATE}\s*(?:-{{1,2}}|[—–:])\s+)"
)
_SHOUTED = 0.8


def without_dateline(sentence: str) -> str:
    """The sentence with its dateline turned into spaces, as long as before; unchanged where it has none.

    Example:
        >>> without_dateline("DOHA (AFP) - Iran left.")
        '             Iran left.'
    """
    found = _DATELINE.match(sentence)
    if found is None or not sentence[found.end() :].strip():
        return sentence
    letters = [c for c in sentence if c.isalpha()]
    if sum(c.isupper() for c in letters) > _SHOUTED * len(letters):
        return sentence  # a headline in capitals: `MINISTER: NO TALKS`
    return " " * found.end() + sentence[found.end() :]
