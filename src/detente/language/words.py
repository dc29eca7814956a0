"""A spaCy parse in, the same sentence as plain objects out: what the rules of the coder read.

The rules look at every word of a sentence many times over. spaCy keeps a sentence in C and makes an object anew for
each look; here each word is made once, with its strings and its place in the tree at hand. Names and meanings are
those of spaCy, so a rule reads the same on either.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc as SpacyDoc

_MOST_PASSES = 11
_place = attrgetter("idx")


class Token:
    """One word in its sentence; the fields are those of `spacy.tokens.Token`. Never changed once its `Doc` is made."""

    __slots__ = (
        "_subtree", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_space", "lefts",
        "lemma_", "lower_", "pos_", "rights", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    head: Token
    children: tuple[Token, ...]
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    _subtree: tuple[Token, ...] | None

    def __init__(self, doc: Doc, i: int, idx: int, *, text: str, tag: str, pos: str, lemma: str, dep: str,
                 space: str, ent: tuple[str, str]) -> None:  # fmt: skip
        """A word without its neighbours in the tree; `Doc` ties them."""
        self.doc, self.i, self.idx, self.text, self.lower_ = doc, i, idx, text, text.lower()
        self.tag_, self.pos_, self.lemma_, self.dep_, self.whitespace_ = tag, pos, lemma, dep, space
        self.ent_iob_, self.ent_type_ = ent
        self.is_space = text.isspace()
        self.children = self.lefts = self.rights = ()
        self._subtree = None

    def __len__(self) -> int:
        """Characters, without the space after it."""
        return len(self.text)

    def __repr__(self) -> str:
        """The word."""
        return self.text

    @property
    def is_punct(self) -> bool:
        """Whether it is all punctuation."""
        return _punctuation(self.text)

    @property
    def is_alpha(self) -> bool:
        """Whether it is all letters."""
        return self.text.isalpha()

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The word and all below it: what hangs to its left, itself, what hangs to its right."""
        if self._subtree is None:
            if self.children:
                left = [t for child in self.lefts for t in child.subtree]
                right = [t for child in self.rights for t in child.subtree]
                self._subtree = (*left, self, *right)
            else:
                self._subtree = (self,)
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """Heads, from the nearest up to the root."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    def nbor(self, by: int = 1) -> Token:
        """The word `by` places on.

        Raises:
            IndexError: The sentence does not go so far.
        """
        if not 0 <= self.i + by < len(self.doc.words):
            raise IndexError(f"word {self.i}: got a step of {by}, wanted one inside the sentence")
        return self.doc.words[self.i + by]

    @property
    def left_edge(self) -> Token:
        """The first word of its subtree."""
        return self.doc.words[self.doc.edges[self.i][0]]

    @property
    def right_edge(self) -> Token:
        """The last word of its subtree."""
        return self.doc.words[self.doc.edges[self.i][1]]


class Span:
    """Words [start, end) of a sentence, as `spacy.tokens.Span`; `label_` is the kind of a name."""

    __slots__ = ("doc", "end", "label_", "start", "words")

    def __init__(self, doc: Doc, start: int, end: int, *, label: str = "") -> None:
        """A stretch of `doc`."""
        self.doc, self.start, self.end, self.label_ = doc, start, end, label
        self.words = doc.words[start:end]

    @property
    def text(self) -> str:
        """Its words as they are written, without the space after the last."""
        if not self.words:
            return ""
        first, last = self.words[0], self.words[-1]
        return self.doc.text[first.idx : last.idx + len(last.text)]

    @property
    def root(self) -> Token:
        """The word nearest to the root of the sentence, of those that hang on a word outside; the first of several."""
        tops = [t for t in self.words if t.head is t] or [t for t in self.words if t.head not in self.words]
        return min(tops, key=lambda t: sum(1 for _ in t.ancestors))

    def __len__(self) -> int:
        """Words."""
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        """Its words in order."""
        return iter(self.words)

    def __getitem__(self, at: int) -> Token:
        """One of its words."""
        return self.words[at]

    def __reversed__(self) -> Iterator[Token]:
        """Its words from the last."""
        return reversed(self.words)


class Doc:
    """One parsed sentence, as `spacy.tokens.Doc`."""

    __slots__ = ("edges", "ents", "text", "words")

    def __init__(
        self,
        *,
        words: Sequence[str],
        spaces: Sequence[bool],
        tags: Sequence[str],
        pos: Sequence[str],
        lemmas: Sequence[str],
        heads: Sequence[int],
        deps: Sequence[str],
        ents: Sequence[str],
    ) -> None:
        """A sentence of N words from lists of N.

        Args:
            words: The words.
            spaces: Whether a space follows.
            tags: Penn tags.
            pos: Universal tags.
            lemmas: Lemmas.
            heads: Number of the word each hangs on, counted from 0; that of the root is its own.
            deps: Universal relations; that of the root is `ROOT`.
            ents: Names in BIO: `B-PER`, `I-PER`, `O`.
        """
        self.text = "".join(w + " " if space else w for w, space in zip(words, spaces, strict=True))
        self.words: list[Token] = []
        at = 0
        for i, word in enumerate(words):
            space = " " if spaces[i] else ""
            iob, _, kind = ents[i].partition("-")
            self.words.append(
                Token(self, i, at, text=word, tag=tags[i], pos=pos[i], lemma=lemmas[i], dep=deps[i], space=space,
                      ent=(iob, kind))
            )  # fmt: skip
            at += len(word) + len(space)
        self.edges = _edges(heads)
        _tie(self.words, heads)
        self.ents = _names(self)

    def within(self, start: int, end: int) -> list[Token]:
        """The words that share a character with [start, end) of the sentence."""
        first = max(0, bisect_right(self.words, start, key=_place) - 1)
        last = bisect_left(self.words, end, key=_place)
        return [t for t in self.words[first:last] if t.idx < end and t.idx + len(t.text) > start]

    def __len__(self) -> int:
        """Words."""
        return len(self.words)

    def __iter__(self) -> Iterator[Token]:
        """Its words in order."""
        return iter(self.words)

    def __reversed__(self) -> Iterator[Token]:
        """Its words from the last."""
        return reversed(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        """A word, or a stretch of words."""
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.words))
            return Span(self, start, max(start, end))
        return self.words[at]


def plain(doc: Doc | SpacyDoc) -> Doc:
    """The sentence as plain objects; one that already is comes back as it is."""
    if isinstance(doc, Doc):
        return doc
    tokens = list(doc)
    return Doc(
        words=[t.text for t in tokens],
        spaces=[bool(t.whitespace_) for t in tokens],
        tags=[t.tag_ for t in tokens],
        pos=[t.pos_ for t in tokens],
        lemmas=[t.lemma_ for t in tokens],
        heads=[t.head.i for t in tokens],
        deps=[t.dep_ for t in tokens],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in tokens],
    )


def behind(doc: Doc, length: int) -> Doc:
    """The sentence behind one more token of `length` spaces: every word stands where it stands in a longer text."""
    root = next((t.i for t in doc if t.head is t), 0)
    return Doc(
        words=[" " * length, *(t.text for t in doc)],
        spaces=[False, *(bool(t.whitespace_) for t in doc)],
        tags=["_SP", *(t.tag_ for t in doc)],
        pos=["SPACE", *(t.pos_ for t in doc)],
        lemmas=[" ", *(t.lemma_ for t in doc)],
        heads=[root + 1, *(t.head.i + 1 for t in doc)],
        deps=["punct", *(t.dep_ for t in doc)],
        ents=["O", *(f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc)],
    )


@lru_cache(maxsize=4096)
def _punctuation(text: str) -> bool:
    return all(unicodedata.category(c).startswith("P") for c in text)


def _tie(words: Sequence[Token], heads: Sequence[int]) -> None:
    """Gives every word its head and its children."""
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    for word, head in zip(words, heads, strict=True):
        word.head = words[head]
        if word.i < head:
            lefts.setdefault(head, []).append(word)
        elif word.i > head:
            rights.setdefault(head, []).append(word)
    for i, some in lefts.items():
        words[i].lefts = words[i].children = tuple(some)
    for i, some in rights.items():
        words[i].rights = tuple(some)
        words[i].children = (*words[i].lefts, *some)


def _edges(heads: Sequence[int]) -> list[tuple[int, int]]:
    """First and last word of each word's subtree, as spaCy reckons them: one pass each way.

    Where arcs cross two passes may miss a far edge of an inner word; they are run again only where the root does not
    reach the first word. So does spaCy, and the rules were measured on that.
    """
    first, last = list(range(len(heads))), list(range(len(heads)))
    order = range(len(heads))
    roots = [i for i in order if heads[i] == i]
    for _ in range(_MOST_PASSES):
        for i in (*order, *reversed(order)):
            head = heads[i]
            first[head] = min(first[head], first[i])
            last[head] = max(last[head], last[i])
        if not roots or min(first[root] for root in roots) == 0:
            break
    return list(zip(first, last, strict=True))


def _names(doc: Doc) -> tuple[Span, ...]:
    """The stretches of words that the BIO labels mark."""
    found = []
    start = 0
    words = doc.words
    for i, word in enumerate(words):
        if word.ent_type_ and word.ent_iob_ == "B":
            start = i
        if word.ent_type_ and (i + 1 == len(words) or words[i + 1].ent_iob_ != "I"):
            found.append(Span(doc, start, i + 1, label=word.ent_type_))
    return tuple(found)
