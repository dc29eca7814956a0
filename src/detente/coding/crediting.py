"""A word in, the sources that `according to` and its like credit with it out: `in the words of`, `per`."""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding import asides, sayings
from detente.coding.phrases import case_of
from detente.coding.sayers import Sayers
from detente.coding.voices import Voices
from detente.language.words import Token
from detente.records import Attribution

WORDINGS = frozenset("word view opinion account version estimate telling".split())
"""Nouns of one's own way of telling: `in the words of`."""


def according(node: Token) -> Iterator[Token]:
    """Children of `node` that `according to`, `in the words of` and `in the view of` bind to it."""
    for child in node.children:
        if child.dep_.startswith(("obl", "nmod", "advmod", "advcl")) or child.dep_ in ("parataxis", "case"):
            words = [c.lower_ for c in child.children if c.dep_ in ("case", "mark", "fixed", "advmod")]
            if (
                "according" in words
                or _names_according(child)
                or case_of(child) in ("per", "as per")
                or asides.to_be_believed(child)
                or (child.lower_ == "according" and child.dep_ != "case")
                or (
                    child.lemma_.lower() in WORDINGS
                    and case_of(child) in ("in", "on", "by", "to")
                    and any(c.dep_ in ("nmod", "nmod:poss", "acl") for c in child.children)
                )
            ):
                yield child


def _names_according(token: Token) -> bool:
    """A name of two words whose second the parse took for the first's preposition's."""
    return any(g.lower_ == "according" for c in token.children if c.dep_ == "flat" for g in c.children)


def behind_all(beside: Token) -> bool:
    """Set off at the end, over the speaker before it: `..., he told a rally, according to Telesur`."""
    start, doc = beside.left_edge.i, beside.doc
    if start < 2 or doc[start - 1].text != ",":
        return False
    below = {t.i for t in beside.subtree}
    return not any(t.pos_ in ("VERB", "AUX") and sayings.finite(t) and t.i not in below for t in doc[start:])


def spoken_before(beside: Token) -> bool:
    """Whether someone else speaks before the phrase."""
    return any(sayings.verb_of_saying(t) and sayings.finite(t) for t in beside.doc[: beside.left_edge.i])


class Credits:
    """Reads those credited in one sentence."""

    def __init__(self, voices: Voices, sayers: Sayers) -> None:
        """Takes the readers of its speakers and of its words of saying."""
        self._voices, self._sayers = voices, sayers

    def sources(self, beside: Token) -> list[Attribution]:
        """Inner first: those that `according to` names; a later `he` means rather the one they speak of."""
        before = len(self._voices.met)
        found = self._named_sources(beside)
        met = self._voices.met
        met[:] = [*met[before:], *met[:before]]
        return found

    def _named_sources(self, beside: Token) -> list[Attribution]:
        if asides.to_be_believed(beside):
            return [a for c in beside.children if c.dep_ == "nsubj:pass" for a in self._voices.of(c)]
        if beside.lower_ == "according":
            return [a for c in beside.children if c.dep_.startswith(("obl", "nmod")) for a in self._voices.of(c)]
        if beside.lemma_.lower() in WORDINGS:
            owners = [c for c in beside.children if c.dep_ in ("nmod", "nmod:poss") and case_of(c) in ("of", "")]
            owners += [c for a in beside.children if a.dep_ == "acl" for c in a.children if c.dep_ == "obl:agent"]
            return [a for c in owners for a in self._voices.of(c)]
        return [*self._sayers.cited([beside]), *self._voices.of(beside), *self._sayers.quoters([beside])]
