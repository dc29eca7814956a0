"""A frame and its arguments in, the parties out: who acted, on whom, and how each was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.coding.actors import Cast, Who, case_of
from detente.coding.arguments import Arguments, of_verb
from detente.language.words import Token
from detente.ontology.lexicon import Frame

_CIRCUMSTANTIAL = frozenset({"in", "at", "after", "over", "during", "amid", "despite", "since", "before", "following"})
_HAPPENINGS = frozenset(
    "protest attack strike raid response retaliation reaction war war-time conflict incident move decision row"
    " dispute crisis talk meeting summit conference visit speech statement interview letter".split()
)
_STRANGERS = frozenset({"foreign", "international", "coalition", "allied", "western"})
_WORSENINGS = frozenset({"cooling", "worsening", "souring", "deterioration", "breakdown"})
_LOCATIVE = ("in", "at", "near", "on", "over", "inside", "into", "against", "across", "from", "with", "to", "toward",
             "towards", "of", "along", "around", "for", "between")  # fmt: skip
_ACTING_THINGS = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "AID", "PROTEST", "RETREAT"})
_SYMMETRIC = frozenset(
    "meet talk clash agree fight cooperate co-operate negotiate sign confer exchange trade discuss collaborate"
    " war battle".split()
)


@dataclass(slots=True)
class Predicate:
    """One event found in a sentence: its frame, arguments and parties (`sides`: actor, recipient pairs)."""

    token: Token
    frame: Frame
    arguments: Arguments
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    reciprocal: bool
    how_actor: str
    how_recipient: str
    consumed: frozenset[int] = field(default_factory=frozenset)
    effect: str | None = None


def people(tokens: Sequence[Token], cast: Cast) -> tuple[Who, ...]:
    """Readings of tokens and of what is coordinated with them."""
    return tuple(w for t in tokens for w in cast.at(t))


def coded(whos: Sequence[Who]) -> tuple[Who, ...]:
    """Those of a known state or group."""
    return tuple(w for w in whos if w.entity.code)


def persons(whos: Sequence[Who]) -> tuple[Who, ...]:
    """Those that can act, known or not."""
    return tuple(w for w in whos if w.entity.code or w.kind != "thing")


def parties(frame: Frame, arguments: Arguments, cast: Cast, consumed: frozenset[int]) -> Predicate:
    """The predicate that a frame makes of a trigger's arguments."""
    actors, how_actor = _actors(frame, arguments, cast)
    reciprocal = "reciprocal" in frame.recipient
    recipients, how = _recipients(frame, arguments, cast, actors)
    if not actors and not recipients and arguments.subjects:
        made = Predicate(token=arguments.trigger, frame=frame, arguments=arguments, actors=(), recipients=(),
                         reciprocal=False, how_actor="none", how_recipient="none", consumed=consumed)  # fmt: skip
        return of_relation(made, arguments.objects, arguments, cast)
    if not actors and len({w.entity.text for w in recipients}) == 1 and len({w.entity.code for w in recipients}) == 2:
        actors, recipients = recipients[:1], recipients[1:]  # `their cooperation`, `both sides`: each towards the other
        reciprocal, how_actor, how = True, "both", "both"
    symmetric = reciprocal and (not recipients or arguments.reciprocal or how in ("prep:with", "prep:between", "both"))
    return Predicate(
        token=arguments.trigger,
        frame=frame,
        arguments=arguments,
        actors=actors,
        recipients=recipients,
        reciprocal=symmetric,
        how_actor=how_actor,
        how_recipient=how,
        consumed=consumed,
    )


def _actors(frame: Frame, arguments: Arguments, cast: Cast) -> tuple[tuple[Who, ...], str]:
    tokens = arguments.subjects
    if not tokens and frame.mode != "third-party":
        tokens = arguments.between
    whos = people(tokens, cast)
    chosen = tuple(w for w in whos if w.kind != "thing")
    if not chosen and frame.event in _ACTING_THINGS:
        chosen = coded(people([t for t in tokens if _premodified(t, cast)], cast))
    if chosen:
        return chosen, arguments.rule
    near = [t for t in tokens if _premodified(t, cast) and frame.event in _ACTING_THINGS]
    if coded(people(near, cast)):
        return coded(people(near, cast)), f"{arguments.rule}, thing of a state"
    made = [a for t in tokens for c in t.children if c.dep_ == "acl" for a in of_verb(c).subjects]
    if coded(people(made, cast)):  # `missiles fired by a drone of X`
        return coded(people(made, cast)), f"{arguments.rule}, agent of its participle"
    trigger = arguments.trigger
    if trigger.pos_ in ("NOUN", "PROPN"):
        own = coded(cast.own(trigger))
        if own and _premodified(trigger, cast):
            return own, "modifier of the event noun"
        for prep in ("from", "by", "of"):
            some = coded(people([t for case, t in arguments.obliques if case == prep], cast))
            if some and f"prep:{prep}" not in frame.recipient and not (prep == "of" and "of" in frame.recipient):
                return some, f"{prep} after the event noun"
    return (), "none"


