"""Sentences in, event readings out: the shipped event model, bare or with an actor and a recipient marked.

`Bare` and `Marked` of `language.answers` are what it gives; training and design: `training/event_network.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError
from detente.language.answers import Asked, Bare, Floats, Marked, WordSpan
from detente.language.english import FOLDER, MAX_WORDS
from detente.language.pieces import pieces
from detente.language.sessions import session
from detente.scale import side_by_side

FILES = ("events.onnx", "events.npz", "events.json", "tokenizer.json")
_PAIRED = ("event", "mode", "status", "kind", "effect")
_WORDS = ("party", "trigger", "actor", "recipient", "left", "right")


class EventModel:
    """The shipped event model. All answers come in the order of the questions."""

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
                f"event model: got {folder} without {', '.join(missing)}, wanted the shipped files; "
                "reinstall detente or run `make train`"
            )
        self._session = session(folder / "events.onnx", threads=threads)
        with np.load(folder / "events.npz") as arrays:
            self._pair: Floats = arrays["pair"].astype(np.float32)  # (D + 1, D + 1)
        settings: dict[str, Any] = json.loads((folder / "events.json").read_text(encoding="utf-8"))
        self.labels: dict[str, list[str]] = {name: settings[name] for name in _PAIRED}
        self._temperatures: dict[str, float] = settings.get("temperatures", {})
        self._pieces = pieces(folder / "tokenizer.json")

    def bare(self, sentences: Sequence[Sequence[str]]) -> list[Bare]:
        """Readings of sentences given as words; of a long one, the first `MAX_WORDS` words are read."""
        words = [sentence[:MAX_WORDS] for sentence in sentences]
        found: dict[int, Bare] = {}
        parted = self._pieces.batches(words)
        answers = side_by_side(lambda some: self._run([words[i] for i in some], None, _WORDS), parted)
        for some, arrays in zip(parted, answers, strict=True):
            found.update((i, _bare(arrays, row, len(words[i]))) for row, i in enumerate(some))
        return [found[i] for i in range(len(sentences))]

    def marked(self, questions: Sequence[Asked]) -> list[Marked]:
        """What each question's sentence says of its two spans."""
        words = [question.words[:MAX_WORDS] for question in questions]
        found: dict[int, Marked] = {}
        parted = self._pieces.batches(words)
        answers = side_by_side(
            lambda some: self._run([words[i] for i in some], [_roles(questions[i]) for i in some], _PAIRED), parted
        )
        for some, arrays in zip(parted, answers, strict=True):
            chances = {name: self._softmax(name, arrays[name]).tolist() for name in _PAIRED}
            for row, i in enumerate(some):
                found[i] = Marked(
                    **{name: dict(zip(self.labels[name], chances[name][row], strict=True)) for name in _PAIRED}
                )
        return [found[i] for i in range(len(questions))]

    def pair_score(self, bare: Bare, actor: WordSpan, recipient: WordSpan) -> float:
        """Probability that something passes from one span to another, from a bare reading."""
        left, right = bare.left[slice(*actor)], bare.right[slice(*recipient)]
        if not len(left) or not len(right):
            return 0.0
        one = np.ones(1, np.float32)
        score = np.concatenate([left.mean(0), one]) @ self._pair @ np.concatenate([right.mean(0), one])
        return float(1 / (1 + np.exp(-score)))

    def _run(
        self, words: Sequence[Sequence[str]], marks: Sequence[Sequence[int]] | None, wanted: Sequence[str]
    ) -> dict[str, Floats]:
        """The outputs named in `wanted`; `marks` are the roles of the words, None where none has one."""
        batch = self._pieces.batch(words)
        if marks is None:
            roles = np.zeros_like(batch.owner)
        else:
            table = np.zeros((len(words), batch.first.shape[1]), np.int64)
            for i, row in enumerate(marks):
                table[i, 1 : len(row) + 1] = row
            roles = np.take_along_axis(table, batch.owner, axis=1)
            roles[batch.owner == 0] = 0
        inputs = {"ids": batch.ids, "mask": batch.mask, "case": batch.case, "roles": roles, "first": batch.first}
        return dict(zip(wanted, self._session.run(list(wanted), inputs), strict=True))

    def _softmax(self, name: str, logits: Floats) -> NDArray[np.float64]:
        scaled = logits.astype(np.float64) / self._temperatures.get(name, 1.0)
        raised = np.exp(scaled - scaled.max(-1, keepdims=True))
        chances: NDArray[np.float64] = raised / raised.sum(-1, keepdims=True)
        return chances


def _roles(question: Asked) -> list[int]:
    marks = [0] * min(len(question.words), MAX_WORDS)
    for role, span in ((2, question.recipient), (1, question.actor)):
        for i in range(*(span or (0, 0))):
            if i < len(marks):
                marks[i] = role
    return marks


def _bare(arrays: dict[str, Floats], row: int, n: int) -> Bare:
    def chances(name: str) -> Floats:
        logits = arrays[name][row, 1 : n + 1]
        raised = np.exp(logits - logits.max(-1, keepdims=True))
        found: Floats = raised / raised.sum(-1, keepdims=True)
        return found

    def chance(name: str) -> Floats:
        found: Floats = (1 / (1 + np.exp(-arrays[name][row, 1 : n + 1, 0]))).astype(np.float32)
        return found

    return Bare(
        party=chances("party"),
        trigger=chances("trigger"),
        actor=chance("actor"),
        recipient=chance("recipient"),
        left=arrays["left"][row, 1 : n + 1],
        right=arrays["right"][row, 1 : n + 1],
    )
