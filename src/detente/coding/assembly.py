"""Predicates of one sentence in, claims out: parties paired, sized, dated, graded, and explained step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from detente.coding import dates, magnitudes, status
from detente.coding.actors import Who
from detente.coding.dates import Resolved
from detente.coding.predicates import Predicate, is_symmetric
from detente.coding.speech import Speakers, with_side
from detente.coding.status import Reality
from detente.coding.ties import kinds_in, tie_of
from detente.language.words import Doc, Token
from detente.ontology.lexicon import QUADS, Lexicon
from detente.ontology.scales import goldstein
from detente.records import REAL, Attribution, Claim, Entity, Magnitude, Precision, Sentence, Step, TieEffect

CODER = "detente-syntax-1"
_MAX_PAIRS = 3
_AIRBORNE = frozenset(
    "air aircraft aircrafts airplane airplanes jet jets warplane warplanes plane planes bomber bombers drone"
    " drones helicopter helicopters gunship gunships fighter-bombers airforce luftwaffe".split()
)
_PROMISES = frozenset({"promise", "pledge", "vow", "undertake", "offer", "commit", "guarantee"})
_HUMAN = frozenset({"deaths", "injured"})
_LIMITING = frozenset({"limit", "confine", "restrict", "reduce", "narrow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all claims of a sentence share."""

    sentence: Sentence
    doc: Doc
    outlet: str | None
    published: dt.date | None
    coded_at: dt.datetime
    lexicon: Lexicon
    speakers: Speakers

    def dates(self, *, future: bool = False) -> tuple[tuple[int, int, Resolved], ...]:
        """Dates in the sentence with their offsets, read as of what has been or, `future`, of what is to come."""
        return _dated(self.sentence.text, self.published, "future" if future else None)

    def magnitudes(self) -> tuple[tuple[int, int, Magnitude], ...]:
        """Sizes in the sentence with their offsets."""
        return _sized(self.sentence.text)


@lru_cache(maxsize=256)
def _dated(text: str, day: dt.date | None, tense: Literal["future"] | None) -> tuple[tuple[int, int, Resolved], ...]:
    return tuple(dates.find(text, published=day, tense=tense))


