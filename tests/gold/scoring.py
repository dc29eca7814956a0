"""Scores codings against hand-made keys: which expected claims were found, and which of their fields are right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from detente.records import Claim, Entity

FIELDS = ("actor", "recipient", "event", "status")
ANALYSES = Path(__file__).parent / "analyses"

Key = dict[str, Any]


def analyses(pattern: str = "*.json") -> Iterator[tuple[Path, Key]]:
    """Each analysis' text file with its key, in order of name."""
    for path in sorted(ANALYSES.glob(pattern)):
        yield path.with_suffix(".txt"), json.loads(path.read_text(encoding="utf-8"))


def opening(text: str) -> str:
    return " ".join(text.lower().replace("“", "").replace("”", "").replace('"', "").split()[:4])


def right(claim: Claim, want: Key) -> dict[str, bool]:
    """Which of the four fields of a claim agree with the key."""
    return {
        "actor": _meant(claim.actor, want.get("actor")),
        "recipient": _meant(claim.recipient, want.get("recipient")),
        "event": claim.event in (want["event"], *want.get("also", ())),
        "status": claim.status in (want["status"], *want.get("also_status", ())),
    }


def _meant(entity: Entity | None, want: str | None) -> bool:
    """Whether an entity is the wanted state or group; a group may be coded by its home state under its own name."""
    if want is None:
        return True
    if entity is None:
        return False
    return entity.code == want or want.lower() in f"{entity.name} {entity.text}".lower().replace(".", "")


def best(claims: Sequence[Claim], want: Key) -> tuple[Claim | None, dict[str, bool]]:
    """The claim that stands for an expected one: same sentence, then same trigger, then most fields right."""
    near = [
        c for c in claims if opening(c.sentence) == opening(want["sentence"]) or want["sentence"][:25] in c.sentence
    ]
    if not near:
        return None, dict.fromkeys(FIELDS, False)
    trigger = want.get("trigger", "").lower()

    def rank(claim: Claim) -> tuple[int, int]:
        same = trigger in claim.trigger.lower() or claim.trigger.lower() in trigger
        return sum(right(claim, want).values()), int(same)

    chosen = max(near, key=rank)
    return chosen, right(chosen, want)


def recall(pairs: Iterable[tuple[Sequence[Claim], Key]]) -> dict[str, float]:
    """Share of expected claims found, by field and in all four fields together."""
    n: Counter[str] = Counter()
    for claims, want in pairs:
        _, fields = best(claims, want)
        n["expected"] += 1
        for field, ok in fields.items():
            n[field] += ok
        n["all"] += all(fields.values())
    return {key: round(n[key] / n["expected"], 3) for key in (*FIELDS, "all")} | {"expected": n["expected"]}
