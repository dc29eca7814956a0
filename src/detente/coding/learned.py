"""The trained model beside the syntactic coder: what each says of a pair, joined into one answer.

The model answers for two marked spans; the syntactic coder names a trigger, parties and a status by rule. Where both
speak the chances of the types are joined (a product of experts with one weight, fitted on held-out sentences); where
only the model finds a pair, a claim is made of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from detente.language.answers import Asked, Bare, Marked, WordSpan
from detente.language.words import Doc, Token
from detente.ontology.lexicon import QUADS, Lexicon
from detente.ontology.scales import code_of, goldstein
from detente.ontology.tables import read_table
from detente.records import Claim, Span, Step, TieEffect

NOTHING = "NONE"
_SHOWN = 3
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "PRON", "NUM"})
_TELLING = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})


class Reader(Protocol):
    """The event model, as `detente.language.events.EventModel` is one."""

    def bare(self, sentences: Sequence[Sequence[str]]) -> list[Bare]:
        """Readings of sentences without marks."""
        ...

    def marked(self, questions: Sequence[Asked]) -> list[Marked]:
        """What passes between two marked spans."""
        ...

    def pair_score(self, bare: Bare, actor: WordSpan, recipient: WordSpan) -> float:
        """Chance that something passes from one span to the other."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The type, mode, status and tie of a pair after joining, with the chance of the type."""

    event: str
    mode: str | None
    status: str
    tie: tuple[str, str] | None
    chance: float
    why: tuple[Step, ...]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The fitted weights of the joining."""
    return {row["name"]: float(row["value"]) for row in read_table("stacking.csv", wanted=("name", "value"))}


def word_span(doc: Doc, span: Span) -> WordSpan | None:
    """The words that stand in a character span of the sentence, None where none does."""
    inside = [t.i for t in doc.within(*span) if not t.is_space]
    return (inside[0], inside[-1] + 1) if inside else None


def words_of(doc: Doc) -> tuple[str, ...]:
    """The words as the model reads them."""
    return tuple(t.text if t.text.strip() else "-" for t in doc)


def parties(bare: Bare, doc: Doc) -> list[WordSpan]:
    """Spans the model takes for parties: runs of words inside or beginning a party."""
    found: list[WordSpan] = []
    start: int | None = None
    for i, tag in enumerate(bare.party.argmax(1).tolist()):
        if start is not None and tag != 2:
            found.append((start, i))
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = i
    if start is not None:
        found.append((start, len(bare.party)))
    return [(a, b) for a, b in found if any(doc[i].pos_ in _NOMINAL for i in range(a, b))]


def proposals(bare: Bare, doc: Doc, reader: Reader, known: Sequence[tuple[WordSpan, WordSpan]]) -> list[
    tuple[WordSpan, WordSpan]
]:  # fmt: skip
    """Ordered pairs of parties between which something may pass, the likeliest first, without those `known`."""
    spans = parties(bare, doc)
    scored = []
    for actor in spans:
        for recipient in spans:
            if actor == recipient or any(overlap(actor, a) and overlap(recipient, r) for a, r in known):
                continue
            score = reader.pair_score(bare, actor, recipient)
            if score > weights()["propose"]:
                scored.append((score, actor, recipient))
    return [(a, r) for _, a, r in sorted(scored, key=lambda s: -s[0])[:6]]


def doers(bare: Bare, doc: Doc, known: Sequence[tuple[WordSpan, WordSpan | None]]) -> list[WordSpan]:
    """Parties that seem to act, beside those of the pairs `known`: something may pass from them to nobody named."""
    found = []
    for span in parties(bare, doc):
        chance = float(bare.actor[slice(*span)].mean())
        if chance > weights()["act"] and not any(overlap(span, actor) for actor, _ in known):
            found.append(span)
    return found


def overlap(a: WordSpan, b: WordSpan) -> bool:
    """Whether two spans share a word."""
    return a[0] < b[1] and b[0] < a[1]


def trigger(
    bare: Bare, doc: Doc, actor: WordSpan, recipient: WordSpan | None, *, taken: frozenset[int] = frozenset()
) -> Token | None:
    """The word that most likely tells what passes between the two: outside both, near and above them in the tree.

    Words that tell another deed already (`taken`) are chosen only where nothing else offers itself.
    """
    best: tuple[float, int] | None = None
    telling: list[float] = bare.trigger[:, 1:].sum(1).tolist()
    for token, told in zip(doc, telling, strict=False):  # the model reads the first words of a very long sentence
        if token.pos_ not in _TELLING or any(s and s[0] <= token.i < s[1] for s in (actor, recipient)):
            continue
        chance = told * (0.2 if token.i in taken else 1.0)
        if best is not None and chance < best[0] / 2.2:
            continue
        edges = token.left_edge.i, token.right_edge.i
        chance *= 1.0 + sum(0.5 for s in (actor, recipient) if s and edges[0] <= s[0] <= edges[1])
        chance /= 1.0 + 0.05 * min(abs(token.i - s[0]) for s in (actor, recipient) if s)
        if best is None or chance > best[0]:
            best = chance, token.i
    return doc[best[1]] if best is not None else None


def join(
    answer: Marked,
    *,
    syntax: Sequence[str],
    mode: str | None,
    status: str | None,
    tie: TieEffect | None,
    always: bool,
    hedged: bool = False,
) -> Joined:
    """Joins the model's answer with that of the syntactic coder for the same pair.

    Args:
        answer: What the model says of the pair.
        syntax: Types the syntactic coder names, the best first; may be empty.
        mode: Its mode for the first.
        status: Its status for the first, None where it names no type.
        tie: Its tie for the first.
        always: A relation must be named: NONE is no answer.
        hedged: The syntactic coder read a phrase of likelihood, so it has read the status of this very deed.
    """
    known = weights()
    chances = {event: p for event, p in answer.event.items() if not always or event != NOTHING}
    bound = (tie is not None or hedged) and not always  # read off more words than the trigger, and of this very pair
    for number, event in enumerate(syntax):
        chances[event] *= math.exp(known["syntax_bonus"] * (known["bound"] if bound else 1.0) / (1 + number))
    total = sum(chances.values())
    chances = {event: p / total for event, p in chances.items()}
    best = max(chances, key=lambda e: chances[e])
    limit = 1.0 if hedged else known["drop_bound" if bound else "drop_none"]
    if best == NOTHING and syntax and answer.event[NOTHING] <= limit:
        best = max((e for e in chances if e != NOTHING), key=lambda e: chances[e])
    modes = {m.partition("/")[2]: p for m, p in answer.mode.items() if m.startswith(f"{best}/")}
    own = syntax[0] if syntax else None
    chosen_mode = mode if own == best and mode else (max(modes, key=lambda m: modes[m]) if modes else None)
    said = max(answer.status, key=lambda s: answer.status[s])
    if status is not None and (answer.status[said] < known["status"] or status == said or hedged):
        said = status
    return Joined(
        event=best,
        mode=chosen_mode,
        status=said,
        tie=(tie.kind, tie.effect) if tie else _tie(answer),
        chance=chances[best],
        why=_steps(answer, syntax, best),
    )


def _tie(answer: Marked) -> tuple[str, str] | None:
    kind = max(answer.kind, key=lambda k: answer.kind[k])
    effects = {e: p for e, p in answer.effect.items() if e != "none"}
    if kind == "none" or answer.kind[kind] < weights()["tie"] or answer.effect["none"] > 0.5:
        return None
    return kind, max(effects, key=lambda e: effects[e])


def _steps(answer: Marked, syntax: Sequence[str], best: str) -> tuple[Step, ...]:
    top = sorted(answer.event.items(), key=lambda item: -item[1])[:_SHOWN]
    shown = ", ".join(f"{event} {p:.2f}" for event, p in top)
    named = ", ".join(dict.fromkeys(syntax)) or "nothing"
    return (Step(field="event", rule=f"model: {shown}; syntax: {named}; joined: {best}", words=""),)


def joined_as(joined: Joined, claim: Claim, chance: float) -> Joined:
    """The joined answer with type, mode and status as the rules have them, and the model's chance of that type.

    Rules that read two known parties are right about as often as not where the model doubts them: never below a half.
    """
    kept = Step(field="event", rule=f"two known parties, a doubtful model: {claim.event} of the rules stands", words="")
    return replace(
        joined, event=claim.event, mode=claim.mode, status=claim.status, chance=max(chance, 0.5),
        why=(*joined.why, kept),
    )  # fmt: skip


def confidence(joined: Joined) -> float:
    """Calibrated chance that type and parties are right (Platt scaling of the joined chance)."""
    p = min(max(joined.chance, 1e-4), 1 - 1e-4)
    value = weights()["scale"] * math.log(p / (1 - p)) + weights()["shift"]
    return round(1 / (1 + math.exp(-value)), 2)


def rewritten(claim: Claim, joined: Joined, lexicon: Lexicon) -> Claim:
    """The claim with the joined type, mode, status, tie and confidence; CAMEO follows where the type changed."""
    cameo = claim.cameo
    if joined.event != claim.event or ((joined.mode or "") != (claim.mode or "") and cameo.endswith("0")):
        cameo = code_of(joined.event, joined.mode)
    tie = claim.tie or (TieEffect(kind=joined.tie[0], effect=joined.tie[1]) if joined.tie else None)
    return replace(
        claim,
        event=joined.event,
        mode=joined.mode,
        cameo=cameo,
        quad=QUADS[joined.event],
        intensity=goldstein(cameo, lexicon.goldstein),
        status=joined.status,
        tie=tie,
        confidence=confidence(joined),
        explanation=(*claim.explanation, *joined.why),
    )