@lru_cache(maxsize=256)
def _sized(text: str) -> tuple[tuple[int, int, Magnitude], ...]:
    return tuple(magnitudes.find(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A claim with its trigger and reality, for links and predictions."""

    claim: Claim
    token: Token
    reality: Reality


def claims_of(predicate: Predicate, setting: Setting, *, rivals: Sequence[Predicate]) -> Iterator[Made]:
    """All claims one predicate makes: one a pair of parties, both ways where the event is symmetric."""
    reality = status.read(predicate.token, setting.lexicon)
    chain = setting.speakers.chain(predicate.token)
    tie = tie_of(predicate.arguments, event=predicate.frame.event, lexicon=setting.lexicon,
                 known=predicate.effect)  # fmt: skip
    for number, (actor, recipient) in enumerate(_pairs(predicate)):
        yield Made(
            claim=_claim(predicate, setting, reality, actor, recipient, tie=tie, chain=chain, rivals=rivals),
            token=predicate.token,
            reality=reality,
        )
        if (
            number == 0
            and tie is not None
            and tie.effect == "restricted"
            and predicate.token.lemma_.lower() in _LIMITING
        ):
            for kind in _kept(predicate, setting.lexicon):
                kept = TieEffect(kind=kind, effect="affirmed")
                yield Made(
                    claim=_claim(predicate, setting, reality, actor, recipient, tie=kept, chain=chain, rivals=rivals,
                                 event=("COOPERATE", None, "060")),
                    token=predicate.token,
                    reality=reality,
                )  # fmt: skip


def _kept(predicate: Predicate, lexicon: Lexicon) -> list[str]:
    """`limited to A, B and C`: the ties that stay."""
    words: list[Token] = []
    for case, token in predicate.arguments.obliques:
        if case == "to":
            words += list(token.subtree)
    return kinds_in(words, lexicon)


def _pairs(predicate: Predicate) -> list[tuple[Who | None, Who | None]]:
    actors, recipients = predicate.actors, predicate.recipients
    pairs: list[tuple[Who | None, Who | None]] = []
    codes = list(dict.fromkeys(w.entity.code for w in actors if w.entity.code))
    outside = [r for r in recipients if r.entity.code not in codes]
    if is_symmetric(predicate) and len(codes) >= 2 and not outside:
        for first in actors:
            pairs += [(first, second) for second in actors if second.entity.code != first.entity.code]
        return pairs[: _MAX_PAIRS + 1]
    acting: Sequence[Who | None] = actors or (None,)
    for actor in acting:
        some = [
            r
            for r in recipients
            if actor is None or (r.entity.text, r.entity.code) != (actor.entity.text, actor.entity.code)
        ]
        distinct = [r for r in some if actor is None or r.entity.code != actor.entity.code or not r.entity.code]
        chosen: Sequence[Who | None] = distinct or some or (None,)
        for recipient in chosen:
            pairs.append((actor, recipient))
    if is_symmetric(predicate):
        pairs += [(b, a) for a, b in pairs if a is not None and b is not None and b.entity.code]
    return _spread(pairs)[:_MAX_PAIRS]


def _spread(pairs: Sequence[tuple[Who | None, Who | None]]) -> list[tuple[Who | None, Who | None]]:
    """Each pair of codes once; pairs of two known codes first."""
    seen: set[tuple[str | None, ...]] = set()
    result = []
    for pair in sorted(pairs, key=lambda p: sum(w is None or not w.entity.code for w in p)):
        key = tuple((w.entity.code or w.entity.text) if w else None for w in pair)
        if key not in seen:
            seen.add(key)
            result.append(pair)
    return result


def _claim(
    predicate: Predicate,
    setting: Setting,
    reality: Reality,
    actor: Who | None,
    recipient: Who | None,
    *,
    tie: TieEffect | None,
    chain: Sequence[Attribution],
    rivals: Sequence[Predicate],
    event: tuple[str, str | None, str] | None = None,
) -> Claim:
    frame, token, sentence = predicate.frame, predicate.token, setting.sentence
    kind, mode, cameo = event or (frame.event, frame.mode, frame.cameo)
    if kind == "ASSAULT" and mode in ("heavy-weapons", "other", None) and actor is not None and _airborne(actor):
        mode, cameo = "aerial", "195"
    status_, probability = _graded(reality, event=kind, predicate=predicate)
    if tie is not None and tie.kind == "diplomacy" and recipient is not None and "REB" in recipient.entity.sectors:
        tie = TieEffect(kind="mediation", effect=tie.effect)  # talks with an armed group are not embassies
    date, end, precision, date_words = _date(predicate, setting, status_, rivals)
    parties = frozenset(w.entity.code for w in (actor, recipient) if w is not None and w.entity.code)
    start, stop = _clause(token)
    return Claim(
        article_id=sentence.article_id,
        span=(sentence.start + start, sentence.start + stop),
        sentence=sentence.text,
        trigger=token.text,
        actor=actor.entity if actor else Entity(text=""),
        recipient=recipient.entity if recipient else None,
        event=kind,
        mode=mode,
        cameo=cameo,
        quad=QUADS[kind],
        intensity=goldstein(cameo, setting.lexicon.goldstein),
        status=status_,
        probability=probability,
        date=date,
        end=end,
        precision=precision,
        place=_place(predicate),
        tie=tie,
        magnitudes=_magnitudes(predicate, setting, rivals, tie=tie, event=kind),
        attribution=with_side(chain, parties),
        outlet=setting.outlet,
        published=setting.published,
        confidence=_confidence(predicate, actor, recipient, reality),
        coder=CODER,
        coded_at=setting.coded_at,
        explanation=_steps(predicate, reality, actor, recipient, tie=tie, dated=(precision, date_words)),
        sequence=sentence.sequence,
    )


def _steps(
    predicate: Predicate,
    reality: Reality,
    actor: Who | None,
    recipient: Who | None,
    *,
    tie: TieEffect | None,
    dated: tuple[str, str],
) -> tuple[Step, ...]:
    """Which rule set which field, on which words."""
    token = predicate.token
    steps = [
        Step(field="event", rule=predicate.frame.where, words=token.text),
        Step(field="actor", rule=predicate.how_actor, words=actor.entity.text if actor else ""),
        Step(field="recipient", rule=predicate.how_recipient, words=recipient.entity.text if recipient else ""),
        Step(field="status", rule=reality.rule or "tense", words=reality.words),
    ]
    if dated[1]:
        steps.append(Step(field="date", rule=dated[0], words=dated[1]))
    if tie is not None:
        steps.append(Step(field="tie", rule=f"{tie.kind} {tie.effect}", words=token.text))
    if reality.hedge:
        steps.append(Step(field="probability", rule="hedge", words=reality.hedge))
    return tuple(steps)


def _airborne(actor: Who) -> bool:
    return bool(_AIRBORNE & set(actor.entity.text.lower().split()))


def _graded(reality: Reality, *, event: str, predicate: Predicate) -> tuple[str, tuple[float, float] | None]:
    """Status and the probability that the event comes; a negated forecast is turned round."""
    probability = reality.probability
    frame = predicate.frame
    if event == "REQUEST" and reality.status in REAL and frame.mode not in ("assist", "meet"):
        return "demanded", probability  # the word was spoken; what it asks for has not happened
    if event == "AGREE" and reality.status in REAL and frame.lemma in _PROMISES:
        return "promised", probability
    if event == "THREATEN" and reality.status in REAL:
        return "threatened", probability
    if reality.negated and reality.status in ("foretold", "planned", "promised", "announced"):
        if probability is not None and reality.status == "foretold" and reality.hedge not in (
            "unlikely", "hardly", "scarcely", "doubtful", "improbable",
        ):  # fmt: skip
            return "foretold", (round(1 - probability[1], 2), round(1 - probability[0], 2))
        if reality.status != "foretold":
            return "negated", None
    return reality.status, probability


def _clause(token: Token) -> tuple[int, int]:
    """Character span of the trigger's clause within the sentence."""
    words = [t for t in token.subtree if not t.is_space]
    if token.pos_ in ("NOUN", "PROPN") and token.head.pos_ == "VERB":
        words = [t for t in token.head.subtree if not t.is_space]
    while len(words) > 1 and words[-1].is_punct and words[-1].text in ".,;:!?":
        words.pop()
    first, last = min(words, key=lambda t: t.i), max(words, key=lambda t: t.i)
    return first.idx, last.idx + len(last)


def _distance(token: Token, at: int, doc: Doc) -> tuple[int, int]:
    """How far a character offset lies from a trigger in the tree: steps to a common ancestor, then words."""
    target = next((t for t in doc if t.idx <= at < t.idx + len(t) + len(t.whitespace_)), doc[-1])
    above = [token, *token.ancestors]
    index = {t.i: n for n, t in enumerate(above)}
    for steps, node in enumerate([target, *target.ancestors]):
        if node.i in index:
            return index[node.i] + (steps if index[node.i] else 0), abs(token.i - target.i)
    return 99, abs(token.i - target.i)


def _date(
    predicate: Predicate, setting: Setting, status_: str, rivals: Sequence[Predicate]
) -> tuple[dt.date | None, dt.date | None, Precision, str]:
    best: tuple[tuple[int, int], Resolved] | None = None
    for start, _, resolved in setting.dates(future=status_ not in REAL):
        if resolved.date is None or (resolved.future and status_ in REAL):
            continue
        if status_ not in REAL and resolved.precision == "before":
            continue
        near = _distance(predicate.token, start, setting.doc)
        if near[0] > 0 and any(
            _distance(r.token, start, setting.doc)[0] == 0 and _separate(r, predicate) for r in rivals
        ):
            continue
        if best is None or near < best[0]:
            best = (near, resolved)
    if best is not None:
        found = best[1]
        return found.date, found.end, found.precision, found.text
    if status_ in REAL and setting.published is not None:
        return setting.published, None, "before", ""
    return None, None, "unknown", ""


def _separate(rival: Predicate, predicate: Predicate) -> bool:
    """The date inside a rival's own clause does not date a predicate outside it, unless one holds the other."""
    if rival.token.i == predicate.token.i or predicate.token in rival.token.subtree:
        return False
    return rival.token not in predicate.token.subtree


def _magnitudes(
    predicate: Predicate, setting: Setting, rivals: Sequence[Predicate], *, tie: TieEffect | None, event: str
) -> tuple[Magnitude, ...]:
    found = []
    for start, _, magnitude in setting.magnitudes():
        if magnitude.kind in _HUMAN and event not in ("ASSAULT", "COERCE", "PROTEST"):
            continue
        if magnitude.kind == "money" and event in ("ASSAULT", "ACCUSE", "THREATEN") and tie is None:
            continue
        mine = _distance(predicate.token, start, setting.doc)
        others = [r for r in rivals if r.token.i != predicate.token.i]
        if magnitude.kind in _HUMAN:
            others = [r for r in others if r.frame.event == "ASSAULT"]
        if all(mine <= _distance(r.token, start, setting.doc) for r in others) or (
            magnitude.kind in _HUMAN and not others
        ):
            found.append(magnitude)
    return tuple(found)


def _place(predicate: Predicate) -> str | None:
    for case, token in predicate.arguments.obliques:
        if case in ("in", "at", "near", "on", "over") and token.ent_type_ == "LOC":
            ent = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
            return ent.text if ent is not None else token.text
    for token in predicate.arguments.objects:
        for child in token.children:
            if child.dep_.startswith("nmod") and child.ent_type_ == "LOC":
                ent = next((e for e in token.doc.ents if e.start <= child.i < e.end), None)
                return ent.text if ent is not None else child.text
    return None


def _confidence(predicate: Predicate, actor: Who | None, recipient: Who | None, reality: Reality) -> float:
    """A plain estimate until a trained one replaces it: how direct the path to each field was."""
    value = 0.9
    value -= 0.0 if actor and actor.entity.code else 0.15
    value -= 0.0 if recipient and recipient.entity.code else 0.15
    value -= 0.1 if predicate.how_recipient == "place" else 0.0
    value -= 0.25 if predicate.how_recipient == "the other state of the article" else 0.0
    value -= 0.1 if predicate.how_actor == "the event spoken of before" else 0.0
    value -= 0.1 if predicate.token.pos_ == "NOUN" else 0.0
    value -= 0.05 if not predicate.frame.needs else 0.0
    value -= 0.1 if "effects.csv" in predicate.frame.where else 0.0
    value -= 0.1 if actor and actor.kind == "thing" else 0.0
    value -= 0.05 if reality.status in ("hypothetical", "planned") else 0.0
    return round(max(0.1, value), 2)
