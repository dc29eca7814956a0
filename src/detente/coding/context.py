"""Predicates of a sentence and what the article knows in, completed predicates out.

An article names things once: `the attack`, `the army` and an ambassador called home `from there` are filled in here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.coding.actors import Who
from detente.coding.discourse import PRONOUNS
from detente.coding.predicates import RESULTS, Predicate
from detente.language.words import Token
from detente.ontology.lexicon import Lexicon
from detente.ontology.registers import Registers
from detente.records import Entity

_SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")
_WON = frozenset(
    "beat defeat defeated demolished thrashed routed crushed won win lost edged hammered drew held".split()
)
_PLAY = frozenset(
    "goal goals match cup semi final finals league striker midfielder goalkeeper coach innings wicket wickets test"
    " tournament olympic olympics medal half penalty kick rugby football soccer cricket tennis hockey basketball"
    " baseball boxing racket batsman bowler try tries scrum referee stadium pitch playoff championship champions score"
    " scored quarterback marathon sprint relay podium grid lap".split()
)
_BORDERS = frozenset({"border", "frontier", "line"})
_GENERIC = frozenset("attack raid strike assault operation incident bombing shelling clash ambush airstrike".split())
_RECALLED = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "CONSULT", "COERCE"})
_ORGANS = frozenset({"GOV", "MIL", "LEG", "SPY"})
_STATE_SECTORS = frozenset({"GOV", "MIL", "SPY", "LEG"})


def at_play(sentence: str) -> bool:
    """Whether a sentence is about sport: a score, or two words of the playing field."""
    words = set(re.findall(r"[a-z]+", sentence.lower()))
    return (bool(_SCORE.search(sentence)) and bool(words & _PLAY or words & _WON)) or len(words & _PLAY) >= 2


def main_pair(counts: Mapping[str, int], *, title: str | None) -> tuple[str, str] | None:
    """The two states an article is about, None when it is not about two.

    Args:
        counts: Mentions by state code, in the whole article.
        title: Unused words of weight are left to the counts; a title merely makes two mentions enough.
    """
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
    if len(top) < 2 or top[1][1] < (2 if title else 3):
        return None
    if top[0][1] + top[1][1] < 0.55 * sum(counts.values()):
        return None
    return top[0][0], top[1][0]


def at_home(found: Sequence[Predicate], home: str | None) -> None:
    """Gives bare organs of a state (`the cabinet`, `the army`) the article's home state, in place."""
    if home is None:
        return

    def settled(whos: tuple[Who, ...]) -> tuple[Who, ...]:
        return tuple(
            replace(w, entity=replace(w.entity, code=home))
            if not w.entity.code and not w.entity.name and set(w.entity.sectors) & _ORGANS and _bare(w)
            else w
            for w in whos
        )

    for predicate in found:
        predicate.actors, predicate.recipients = settled(predicate.actors), settled(predicate.recipients)


def _bare(who: Who) -> bool:
    """`The army`, `Parliament`, `The Foreign Ministry`: definite and unnamed, not `a minister` or `two officials`."""
    text = who.entity.text
    return text.lower().startswith("the ") or (who.kind == "body" and text[:1].isupper())


def partnered(found: Sequence[Predicate], main: tuple[str, str], registers: Registers) -> None:
    """Gives an act between states that names no other side the other state of the article's pair.

    `Quito called its envoy home` in an article on Ecuador and Colombia is done to Colombia. Acts that have a
    person or body of their own as recipient, and acts of violence, are left alone.
    """
    for predicate in found:
        codes = {w.entity.code for w in predicate.actors if w.entity.code}
        if not _interstate(predicate) or predicate.recipients or len(codes) != 1:
            continue
        own = next(iter(codes))
        if own not in main or not any(set(w.entity.sectors) <= _STATE_SECTORS for w in predicate.actors):
            continue
        other = main[1] if own == main[0] else main[0]
        name = registers.state_name(other)
        predicate.recipients = (Who(entity=Entity(text="", code=other, name=name), kind="state"),)
        predicate.how_recipient = "the other state of the article"


def _interstate(predicate: Predicate) -> bool:
    """Acts that are done to another state by their very nature, told by a clause of their own.

    Breaking or cutting ties, recalling envoys, closing borders, massing troops; not accusing, asking or refusing,
    which are done to anyone.
    """
    frame = predicate.frame
    if frame.event == "SANCTION":
        if not (frame.cameo.startswith("16") and (predicate.effect or frame.needs)):
            return False
    elif not (frame.event == "MOBILIZE" and any(t.lemma_ in _BORDERS for _, t in predicate.arguments.obliques)):
        return False
    if "thing of a state" in predicate.how_actor or predicate.token.dep_.startswith("acl"):
        return False
    return predicate.token.pos_ in ("VERB", "ADJ") and predicate.token.dep_ != "csubj"


