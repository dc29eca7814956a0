"""Some words of a sentence in, who they are out, also where they are no phrase of their own.

In `UK and EU negotiators` the parser sees one phrase; asked about `UK` or `EU negotiators` the name in them counts.
"""

from __future__ import annotations

from dataclasses import replace

from detente.coding.actors import Cast, Who
from detente.coding.pairing import head_of
from detente.coding.phrases import code_of
from detente.coding.spots import Spot
from detente.language.answers import WordSpan
from detente.language.words import Doc
from detente.records import Entity, Span

_STATES = ("state", "adjective", "capital")


def read(doc: Doc, cast: Cast, span: WordSpan, *, place: Span, text: str) -> Who:
    """Who a span of words is: the reading of its head, of a word in it, of a known name in it, or the words alone.

    Args:
        doc: The sentence.
        cast: Its parties.
        span: The words, as numbers.
        place: Where they stand in the article.
        text: How the party is to be called.
    """
    head = head_of(doc, (doc[span[0]].idx, doc[span[1] - 1].idx + len(doc[span[1] - 1])))
    readings = cast.own(head)
    names = [s for s in cast.spots if s.name.code and span[0] <= s.start and s.end <= span[1]]
    elsewhere = {code_of(s.name) for s in cast.spots if s.end <= span[0] or span[1] <= s.start}
    borrowed = bool(readings) and readings[0].entity.code in elsewhere and len({code_of(s.name) for s in names}) == 1
    if borrowed and code_of(names[0].name) != readings[0].entity.code:
        return _named(names[0], text, place)  # the head's reading came from a name outside these words
    if not readings:
        readings = tuple(w for i in range(*span) for w in cast.own(doc[i]) if w.entity.code)
    if readings and (readings[0].entity.code or not names):
        return Who(entity=replace(readings[0].entity, text=text, span=place), kind=readings[0].kind)
    if not names:
        names = [s for s in cast.spots if s.name.code and s.start < span[1] and span[0] < s.end]
    if names:
        return _named(names[0], text, place)
    return Who(entity=Entity(text=text, span=place), kind="thing")


def _named(spot: Spot, text: str, place: Span) -> Who:
    name = spot.name
    entity = Entity(text=text, span=place, code=code_of(name), sectors=name.sectors, name=name.name)
    return Who(entity=entity, kind="state" if name.kind in _STATES else "body")
