"""Words in, padded word-piece arrays out: the input of the shipped encoder.

The encoder's vocabulary is lower-cased, so the writing of a word (capitals, digits) reaches the network
as a small integer beside each piece, see `shape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from detente.errors import ModelError

MAX_PIECES = 254  # of 512 positions in the encoder; longer inputs keep one piece a word, then none
MAX_PIECES_PER_WORD = 8
SHAPES = 8
_PIECES_A_BATCH = 768  # padding counted; larger ones fall out of the processor's cache
_MOST_WORDS_KEPT = 100_000
_MOST_ROWS_KEPT = 2_000

Ints = NDArray[np.int64]


def shape(word: str) -> int:
    """Classes the writing of a word: 1 lower, 2 Title, 3 UPPER, 4 miXed, 5 digits, 6 no letter, 7 one capital."""
    if not any(c.isalnum() for c in word):
        return 6
    if any(c.isdigit() for c in word):
        return 5
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 7
    rest = word[1:]
    return 2 if word[0].isupper() and rest == rest.lower() else 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One padded batch, B sentences of at most P pieces and N words (column 0 stands for the root).

    Attributes:
        ids: (B, P) word-piece ids.
        mask: (B, P) 1 where a piece is.
        case: (B, P) `shape` of the word a piece belongs to, 0 for special pieces.
        first: (B, N + 1) index of each word's first piece; column 0 points at the class token.
        owner: (B, P) number of the word a piece belongs to, counted from 1; 0 for special pieces and padding.
        words: (B, N + 1) True where a word (or the root) is.
    """

    ids: Ints
    mask: Ints
    case: Ints
    first: Ints
    owner: Ints
    words: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence of N words and P pieces, as lists; the fields are those of `Batch`."""

    ids: list[int]
    case: list[int]
    first: list[int]
    owner: list[int]


class Pieces:
    """Cuts words into the encoder's pieces; remembers every word it has cut, and the last sentences.

    A sentence is read by the parser, once without marks and once for every pair of parties in it.
    """

    def __init__(self, tokenizer: Path) -> None:
        """Loads `tokenizer`, a file of the `tokenizers` library."""
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._seen: dict[str, tuple[list[int], int]] = {}
        self._rows: dict[tuple[str, ...], Row] = {}
        self._start, self._end, self._unknown = (self._special(name) for name in ("[CLS]", "[SEP]", "[UNK]"))

    def _special(self, name: str) -> int:
        found = self._tokenizer.token_to_id(name)
        if found is None:
            raise ModelError(
                f"tokenizer: got one without {name}, wanted that of the shipped encoder; reinstall detente"
            )
        return found

    def cut(self, word: str) -> list[int]:
        """Piece ids of one word, at least one."""
        return self._cut(word)[0]

    def _cut(self, word: str) -> tuple[list[int], int]:
        """Piece ids of a word, and its shape."""
        found = self._seen.get(word)
        if found is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            if len(self._seen) >= _MOST_WORDS_KEPT:
                self._seen.clear()
            found = self._seen[word] = (ids[:MAX_PIECES_PER_WORD] or [self._unknown], shape(word))
        return found

    def row(self, words: Sequence[str]) -> Row:
        """The pieces of one sentence."""
        key = tuple(words)
        found = self._rows.get(key)
        if found is None:
            if len(self._rows) >= _MOST_ROWS_KEPT:
                self._rows.clear()
            found = self._rows[key] = self._row(key)
        return found

    def _row(self, words: Sequence[str]) -> Row:
        ids, case, first, owner = [self._start], [0], [0], [0]
        for number, word in enumerate(words, start=1):
            cut, kind = self._cut(word)
            if len(ids) + len(cut) > MAX_PIECES:
                cut = cut[:1] if len(ids) < 510 else []
            if not cut:  # past the last position: the word shares the last piece
                first.append(len(ids) - 1)
                continue
            first.append(len(ids))
            ids += cut
            case += [kind] * len(cut)
            owner += [number] * len(cut)
        return Row(ids=[*ids, self._end], case=[*case, 0], first=first, owner=[*owner, 0])

    def batches(self, sentences: Sequence[Sequence[str]]) -> list[list[int]]:
        """Numbers of the sentences in batches of like length, so that little is padded; the shortest first."""
        sizes = [len(self.row(words).ids) for words in sentences]
        found: list[list[int]] = []
        for i in sorted(range(len(sizes)), key=lambda i: sizes[i]):
            if found and (len(found[-1]) + 1) * sizes[i] <= _PIECES_A_BATCH:
                found[-1].append(i)
            else:
                found.append([i])
        return found

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Pads `sentences` (each a list of words) into one batch."""
        rows = [self.row(words) for words in sentences]
        b = len(rows)
        p = max(len(row.ids) for row in rows)
        n = max(len(row.first) for row in rows)
        ids, mask, case, owner = (np.zeros((b, p), np.int64) for _ in range(4))
        first = np.zeros((b, n), np.int64)
        words = np.zeros((b, n), np.bool_)
        for i, row in enumerate(rows):
            size, count = len(row.ids), len(row.first)
            ids[i, :size] = row.ids
            mask[i, :size] = 1
            case[i, :size] = row.case
            owner[i, :size] = row.owner
            first[i, :count] = row.first
            words[i, :count] = True
        return Batch(ids=ids, mask=mask, case=case, first=first, owner=owner, words=words)


@lru_cache(maxsize=4)
def pieces(tokenizer: Path) -> Pieces:
    """The one `Pieces` of a tokenizer's file: the parser and the event model cut the same words."""
    return Pieces(tokenizer)
