"""A parsed sentence in, its words of sourcing out: `according to X`, `in the words of X`, `in the view of X`."""

from __future__ import annotations

from detente.coding.phrases import case_of
from detente.language.words import Doc, Token

WORDINGS = frozenset("word view opinion account version estimate telling".split())


def sourced(doc: Doc) -> dict[int, list[Token]]:
    """Word number to the children that such words bind to it, in order."""
    found: dict[int, list[Token]] = {}
    for child in doc:
        if child.head.i != child.i and _beside(child):
            found.setdefault(child.head.i, []).append(child)
    return found


def _beside(child: Token) -> bool:
    """Whether a word stands beside what it hangs on as `according to` does."""
    if not (child.dep_.startswith(("obl", "nmod", "advmod", "advcl")) or child.dep_ in ("parataxis", "case")):
        return False
    return (
        any(c.lower_ == "according" for c in child.children if c.dep_ in ("case", "mark", "fixed", "advmod"))
        or (child.lower_ == "according" and child.dep_ != "case")
        or (
            child.lemma_.lower() in WORDINGS
            and case_of(child) in ("in", "on", "by", "to")
            and any(c.dep_ in ("nmod", "nmod:poss", "acl") for c in child.children)
        )
    )
