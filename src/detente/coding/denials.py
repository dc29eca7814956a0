"""Claims of a sentence in, the same with what is denied marked as denied out; a denial is a claim of its own.

`An American official denied that any figure had been agreed` reports no agreement: it is the claim that there was one,
with status `denied`, between the state that denies and the other one. What a state says it has *not* done is a denial
too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.coding import sayings
from detente.coding.actors import Who
from detente.coding.arguments import of_noun, of_verb
from detente.coding.assembly import Made, claims_of
from detente.coding.joining import Opened
from detente.coding.needs import holds
from detente.coding.predicates import Predicate
from detente.ontology.lexicon import Frame, Lexicon
from detente.ontology.registers import Registers
from detente.ontology.scales import code_of
from detente.records import REAL, Claim, Entity, Step

_OUTRIGHT = frozenset({"deny", "disavow", "disclaim"})
_OF_CLAIMS = sayings.DENYING - _OUTRIGHT
_FALSE = frozenset(
    "baseless false untrue unfounded groundless fabricated invented nonsense absurd fiction lie wrong".split()
)
_TURNED = frozenset({"happened", "ongoing", "negated", "foretold", "planned", "hypothetical", "announced"})
_SPOKEN = frozenset({"ACCUSE", "REJECT"})
_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}


def settled(
    one: Opened, made: Sequence[Made], *, pair: Sequence[str], lexicon: Lexicon, registers: Registers
) -> list[Made]:
    """The claims of a sentence, those in a denied clause with status denied, and one for each denial that had none.

    Args:
        one: The sentence as the syntactic coder read it.
        made: Its claims.
        pair: The two states the article speaks of most.
        lexicon: Which words tell which events.
        registers: Names of states.
    """
    result = list(made)
    for verb, top in _denied(one):
        inside = {t.i for t in top.subtree} | {top.i}
        result = [_turned(m, verb) if m.token.i in inside and m.claim.status in _TURNED else m for m in result]
        if not any(m.claim.status == "denied" and m.token.i in inside and m.claim.dyad for m in result):
            found = _missing(one, verb, top, pair=pair, lexicon=lexicon, registers=registers)
            if found is not None:
                result.append(found)
    return [_own_no(m) for m in result]


def pointing(made: Sequence[tuple[int, Made]]) -> list[tuple[int, Made]]:
    """Lets each denial name the claim of its article that it denies: same type, same two states, told as a fact."""
    facts = [m.claim for _, m in made if m.claim.status in REAL and m.claim.dyad is not None]
    result = []
    for number, one in made:
        claim = one.claim
        if claim.status == "denied" and claim.denies is None and claim.dyad is not None:
            same = [f for f in facts if f.event == claim.event and f.dyad == claim.dyad]
            nearest = min(same, key=lambda f: abs(f.span[0] - claim.span[0]), default=None)
            if nearest is not None:
                one = replace(one, claim=replace(claim, denies=nearest.id))
        result.append((number, one))
    return result


def _denied(one: Opened) -> Iterator[tuple[Token, Token]]:
    """Each verb of denying with the head of what it denies."""
    for verb in one.doc:
        lemma = verb.lemma_.lower()
        if verb.pos_ != "VERB" or _undone(verb):
            continue
        if lemma in _OUTRIGHT:
            for child in verb.children:
                loose = child.dep_ in ("advmod", "obl") and any(c.dep_ == "ccomp" for c in child.children)
                if child.i > verb.i and (child.dep_ in ("ccomp", "xcomp", "obj", "advcl") or loose):
                    inner = next((c for c in child.children if c.dep_ in ("ccomp", "acl", "acl:relcl")), None)
                    hung = inner is not None and (child.pos_ in ("ADJ", "ADV") or sayings.takes(inner, child))
                    yield verb, inner if inner is not None and hung else child  # `denied reports that ...`
        elif lemma in _OF_CLAIMS or _calls_false(verb):
            for child in verb.children:
                if child.dep_ in ("obj", "obl") and child.lemma_.lower() in sayings.CLAIMING:
                    clause = next((c for c in child.children if c.dep_ in ("acl", "ccomp", "acl:relcl")), None)
                    if clause is not None and sayings.takes(clause, child):
                        yield verb, clause


def _undone(verb: Token) -> bool:
    """`did not deny`, `neither confirmed nor denied`, `to deny`."""
    near = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "cc", "cc:preconj", "mark", "det")}
    return bool(near & {"not", "n't", "n’t", "never", "nor", "neither", "cannot"})


def _calls_false(verb: Token) -> bool:
    return verb.lemma_.lower() in sayings.JUDGING | {"say"} and any(
        c.dep_ in ("xcomp", "obl") and (c.lemma_.lower() in _FALSE) for c in verb.children
    )


def _turned(made: Made, verb: Token) -> Made:
    """A claim with status denied, and the word that says so."""
    step = Step(field="status", rule=f"what is denied by {verb.lemma_.lower()}", words=verb.text)
    claim = made.claim
    return replace(made, claim=replace(claim, status="denied", probability=None, id="",
                                       explanation=(*claim.explanation, step)))  # fmt: skip


def _own_no(made: Made) -> Made:
    """What a state says it has not done, it denies; what the text itself says was not done stays negated."""
    claim = made.claim
    if claim.status != "negated" or not claim.attribution or claim.dyad is None:
        return made
    speakers = {a.code for a in claim.attribution if a.code}
    mutual = claim.event in ("AGREE", "COOPERATE", "CONSULT")
    if claim.actor.code in speakers or (mutual and speakers & set(claim.dyad)):
        step = Step(field="status", rule="a party says it was not so", words=claim.trigger)
        return replace(made, claim=replace(claim, status="denied", id="", explanation=(*claim.explanation, step)))
    return made


def _missing(
    one: Opened, verb: Token, top: Token, *, pair: Sequence[str], lexicon: Lexicon, registers: Registers
) -> Made | None:
    """A claim of what is denied, where the clause names no two states: the denier's own deed, to the other state."""
    sides = _sides(one, verb, top, pair=pair, registers=registers)
    if sides is None:
        return None
    token, frame = _telling(one, top, lexicon)
    arguments = of_verb(token) if token.pos_ in ("VERB", "AUX", "ADJ") else of_noun(token)
    predicate = Predicate(
        token=token, frame=frame, arguments=arguments, actors=(sides[0],), recipients=(sides[1],), reciprocal=False,
        how_actor="whose deed is denied", how_recipient="the other state",
    )  # fmt: skip
    made = next(iter(claims_of(predicate, one.setting, rivals=one.found)), None)
    if made is None or made.claim.dyad is None:
        return None
    lowered: Claim = replace(made.claim, confidence=min(made.claim.confidence, 0.5))
    return _turned(replace(made, claim=lowered), verb)