def _premodified(noun: Token, cast: Cast) -> bool:
    """The noun's code comes from before it (`US strike`), not from `of` or `in` after it."""
    inside = {t.i for t in noun.subtree}
    return any(s.end <= noun.i and s.start in inside for s in cast.spots) or any(
        c.dep_ == "nmod:poss" for c in noun.children
    )


def _recipients(frame: Frame, arguments: Arguments, cast: Cast, actors: Sequence[Who]) -> tuple[tuple[Who, ...], str]:
    if "reciprocal" in frame.recipient and len({w.entity.code for w in actors if w.entity.code}) > 1:
        whos = tuple(w for w in _slot("prep:with", arguments, cast) if w.entity.code)
        return (whos, "prep:with") if whos else ((), "both")
    taken = {w.entity.text for w in actors}
    own = {w.entity.code for w in actors if w.entity.code}
    best: tuple[tuple[Who, ...], str] | None = None
    for slot in (*frame.recipient, "obj", "iobj"):
        whos = tuple(w for w in _slot(slot, arguments, cast) if w.entity.text not in taken or len(actors) > 1)
        others = tuple(w for w in coded(whos) if w.entity.code not in own and not _abroad(w))
        if others:
            return others, slot
        if best is None and persons(whos) and slot in ("obj", "iobj", frame.recipient[0]):
            best = (persons(whos), slot)
    acting = best is not None and any(w.kind in ("person", "body", "people") for w in best[0])
    if best is not None and acting and any(w.entity.code in own for w in best[0]):
        if frame.event not in ("SANCTION", "MOBILIZE", "RETREAT"):
            return best  # its own people: a matter inside the state
        best, acting = None, False  # `recalled its ambassador`, `sent its army`: those sent are not the other side
    if frame.event == "CONSULT" and "prep:in" not in frame.recipient:
        return best or ((), "none")  # where they met is not whom they met
    if best is not None and acting:
        fallback = _located(arguments, cast, actors, deep=False)
        return (fallback, "place") if fallback else best
    return _located(arguments, cast, actors, deep=bool(own)), "place"


def _event_noun(token: Token) -> bool:
    """A nominalised happening (`with the cooling of relations`) is a circumstance, not a party."""
    return token.lemma_.lower() in _WORSENINGS


def _slot(slot: str, arguments: Arguments, cast: Cast) -> tuple[Who, ...]:
    if slot == "obj":
        return people(arguments.objects, cast)
    if slot == "objposs":
        return people([c for t in arguments.objects for c in t.children if c.dep_ == "nmod:poss"], cast) or coded(
            people(arguments.objects, cast)
        )
    if slot == "iobj":
        return people(arguments.indirect, cast)
    if slot == "subj":
        return people(arguments.subjects, cast)
    if slot == "of":
        return people([t for case, t in arguments.obliques if case == "of"], cast)
    if slot == "mod":
        return coded(cast.own(arguments.trigger))
    if slot in ("xsubj", "xobj"):
        complement = arguments.clause if arguments.clause is not None else arguments.infinitive
        if complement is None:
            return ()
        inner = of_verb(complement)
        if slot == "xobj":
            return people(inner.objects or inner.indirect, cast)
        outer = {t.i for t in arguments.subjects}
        return people([t for t in (inner.objects if inner.passive else inner.subjects) if t.i not in outer], cast)
    if slot == "reciprocal":
        prepositions: tuple[str, ...] = ("with", "between", "among", "against", "to")
        for preposition in prepositions:
            whos = coded(people([t for case, t in arguments.obliques if case == preposition], cast))
            if whos:
                return whos
        return people(arguments.objects, cast)
    preposition = slot.removeprefix("prep:")
    tokens = [t for case, t in arguments.obliques if case.split(" ")[0] == preposition and not _event_noun(t)]
    if preposition in _CIRCUMSTANTIAL:
        tokens = [t for t in tokens if t.lemma_.lower() not in _HAPPENINGS]
    tokens = [t for t in tokens if not _of_strangers(t)]
    tokens = [t for t in tokens if not any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in t.children)]
    for token in arguments.objects:  # attachment is often unsure: `impose sanctions on Iran`
        tokens += [c for c in token.children if c.dep_.startswith("nmod") and case_of(c) == preposition]
    return people(tokens, cast)


