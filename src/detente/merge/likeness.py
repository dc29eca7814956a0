"""Two tellings in, the log-odds that they tell one happening out, with every reason and its weight.

The decision is a logistic model: `ontology/merge_weights.csv` holds one weight for each feature, fitted by
`training/fit_merging.py` around stated values, so that odds above one to one mean *rather one happening than two*.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from detente.errors import OntologyError
from detente.merge.known import is_exact
from detente.ontology.tables import read_table
from detente.records import Claim

NEUTRAL_WORDS = 0.2
"""The likeness of words that says nothing: sentences on one pair and one day share about that much."""

ALIKE_SIZES = 1.15
UNLIKE_SIZES = 1.5
_STEM = 5
_LEAST = 4
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "after also been before being between could from have into more most must only other over said says some such than"
    " that their them then there these they this those told under until very were what when where which while will"
    " with would about against because during both each here itself more".split()
)
FEATURES = (
    "base", "same-day", "next-day", "near-day", "vague-day", "vague-week", "same-month", "same-year", "lasting",
    "still", "words", "same-trigger", "other-type", "same-place", "other-place", "same-size", "other-size", "same-tie",
    "other-mode", "other-person", "announced", "speech", "same-article", "other-trigger-same-sentence",
    "neutral-meaning",
)  # fmt: skip
SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
Odds = Mapping[str, float]


@lru_cache(maxsize=4)
def load_odds(table: str | Path = "merge_weights.csv") -> Odds:
    """The weight of each feature in log-odds; `table` alone means the file shipped in the ontology.

    Raises:
        OntologyError: A row is broken, or a feature is missing or unknown.
    """
    found: dict[str, float] = {}
    for row in read_table(table, wanted=("feature", "weight", "words")):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise OntologyError(f"{row.where}: weight: got {row['weight']!r}, wanted a number") from error
    if set(found) != set(FEATURES):
        wrong = ", ".join(sorted(set(found) ^ set(FEATURES)))
        raise OntologyError(f"{table}: got features that are missing or unknown ({wrong}), wanted each once")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one claim says, cut into what can be compared."""

    claim: Claim
    words: frozenset[str]
    trigger: str
    person: str | None
    place: str | None
    tie: str | None
    sizes: tuple[tuple[str, float], ...]
    meaning: tuple[float, ...] | None = None


def telling(claim: Claim, *, meaning: tuple[float, ...] | None = None) -> Telling:
    """The comparable parts of a claim; `meaning` is the unit vector of its sentence where an encoder is at hand."""
    own = stems(f"{claim.actor.text} {claim.recipient.text if claim.recipient else ''}")
    actor = claim.actor
    person = actor.name.lower() if actor.name and actor.name != actor.code and _is_person(claim) else None
    return Telling(
        claim=claim,
        words=stems(claim.sentence) - own,
        trigger=claim.trigger.lower()[:_STEM],
        person=person,
        place=claim.place.lower() if claim.place else None,
        tie=claim.tie.kind if claim.tie else None,
        sizes=tuple((f"{m.kind} {m.unit or ''} {m.per or ''}", m.value) for m in claim.magnitudes),
        meaning=meaning,
    )


def _is_person(claim: Claim) -> bool:
    """Whether the actor's text ends in the last word of its name, as a person's does (`Mr. Kerry`, `John Kerry`)."""
    name, text = claim.actor.name or "", claim.actor.text
    return " " in name and text.rstrip("'s").lower().endswith(name.rsplit(" ", 1)[-1].lower())


@lru_cache(maxsize=200_000)
def stems(text: str) -> frozenset[str]:
    """The first letters of the words that carry something, numbers whole.

    Examples:
        >>> sorted(stems("It attacked 2 posts; the attack went on"))
        ['2', 'attac', 'posts', 'went']
    """
    words = (w.lower() for w in _WORD.findall(text))
    return frozenset(w[:_STEM] for w in words if w.isdigit() or (len(w) >= _LEAST and w not in _STOP))


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of words in common, 0 to 1: the cosine of two sets (Ochiai 1957)."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def near(a: tuple[float, ...], b: tuple[float, ...], *, neutral: float) -> float:
    """Likeness of two unit vectors, 0 where their cosine is `neutral` or less, 1 where they are the same."""
    cosine = sum(x * y for x, y in zip(a, b, strict=True))
    return max(0.0, (cosine - neutral) / (1 - neutral))


