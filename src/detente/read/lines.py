"""A text comes in, its lines that are not blank go out, with offsets and the blank lines above each."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDED = re.compile(r"[.!?…。！？:;][\"'”’»)\]*]*$")
_LONG = 200  # characters; a longer line is prose even without a full stop
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into nor of off on or over per so the to up via vs with yet".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, trimmed; `gap` counts the blank lines above it."""

    start: int
    end: int
    text: str
    gap: int

    @property
    def is_prose(self) -> bool:
        """Whether it ends like a sentence, or is too long for a heading."""
        return len(self.text) > _LONG or bool(_ENDED.search(self.text[-8:]))


def lines_of(text: str) -> tuple[Line, ...]:
    r"""The lines of `text` that are not blank; only `\n` ends a line.

    Example:
        >>> [(line.text, line.gap) for line in lines_of("One\n\n Two ")]
        [('One', 0), ('Two', 1)]
    """
    found = []
    gap = position = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            found.append(Line(start=start, end=start + len(stripped), text=stripped, gap=gap))
        gap = 0 if stripped else gap + 1
        position += len(raw) + 1
    return tuple(found)


def one_line_ends(text: str) -> str:
    r"""The same text, of the same length, with `\n` for every end of line and a space for other control characters."""
    return text.replace("\r\n", " \n").translate(_ONE_LINE_END)


_ONE_LINE_END = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ") | {
    13: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}


def in_title_case(text: str) -> bool:
    """Whether nearly all words of more than three letters begin with a capital, as English headlines may."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if word.lower() not in _SMALL_WORDS]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
