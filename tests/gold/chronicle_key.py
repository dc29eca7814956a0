"""The key of the sample chronicle in, claims as a faultless coder would make them and measures of agreement out."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from detente.read.sentences import split
from detente.records import REAL, Article, Claim, Entity, Event

KEY = Path(__file__).parent / "chronicle" / "key.jsonl"
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
FITTED_UNTIL = dt.date(2011, 9, 30)
"""The weights of merging were fitted on dispatches up to this day; what follows is held out."""
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip

Row = dict[str, Any]


def key() -> list[Row]:
    """The lines of the key, one a dispatch."""
    return [json.loads(line) for line in KEY.read_text(encoding="utf-8").splitlines()]


def articles() -> dict[str, Article]:
    """The dispatches by their number in the chronicle."""
    found = {}
    text = (files("detente") / "chronicle" / "dispatches.jsonl").read_text(encoding="utf-8")
    for row in map(json.loads, text.splitlines()):
        found[row["id"]] = Article(
            text=row["text"], outlet=row["outlet"], title=row["title"], byline=row["byline"], retrieved=NOW,
            published=dt.date.fromisoformat(row["published"]),
        )  # fmt: skip
    return found


def standing(status: str) -> str:
    """A denial is a claim of its own: it is never the same event as what it denies."""
    return "denied" if status == "denied" else "said"


def mentions() -> list[tuple[Row, Claim, str]]:
    """Every event of the key with the claim that stands for it and the name of its happening."""
    texts, found = articles(), []
    for row in key():
        article = texts[row["id"]]
        sentences = split(article)
        for event in row["events"]:
            start = article.text.index(event["words"])
            sentence = next(s for s in sentences if s.start <= start < s.end)
            claim = Claim(
                article_id=article.id,
                span=(start, start + len(event["words"])),
                sentence=sentence.text,
                trigger=event["trigger"],
                actor=Entity(text=event["actor"], code=event["actor"]),
                recipient=Entity(text=event["recipient"], code=event["recipient"]),
                event=event["event"],
                status=event["status"],
                quad=QUADS[event["event"]],
                intensity=0.0,
                cameo="",
                date=dt.date.fromisoformat(event["date"]) if event["date"] else None,
                precision="day" if event["date"] else "unknown",
                outlet=article.outlet,
                published=article.published,
                sequence=sentence.sequence,
            )
            found.append((row, claim, f"{event['same']} {standing(event['status'])}"))
    return found


def clusters(events: Iterable[Event]) -> dict[str, str]:
    """The event that each claim stands in."""
    return {claim: event.id for event in events for claim in event.claims}


def bcubed(found: Mapping[Hashable, Hashable], wanted: Mapping[Hashable, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of B-cubed (Bagga and Baldwin 1998) over the items that both know."""
    items = [item for item in wanted if item in found]
    by_found, by_wanted = defaultdict(set), defaultdict(set)
    for item in items:
        by_found[found[item]].add(item)
        by_wanted[wanted[item]].add(item)
    both = [len(by_found[found[i]] & by_wanted[wanted[i]]) for i in items]
    precision = sum(n / len(by_found[found[i]]) for i, n in zip(items, both, strict=True)) / len(items)
    recall = sum(n / len(by_wanted[wanted[i]]) for i, n in zip(items, both, strict=True)) / len(items)
    return precision, recall, 2 * precision * recall / (precision + recall)


def linked(found: Mapping[Hashable, Hashable], wanted: Mapping[Hashable, Hashable]) -> tuple[int, int, int]:
    """Pairs joined by both, by `found` alone and by `wanted` alone: what B-cubed hides where most stand alone."""
    items = [item for item in wanted if item in found]
    counts = [0, 0, 0]
    for at, a in enumerate(items):
        for b in items[:at]:
            same = (found[a] == found[b], wanted[a] == wanted[b])
            if any(same):
                counts[0 if all(same) else (1 if same[0] else 2)] += 1
    return counts[0], counts[1], counts[2]


def matched(claims: Sequence[Claim], wanted: Claim) -> Claim | None:
    """The coded claim of the same article, parties and type whose trigger stands in the key's words, or None."""

    def fits(claim: Claim) -> bool:
        same = (claim.dyad, claim.event) == (wanted.dyad, wanted.event) or (
            claim.trigger.lower() == wanted.trigger.lower() and claim.dyad == wanted.dyad
        )
        overlap = claim.span[0] < wanted.span[1] and wanted.span[0] < claim.span[1]
        return (
            same
            and (overlap or claim.sentence == wanted.sentence)
            and (claim.status in REAL) == (wanted.status in REAL)
        )

    near = [c for c in claims if c.article_id == wanted.article_id and fits(c)]
    return min(near, key=lambda c: (abs(c.span[0] - wanted.span[0]), c.id), default=None)
