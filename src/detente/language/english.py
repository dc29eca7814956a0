"""Sentences in, parses out: the shipped English model behind a spaCy `Doc`.

One encoder pass gives part-of-speech tags, a dependency tree (Universal Dependencies) and names. Only numpy,
onnxruntime and tokenizers run; the `Doc` is a container that any spaCy pipeline could have filled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc

from detente.errors import ModelError
from detente.language.lemmas import Lemmas
from detente.language.names import BioDecoder
from detente.language.pieces import Pieces
from detente.language.tree import best_tree

FOLDER = Path(__file__).parent / "model"
FILES = ("english.onnx", "labels.npz", "labels.json", "lemmas.json", "tokenizer.json")
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


class English:
    """The shipped model. Give it sentences; it answers with one `Doc` for each, in order."""

    def __init__(self, *, folder: Path = FOLDER, threads: int = 0) -> None:
        """Loads the model.

        Args:
            folder: Where the files of `FILES` lie.
            threads: Processor threads for the encoder, 0 for all.

        Raises:
            ModelError: A file is missing or does not load.
        """
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"language model: got {folder} without {', '.join(missing)}, wanted the shipped files; "
                "reinstall detente or run `make train`"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(folder / "english.onnx"), options)
        except Exception as error:
            raise ModelError(f"language model: {folder / 'english.onnx'} does not load: {error}") from error
        self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        with np.load(folder / "labels.npz") as arrays:
            label = arrays["label"].astype(np.float32)  # (L, D, D)
        self._label_count = label.shape[0]
        self._label = np.ascontiguousarray(label.transpose(2, 0, 1).reshape(label.shape[2], -1))  # (D, L * D)
        self._pieces = Pieces(folder / "tokenizer.json")
        self._bio = BioDecoder(self._labels["ner"])
        self._lemmas = Lemmas(folder / "lemmas.json")

    @cached_property
    def tokenizer(self) -> Any:
        """The spaCy tokenizer whose words the model was trained on."""
        return spacy.blank("en")

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Analyses sentences given as words, one batch."""
        batch = self._pieces.batch(sentences)
        upos, xpos, ner, arcs, dependent, head = self._session.run(
            None, {"ids": batch.ids, "mask": batch.mask, "case": batch.case, "first": batch.first}
        )
        trees = [best_tree(arcs[i, : len(words) + 1, : len(words) + 1]) for i, words in enumerate(sentences)]
        relations = self._relations(dependent, head, trees)
        result = []
        for i, words in enumerate(sentences):
            n = len(words)
            result.append(
                Analysis(
                    upos=tuple(self._labels["upos"][t] for t in upos[i, 1 : n + 1]),
                    xpos=tuple(self._labels["xpos"][t] for t in xpos[i, 1 : n + 1]),
                    heads=tuple(int(h) for h in trees[i][1:]),
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
        best = np.einsum("wld,wd->wl", sides, words).argmax(1)
        names = self._labels["dep"]
        result, at = [], 0
        for tree in trees:
            result.append(tuple(names[k] for k in best[at : at + len(tree) - 1]))
            at += len(tree) - 1
        return result

    def pipe(self, texts: Iterable[str], *, batch_size: int = 32) -> Iterator[Doc]:
        """Parses sentences; long runs are sorted by length inside a window, answers keep the order."""
        window: list[Doc] = []
        for text in texts:
            window.append(self.tokenizer.make_doc(text))
            if len(window) == batch_size * 8:
                yield from self.fill(window, batch_size=batch_size)
                window = []
        yield from self.fill(window, batch_size=batch_size)

    def __call__(self, text: str) -> Doc:
        """Parses one sentence."""
        return self.fill([self.tokenizer.make_doc(text)])[0]

    def fill(self, docs: Sequence[Doc], *, batch_size: int = 32) -> list[Doc]:
        """Gives tokenised `docs` (one sentence each) their analysis; an empty one is returned as it is."""
        chunks = [
            (i, start)
            for i, doc in enumerate(docs)
            for start in range(0, len(doc), MAX_WORDS)
        ]  # fmt: skip
        order = sorted(chunks, key=lambda c: min(MAX_WORDS, len(docs[c[0]]) - c[1]))
        found: dict[tuple[int, int], Analysis] = {}
        for at in range(0, len(order), batch_size):
            some = order[at : at + batch_size]
            words = [[_plain(t.text) for t in docs[i][start : start + MAX_WORDS]] for i, start in some]
            found.update(zip(some, self.analyse(words), strict=True))
        parts: dict[int, list[Analysis]] = {}
        for i, start in chunks:
            parts.setdefault(i, []).append(found[i, start])
        return [self._filled(doc, parts[i]) if i in parts else doc for i, doc in enumerate(docs)]

    def _filled(self, doc: Doc, parts: Sequence[Analysis]) -> Doc:
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
        words = [t.text for t in doc]
        return Doc(
            doc.vocab,
            words=words,
            spaces=[bool(t.whitespace_) for t in doc],
            tags=[t for part in parts for t in part.xpos],
            pos=upos,
            lemmas=[self._lemmas.of(w, upos=u) for w, u in zip(words, upos, strict=True)],
            heads=heads,
            deps=["ROOT" if heads[i] == i else r for i, r in enumerate(relations)],
            ents=[t for part in parts for t in part.names],
        )


def _plain(word: str) -> str:
    """A run of white space, which spaCy keeps as a token, reads as a comma-like mark."""
    return word if word.strip() else "-"
