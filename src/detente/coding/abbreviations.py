"""A sentence and its names in, the abbreviations that the text itself explains out: `Ghana News Agency (GNA)`.

What an article says an abbreviation stands for is what it means there, whatever bears it in the registers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from detente.coding.spots import Spot
from detente.language.words import Doc
from detente.ontology.folding import fold
from detente.ontology.registers import Name

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "del", "y", "&", "to", "e", "da", "do"})
_BODIES = frozenset({"group", "metonym", "outlet"})
_FEWEST, _MOST = 2, 7


def explained(doc: Doc, spots: Sequence[Spot]) -> Mapping[str, Name | None]:
    """Abbreviations in brackets after the words they stand for, each with who that is; None where nobody is known.

    Args:
        doc: One sentence.
        spots: The names found in it.
    """
    return dict(_pairs(doc, spots))


def _pairs(doc: Doc, spots: Sequence[Spot]) -> Iterator[tuple[str, Name | None]]:
    for at in range(1, len(doc) - 2):
        short = doc[at + 1].text
        if doc[at].text != "(" or doc[at + 2].text != ")" or not (short.isupper() and _FEWEST <= len(short) <= _MOST):
            continue
        start = _start(doc, at, short)
        before = next((s for s in spots if s.end == at and s.text != short), None)
        whole = before is not None and before.end - before.start > 1 and before.name.kind in _BODIES
        if before is not None and ((start is None and whole) or (start is not None and start >= before.start - 1)):
            yield short, before.name
        elif start is not None:
            yield short, None


def _start(doc: Doc, end: int, short: str) -> int | None:
    """Where the words before token `end` start whose first letters are those of `short`, None where they are not."""
    letters = list(fold(short))
    at = end
    while letters and at > 0:
        at -= 1
        token = doc[at]
        if token.lower_ in _SMALL and fold(token.text)[0] != letters[-1]:
            continue
        if not token.text[:1].isupper() or fold(token.text)[0] != letters[-1]:
            if token.text[:1].isalpha() and not (token.lower_ in _SMALL or token.text[:1].isupper()):
                return None
            if token.text in "-'’":
                continue
            return None
        letters.pop()
    return at if not letters else None


def settled(spots: Sequence[Spot], meanings: Mapping[str, Name | None]) -> list[Spot]:
    """The spots with what the article says its abbreviations mean; those of nobody known are left out."""
    result = []
    for spot in spots:
        if spot.text not in meanings:
            result.append(spot)
        elif (meaning := meanings[spot.text]) is not None:
            result.append(replace(spot, name=meaning))
    return result
