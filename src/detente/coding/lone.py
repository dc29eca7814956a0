"""A phrase on its own and its cast in, the one entity it stands for out: what `detente actors resolve` answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from detente.coding import dates
from detente.coding.actors import Cast
from detente.coding.discourse import PERSON_PRONOUNS, PLURAL_PRONOUNS
from detente.language.words import Doc, Token
from detente.records import Entity

_ANY_DAY = dt.date(2000, 1, 1)  # whether words are a date does not depend on the day they were written


def entity_of(doc: Doc, cast: Cast) -> Entity | None:
    """Who a phrase stands for: its head's reading, else the fullest one in it; None when it names nobody.

    Args:
        doc: The parse of the phrase.
        cast: Its readings, read as a lone phrase.
    """
    if not len(doc):
        return None
    root = next((t for t in doc if t.head.i == t.i), doc[0])
    readings = list(cast.own(root)) or [w for _, whos in cast for w in whos]
    best = max(readings, key=lambda w: (bool(w.entity.code), bool(w.entity.sectors)), default=None)
    return _unspecified(doc.text, root, best.entity if best else None)


def _unspecified(text: str, root: Token, entity: Entity | None) -> Entity | None:
    """The reading with a sector for what names nobody: UNK is a who or a what of no known sector, JNK a time."""
    if entity is not None and (entity.sectors or entity.name):
        return entity
    if root.lower_ in PERSON_PRONOUNS | PLURAL_PRONOUNS:
        return Entity(text=text, sectors=("UNK",))
    if entity is not None and entity.code:
        return replace(entity, sectors=("UNK",)) if root.pos_ == "NOUN" else entity
    if dates.resolve(text, published=_ANY_DAY).date is not None:
        return Entity(text=text, sectors=("JNK",))
    return entity
