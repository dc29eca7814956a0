"""Words in, padded word-piece arrays out: the input of the shipped encoder.

The encoder's vocabulary is lower-cased, so the writing of a word (capitals, digits) reaches the network
as a small integer beside each piece, see `shape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from detente.errors import ModelError

MAX_PIECES = 254  # of 512 positions in the encoder; longer inputs keep one piece a word, then none
MAX_PIECES_PER_WORD = 8
SHAPES = 8

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


class Pieces:
    """Cuts words into the encoder's pieces; remembers every word it has cut."""

    def __init__(self, tokenizer: Path) -> None:
        """Loads `tokenizer`, a file of the `tokenizers` library."""
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._seen: dict[str, list[int]] = {}
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
        found = self._seen.get(word)
        if found is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            found = ids[:MAX_PIECES_PER_WORD] or [self._unknown]
            self._seen[word] = found
        return found

    def _row(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int], list[int]]:
        ids, case, first, owner = [self._start], [0], [0], [0]
        for number, word in enumerate(words, start=1):
            cut = self.cut(word)
            if len(ids) + len(cut) > MAX_PIECES:
                cut = cut[:1] if len(ids) < 510 else []
            if not cut:  # past the last position: the word shares the last piece
                first.append(len(ids) - 1)
                continue
            first.append(len(ids))
            ids += cut
            case += [shape(word)] * len(cut)
            owner += [number] * len(cut)
        return [*ids, self._end], [*case, 0], first, [*owner, 0]

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Pads `sentences` (each a list of words) into one batch."""
        rows = [self._row(words) for words in sentences]
        b = len(rows)
        p = max(len(row[0]) for row in rows)
        n = max(len(row[2]) for row in rows)
        ids, mask, case, owner = (np.zeros((b, p), np.int64) for _ in range(4))
        first = np.zeros((b, n), np.int64)
        words = np.zeros((b, n), np.bool_)
        for i, (row_ids, row_case, row_first, row_owner) in enumerate(rows):
            ids[i, : len(row_ids)] = row_ids
            mask[i, : len(row_ids)] = 1
            case[i, : len(row_case)] = row_case
            owner[i, : len(row_owner)] = row_owner
            first[i, : len(row_first)] = row_first
            words[i, : len(row_first)] = True
        return Batch(ids=ids, mask=mask, case=case, first=first, owner=owner, words=words)
