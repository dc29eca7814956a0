"""Claims of a sentence in, the same with what is denied marked as denied out; a denial is a claim of its own.

`An American official denied that any figure had been agreed` reports no agreement: it is the claim that there was one,
with status `denied`, between the state that denies and the other one. What a state says it has *not* done is a denial
too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detente.coding import sayings
from detente.coding.actors import Who
from detente.coding.arguments import of_noun, of_verb
from detente.coding.assembly import Made, claims_of
from detente.coding.indirect import FALSE, calls_false
from detente.coding.joining import Opened
from detente.coding.needs import holds
from detente.coding.predicates import Predicate
from detente.language.words import Token
from detente.ontology.lexicon import Frame, Lexicon
from detente.ontology.registers import Registers
from detente.ontology.scales import code_of
from detente.records import REAL, Attribution, Claim, Entity, Step

_OUTRIGHT = frozenset({"deny", "disavow", "disclaim"})
_OF_CLAIMS = sayings.DENYING - _OUTRIGHT
_PLAIN = frozenset("say insist maintain state add declare tell assert stress claim reply affirm swear".split())
_OFFICIAL = frozenset("official officer spokesman spokeswoman spokesperson minister ministry government army".split())
_TURNED = frozenset({"happened", "ongoing", "negated", "foretold", "planned", "hypothetical", "announced"})
_SPOKEN = frozenset({"ACCUSE", "REJECT"})
_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What is denied and by what word.

    Attributes:
        word: The verb of denying, or what calls a claim false.
        top: Head of the clause or phrase that is denied.
        speaker: The verb whose subject denies; None where the text itself calls a claim false.
        mild: A plain `said that it had not`, which is a denial only of an event that the lexicon knows.
    """

    word: Token
    top: Token
    speaker: Token | None
    mild: bool = False


def settled(
    one: Opened, made: Sequence[Made], *, partners: Mapping[str, str], lexicon: Lexicon, registers: Registers
) -> list[Made]:
    """The claims of a sentence, those in a denied clause with status denied, and one for each denial that had none.

    Args:
        one: The sentence as the syntactic coder read it.
        made: Its claims.
        partners: The state that each state of the article is most spoken of with.
        lexicon: Which words tell which events.
        registers: Names of states.
    """
    result = list(made)
    for refusal in (*_denied(one), *_called_false(one), *_said_not(one)):
        inside = {t.i for t in refusal.top.subtree} | {refusal.top.i}
        if not refusal.mild:
            result = [_turned(m, refusal) if m.token.i in inside and m.claim.status in _TURNED else m for m in result]
        settled_ = ("denied", "negated") if refusal.mild else ("denied",)
        if any(m.claim.status in settled_ and m.token.i in inside and m.claim.dyad for m in result):
            continue
        found = _missing(one, refusal, partners=partners, lexicon=lexicon, registers=registers)
        if found is not None:
            halves = [m for m in result if m.token.i == found.token.i and m.claim.dyad is None]
            result = [*(m for m in result if m not in halves), found]
    return [_own_no(m, home=one.setting.speakers.home) for m in result]


