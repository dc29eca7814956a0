"""Sentences in, their parses out with datelines left aside: `DOHA, Feb 13 (AFP) -` names no one who acts.

Readers of pages take a dateline off; texts that come as they are still have it, and a parser that meets a town and an
agency before the first word takes them for subjects. Offsets stay as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Doc as SpacyDoc

from detente.language.words import Doc, behind, plain

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


def dateline_length(sentence: str) -> int:
    """How many characters of a sentence are its dateline, 0 where it has none.

    Example:
        >>> dateline_length("DOHA (AFP) - Iran left.")
        13
    """
    found = _DATELINE.match(sentence)
    if found is None or not sentence[found.end() :].strip():
        return 0
    letters = [c for c in sentence if c.isalpha()]
    if sum(c.isupper() for c in letters) > _SHOUTED * len(letters):
        return 0  # a headline in capitals: `MINISTER: NO TALKS`
    return found.end()


def parsed(sentences: Sequence[str], parse: Callable[[Iterable[str]], Iterable[Doc | SpacyDoc]]) -> list[Doc]:
    """Parses of sentences without their datelines, with every word where it stands in the whole sentence."""
    lengths = [dateline_length(sentence) for sentence in sentences]
    docs = parse([sentence[length:] for sentence, length in zip(sentences, lengths, strict=True)])
    return [behind(plain(doc), length) if length else plain(doc) for doc, length in zip(docs, lengths, strict=True)]