@dataclass(slots=True, kw_only=True)
class Profile:
    """What the claims of one happening say together; grows while claims are placed, never leaves the placing."""

    tellings: list[Telling] = field(default_factory=list)
    words: list[frozenset[str]] = field(default_factory=list)
    meanings: list[tuple[float, ...]] = field(default_factory=list)
    triggers: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    statuses: set[str] = field(default_factory=set)
    spots: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)

    MOST_SENTENCES = 6

    def add(self, new: Telling) -> None:
        """Takes one more telling in."""
        claim = new.claim
        self.tellings.append(new)
        if len(self.words) < self.MOST_SENTENCES and new.words not in self.words:
            self.words.append(new.words)
        if new.meaning is not None and len(self.meanings) < self.MOST_SENTENCES:
            self.meanings.append(new.meaning)
        self.triggers.add(new.trigger)
        self.events.add(claim.event)
        self.statuses.add(claim.status)
        self.spots.setdefault(claim.article_id, {}).setdefault(claim.sentence, set()).add(new.trigger)
        for held, word in (
            (self.persons, new.person), (self.places, new.place), (self.ties, new.tie), (self.modes, claim.mode),
        ):  # fmt: skip
            if word:
                held.add(word)
        for kind, value in new.sizes:
            low, high = self.sizes.get(kind, (value, value))
            self.sizes[kind] = (min(low, value), max(high, value))


def compared(new: Telling, held: Profile, *, when: str, odds: Odds) -> tuple[tuple[str, float], ...] | None:
    """The features of a telling beside a profile, each with its log-odds; None where different ties forbid it.

    Args:
        new: The claim to place.
        held: What the happening's claims say so far.
        when: The feature that says how their days meet, such as `same-day`.
        odds: Weight of each feature.
    """
    claim = new.claim
    if new.tie and held.ties and new.tie not in held.ties:
        return None
    found = ["base", when]
    if claim.event not in held.events:
        found.append("other-type")
    if claim.event in SPEECH:
        found.append("speech")
    if claim.status == "ongoing" and not is_exact(claim):
        found.append("still")
    if new.trigger in held.triggers:
        found.append("same-trigger")
    if new.place and held.places:
        found.append("same-place" if new.place in held.places else "other-place")
    if new.tie and held.ties:
        found.append("same-tie")
    if claim.mode and held.modes and claim.mode not in held.modes and claim.event != "ASSAULT":
        found.append("other-mode")  # reports of one attack rarely agree on the weapon
    if new.person and held.persons and new.person not in held.persons:
        found.append("other-person")
    if (claim.status == "announced") is not ("announced" in held.statuses):
        found.append("announced")
    found += _sizes(new, held) + _spots(new, held)
    if "other-trigger-same-sentence" in found:
        return tuple((name, odds[name]) for name in found)  # its own words cannot speak for it
    alike = max((shared(new.words, words) for words in held.words), default=0.0)
    if new.meaning is not None and held.meanings:
        meanings = (near(new.meaning, m, neutral=odds["neutral-meaning"]) for m in held.meanings)
        alike = max(alike, *meanings)
    return (*((name, odds[name]) for name in found), ("words", odds["words"] * (alike - NEUTRAL_WORDS)))


def _sizes(new: Telling, held: Profile) -> list[str]:
    told = [(value, *held.sizes[kind]) for kind, value in new.sizes if kind in held.sizes]
    if not told:
        return []
    apart = min(max(low / value, value / high) if value > 0 < low else 1.0 for value, low, high in told)
    return ["same-size"] if apart <= ALIKE_SIZES else ["other-size"] if apart > UNLIKE_SIZES else []


def _spots(new: Telling, held: Profile) -> list[str]:
    sentences = held.spots.get(new.claim.article_id)
    if sentences is None:
        return []
    triggers = sentences.get(new.claim.sentence)
    if triggers is None:
        return ["same-article"]
    return [] if new.trigger in triggers else ["other-trigger-same-sentence"]


def probability(log_odds: float) -> float:
    """The probability that stands behind log-odds."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds >= 0 else 1 - 1 / (1 + math.exp(log_odds))
