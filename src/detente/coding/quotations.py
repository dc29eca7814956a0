"""Sentences in, which of their characters stand inside quotation marks, and which quotations run on, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.records import Sentence

_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The quotation marks of one sentence.

    Attributes:
        spans: Half-open character ranges of the sentence that stand inside quotation marks.
        whole: No letter stands outside them.
        open_before: A quotation was open when the sentence began, `open_after`: one is open when it ends.
    """

    spans: tuple[tuple[int, int], ...]
    whole: bool
    open_before: bool
    open_after: bool

    def holds(self, at: int) -> bool:
        """Whether a character stands inside quotation marks."""
        return any(start <= at < end for start, end in self.spans)

    def first(self, at: int) -> bool:
        """Whether a character stands in the quotation that the sentence before left open."""
        return self.open_before and bool(self.spans) and self.spans[0][0] <= at < self.spans[0][1]


def marks_of(text: str, *, inside: bool) -> Quoted:
    """The quotations of a sentence; `inside` says that one was open before it."""
    spans: list[tuple[int, int]] = []
    start: int | None = 0 if inside else None
    outside = 0
    for i, c in enumerate(text):
        opens = c in _OPENING or (c in _EITHER and start is None)
        closes = c in _CLOSING or (c in _EITHER and start is not None)
        if opens and start is None:
            start = i + 1
        elif closes and start is not None and not (c in _EITHER and start == i and inside and not spans):
            spans.append((start, i))
            start = None
        elif closes and start is not None:
            start = i + 1  # a paragraph that opens its quotation anew
        elif start is None and c.isalpha():
            outside += 1
    if start is not None:
        spans.append((start, len(text)))
    return Quoted(spans=tuple(spans), whole=outside == 0 and bool(spans), open_before=inside,
                  open_after=start is not None)  # fmt: skip


def read(sentences: Sequence[Sentence]) -> list[Quoted]:
    """The quotations of an article's sentences.

    A quotation that a paragraph leaves open goes on only where the next paragraph opens it anew, as printers do;
    a mark that was never closed does not swallow the rest of the text.
    """
    found: list[Quoted] = []
    inside, paragraph = False, sentences[0].paragraph if sentences else 0
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            inside = inside and sentence.text[:1] in _OPENING + _EITHER
        quoted = marks_of(sentence.text, inside=inside)
        inside = quoted.open_after
        found.append(quoted)
    return found
