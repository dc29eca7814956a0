"""A name or a text in, the same without capitals and accents out, letter for letter, so that offsets hold."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not part into a base and an accent, and marks that printers vary.
_OTHERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "a", "œ": "o", "þ": "t", "ß": "s", "ŋ": "n",
           "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "–": "-", "‑": "-", "‐": "-", "\u00a0": " "}  # fmt: skip
_known: dict[str, str] = {}


def fold(text: str) -> str:
    """The key under which `text` is looked up; has the length of `text`.

    Example:
        >>> fold("Khürelsükh"), fold("Erdoğan"), fold("Łódź")
        ('khurelsukh', 'erdogan', 'lodz')
    """
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if c.isascii() else _letter(c) for c in text)


def _letter(letter: str) -> str:
    found = _known.get(letter)
    if found is None:
        lower = letter.lower()
        base = unicodedata.normalize("NFD", lower)[:1]
        found = _known[letter] = _OTHERS.get(lower[:1], _OTHERS.get(base, base or letter))
    return found