def _sides(
    one: Opened, verb: Token, top: Token, *, pair: Sequence[str], registers: Registers
) -> tuple[Who, Who] | None:
    """Actor and recipient of what is denied: those the clause names, else the denier and the article's other state."""
    denier = next((a.code for a in one.setting.speakers.said_by(verb) if a.code), None)
    named = [
        (t, w) for t in top.subtree for w in one.cast.own(t)[:1] if w.entity.code in registers.states
    ]  # fmt: skip
    subjects = {c.i for c in top.children if c.dep_ == "nsubj"}
    actor = next((w for t, w in named if t.i in subjects), None)
    if actor is None:
        actor = _state(denier, registers)
    if actor is None:
        return None
    own = actor.entity.code
    recipient = next((w for _, w in named if w.entity.code != own), None)
    if recipient is None and denier != own:
        recipient = _state(denier, registers)
    if recipient is None:
        recipient = _state(next((c for c in pair if c != own), None), registers)
    return (actor, recipient) if recipient is not None else None


def _state(code: str | None, registers: Registers) -> Who | None:
    if code is None or code not in registers.states:
        return None
    return Who(entity=Entity(text="", code=code, name=registers.state_name(code)), kind="state")


def _telling(one: Opened, top: Token, lexicon: Lexicon) -> tuple[Token, Frame]:
    """The word of what is denied that tells an event: one found in it, else one whose frame asks for nothing.

    A denial of what no table knows is a rejection, as where it is told as an act of its own.
    """
    inside = {t.i for t in top.subtree} | {top.i}
    found = [p for p in one.found if p.token.i in inside and p.frame.event not in _SPOKEN]
    if found:
        first = min(found, key=lambda p: (p.token.i != top.i, sum(1 for _ in p.token.ancestors), p.token.i))
        return first.token, first.frame
    words = sorted(top.subtree, key=lambda t: (t.i != top.i, sum(1 for _ in t.ancestors), t.i))
    for token in words:
        arguments = of_verb(token) if token.pos_ in ("VERB", "AUX", "ADJ") else of_noun(token)
        for frame in lexicon.frames.get((token.lemma_.lower(), _POS.get(token.pos_, "")), ()):
            if frame.event not in _SPOKEN and all(holds(n, arguments, one.cast, set()) for n in frame.needs):
                return token, frame
        bare = [f for f in lexicon.frames.get((token.lemma_.lower(), _POS.get(token.pos_, "")), ())
                if f.event not in _SPOKEN and not any(n.words for n in f.needs)]  # fmt: skip
        if len({f.event for f in bare}) == 1:
            return token, bare[0]
    rejected = Frame(lemma=top.lemma_.lower(), pos="v", needs=(), event="REJECT", mode=None,
                     cameo=code_of("REJECT", None), recipient=("obj",), where="denial")  # fmt: skip
    return top, rejected
