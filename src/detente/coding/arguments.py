"""A trigger in a parse in, its arguments out: who did it, to whom, with which prepositions.

Handles active, passive and nominal clauses, control, coordination, relative and participial clauses. Dependencies
are Universal Dependencies (de Marneffe et al. 2021, doi:10.1162/coli_a_00402).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.coding.actors import case_of
from detente.language.words import Token

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECT_CONTROL = frozenset(
    "promise vow threaten pledge agree refuse decline decide plan intend try attempt want hope seek begin start"
    " continue".split()
)
_PARTICLES = frozenset("off out back down up away over aside together home short packing firm apart in on".split())
LIGHT = frozenset(
    "launch conduct carry make hold stage mount begin start continue resume step take perform give pay issue open"
    " unleash execute order plan announce promise consider propose offer sign reach have commit lead send impose"
    " provide extend deliver express lodge raise seek threaten undertake complete wage cancel end halt suspend"
    " stop postpone cut call demand request urge intensify escalate increase expand strengthen approve authorize"
    " authorise back support break sever withdraw repeat renew boost grant pledge enforce tighten lift ease"
    " maintain keep drop withhold freeze reject refuse abandon block".split()
)
_UNDERGO = frozenset({"suffer", "face", "receive", "undergo", "endure", "sustain", "repel", "survive", "get", "meet"})


@dataclass(slots=True)
class Arguments:
    """The arguments of one trigger, as tokens; `rule` says how the subject was found."""

    trigger: Token
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    indirect: list[Token] = field(default_factory=list)
    obliques: list[tuple[str, Token]] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    clause: Token | None = None
    infinitive: Token | None = None
    between: list[Token] = field(default_factory=list)
    passive: bool = False
    reciprocal: bool = False
    rule: str = "active"


def of_verb(verb: Token, *, depth: int = 0) -> Arguments:
    """Arguments of a verbal (or adjectival) predicate."""
    found = Arguments(trigger=verb)
    found.passive = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in verb.children)
    for child in verb.children:
        _child(found, child)
    participle = verb.tag_ == "VBN" and not any(c.dep_.startswith("aux") for c in verb.children)
    if len(found.subjects) > 1:  # a quotation and its `an expert said` may both look like subjects: keep the nearest
        found.subjects = [min(found.subjects, key=lambda t: abs(verb.i - t.i))]
    if verb.dep_ == "acl:relcl":
        _relative(found, verb)
    elif verb.dep_ in ("acl", "acl:relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        if participle and not found.objects:
            found.objects, found.passive, found.rule = [verb.head], True, "participle"
        elif verb.tag_ == "VBG" and not found.subjects:
            found.subjects, found.rule = [verb.head], "participle"
    elif participle and verb.dep_ in ("advcl", "conj") and not found.subjects and not found.objects:
        found.passive = verb.dep_ == "advcl"
    if not found.subjects and not (found.passive and found.objects) and depth < 6:
        _borrow(found, verb, depth=depth)
    if found.passive:
        for case, token in list(found.obliques):
            if case == "by" and not found.subjects:
                found.subjects, found.rule = [token], "passive agent"
    return found


def _child(found: Arguments, child: Token) -> None:
    dep = child.dep_
    if dep == "nsubj" or dep == "nsubj:outer":
        found.subjects.append(child)
    elif dep == "nsubj:pass":
        found.objects.append(child)
        found.rule = "passive"
    elif dep == "obj":
        found.objects.append(child)
    elif dep == "iobj":
        found.indirect.append(child)
    elif dep == "obl:agent":
        found.subjects.append(child)
        found.rule = "passive agent"
    elif dep.startswith("obl"):
        found.obliques.append((case_of(child), child))
        for more in child.children:
            if more.dep_ == "conj":
                found.obliques.append((case_of(more) or case_of(child), more))
    elif dep == "compound:prt" or (dep == "advmod" and child.lower_ in _PARTICLES):
        found.particles.add(child.lower_)
    elif dep == "xcomp":
        found.infinitive = child
    elif dep in ("ccomp", "csubj", "csubj:pass"):
        found.clause = child


def _relative(found: Arguments, verb: Token) -> None:
    noun = verb.head
    for slot in (found.subjects, found.objects, found.indirect):
        for i, token in enumerate(slot):
            if token.lower_ in _RELATIVE and token.pos_ in ("PRON", "DET", "SCONJ"):
                slot[i] = noun
                return
    for i, (case, token) in enumerate(found.obliques):
        if token.lower_ in _RELATIVE:
            found.obliques[i] = (case, noun)
            return
    if found.subjects and not found.objects and not found.passive:
        found.objects.append(noun)
        found.rule = "reduced relative"
    elif not found.subjects and verb.tag_ == "VBN":
        found.objects, found.passive, found.rule = [noun], True, "participle"


def _borrow(found: Arguments, verb: Token, *, depth: int) -> None:
    """The subject of a clause that has none of its own, from the clause that governs it."""
    head = verb.head
    if head.i == verb.i:
        return
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX", "ADJ"):
        above = of_verb(head, depth=depth + 1)
        if found.passive or (above.passive and verb.tag_ == "VBN" and not found.objects):
            found.objects = found.objects or list(above.objects)
            found.passive = True
        else:
            found.subjects = list(above.objects if above.passive and not above.subjects else above.subjects)
        found.rule = "coordination"
    elif verb.dep_ in ("xcomp", "ccomp", "advcl", "obl", "parataxis") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        above = (
            of_verb(head, depth=depth + 1) if head.pos_ != "NOUN" or _copular(head) else of_noun(head, depth=depth + 1)
        )
        controller = above.subjects
        if above.passive:
            controller = above.objects or above.subjects
        elif (
            (verb.dep_ == "xcomp" or _kept_from(verb))
            and head.lemma_ not in _SUBJECT_CONTROL
            and (above.indirect or above.objects)
        ):
            controller = [t for t in above.indirect or above.objects if t.i < verb.i] or above.subjects
        if verb.dep_ == "ccomp" and not _infinitival(verb):
            return
        if found.passive and not found.objects:
            found.objects = list(controller)
        else:
            found.subjects = list(controller)
        found.rule = "control" if verb.dep_ == "xcomp" else "shared subject"
    elif verb.dep_ in ("acl", "nmod") and head.pos_ in ("NOUN", "PROPN"):
        above = of_noun(head, depth=depth + 1)
        if found.passive and not found.objects:
            found.objects = list(above.subjects)
        else:
            found.subjects = list(above.subjects)
        found.rule = "noun complement"


def _kept_from(verb: Token) -> bool:
    """`stop Iran from building`, `accuse Iran of building`: the object acts."""
    return verb.tag_ == "VBG" and any(
        c.dep_ in ("mark", "case") and c.lower_ in ("from", "of", "into") for c in verb.children
    )


def _infinitival(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("to", "for") for c in verb.children) or verb.tag_ == "VBG"


def _copular(token: Token) -> bool:
    return any(c.dep_ == "cop" for c in token.children)


def of_noun(noun: Token, *, depth: int = 0) -> Arguments:
    """Arguments of an event noun: possessor and adjectives, `by`, `on`, `between`, and the verb that carries it."""
    found = Arguments(trigger=noun, rule="nominal")
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            found.subjects.append(child)
        elif child.dep_.startswith(("nmod", "obl")) and child.dep_ not in ("nmod:desc", "nmod:unmarked"):
            case = case_of(child)
            if case == "by":
                found.subjects.append(child)
            elif case in ("between", "among"):
                found.reciprocal = True
                found.between.append(child)
            found.obliques.append((case, child))
            for more in child.children:
                if more.dep_ == "conj":
                    found.obliques.append((case_of(more) or case, more))
        elif child.dep_ == "acl" and child.tag_ in ("VB", "VBN", "VBG"):
            inner = [c for c in child.children if c.dep_ in ("obl", "obl:agent", "obj")]
            for token in inner:
                found.obliques.append((case_of(token), token))
                if token.dep_ == "obl:agent" or case_of(token) == "by":
                    found.subjects.append(token)
        if child.dep_ in ("acl", "ccomp") and child.pos_ == "VERB":
            found.infinitive = found.infinitive or child
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and depth < 6:
        above = of_noun(noun.head, depth=depth + 1)
        found.subjects = found.subjects or above.subjects
        found.obliques = found.obliques or above.obliques
        return found
    if depth < 6:
        _carrier(found, noun, depth=depth)
    return found


def _carrier(found: Arguments, noun: Token, *, depth: int) -> None:
    """Adds what the governing verb knows: `carried out a strike`, `the strike was carried out by`."""
    head = noun.head
    if head.i == noun.i or head.pos_ not in ("VERB", "AUX", "NOUN"):
        return
    if head.pos_ == "NOUN":
        if noun.dep_ == "nmod" and head.lemma_ in (
            "series",
            "wave",
            "round",
            "campaign",
            "number",
            "threat",
            "plan",
            "possibility",
            "talk",
            "spate",
            "string",
            "role",
            "part",
            "function",
        ):
            above = of_noun(head, depth=depth + 1)
            found.subjects = found.subjects or above.subjects
            found.obliques = found.obliques + [o for o in above.obliques if o[1].i != noun.i]
        return
    above = of_verb(head, depth=depth + 1)
    passive_subject = above.passive and noun in above.objects
    if noun.dep_ == "obj" or passive_subject:
        if head.lemma_ in _UNDERGO:
            found.objects += above.subjects
        elif head.lemma_ in LIGHT:
            found.subjects = found.subjects or list(above.subjects)
            found.rule = "light verb" if above.subjects else found.rule
        found.obliques += [o for o in above.obliques if o[1].i != noun.i]
        found.indirect += above.indirect
    elif noun.dep_ == "nsubj":
        found.obliques += [o for o in above.obliques if o[0] in ("in", "on", "against", "with", "near", "at")]
    elif (
        noun.dep_ == "obl"
        and case_of(noun) in ("with", "for", "in", "to", "into")
        and head.lemma_
        in (
            "respond",
            "retaliate",
            "proceed",
            "meet",
            "engage",
            "enter",
            "go",
            "move",
            "call",
            "appeal",
            "press",
        )
    ):
        found.subjects = found.subjects or list(above.subjects)
        found.obliques += [o for o in above.obliques if o[1].i != noun.i]
