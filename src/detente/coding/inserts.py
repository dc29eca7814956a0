"""A verb of saying in, the speaker that an insertion parts from it out: `the mayor, reached by telephone, said`.

Read from the words and their marks: a parser gives such a subject to the participle of the insertion, or to nothing.
"""

from __future__ import annotations

from detente.coding import sayings
from detente.language.words import Doc, Token

_LONGEST, _SPEAKER = 24, 12  # words
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_STOPS = frozenset(",;:.(–—-\"“”’'")
_RELATIVE = frozenset({"who", "which", "whose", "whom", "himself", "herself", "itself", "then", "now", "once"})
_OPENING = frozenset({"that", "and", "but", "while", "after", "when", "as", "before", "because", "although", "though"})


def parted(verb: Token) -> Token | None:
    """Head of the noun phrase before an insertion that ends right before the verb, None where there is none."""
    doc, end = verb.doc, verb.i - 1
    if verb.tag_ == "VBG":
        return None
    while end > 0 and (doc[end].pos_ == "AUX" or doc[end].pos_ == "ADV"):
        end -= 1
    if end < 3 or doc[end].text != ",":
        return None
    begin = next((t.i for t in reversed(doc[max(0, end - _LONGEST) : end]) if t.text == ","), None)
    while begin is not None and not _inserted(doc, begin, end):
        begin = next((t.i for t in reversed(doc[max(0, end - _LONGEST) : begin]) if t.text == ","), None)
    return _before(doc, begin) if begin else None


def _inserted(doc: Doc, begin: int, end: int) -> bool:
    first = doc[begin + 1]
    if begin + 1 >= end:
        return False
    if first.lower_ in _RELATIVE:
        return True
    reached = (
        first.tag_ == "VBD"
        and not sayings.verb_of_saying(first)
        and doc[begin + 2].pos_ in ("ADP", "ADV")
        and doc[begin + 2].tag_ != "RP"
    )
    if reached:  # `reached by telephone`, read as a tense
        return not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[begin + 2 : end])
    finite = any(t.pos_ in ("VERB", "AUX") and t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[begin + 1 : end])
    return (first.tag_ in ("VBN", "VBG") or first.pos_ == "ADP" or first.lower_ in ("also", "himself")) and not finite


def _before(doc: Doc, stop: int) -> Token | None:
    """The head of the phrase that ends before a comma and starts behind a mark or at a clause."""
    start = stop
    while start > 0 and stop - start <= _SPEAKER and doc[start - 1].text not in _STOPS and not doc[start - 1].is_space:
        if doc[start - 1].lower_ in _OPENING or doc[start - 1].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        start -= 1
    words = doc[start:stop]
    if not len(words) or words[0].pos_ in ("ADP", "VERB", "AUX"):
        return None
    heads = [t for t in words if t.pos_ in _NOMINAL and not start <= t.head.i < stop]
    heads = [t for t in heads if not any(c.dep_ == "case" and c.i < t.i and c.i >= start for c in t.children)]
    return heads[0] if heads else None


def leading(verb: Token) -> Token | None:
    """Head of the words between the start of a sentence, or a mark, and a verb: `Reports reaching here say`."""
    doc, start = verb.doc, verb.i
    while (
        start > 0 and verb.i - start <= _SPEAKER and doc[start - 1].text not in _STOPS and not doc[start - 1].is_space
    ):
        start -= 1
    words = doc[start : verb.i]
    if not len(words) or words[0].pos_ in ("ADP", "VERB", "AUX", "SCONJ", "CCONJ"):
        return None
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.lower_ in _RELATIVE for t in words):
        return None
    first = next((t for t in words if t.pos_ in _NOMINAL), None)
    while first is not None and first.dep_ in ("compound", "nmod:poss", "nmod:desc", "nmod") and start <= first.head.i:
        if not first.i < first.head.i < verb.i:
            break
        first = first.head
    return first
