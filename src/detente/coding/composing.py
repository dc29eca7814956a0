"""A word of effect beside a noun of a tie in, a predicate out: `minimise the flights`, `the cooling of relations`."""

from __future__ import annotations

from detente.coding.actors import Cast
from detente.coding.arguments import Arguments, of_noun, of_verb
from detente.coding.needs import idle
from detente.coding.parties import Predicate, of_relation, parties, people, persons
from detente.coding.ties import kind_of
from detente.language.words import Token
from detente.ontology.lexicon import Frame, Lexicon

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
    ("SANCTION", "diplomacy"): "161",
    ("SANCTION", "economic-aid"): "1621",
    ("SANCTION", "military-aid"): "1622",
    ("SANCTION", "trade"): "163",
    ("SANCTION", "mediation"): "165",
    ("SANCTION", "basing"): "160",
    ("COOPERATE", "trade"): "061",
    ("COOPERATE", "military-aid"): "062",
    ("COOPERATE", "intelligence"): "064",
    ("COOPERATE", "diplomacy"): "050",
}
_DEAR = frozenset({"pay", "cost", "charge"})


def composed(token: Token, cast: Cast, lexicon: Lexicon) -> Predicate | None:
    """A word of effect beside a noun of a tie: `minimise the flights`, `the cooling of relations`."""
    if token.pos_ not in ("VERB", "NOUN") or idle(token):
        return None
    lemma = token.lemma_.lower()
    effect = lexicon.effects.get(lemma)
    if effect is None and lemma not in _DEAR:
        return None
    arguments = of_verb(token) if token.pos_ == "VERB" else of_noun(token)
    if lemma in _DEAR and any(
        c.lower_ in ("more", "extra", "dearly") for t in [token, *arguments.objects] for c in t.subtree
    ):
        effect = "strained"
    if effect is None:
        return None
    kind = kind_of(arguments, lexicon)
    patient = (
        arguments.objects
        if token.pos_ == "VERB"
        else [t for case, t in arguments.obliques if case in ("of", "in", "to")]
    )
    if kind is None or (not patient and token.pos_ == "NOUN") or _checked(token, arguments, cast):
        return None
    if token.pos_ == "NOUN" and effect == "affirmed" and lemma not in ("continuation", "preservation"):
        return None
    event, mode, cameo = _COMPOSED[effect]
    frame = Frame(
        lemma=lemma,
        pos="v" if token.pos_ == "VERB" else "n",
        needs=(),
        event=event,
        mode=mode,
        cameo=_CODES.get((event, kind), cameo),
        recipient=("prep:with", "prep:to", "prep:from", "objposs", "prep:between", "prep:in", "prep:of", "reciprocal"),
        where=f"effects.csv {effect} + ties.csv {kind}",
    )
    used = frozenset(t.i for t in patient)
    if lemma in _DEAR:
        used |= frozenset(c.i for c in token.subtree if c.pos_ in ("VERB", "NOUN") and c.i != token.i)
    predicate = parties(frame, arguments, cast, used)
    predicate.effect, predicate.reciprocal = effect, False
    codes = {w.entity.code for w in predicate.recipients if w.entity.code}
    if not predicate.actors and (not codes or len(codes) > 1):
        predicate = of_relation(predicate, patient, arguments, cast)
    return predicate


def _checked(token: Token, arguments: Arguments, cast: Cast) -> bool:
    """`this may not stop X from ...`: the verb holds back another one, or no party acts at all."""
    if any(
        c.dep_ == "advcl" and c.tag_ == "VBG" and any(m.lower_ == "from" for m in c.children) for c in token.children
    ):
        return True
    subjects = arguments.subjects
    return token.pos_ == "VERB" and bool(subjects) and bool(arguments.objects) and not persons(people(subjects, cast))
