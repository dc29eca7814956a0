"""A sentence that names no speaker in, whether it goes on with what the one before it was told to say, out.

Free indirect speech: `It had no choice, the president said. Guinean agents had plotted against him.` A reporter who
puts a speaker's present into the past goes on so without naming him again; his own background he tells with a date or
plainly.
"""

from __future__ import annotations

from detente.coding import sayings
from detente.coding.fences import Fence
from detente.language.words import Doc, Token

FALSE = frozenset(
    "baseless false untrue unfounded groundless fabricated invented nonsense absurd fiction lie wrong contrary"
    " fabrication incorrect inaccurate ridiculous preposterous propaganda slander".split()
)
_SHIFTED = frozenset({"had", "was", "were", "would", "could", "might", "'d", "’d"})
_DATED = frozenset(
    "last earlier ago previous previously month months week weeks year years yesterday since monday tuesday wednesday"
    " thursday friday saturday sunday january february march april may june july august september october november"
    " december".split()
)


def shifted(doc: Doc, fence: Fence) -> bool:
    """Whether what stands before a speaker set off by a mark is his present told in the past: `was an act of war`."""
    outside = [t for t in doc if not fence.spans(t)]
    root = next((t for t in outside if t.dep_ in ("ccomp", "ROOT", "parataxis") and _finite(t)), None)
    return root is not None and _tense(root) in _SHIFTED


def goes_on(doc: Doc, *, told: bool) -> bool:
    """Whether a sentence without a speaker is the word of the one who spoke last.

    Args:
        doc: The sentence.
        told: The sentence before it was free indirect speech, or `shifted`.
    """
    root = next((t for t in doc if t.head.i == t.i), None)
    if root is None or doc[-1].text == "?":
        return False
    if calls_false(root):
        return True
    tense = _tense(root)
    if tense in ("would", "could", "might", "'d", "’d") and _conditional(root):
        return True
    dated = any(t.lower_ in _DATED or (t.pos_ == "NUM" and len(t.text) == 4) for t in doc)
    return (tense == "would" or (told and tense == "had")) and not dated


def calls_false(root: Token) -> bool:
    """Whether a sentence calls a claim false: `The claim that troops opened fire was contrary to the facts`."""
    false = any(t.lemma_.lower() in FALSE for t in (root, *root.children) if t.pos_ in ("ADJ", "NOUN"))
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubj:outer")), None)
    return false and subject is not None and subject.lemma_.lower() in sayings.CLAIMING


def _conditional(root: Token) -> bool:
    return any(
        c.dep_ == "advcl"
        and any(m.dep_ == "mark" and m.lower_ in ("if", "unless", "once", "until", "provided") for m in c.children)
        for c in root.children
    )


def _finite(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "ADV") and bool(_tense(token))


def _tense(root: Token) -> str:
    """The first auxiliary or copula of a clause, or its verb where that is itself `had` or `was`."""
    helps = [c for c in root.children if c.dep_ in ("aux", "aux:pass", "cop") and c.i < root.i]
    if helps:
        return helps[0].lower_
    return root.lower_ if root.pos_ in ("VERB", "AUX") else ""