def _abroad(who: Who) -> bool:
    """`foreign troops in X` are not X's."""
    words = set(who.entity.text.lower().split())
    return who.kind != "state" and bool(words & _STRANGERS)


def _of_strangers(token: Token) -> bool:
    """The place of `foreign troops` is not the side it is done to."""
    return any(c.lower_ in _STRANGERS for c in token.head.children if c.dep_ in ("amod", "compound"))


def _located(arguments: Arguments, cast: Cast, actors: Sequence[Who], *, deep: bool) -> tuple[Who, ...]:
    """A coded phrase that hangs on the trigger or its object by any preposition, other than the actor."""
    own = {w.entity.code for w in actors}
    tokens = [t for case, t in arguments.obliques if case.split(" ")[0] in _LOCATIVE and not _event_noun(t)]
    tokens = [t for t in tokens if t.lemma_.lower() not in _HAPPENINGS]
    for token in [*arguments.objects, *(t for _, t in arguments.obliques)]:
        tokens += [c for c in token.children if c.dep_.startswith("nmod") and not _of_strangers(c)]
    whos = [w for t in tokens for w in cast.at(t) if w.entity.code and w.entity.code not in own and not _abroad(w)]
    if not whos and deep:
        below = {t.i for s in arguments.subjects for t in s.subtree}
        inside = [t for t in arguments.trigger.subtree if t.i not in below and _same_clause(t, arguments.trigger)]
        whos = [
            w
            for t in inside
            if not _of_strangers(t)
            for w in cast.own(t)
            if w.entity.code and w.entity.code not in own and not _abroad(w)
        ]
        partner = next((w for w in whos if w.entity.code in cast.pair), None)
        return (partner,) if partner is not None else ()
    return tuple(whos[:1])


def _same_clause(token: Token, trigger: Token) -> bool:
    """Whether a token below the trigger belongs to its clause; what modifies its nouns does, other clauses do not."""
    outside = False
    while token.i != trigger.i:
        if token.dep_.startswith("acl"):
            outside = False
        elif token.dep_ in ("advcl", "ccomp", "parataxis", "csubj") or (token.dep_ == "conj" and token.pos_ == "VERB"):
            outside = True
        token = token.head
    return not outside


def is_symmetric(predicate: Predicate) -> bool:
    """Whether the event holds in both directions (they met, they clashed)."""
    return predicate.reciprocal or (
        predicate.token.lemma_.lower() in _SYMMETRIC and "reciprocal" in predicate.frame.recipient
    )


def of_relation(predicate: Predicate, patient: Sequence[Token], arguments: Arguments, cast: Cast) -> Predicate:
    """`relations between the two countries soured`: both sides stand in the phrase of the tie itself."""
    tokens = [*patient, *arguments.subjects]
    whos: list[Who] = []
    for token in tokens:
        whos += [w for w in cast.own(token) if w.entity.code]
        whos += [w for c in token.children if c.dep_ == "nmod:poss" for w in cast.own(c) if w.entity.code]
        for child in token.children:
            if child.dep_.startswith("nmod"):
                whos += [w for w in cast.at(child) if w.entity.code]
    codes = list(dict.fromkeys(w.entity.code for w in whos))
    if len(codes) >= 2:
        first = next(w for w in whos if w.entity.code == codes[0])
        second = next(w for w in whos if w.entity.code == codes[1])
        predicate.actors, predicate.recipients = (first,), (second,)
        predicate.reciprocal, predicate.how_actor, predicate.how_recipient = True, "parties of the tie", "both"
    elif len(codes) == 1 and not predicate.actors:
        predicate.actors = (next(w for w in whos if w.entity.code == codes[0]),)
        predicate.how_actor = "party of the tie"
    return predicate
