"""Word and tag in, lemma out: a small table for function words, rules of `lemminflect` for the rest."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from lemminflect import getLemma

OPEN_CLASSES = {"NOUN", "VERB", "ADJ", "ADV", "AUX"}
_KEPT = {
    "bases": "base",
    "forces": "force",
    "troops": "troop",
    "talks": "talk",
    "ties": "tie",
    "media": "media",
    "data": "datum",
    "axed": "axe",
    "bid": "bid",
    "offing": "offing",
    "felled": "fell",
    "found": "find",
}


class Lemmas:
    """Lemmas in the style of the treebanks: `be`, `not`, `they`; names and unknown words keep their form."""

    def __init__(self, table: Path) -> None:
        """Reads `table`, JSON of `form/UPOS` to lemma."""
        self._table: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))

    def of(self, word: str, *, upos: str) -> str:
        """The lemma of `word` with part of speech `upos`.

        Names are left as written, so that `United States` is not `United State`.
        """
        lower = word.lower().replace("’", "'")
        found = self._table.get(f"{lower}/{upos}")
        if found is not None:
            return found
        if upos == "PROPN" or upos not in OPEN_CLASSES:
            return word if upos == "PROPN" else lower
        return _regular(lower, upos)


@lru_cache(maxsize=200_000)
def _regular(lower: str, upos: str) -> str:
    if upos == "NOUN" and lower in _KEPT:
        return _KEPT[lower]
    known = getLemma(lower, upos=upos, lemmatize_oov=False)
    if known:
        return str(known[0])
    if upos in ("ADJ", "ADV"):  # rules would make `pakisty` of `Pakistani`
        return lower
    guessed = getLemma(lower, upos=upos)
    return str(guessed[0]) if guessed else lower
