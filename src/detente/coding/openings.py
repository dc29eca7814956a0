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
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day|\.)"
_DATE = rf"(?:(?:{_DAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?|{_DAY})"
_TOWN = r"[A-Z][A-Z’'.\-]+(?:[ /][A-Z][A-Z’'.\-]+){0,3}"
_AGENCY = r"(?:-{1,2}\s+)?\([^()\n]{2,40}\)"
_WIRE = r"(?:\s+[A-Z][\w/-]+(?=\s+-{1,2}\s))?"
_DASH = r"\.?\s*(?:(?:-{1,2}|[–:])\s+|(?:—|--)\s*)"
_DATELINE = re.compile(
    rf"(?:{_TOWN}(?:,\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,?(?:\s+{_DATE}{_WIRE})?(?:\s*{_AGENCY})?{_DASH}"
    rf"|(?:[A-Z][\w’'.\-]+\s?){{1,3}},?(?:\s+{_DATE})?\s*{_AGENCY}{_DASH}"
    rf"|(?:[A-Z][\w’'.\-]+\s?){{1,3}},\s+{_DATE}{_WIRE}{_DASH})"
)
_LABEL = re.compile(r"(?:[A-Z]{2,3}|NATO|IAEA|OPEC|OSCE|ASEAN|ECOWAS|UNIFIL|CENTCOM|NORAD|UNESCO|UNHCR|UNICEF):\s")
_QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")
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
    rest = sentence[found.end() :].strip()
    if _LABEL.match(sentence) or (found[0].rstrip()[-1] == ":" and _QUOTATION.fullmatch(rest)):
        return 0  # `UN: Israel shelled school`, `MINISTER: "We will attack."`
    letters = [c for c in sentence if c.isalpha()]
    if sum(c.isupper() for c in letters) > _SHOUTED * len(letters):
        return 0  # a headline in capitals: `MINISTER: NO TALKS`
    return found.end()


def parsed(sentences: Sequence[str], parse: Callable[[Iterable[str]], Iterable[Doc | SpacyDoc]]) -> list[Doc]:
    """Parses of sentences without their datelines, with every word where it stands in the whole sentence."""
    lengths = [dateline_length(sentence) for sentence in sentences]
    docs = parse([sentence[length:] for sentence, length in zip(sentences, lengths, strict=True)])
    return [behind(plain(doc), length) if length else plain(doc) for doc, length in zip(docs, lengths, strict=True)]
