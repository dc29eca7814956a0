"""A parsed sentence and its cast in, event predicates out: which frame fits which trigger, with which parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from detente.coding.actors import Cast, Who, case_of
from detente.coding.arguments import Arguments, of_noun, of_verb
from detente.coding.ties import kind_of
from detente.ontology.lexicon import ANY_ENTITY, QUADS, Frame, Lexicon, Need

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a", "PROPN": "n"}
_LOCATIVE = ("in", "at", "near", "on", "over", "inside", "into", "against", "across", "from", "with", "to", "toward",
             "towards", "of", "along", "around", "for", "between")  # fmt: skip
_ACTING_THINGS = frozenset({"ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "AID", "PROTEST", "RETREAT"})
_SYMMETRIC = frozenset({"meet", "talk", "clash", "agree", "fight", "cooperate", "co-operate", "negotiate", "sign",
                        "confer", "exchange", "trade", "discuss", "collaborate", "war", "battle"})  # fmt: skip


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


def find(doc: Doc, cast: Cast, lexicon: Lexicon) -> list[Predicate]:
    """All event predicates of a sentence, outer ones first; a noun used up by a verb's frame is not found again."""
    found: list[Predicate] = []
    used: set[int] = set()
    for token in sorted(_triggers(doc), key=lambda t: (t.pos_ == "NOUN", t.i)):
        if token.i in used or _undone(token, lexicon):
            continue
        predicate = _read(token, cast, lexicon) or _composed(token, cast, lexicon)
        if predicate is None:
            continue
        used |= predicate.consumed
        found.append(predicate)
    return sorted(found, key=lambda p: p.token.i)


def _triggers(doc: Doc) -> Iterator[Token]:
    for token in doc:
        if token.pos_ == "AUX" and token.dep_ in ("aux", "aux:pass", "cop"):
            continue
        if token.pos_ in _POS and not (token.pos_ == "PROPN" and token.ent_type_):
            yield token


def _undone(token: Token, lexicon: Lexicon) -> bool:
    """A friendly event noun that a verb takes away: `reconsider its cooperation`, `cancelled the visit`."""
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in ("obj", "nsubj:pass"):
        return False
    frames = lexicon.frames.get((token.lemma_.lower(), "n"), ())
    effect = lexicon.effects.get(token.head.lemma_.lower())
    return effect in ("severed", "suspended", "restricted", "strained", "refused") and any(
        QUADS[f.event] <= 2 for f in frames
    )


def _frames(token: Token, lexicon: Lexicon) -> Sequence[Frame]:
    pos = _POS[token.pos_]
    lemma = token.lemma_.lower()
    frames = lexicon.frames.get((lemma, pos), ())
    if pos == "a" and token.tag_ in ("VBN", "VBG") and not frames:
        frames = lexicon.frames.get((lemma, "v"), ())
    return frames


def _read(token: Token, cast: Cast, lexicon: Lexicon) -> Predicate | None:
    frames = _frames(token, lexicon)
    if not frames or _idle(token):
        return None
    verbal = token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and _predicative(token))
    if token.pos_ == "ADJ" and not verbal:
        return None
    arguments = of_verb(token) if verbal else of_noun(token)
    for frame in frames:
        consumed: set[int] = set()
        if all(_holds(need, arguments, cast, consumed) for need in frame.needs):
            return _parties(frame, arguments, cast, frozenset(consumed))
    return None


# What an effect on a tie amounts to, where no frame of its own says so: event, mode, CAMEO code.
_COMPOSED = {
    "severed": ("SANCTION", "discontinue", "160"),
    "suspended": ("SANCTION", "discontinue", "160"),
    "restricted": ("SANCTION", "discontinue", "160"),
    "strained": ("SANCTION", None, "160"),
    "refused": ("REJECT", None, "120"),
    "restored": ("COOPERATE", None, "060"),
    "opened": ("COOPERATE", None, "060"),
    "affirmed": ("COOPERATE", None, "060"),
}
_CODES = {
    ("SANCTION", "diplomacy"): "161", ("SANCTION", "economic-aid"): "1621", ("SANCTION", "military-aid"): "1622",
    ("SANCTION", "trade"): "163", ("SANCTION", "mediation"): "165", ("SANCTION", "basing"): "160",
    ("COOPERATE", "trade"): "061", ("COOPERATE", "military-aid"): "062", ("COOPERATE", "intelligence"): "064",
    ("COOPERATE", "diplomacy"): "050",
}  # fmt: skip
_DEAR = frozenset({"pay", "cost", "charge"})


