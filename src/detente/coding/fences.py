"""A sentence in, the speakers set off by commas out: `..., Canada's ministry confirmed on Thursday`.

Read from the words alone. A parser takes the speaker at the end of a sentence for an object and its verb for a
participle often enough that the marks are the better witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.coding import asides, sayings
from detente.coding.quotations import Quoted
from detente.language.words import Doc, Token

_MARKS = frozenset(",;—–(\"”’'")
_ENDS = frozenset(',;.—–-:!?)"”')
_LONGEST, _TAIL = 16, 14  # words
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MISREAD = frozenset({"VBN", "NN", "NNS", "VB"})
_NO_START = frozenset({"ADP", "SCONJ", "CCONJ", "VERB", "AUX", "PUNCT"})
_ASIDE = sayings.ALWAYS_SAYING - sayings.NO_ASIDE | {"find", "boast", "announce", "learn", "understand"}
_OPEN_CLAUSE = frozenset("that to it he she they a an the".split())
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight night week month year morning"
    " afternoon evening later earlier late".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """One speaker with his verb between marks.

    Attributes:
        speaker: Head of the speaker's phrase.
        verb: The verb of saying.
        start: Token index of the first word of the speaker's phrase; `stop` is that of the closing mark.
        early: No clause stands before it, so that what follows is said too.
    """

    speaker: Token
    verb: Token
    start: int
    stop: int
    early: bool

    def spans(self, token: Token) -> bool:
        """Whether a word stands between the marks."""
        return self.start <= token.i < self.stop

    def holds(self, token: Token, *, freely: bool = False) -> bool:
        """Whether a word is part of what is said; `freely`: so is a clause of its own behind `and` or `after`."""
        doc = token.doc
        if self.spans(token):
            return False
        low, high = (token.i, self.start) if token.i < self.start else (self.stop, token.i)
        if any(t.text == ";" for t in doc[low:high]):
            return False
        if token.i < self.start:
            return True
        if self.stop + 2 >= len(doc) or doc[self.stop].text not in ",)—–":
            return False
        word, after = doc[self.stop + 1], doc[self.stop + 2]
        if self.early or word.lower_ == "that" or (word.pos_ == "CCONJ" and _goes_on(after)):
            return True
        return freely and word.pos_ in ("CCONJ", "ADP", "SCONJ", "PART")


def fences(doc: Doc, quoted: Quoted) -> Iterator[Fence]:
    """The speakers of a sentence that stand between marks with nothing but a verb of saying and its circumstances."""
    for verb in doc:
        if quoted.holds(verb.idx):
            continue
        inverted = _inverted(verb)
        if inverted is not None:
            yield inverted
            continue
        if not _says(verb):
            continue
        stop = _stop(verb)
        start = _start(verb)
        if stop is None or start is None:
            continue
        speaker = _speaker(doc, start, verb)
        if speaker is not None:
            yield Fence(speaker=speaker, verb=verb, start=start, stop=stop, early=_early(doc, start))


def _goes_on(token: Token) -> bool:
    """What follows `and` has no subject of its own: `..., he said, and would be punished`, `..., and that`."""
    return token.pos_ in ("AUX", "VERB", "ADV") or token.lower_ == "that"


def _early(doc: Doc, start: int) -> bool:
    return not any(t.tag_ in _FINITE and t.pos_ in ("VERB", "AUX") for t in doc[:start])


def _inverted(verb: Token) -> Fence | None:
    """`Israel, claims Damascus, shelled a village`, `..., say Lebanese officers.`: the speaker follows his verb."""
    doc, i = verb.doc, verb.i
    if verb.lemma_.lower() not in sayings.INVERTING or verb.tag_ in ("VBG", "VBN") or i < 2 or i + 1 >= len(doc):
        return None
    if doc[i - 1].text not in _MARKS or doc[i + 1].pos_ not in ("PROPN", "DET", "NOUN", "ADJ", "NUM"):
        return None
    stop = next((t.i for t in doc[i + 1 : i + 1 + _LONGEST] if t.text in _ENDS), len(doc))
    words = doc[i + 1 : stop]
    if stop - i > _LONGEST or any(t.pos_ in ("VERB", "AUX", "SCONJ") for t in words):
        return None
    if stop < len(doc) and doc[stop].text == "," and any(t.tag_ in _FINITE for t in doc[stop + 1 : stop + 3]):
        subject = any(c.dep_ == "nsubj" and c.i < i for c in verb.children)
        if subject or not _early(doc, i):
            return None  # `its ambassador, Luis Ortega, told the court`
    heads = [t for t in words if t.pos_ in _NOMINAL and not i < t.head.i < stop]
    heads = [t for t in heads if not any(c.dep_ == "case" and c.lower_ != "of" for c in t.children)]
    if not heads:
        return None
    return Fence(speaker=heads[0], verb=verb, start=i, stop=stop, early=_early(doc, i))


def _says(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if asides.went_on(verb) or (lemma == "read" and verb.i > 0 and verb.nbor(-1).lower_ in ("it", "statement")):
        return True
    if lemma not in _ASIDE:
        return False
    return verb.tag_ in _FINITE or (verb.tag_ in _MISREAD and (verb.lower_ != lemma or lemma in ("report", "say")))


def _stop(verb: Token) -> int | None:
    """Index of the mark that closes the fence; None where what is said follows the verb."""
    doc = verb.doc
    told = verb.lemma_.lower() in ("tell", "inform")
    first = verb.i + (2 if asides.went_on(verb) else 1)
    if first < len(doc) and not told and doc[first].lower_ in _OPEN_CLAUSE:
        return None
    for token in doc[first : first + _TAIL]:
        if token.text in _ENDS and token.text not in '"”':
            return token.i
        if token.lower_ in ("that", "how", "whether", "who", "which") or token.pos_ in ("AUX", "SCONJ"):
            return None
        if token.pos_ == "VERB" and token.tag_ in _FINITE:
            return None
        if token.i == first and not told and token.pos_ not in ("ADP", "ADV") and not _time(token):
            return None
    return len(doc) if first >= len(doc) else None


def _time(token: Token) -> bool:
    """`said Monday`, `said last night`, `said late on Friday`."""
    return token.lower_ in _TIMES or (token.i + 1 < len(token.doc) and token.nbor().lower_ in _TIMES)


def _start(verb: Token) -> int | None:
    """Index of the first word of the speaker's phrase, just behind a mark; None where there is none."""
    doc, at = verb.doc, verb.i
    while at > 0 and (doc[at - 1].pos_ == "ADV" or doc[at - 1].lower_ in ("has", "have", "had", "also")):
        at -= 1
    end = at
    while at > 0 and end - at < _LONGEST and doc[at - 1].text not in _MARKS:
        word = doc[at - 1]
        participle = word.tag_ == "VBD" and word.i + 1 < len(doc) and word.nbor().lower_ in ("by", "in", "at")
        if word.tag_ in _FINITE and word.pos_ in ("VERB", "AUX") and not participle:
            return None
        at -= 1
    if at in (0, end) or doc[at - 1].text not in _MARKS or doc[at].pos_ in _NO_START:
        return None
    if doc[at - 1].text in "'’" and doc[at - 1].pos_ != "PUNCT":
        return None
    return at if any(t.is_alpha for t in doc[:at]) else None


def _speaker(doc: Doc, start: int, verb: Token) -> Token | None:
    """The head of the words before the verb: the one that hangs on none of them, a name before a noun."""
    stop = verb.i
    heads = [t for t in doc[start:stop] if t.pos_ in _NOMINAL and not start <= t.head.i < stop]
    if not heads and doc[start].lower_ in ("he", "she", "it", "they"):
        return doc[start]
    return next((h for h in heads if h.dep_.startswith("nsubj") and h.head.i == verb.i), heads[0] if heads else None)
