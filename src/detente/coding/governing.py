"""A word that governs a clause in, whether and how it bears on the clause's reality out."""

from __future__ import annotations

from detente.language.words import Token

_SPEAKING = frozenset("tell decide resolve agree vote press push call ask order offer urge suggest".split())
_WITH_PREPOSITION = frozenset(
    "call appeal press threaten threat plan demand request prepare risk fear prospect possibility warn push"
    " intention promise pledge proposal chance likelihood hope vote decision denial".split()
)
FACTS = frozenset("fact reason way time day moment".split())
KEEPING = frozenset({"stop", "prevent", "keep", "deter", "discourage", "dissuade", "hinder", "refrain"})


def applies(node: Token, head: Token, lemma: str) -> bool:
    """Whether a governing word speaks about `node`, as `announce` does in `announced a strike`."""
    dep = node.dep_
    noun = node.pos_ in ("NOUN", "PROPN")
    if lemma in _SPEAKING and dep in ("ccomp", "advcl") and not _infinitive(node):
        return lemma in ("decide", "agree", "vote", "order", "urge") or (lemma != "tell" and _mandate(node))
    if lemma == "insist" and dep == "ccomp":
        return _mandate(node)
    if lemma in ("block", "stop", "prevent", "oppose") and noun:
        return lemma in ("prevent",)
    if lemma in ("reject", "deny", "dismiss", "dispute") and noun:
        return lemma == "deny" or (dep == "obj" and node.lemma_ in ("involvement", "role", "responsibility", "charge"))
    if dep in ("nsubj", "nsubj:pass") and not (noun and head.tag_ == "VBN"):
        return False
    if dep == "conj" or (dep == "advcl" and lemma not in ("call", "press", "threaten", "warn", "seek")):
        return lemma in KEEPING and from_gerund(node)
    if dep in ("obl", "nmod"):
        return lemma in _WITH_PREPOSITION
    return not (lemma in ("announce", "declare", "approve", "order") and noun and head.tag_ == "VBN" and dep == "nsubj")


def own_deed(node: Token, head: Token) -> bool:
    """`warned that it would strike`: the one who warns is the one who acts."""
    outer = [c for c in head.children if c.dep_ == "nsubj"]
    inner = [c for c in node.children if c.dep_ == "nsubj"]
    if not inner or not outer:
        return True
    if any(c.dep_ == "nmod:poss" and c.lower_ in ("its", "their", "our", "his", "her") for c in inner[0].children):
        return True  # `warned that its troops would cross`
    return inner[0].pos_ == "PRON" and inner[0].lower_ in ("it", "they", "we", "he", "she", "i")


def from_gerund(node: Token) -> bool:
    """`from breaking` after a verb of keeping."""
    return node.tag_ == "VBG" and any(c.dep_ in ("mark", "case") and c.lower_ == "from" for c in node.children)


def _infinitive(node: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in node.children)


def _mandate(node: Token) -> bool:
    helpers = {c.lower_ for c in node.children if c.dep_.startswith("aux")}
    return bool(helpers & {"must", "should", "ought"}) or (node.tag_ == "VB" and not helpers)


def fact_noun(node: Token) -> Token | None:
    """The noun of `the fact that ...` when `node` heads its clause, however the parse has hung the clause."""
    for child in node.children:
        if child.dep_ == "mark" and child.lower_ == "that" and child.i > 0:
            before = child.doc[child.i - 1]
            if before.lemma_.lower() in FACTS:
                return before
    return None