def _composed(token: Token, cast: Cast, lexicon: Lexicon) -> Predicate | None:
    """A word of effect beside a noun of a tie: `minimise the flights`, `the cooling of relations`."""
    if token.pos_ not in ("VERB", "NOUN") or _idle(token):
        return None
    lemma = token.lemma_.lower()
    effect = lexicon.effects.get(lemma)
    arguments = of_verb(token) if token.pos_ == "VERB" else of_noun(token)
    if lemma in _DEAR and any(c.lower_ in ("more", "extra", "dearly") for t in [token, *arguments.objects] for c in t.subtree):
        effect = "strained"
    if effect is None:
        return None
    kind = kind_of(arguments, lexicon)
    patient = arguments.objects if token.pos_ == "VERB" else [t for case, t in arguments.obliques if case in ("of", "in", "to")]
    if kind is None or (not patient and token.pos_ == "NOUN") or _checked(token, arguments, cast):
        return None
    if token.pos_ == "NOUN" and effect == "affirmed" and lemma not in ("continuation", "preservation"):
        return None
    event, mode, cameo = _COMPOSED[effect]
    frame = Frame(
        lemma=lemma, pos="v" if token.pos_ == "VERB" else "n", needs=(), event=event, mode=mode,
        cameo=_CODES.get((event, kind), cameo), recipient=("prep:with", "prep:to", "prep:from", "objposs", "prep:between",
                                                           "prep:in", "prep:of", "reciprocal"),
        where=f"effects.csv {effect} + ties.csv {kind}",
    )  # fmt: skip
    used = frozenset(t.i for t in patient)
    if lemma in _DEAR:
        used |= frozenset(c.i for c in token.subtree if c.pos_ in ("VERB", "NOUN") and c.i != token.i)
    predicate = _parties(frame, arguments, cast, used)
    predicate.effect, predicate.reciprocal = effect, False
    codes = {w.entity.code for w in predicate.recipients if w.entity.code}
    if not predicate.actors and (not codes or len(codes) > 1):
        predicate = _of_relation(predicate, patient, arguments, cast)
    return predicate


def _checked(token: Token, arguments: Arguments, cast: Cast) -> bool:
    """`this may not stop X from ...`: the verb holds back another one, or no party acts at all."""
    if any(c.dep_ == "advcl" and c.tag_ == "VBG" and any(m.lower_ == "from" for m in c.children) for c in token.children):
        return True
    subjects = arguments.subjects
    return token.pos_ == "VERB" and bool(subjects) and bool(arguments.objects) and not _persons(_people(subjects, cast))


def _of_relation(predicate: Predicate, patient: Sequence[Token], arguments: Arguments, cast: Cast) -> Predicate:
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


def _predicative(token: Token) -> bool:
    return token.dep_ in ("ROOT", "ccomp", "xcomp", "conj", "advcl", "parataxis", "acl:relcl") or any(
        c.dep_ == "cop" for c in token.children
    )


def _idle(token: Token) -> bool:
    """Uses that report nothing: a noun that only modifies another noun (`attack helicopter`)."""
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "nmod:unmarked") and token.head.pos_ != "VERB"


def _lemmas(token: Token) -> set[str]:
    return {token.lemma_.lower(), token.lower_}