def partners(opened: Sequence[Opened], registers: Registers) -> dict[str, str]:
    """For each state of an article the one named with it in most sentences, the one spoken of more among equals."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    every: Counter[str] = Counter()
    for one in opened:
        named = {c for _, whos in one.cast for w in whos if (c := w.entity.code) is not None and c in registers.states}
        every.update(named)
        for code in named:
            together[code].update(named - {code})
    pair = opened[-1].cast.pair if opened else ()
    found = {a: max(others, key=lambda c: (others[c], every[c], c)) for a, others in together.items() if others}
    for code in registers.states:
        other = next((c for c in pair if c != code and c in registers.states), None)
        if code not in found and other is not None:
            found[code] = other
    return found


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


def _denied(one: Opened) -> Iterator[Refusal]:
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
                    top = inner if inner is not None and hung else child  # `denied reports that ...`
                    yield Refusal(word=verb, top=top, speaker=verb)
        elif lemma in _OF_CLAIMS or _calls_false(verb):
            for child in verb.children:
                if child.dep_ in ("obj", "obl") and (clause := _content(child)) is not None:
                    yield Refusal(word=verb, top=clause, speaker=verb)


def _content(noun: Token) -> Token | None:
    """What a claim claims: `the report that troops had crossed`."""
    if noun.lemma_.lower() not in sayings.CLAIMING:
        return None
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "acl:relcl")), None)
    return clause if clause is not None and sayings.takes(clause, noun) else None


def _called_false(one: Opened) -> Iterator[Refusal]:
    """`The claim that troops opened fire was contrary to the facts`: by him who speaks, else by the home state."""
    for noun in one.doc:
        if noun.dep_ not in ("nsubj", "nsubj:outer") or noun.head.i < noun.i:
            continue
        if calls_false(noun.head) and not _undone(noun.head) and (clause := _content(noun)) is not None:
            yield Refusal(word=noun.head, top=clause, speaker=None)


def _said_not(one: Opened) -> Iterator[Refusal]:
    """`said that it had never been agreed`, `said that Pakistan had shared no intelligence`: of what is past."""
    for top in one.doc:
        verb = top.head
        if top.dep_ != "ccomp" or verb.i >= top.i or verb.lemma_.lower() not in _PLAIN or not sayings.takes(top, verb):
            continue
        never = any(c.lower_ in ("not", "n't", "n’t", "never") for c in top.children if c.dep_ == "advmod")
        none = any(
            g.lower_ in ("no", "neither") and g.dep_ == "det"
            for c in top.children if c.dep_ in ("obj", "nsubj", "nsubj:pass") for g in c.children
        )  # fmt: skip
        modal = any(c.tag_ == "MD" for c in top.children)
        if (never or none) and not modal and not _undone(verb):
            yield Refusal(word=verb, top=top, speaker=verb, mild=True)


def _undone(verb: Token) -> bool:
    """`did not deny`, `neither confirmed nor denied`, `to deny`."""
    near = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "cc", "cc:preconj", "mark", "det")}
    return bool(near & {"not", "n't", "n’t", "never", "nor", "neither", "cannot"})


def _calls_false(verb: Token) -> bool:
    return verb.lemma_.lower() in sayings.JUDGING | {"say"} and any(
        c.dep_ in ("xcomp", "obl") and (c.lemma_.lower() in FALSE) for c in verb.children
    )


def _turned(made: Made, refusal: Refusal) -> Made:
    """A claim with status denied, and the word that says so."""
    step = Step(field="status", rule=f"what is denied by {refusal.word.lemma_.lower()}", words=refusal.word.text)
    claim = made.claim
    return replace(made, claim=replace(claim, status="denied", probability=None, id="",
                                       explanation=(*claim.explanation, step)))  # fmt: skip


def _own_no(made: Made, *, home: str | None) -> Made:
    """What a state says it has not done, it denies; what the text itself says was not done stays negated."""
    claim = made.claim
    if claim.status != "negated" or not claim.attribution or claim.dyad is None:
        return made
    speakers = {c for a in claim.attribution if (c := _stands_for(a, home))}
    mutual = claim.event in ("AGREE", "COOPERATE", "CONSULT")
    if claim.actor.code in speakers or (mutual and speakers & set(claim.dyad)):
        step = Step(field="status", rule="a party says it was not so", words=claim.trigger)
        return replace(made, claim=replace(claim, status="denied", id="", explanation=(*claim.explanation, step)))
    return made


def _stands_for(speaker: Attribution, home: str | None) -> str | None:
    """The state a speaker speaks for; an official of no named state speaks for that of the dateline."""
    if speaker.code:
        return speaker.code
    return home if speaker.role in _OFFICIAL else None


def _missing(
    one: Opened, refusal: Refusal, *, partners: Mapping[str, str], lexicon: Lexicon, registers: Registers
) -> Made | None:
    """A claim of what is denied, where the clause names no two states: the denier's own deed, to the other state."""
    sides = _sides(one, refusal, partners=partners, registers=registers)
    told = _telling(one, refusal.top, lexicon, sure=refusal.mild)
    if sides is None or told is None:
        return None
    token, frame = told
    arguments = of_verb(token) if token.pos_ in ("VERB", "AUX", "ADJ") else of_noun(token)
    predicate = Predicate(
        token=token, frame=frame, arguments=arguments, actors=(sides[0],), recipients=(sides[1],), reciprocal=False,
        how_actor="whose deed is denied", how_recipient="the other state",
    )  # fmt: skip
    made = next(iter(claims_of(predicate, one.setting, rivals=one.found)), None)
    if made is None or made.claim.dyad is None:
        return None
    lowered: Claim = replace(made.claim, confidence=min(made.claim.confidence, 0.5))
    return _turned(replace(made, claim=lowered), refusal)


def _sides(
    one: Opened, refusal: Refusal, *, partners: Mapping[str, str], registers: Registers
) -> tuple[Who, Who] | None:
    """Actor and recipient of what is denied: those the clause names, else the denier and the article's other state."""
    top, home = refusal.top, one.setting.speakers.home
    denier = _denier(one, refusal)
    named = [
        (t, w) for t in top.subtree for w in one.cast.own(t)[:1] if w.entity.code in registers.states
    ]  # fmt: skip
    if refusal.mild and (denier is None or denier not in {w.entity.code for _, w in named}):
        return None  # what others have not done is no denial
    subjects = {c.i for c in top.children if c.dep_ == "nsubj"}
    actor = next((w for t, w in named if t.i in subjects), None) or _state(denier, registers)
    if actor is None and refusal.speaker is None:
        actor = _state(home, registers)
    if actor is None:
        return None
    own = actor.entity.code
    recipient = next((w for _, w in named if w.entity.code != own), None)
    if recipient is None and denier != own:
        recipient = _state(denier, registers)
    if recipient is None and own is not None:
        recipient = _state(partners.get(own), registers)
    return (actor, recipient) if recipient is not None else None


def _denier(one: Opened, refusal: Refusal) -> str | None:
    """The state that denies."""
    speakers, home = one.setting.speakers, one.setting.speakers.home
    said = speakers.chain(refusal.word) if refusal.speaker is None else speakers.said_by(refusal.speaker)
    return next((c for a in said if (c := _stands_for(a, home))), None)


def _state(code: str | None, registers: Registers) -> Who | None:
    if code is None or code not in registers.states:
        return None
    return Who(entity=Entity(text="", code=code, name=registers.state_name(code)), kind="state")


def _telling(one: Opened, top: Token, lexicon: Lexicon, *, sure: bool) -> tuple[Token, Frame] | None:
    """The word of what is denied that tells an event: one found in it, else one whose frame asks for nothing.

    A denial of what no table knows is a rejection, as where it is told as an act of its own; with `sure`, it is none.
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
    if sure:
        return None
    rejected = Frame(lemma=top.lemma_.lower(), pos="v", needs=(), event="REJECT", mode=None,
                     cameo=code_of("REJECT", None), recipient=("obj",), where="denial")  # fmt: skip
    return top, rejected
