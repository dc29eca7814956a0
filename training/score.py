"""Parses and names against a treebank, in the terms of the CoNLL shared tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from detente.language.names import spans

Parsed = tuple[Sequence[str], Sequence[str], Sequence[int], Sequence[str], Sequence[str]]


def scores(gold: Iterable[dict], parsed: Iterable[Parsed]) -> dict[str, float]:
    """Percent right: upos, xpos, uas, las (with subtypes), and names F1 (micro, exact spans).

    `parsed` gives (upos, xpos, heads, relations, names) for each row of `gold`, with gold words.
    """
    n: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for row, (upos, xpos, heads, relations, bio) in zip(gold, parsed, strict=True):
        if "h" in row:
            for i in range(len(row["w"])):
                n["words"] += 1
                n["upos"] += upos[i] == row["u"][i]
                n["xpos"] += xpos[i] == row["x"][i]
                n["uas"] += heads[i] == row["h"][i]
                n["las"] += heads[i] == row["h"][i] and relations[i] == row["d"][i]
        if "n" in row:
            wanted, got = set(spans(row["n"])), set(spans(bio))
            for kind in ("PER", "ORG", "LOC"):
                w, g = ({s for s in side if s[2] == kind} for side in (wanted, got))
                names[kind, "right"] += len(w & g)
                names[kind, "size"] += len(w) + len(g)
    result = {key: round(100 * n[key] / n["words"], 2) for key in ("upos", "xpos", "uas", "las") if n["words"]}
    for kind in ("PER", "ORG", "LOC"):
        if names[kind, "size"]:
            result[f"names_{kind}"] = round(200 * names[kind, "right"] / names[kind, "size"], 2)
    total = sum(v for k, v in names.items() if k[1] == "size")
    if total:
        result["names"] = round(200 * sum(v for k, v in names.items() if k[1] == "right") / total, 2)
    return result