def _all(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with their conjuncts."""
    found = list(tokens)
    for token in tokens:
        found += [c for c in token.subtree if c.dep_ == "conj" and c.head.i in {t.i for t in found}]
    return found


def _holds(need: Need, arguments: Arguments, cast: Cast, consumed: set[int]) -> bool:
    if need.kind == "prt":
        cases = {word for case, _ in arguments.obliques for word in case.split(" ")}
        return bool((arguments.particles | cases) & need.words)
    if need.kind == "noobj":
        return not arguments.objects
    if need.kind == "obj":
        return _passes(arguments.objects, need.words, cast, consumed)
    if need.kind == "subj":
        return _passes(arguments.subjects, need.words, cast, set())
    if need.kind == "prep":
        return any(set(case.split(" ")) & need.words for case, _ in arguments.obliques)
    if need.kind == "pobj":
        preps = set(need.prep.split("|"))
        tokens = [t for case, t in arguments.obliques if set(case.split(" ")) & preps]
        return _passes(tokens, need.words, cast, consumed)
    if need.kind == "of":
        tokens = [t for case, t in arguments.obliques if case == "of"]
        tokens += [c for c in arguments.trigger.children if c.dep_ == "compound"]  # `aid suspension`
        return _passes(tokens, need.words, cast, consumed)
    if need.kind == "mod":
        return _modified(arguments.trigger, need.words, cast)
    complement = arguments.clause if need.kind == "ccomp" else arguments.infinitive or arguments.clause
    if complement is None or (need.kind == "xcomp" and need.words and not _lemmas(complement) & need.words):
        return False
    return need.kind == "ccomp" or arguments.infinitive is not None or _mandative(complement)


def _mandative(clause: Token) -> bool:
    """`insists that X leave` or `must leave`: a demand in a finite clause."""
    helpers = {c.lemma_.lower() for c in clause.children if c.dep_.startswith("aux")}
    return clause.tag_ == "VB" and not helpers - {"must", "should", "be", "have"} or bool(helpers & {"must", "should"})


def _passes(tokens: Sequence[Token], words: frozenset[str], cast: Cast, consumed: set[int]) -> bool:
    for token in _all(tokens):
        if not words or _lemmas(token) & words:
            consumed.add(token.i)
            return True
        if ANY_ENTITY in words and any(w.kind != "thing" or w.entity.code for w in cast.own(token)):
            return True
    return False


def _modified(token: Token, words: frozenset[str], cast: Cast) -> bool:
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod:poss", "nmod", "acl", "nummod", "det") and _lemmas(child) & words:
            return True
    return False


# -- parties ------------------------------------------------------------------------------------------------------


def _people(tokens: Sequence[Token], cast: Cast) -> tuple[Who, ...]:
    return tuple(w for t in tokens for w in cast.at(t))


def _coded(whos: Sequence[Who]) -> tuple[Who, ...]:
    return tuple(w for w in whos if w.entity.code)


def _persons(whos: Sequence[Who]) -> tuple[Who, ...]:
    return tuple(w for w in whos if w.entity.code or w.kind != "thing")


def _parties(frame: Frame, arguments: Arguments, cast: Cast, consumed: frozenset[int]) -> Predicate:
    actors, how_actor = _actors(frame, arguments, cast)
    reciprocal = "reciprocal" in frame.recipient
    recipients, how = _recipients(frame, arguments, cast, actors)
    if not actors and not recipients and arguments.subjects:
        made = Predicate(token=arguments.trigger, frame=frame, arguments=arguments, actors=(), recipients=(),
                         reciprocal=False, how_actor="none", how_recipient="none", consumed=consumed)  # fmt: skip
        return _of_relation(made, arguments.objects, arguments, cast)
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
    whos = _people(tokens, cast)
    chosen = tuple(w for w in whos if w.kind != "thing" or (w.entity.code and frame.event in _ACTING_THINGS))
    if chosen:
        return chosen, arguments.rule
    if whos and _coded(whos):
        return _coded(whos), f"{arguments.rule}, thing of a state"
    trigger = arguments.trigger
    if trigger.pos_ in ("NOUN", "PROPN"):
        own = _coded(cast.own(trigger))
        if own and _premodified(trigger, cast):
            return own, "modifier of the event noun"
        for prep in ("from", "by", "of"):
            some = _coded(_people([t for case, t in arguments.obliques if case == prep], cast))
            if some and f"prep:{prep}" not in frame.recipient and not (prep == "of" and "of" in frame.recipient):
                return some, f"{prep} after the event noun"
    return (), "none"


def _premodified(noun: Token, cast: Cast) -> bool:
    """The noun's code comes from before it (`US strike`), not from `of` or `in` after it."""
    return any(s.start < noun.i and noun.i - s.end <= 4 for s in cast.spots if s.end <= noun.i) or any(
        c.dep_ == "nmod:poss" for c in noun.children
    )


def _recipients(
    frame: Frame, arguments: Arguments, cast: Cast, actors: Sequence[Who]
) -> tuple[tuple[Who, ...], str]:
    if "reciprocal" in frame.recipient and len({w.entity.code for w in actors if w.entity.code}) > 1:
        whos = tuple(w for w in _slot("prep:with", arguments, cast) if w.entity.code)
        return (whos, "prep:with") if whos else ((), "both")
    taken = {w.entity.text for w in actors}
    own = {w.entity.code for w in actors if w.entity.code}
    best: tuple[tuple[Who, ...], str] | None = None
    for slot in (*frame.recipient, "obj", "iobj"):
        whos = tuple(w for w in _slot(slot, arguments, cast) if w.entity.text not in taken or len(actors) > 1)
        others = tuple(w for w in _coded(whos) if w.entity.code not in own)
        if others:
            return others, slot
        if best is None and _persons(whos) and slot in ("obj", "iobj", frame.recipient[0]):
            best = (_persons(whos), slot)
    if best is not None and any(w.kind in ("person", "body", "people") for w in best[0]):
        fallback = _located(arguments, cast, actors)
        if not fallback:
            return best
        return fallback, "place"
    return _located(arguments, cast, actors), "place"


def _event_noun(token: Token, lexicon_effects: frozenset[str] = frozenset({"cooling", "deterioration", "breakdown"})) -> bool:
    """A nominalised happening (`with the cooling of relations`) is a circumstance, not a party."""
    return token.lemma_.lower() in lexicon_effects


def _slot(slot: str, arguments: Arguments, cast: Cast) -> tuple[Who, ...]:
    if slot == "obj":
        return _people(arguments.objects, cast)
    if slot == "objposs":
        return _people([c for t in arguments.objects for c in t.children if c.dep_ == "nmod:poss"], cast) or _coded(
            _people(arguments.objects, cast)
        )
    if slot == "iobj":
        return _people(arguments.indirect, cast)
    if slot == "subj":
        return _people(arguments.subjects, cast)
    if slot == "of":
        return _people([t for case, t in arguments.obliques if case == "of"], cast)
    if slot == "mod":
        return _coded(cast.own(arguments.trigger))
    if slot in ("xsubj", "xobj"):
        complement = arguments.clause if arguments.clause is not None else arguments.infinitive
        if complement is None:
            return ()
        inner = of_verb(complement)
        if slot == "xobj":
            return _people(inner.objects or inner.indirect, cast)
        outer = {t.i for t in arguments.subjects}
        return _people([t for t in (inner.objects if inner.passive else inner.subjects) if t.i not in outer], cast)
    if slot == "reciprocal":
        prepositions: tuple[str, ...] = ("with", "between", "among", "against", "to")
        for preposition in prepositions:
            whos = _coded(_people([t for case, t in arguments.obliques if case == preposition], cast))
            if whos:
                return whos
        return _people(arguments.objects, cast)
    preposition = slot.removeprefix("prep:")
    tokens = [t for case, t in arguments.obliques if case.split(" ")[0] == preposition and not _event_noun(t)]
    for token in arguments.objects:  # attachment is often unsure: `impose sanctions on Iran`
        tokens += [c for c in token.children if c.dep_.startswith("nmod") and case_of(c) == preposition]
    return _people(tokens, cast)


def _located(arguments: Arguments, cast: Cast, actors: Sequence[Who]) -> tuple[Who, ...]:
    """A coded phrase that hangs on the trigger or its object by any preposition, other than the actor."""
    own = {w.entity.code for w in actors}
    tokens = [t for case, t in arguments.obliques if case.split(" ")[0] in _LOCATIVE and not _event_noun(t)]
    for token in [*arguments.objects, *(t for _, t in arguments.obliques)]:
        tokens += [c for c in token.children if c.dep_.startswith("nmod")]
    whos = [w for t in tokens for w in cast.at(t) if w.entity.code and w.entity.code not in own]
    if not whos:
        below = {t.i for s in arguments.subjects for t in s.subtree}
        inside = [t for t in arguments.trigger.subtree if t.i not in below and t.i != arguments.trigger.i]
        whos = [w for t in inside for w in cast.own(t) if w.entity.code and w.entity.code not in own]
        partner = next((w for w in whos if w.entity.code in cast.pair), None)
        return (partner,) if partner is not None else tuple(whos[:1]) if arguments.trigger.pos_ == "VERB" else ()
    return tuple(whos[:1])


def is_symmetric(predicate: Predicate) -> bool:
    """Whether the event holds in both directions (they met, they clashed)."""
    return predicate.reciprocal or (
        predicate.token.lemma_.lower() in _SYMMETRIC and "reciprocal" in predicate.frame.recipient
    )