def recalled(found: Sequence[Predicate], memory: dict[str, Predicate], lexicon: Lexicon) -> None:
    """Gives `the attack`, `the blockade` the parties of the last event of that type; remembers full ones.

    Args:
        found: The predicates of one sentence; those with a definite event noun and a missing side are completed.
        memory: Event type to its last predicate with both sides coded; grows.
        lexicon: Knows which nouns are words for an event.
    """
    for predicate in found:
        coded = [any(w.entity.code for w in side) for side in (predicate.actors, predicate.recipients)]
        before = memory.get(predicate.frame.event)
        nouns = [predicate.token, *(t for t in predicate.arguments.objects if t.i in predicate.consumed)]
        nouns += [t for t in predicate.arguments.subjects if _names(t, predicate.frame.event, lexicon)]
        definite = any(
            c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those")
            for noun in nouns
            if noun.pos_ == "NOUN"
            for c in noun.children
        )
        family = {n.lemma_.lower() for n in nouns}
        known_noun = before is not None and (
            before.token.lemma_.lower() in family or bool(family & _GENERIC) or predicate.frame.event != "ASSAULT"
        )
        same = known_noun and predicate.frame.event in _RECALLED and "effects.csv" not in predicate.frame.where
        if definite and same and before is not None and not all(coded):
            if not coded[0] and not coded[1]:
                predicate.actors, predicate.recipients = before.actors, before.recipients
            elif not coded[0] and {w.entity.code for w in predicate.recipients} & {
                w.entity.code for w in before.recipients
            }:
                predicate.actors = before.actors
            elif not coded[1] and {w.entity.code for w in predicate.actors} & {w.entity.code for w in before.actors}:
                predicate.recipients = before.recipients
            predicate.how_actor = predicate.how_recipient = "the event spoken of before"
        elif all(coded):
            memory[predicate.frame.event] = predicate


def _names(token: Token, event: str, lexicon: Lexicon) -> bool:
    """Whether a noun is itself a word for an event of that type (`the raid killed ...`)."""
    return any(f.event == event for f in lexicon.frames.get((token.lemma_.lower(), "n"), ()))


def worth(predicate: Predicate) -> bool:
    """Whether a predicate has parties enough to report: an actor that can act, or a coded one acted on."""
    actor_known = any(w.entity.code or w.kind in ("person", "body", "people", "state") for w in predicate.actors)
    actor_coded = any(w.entity.code for w in predicate.actors)
    recipient_coded = any(w.entity.code for w in predicate.recipients)
    composed = "effects.csv" in predicate.frame.where
    if composed and predicate.effect in ("affirmed", "opened", "restored"):
        return actor_coded and recipient_coded
    if not actor_known:
        return recipient_coded and (composed or predicate.frame.event in ("ASSAULT", "COERCE", "SANCTION"))
    if predicate.token.pos_ == "NOUN":  # a noun in passing needs both sides, one of them coded
        return bool(predicate.recipients) and (recipient_coded or actor_coded)
    if actor_coded or recipient_coded:
        return True
    sides = (predicate.actors, predicate.recipients)
    return not composed and all(
        any(w.kind in ("person", "body", "people") and w.entity.text.lower() not in PRONOUNS for w in side)
        for side in sides
    )


def fused(found: Sequence[Predicate]) -> list[Predicate]:
    """Joins a result without an agent to the deed beside it: `26 were killed when US forces shelled a post`.

    The deed keeps its trigger, type and actor and takes over the people killed as its recipient.
    """
    dropped: set[int] = set()
    for result in found:
        if result.token.lemma_.lower() not in RESULTS:
            continue
        if result.actors:
            deed = _manner(result, found)
            if deed is not None:
                if not any(w.entity.code for w in deed.recipients):
                    deed.recipients = result.recipients or deed.recipients
                dropped.add(result.token.i)
            continue
        for deed in found:
            if deed is result or deed.frame.event != "ASSAULT" or not deed.actors or not _beside(result, deed):
                continue
            if result.recipients and _same_side(result, deed):
                deed.recipients = result.recipients
                deed.frame = replace(deed.frame, recipient=("obj",))  # one side's dead make it one-sided
                deed.reciprocal, deed.how_recipient = False, f"people {result.token.lower_}"
                dropped.add(result.token.i)
            break
    return [p for p in found if p.token.i not in dropped]


def _manner(result: Predicate, found: Sequence[Predicate]) -> Predicate | None:
    """The deed of which `killing 14` is the outcome: `shelled the town, killing 14`."""
    coordinated = result.token.dep_ == "conj" and {w.entity.text for w in result.actors} != set()
    if not coordinated and (result.token.dep_ not in ("advcl", "xcomp", "acl") or result.token.tag_ != "VBG"):
        return None
    return next((d for d in found if d.frame.event == "ASSAULT" and d.token.i == result.token.head.i), None)


def _beside(result: Predicate, deed: Predicate) -> bool:
    return result.token in deed.token.ancestors or deed.token in result.token.ancestors


def _same_side(result: Predicate, deed: Predicate) -> bool:
    codes = {w.entity.code for w in deed.recipients if w.entity.code}
    return (
        not codes
        or bool(codes & {w.entity.code for w in result.recipients})
        or not any(w.entity.code for w in result.recipients)
    )
