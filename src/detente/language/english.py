"""Sentences in, parses out: the shipped English model, whose parses read like those of any spaCy pipeline.

One encoder pass gives part-of-speech tags, a dependency tree (Universal Dependencies) and names. Only numpy,
onnxruntime, tokenizers and spaCy's tokenizer run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray

from detente.errors import ModelError
from detente.language.lemmas import Lemmas
from detente.language.names import BioDecoder
from detente.language.pieces import pieces
from detente.language.sessions import session
from detente.language.tree import best_tree
from detente.language.words import Doc
from detente.scale import side_by_side

FOLDER = Path(__file__).parent / "model"
FILES = ("english.onnx", "labels.npz", "labels.json", "lemmas.json", "tokenizer.json")
WINDOW = 256  # sentences sorted by length together
MAX_WORDS = 220  # longer sentences are parsed in chunks: the encoder has 512 positions

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the model says of one sentence of N words; heads count from 1, 0 is the root."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A sentence cut into words, each with whether a space follows."""

    words: list[str]
    spaces: list[bool]


class English:
    """The shipped model. Give it sentences; it answers with one `Doc` for each, in order."""

    def __init__(self, *, folder: Path = FOLDER, threads: int = 1) -> None:
        """Loads the model.

        Args:
            folder: Where the files of `FILES` lie.
            threads: Processor threads for one batch, 0 for all; several batches run side by side.

        Raises:
            ModelError: A file is missing or does not load.
        """
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"language model: got {folder} without {', '.join(missing)}, wanted the shipped files; "
                "reinstall detente or run `make train`"
            )
        self._session = session(folder / "english.onnx", threads=threads)
        self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        with np.load(folder / "labels.npz") as arrays:
            label = arrays["label"].astype(np.float32)  # (L, D, D)
        self._label_count = label.shape[0]
        self._label = np.ascontiguousarray(label.transpose(2, 0, 1).reshape(label.shape[2], -1))  # (D, L * D)
        self._pieces = pieces(folder / "tokenizer.json")
        self._bio = BioDecoder(self._labels["ner"])
        self._lemmas = Lemmas(folder / "lemmas.json")

    @cached_property
    def tokenizer(self) -> Any:
        """The spaCy tokenizer whose words the model was trained on."""
        return spacy.blank("en").tokenizer

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Analyses sentences given as words, one batch."""
        batch = self._pieces.batch(sentences)
        upos, xpos, ner, arcs, dependent, head = self._session.run(
            None, {"ids": batch.ids, "mask": batch.mask, "case": batch.case, "first": batch.first}
        )
        trees = [best_tree(arcs[i, : len(words) + 1, : len(words) + 1]) for i, words in enumerate(sentences)]
        relations = self._relations(dependent, head, trees)
        upos_names, xpos_names = self._labels["upos"], self._labels["xpos"]
        result = []
        for i, words in enumerate(sentences):
            n = len(words)
            result.append(
                Analysis(
                    upos=tuple([upos_names[t] for t in upos[i, 1 : n + 1].tolist()]),
                    xpos=tuple([xpos_names[t] for t in xpos[i, 1 : n + 1].tolist()]),
                    heads=tuple(trees[i][1:].tolist()),
                    relations=relations[i],
                    names=tuple(self._bio.decode(ner[i, 1 : n + 1])),
                )
            )
        return result

    def _relations(self, dependent: Floats, head: Floats, trees: Sequence[Ints]) -> list[tuple[str, ...]]:
        """Labels of the chosen arcs: d' V_l h for every label l, all words of the batch in one product."""
        words = np.concatenate([dependent[i, 1 : len(tree)] for i, tree in enumerate(trees)])  # (W, D)
        chosen = np.concatenate([head[i][tree[1:]] for i, tree in enumerate(trees)])  # (W, D)
        size = words.shape[1]
        sides = (chosen @ self._label).reshape(len(chosen), self._label_count, size)  # (W, L, D)
        best = np.matmul(sides, words[:, :, None])[:, :, 0].argmax(1).tolist()
        names = self._labels["dep"]
        result, at = [], 0
        for tree in trees:
            result.append(tuple(names[k] for k in best[at : at + len(tree) - 1]))
            at += len(tree) - 1
        return result

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parses sentences; long runs are sorted by length inside a window, answers keep the order."""
        window: list[Cut] = []
        for text in texts:
            window.append(self._cut(text))
            if len(window) == WINDOW:
                yield from self._read(window)
                window = []
        yield from self._read(window)

    def __call__(self, text: str) -> Doc:
        """Parses one sentence."""
        return self._read([self._cut(text)])[0]

    def _cut(self, text: str) -> Cut:
        tokens = self.tokenizer(text)
        return Cut(words=[t.text for t in tokens], spaces=[bool(t.whitespace_) for t in tokens])

    def _read(self, window: Sequence[Cut]) -> list[Doc]:
        """Parses tokenised sentences; the longer ones in chunks, all in batches of like length."""
        chunks = [(i, start) for i, cut in enumerate(window) for start in range(0, len(cut.words), MAX_WORDS)]
        words = [[_plain(w) for w in window[i].words[start : start + MAX_WORDS]] for i, start in chunks]
        parts: dict[int, list[tuple[int, Analysis]]] = {}
        parted = self._pieces.batches(words)
        analyses = side_by_side(lambda some: self.analyse([words[k] for k in some]), parted)
        for some, answers in zip(parted, analyses, strict=True):
            for k, analysis in zip(some, answers, strict=True):
                i, start = chunks[k]
                parts.setdefault(i, []).append((start, analysis))
        return [
            self._made(cut, [a for _, a in sorted(parts.get(i, ()), key=itemgetter(0))]) for i, cut in enumerate(window)
        ]

    def _made(self, cut: Cut, parts: Sequence[Analysis]) -> Doc:
        heads: list[int] = []
        root = 0
        for k, part in enumerate(parts):
            offset = len(heads)
            for position, h in enumerate(part.heads):
                here = offset + position
                heads.append(offset + h - 1 if h else (here if k == 0 else root))
                if h == 0 and k == 0:
                    root = here
        relations = [r for part in parts for r in part.relations]
        upos = [t for part in parts for t in part.upos]
        return Doc(
            words=cut.words,
            spaces=cut.spaces,
            tags=[t for part in parts for t in part.xpos],
            pos=upos,
            lemmas=[self._lemmas.of(w, upos=u) for w, u in zip(cut.words, upos, strict=True)],
            heads=heads,
            deps=["ROOT" if heads[i] == i else r for i, r in enumerate(relations)],
            ents=[t for part in parts for t in part.names],
        )


def _plain(word: str) -> str:
    """A run of white space, which spaCy keeps as a token, reads as a comma-like mark."""
    return word if word.strip() else "-"
