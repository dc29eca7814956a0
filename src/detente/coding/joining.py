"""The sentences of an article, read by rule, in; their claims after the trained model has spoken, out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detente.coding import doubles, learned, spans, standing, weighing
from detente.coding.actors import Cast, Who
from detente.coding.arguments import of_noun, of_verb
from detente.coding.assembly import Made, Setting, claims_of
from detente.coding.predicates import Predicate
from detente.coding.weighing import Evidence
from detente.language.answers import Asked, Bare, Marked, WordSpan
from detente.language.words import Doc
from detente.ontology.lexicon import Frame, Lexicon
from detente.ontology.scales import code_of
from detente.records import Claim, Entity

Key = tuple[WordSpan, WordSpan | None]
DEEPER = 0.3  # what a step down the tree weighs against confidence; chosen on the held-out part of the corpus


@dataclass(slots=True, kw_only=True)
class Opened:
    """One sentence after the syntactic coder: its parse, cast, predicates and the claims made so far."""

    doc: Doc
    cast: Cast
    found: Sequence[Predicate]
    setting: Setting
    made: list[Made] = field(default_factory=list)
    idle: bool = False

    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Keeps the words as the model reads them."""
        self.words = learned.words_of(self.doc)

    def span(self, entity: Entity | None) -> WordSpan | None:
        """The words of a party that stands in this sentence."""
        if entity is None or entity.span is None:
            return None
        start = self.setting.sentence.start
        return learned.word_span(self.doc, (entity.span[0] - start, entity.span[1] - start))


def joined(opened: Sequence[Opened], reader: learned.Reader, lexicon: Lexicon) -> list[list[Made]]:
    """The claims of every sentence after the model has been asked about each pair, and then of who acts alone."""
    keys: list[dict[Key, list[Made]]] = [_keys(one) for one in opened]
    read = [i for i, one in enumerate(opened) if not one.idle and (keys[i] or _peopled(one))]
    bare = dict(zip(read, reader.bare([opened[i].words for i in read]), strict=True))
    asked: list[tuple[int, Key, bool]] = []
    checks: list[tuple[int, WordSpan]] = []
    for i in read:
        known = [(a, r) for a, r in keys[i] if r is not None]
        asked += [(i, key, False) for key in keys[i]]
        asked += [(i, pair, True) for pair in learned.proposals(bare[i], opened[i].doc, reader, known)]
        loose_actors = {span for m in _loose(opened[i], keys[i]) if (span := opened[i].span(m.claim.actor))}
        checks += [(i, span) for span in sorted(loose_actors)]
    questions = [Asked(words=opened[i].words, actor=k[0], recipient=k[1]) for i, k, _ in asked]
    questions += [Asked(words=opened[i].words, actor=span, recipient=None) for i, span in checks]
    answers = reader.marked(questions)
    checked = dict(zip(checks, answers[len(asked) :], strict=True))
    kept: list[list[tuple[Key, Made]]] = [[] for _ in opened]
    spoken: dict[int, Evidence] = {}  # by the identity of the claim made
    settled: dict[int, set[int]] = defaultdict(set)
    new: dict[int, list[tuple[Key, Marked]]] = defaultdict(list)
    for (i, key, is_new), answer in zip(asked, answers[: len(asked)], strict=True):
        if is_new:
            new[i].append((key, answer))
            continue
        settled[i] |= {id(m) for m in keys[i][key]}
        for one_made, evidence in _kept(keys[i][key], answer, lexicon):
            kept[i].append((key, one_made))
            spoken[id(one_made)] = evidence
    for i, some in new.items():
        _add(kept[i], spoken, opened[i], some, bare[i], lexicon)
    for i, some in _alone(opened, read, bare, keys, kept, reader).items():
        _add(kept[i], spoken, opened[i], some, bare[i], lexicon)
    result = []
    for i, one in enumerate(opened):
        loose = [m for m in one.made if id(m) not in settled[i] and _borne_out(one, m, checked, i)]
        spoken |= {id(m): _loosely(one, m, checked, i) for m in loose}
        sure = [(key, m) for key, m in kept[i] if not _halved(key, m, kept[i])]
        paired = [(k, m, _stood(one, k, m, spoken[id(m)], bare[i], reader)) for k, m in sure]
        weighed = [(k, m) for k, n, found in paired if _standing(m := _weighed(one, n, found), found)]
        alone = [m for n in loose if _standing(m := _weighed(one, n, spoken[id(n)]), spoken[id(n)])]
        result.append(sorted([*alone, *doubles.without(one.doc, weighed)], key=_rank))
    return result


def _alone(
    opened: Sequence[Opened],
    read: Sequence[int],
    bare: Mapping[int, Bare],
    keys: Sequence[Mapping[Key, list[Made]]],
    kept: Sequence[Sequence[tuple[Key, Made]]],
    reader: learned.Reader,
) -> dict[int, list[tuple[Key, Marked]]]:
    """Answers for those who seem to act; whoever does something to somebody already needs no claim without one."""
    asked: list[tuple[int, Key]] = []
    for i in read:
        acting = [key[0] for key, _ in kept[i]]
        for span in learned.doers(bare[i], opened[i].doc, list(keys[i])):
            if not any(learned.overlap(span, other) for other in acting):
                asked.append((i, (span, None)))
    answers = reader.marked([Asked(words=opened[i].words, actor=key[0], recipient=None) for i, key in asked])
    found: dict[int, list[tuple[Key, Marked]]] = defaultdict(list)
    for (i, key), answer in zip(asked, answers, strict=True):
        found[i].append((key, answer))
    return found


def _add(
    kept: list[tuple[Key, Made]],
    spoken: dict[int, Evidence],
    one: Opened,
    new: Sequence[tuple[Key, Marked]],
    bare: Bare,
    lexicon: Lexicon,
) -> None:
    """Adds claims of what only the model found to those of the sentence, and what speaks for them; the surest first."""
    for key, answer in sorted(new, key=lambda item: item[1].event[learned.NOTHING]):
        made = _proposed(one, key, answer, bare, lexicon, [m for _, m in kept])
        if made is None or any(_told(key, made, other, m) for other, m in kept):
            continue
        if key[1] is None:
            told = {m.token.i for m in one.made} | {m.token.i for _, m in kept}
            if made.token.i in told or any(learned.overlap(key[0], other[0]) for other, _ in kept):
                continue  # whoever does something to somebody needs no claim without one
        fuller = _fuller(made, one.made)
        spoken[id(fuller)] = _evidence("model", fuller.claim, answer)
        kept.append((key, fuller))


def _evidence(origin: weighing.Origin, claim: Claim, answer: Marked, *, ruled: float | None = None) -> Evidence:
    chance = answer.event[claim.event]
    next_best = max((p for event, p in answer.event.items() if event not in (claim.event, learned.NOTHING)), default=0)
    return Evidence(origin=origin, chance=chance, nothing=answer.event[learned.NOTHING],
                    status=answer.status[claim.status], margin=_ratio(chance, next_best), ruled=ruled)  # fmt: skip


def _ratio(chance: float, other: float) -> float:
    """Log of one chance over another, between -5 and 5."""
    return max(-5.0, min(5.0, math.log(max(chance, 1e-4) / max(other, 1e-4))))


def _stood(one: Opened, key: Key, made: Made, evidence: Evidence, bare: Bare, reader: learned.Reader) -> Evidence:
    """The evidence with how the words of the claim stand to each other."""
    score = reader.pair_score(bare, key[0], key[1]) if key[1] is not None else None
    found = standing.marks(one.doc, bare, key[0], key[1], made.token, score=score)
    return replace(evidence, standing=found)


def _loosely(one: Opened, made: Made, checked: Mapping[tuple[int, WordSpan], Marked], number: int) -> Evidence:
    """What speaks for a claim by rule with a party outside its sentence: at best the model's word on its actor."""
    span = one.span(made.claim.actor)
    answer = checked.get((number, span)) if span is not None else None
    if answer is None:
        return Evidence(origin="loose", ruled=made.claim.confidence)
    return _evidence("loose", made.claim, answer, ruled=made.claim.confidence)


def _weighed(one: Opened, made: Made, evidence: Evidence) -> Made:
    claim = made.claim
    first, last = one.setting.sentence.start, one.setting.sentence.end

    def inside(entity: Entity | None) -> bool:
        return entity is not None and entity.span is not None and first <= entity.span[0] < last

    return replace(made, claim=weighing.weighed(claim, evidence, inside=(inside(claim.actor), inside(claim.recipient))))


def _standing(made: Made, evidence: Evidence) -> bool:
    """Whether a weighed claim is told; a forecast always is, for it is held against what comes."""
    return made.claim.probability is not None or weighing.kept(made.claim, evidence.origin)


def _loose(one: Opened, keys: dict[Key, list[Made]]) -> list[Made]:
    """Claims by rule that have a party outside the sentence or inside the other."""
    inside = {id(m) for some in keys.values() for m in some}
    return [m for m in one.made if id(m) not in inside]


def _borne_out(one: Opened, made: Made, checked: Mapping[tuple[int, WordSpan], Marked], number: int) -> bool:
    """Whether the model, asked of the actor alone, thinks the type of a loose claim likely enough; unasked is yes."""
    span = one.span(made.claim.actor)
    answer = checked.get((number, span)) if span is not None else None
    if answer is None or made.claim.probability is not None or made.claim.tie is not None:
        return True
    return answer.event[made.claim.event] >= learned.weights()["borne_out"]


def _rank(made: Made) -> tuple[float, tuple[int, int]]:
    """The main deed of a sentence first: near the root of its tree, and sure."""
    depth = sum(1 for _ in made.token.ancestors)
    return DEEPER * depth - made.claim.confidence, made.claim.span


def _told(key: Key, made: Made, other: Key, before: Made) -> bool:
    """Whether a pair was told before, with other edges to its spans or by other words for the same two."""
    if made.claim.event != before.claim.event:
        return False
    codes = [(c.actor.code, c.recipient.code if c.recipient else None) for c in (made.claim, before.claim)]
    return (codes[0] == codes[1] and all(codes[0])) or all(
        a is not None and b is not None and learned.overlap(a, b) for a, b in zip(key, other, strict=True)
    )


def _fuller(made: Made, ruled: Sequence[Made]) -> Made:
    """The claim by rule of the same two and the same type, where there is one: it knows sizes, dates and the dead.

    The model may take other words of the sentence for the same party and call the rule's words none.
    """
    claim = made.claim
    wanted = claim.event, claim.actor.code, claim.recipient.code if claim.recipient else None
    for one in ruled:
        other = one.claim
        if (other.event, other.actor.code, other.recipient.code if other.recipient else None) == wanted and all(wanted):
            steps = (*other.explanation, *(s for s in claim.explanation if s.rule.startswith("model:")))
            return replace(one, claim=replace(other, confidence=claim.confidence, explanation=steps))
    return made


def _sure(claim: Claim, chance: float) -> bool:
    """Whether the model may say something of two known parties against the rules or without them.

    What is said of states goes into ledgers, so more is asked for; most of all where both are parts of one state.
    """
    if claim.recipient is None or not _known(claim):
        return True
    known = learned.weights()
    return chance >= known["own_chance" if claim.actor.code == claim.recipient.code else "coded_chance"]


def _known(claim: Claim) -> bool:
    """Whether both parties are known to the registers."""
    return claim.recipient is not None and bool(claim.actor.code) and bool(claim.recipient.code)


def _itself(claim: Claim) -> bool:
    """A state that does something to itself by other words; one organ may do something to another."""
    other = claim.recipient
    return other is not None and claim.actor.code is not None and claim.actor.code == other.code and (
        claim.actor.sectors == other.sectors
    )  # fmt: skip


def _halved(key: Key, made: Made, all_: Sequence[tuple[Key, Made]]) -> bool:
    """Whether a claim without a recipient is told with one beside it."""
    return key[1] is None and any(
        other[1] is not None and learned.overlap(other[0], key[0]) and m.claim.event == made.claim.event
        for other, m in all_
    )


def _peopled(one: Opened) -> bool:
    return sum(1 for _ in one.cast) >= 2


def _keys(one: Opened) -> dict[Key, list[Made]]:
    """The claims of a sentence by the words of their parties; those with a party elsewhere are left out."""
    found: dict[Key, list[Made]] = defaultdict(list)
    for made in one.made:
        actor = one.span(made.claim.actor)
        recipient = one.span(made.claim.recipient)
        if actor is None or (made.claim.recipient is not None and recipient is None):
            continue
        if recipient is not None and learned.overlap(actor, recipient):
            continue
        found[actor, recipient].append(made)
    return found


def _kept(made: Sequence[Made], answer: Marked, lexicon: Lexicon) -> Iterable[tuple[Made, Evidence]]:
    """The claims of one pair: the one nearest to the model's answer is joined with it, the others stand as they are."""
    types = [m.claim.event for m in made]
    first = max(range(len(made)), key=lambda n: (answer.event[types[n]], -n))
    claim = made[first].claim
    joined_ = learned.join(
        answer, syntax=[claim.event], mode=claim.mode, status=claim.status, tie=claim.tie, always=False,
        hedged=claim.probability is not None,
    )  # fmt: skip
    nothing = answer.event[learned.NOTHING]
    if joined_.event == learned.NOTHING and (not _known(claim) or nothing > learned.weights()["drop_coded"]):
        return
    against = joined_.event == learned.NOTHING or (joined_.event != claim.event and not _sure(claim, joined_.chance))
    if against:
        joined_ = learned.joined_as(joined_, claim, answer.event[claim.event])  # of known parties the rules are right
    taken = {joined_.event}
    origin: weighing.Origin = "rules" if against else "both" if joined_.event == claim.event else "retyped"
    written = learned.rewritten(claim, joined_, lexicon)
    yield (
        replace(made[first], claim=written),
        _evidence(origin, written, answer, ruled=claim.confidence if origin != "retyped" else None),
    )
    for n, other in enumerate(made):
        if n != first and other.claim.event not in taken:
            taken.add(other.claim.event)
            yield other, _evidence("rules", other.claim, answer, ruled=other.claim.confidence)


def _proposed(
    one: Opened, key: Key, answer: Marked, bare: Bare, lexicon: Lexicon, before: Sequence[Made]
) -> Made | None:
    """A claim of a pair that only the model found, None where nothing passes between the two."""
    if answer.event[learned.NOTHING] > learned.weights()["add_none"]:
        return None
    actor, recipient = key
    result = learned.join(answer, syntax=(), mode=None, status=None, tie=None, always=True)
    if answer.event[result.event] < learned.weights()["add_chance"]:
        return None
    taken = frozenset(m.token.i for m in before if m.claim.event != result.event)
    token = learned.trigger(bare, one.doc, actor, recipient, taken=taken)
    if token is None:
        return None
    known = next((p for p in one.found if p.token.i == token.i), None)
    if known is not None and known.frame.event == result.event:
        frame = known.frame
    else:
        frame = Frame(lemma=token.lemma_.lower(), pos="v", needs=(), event=result.event, mode=result.mode,
                      cameo=code_of(result.event, result.mode), recipient=("obj",), where="model")  # fmt: skip
    arguments = of_verb(token) if token.pos_ in ("VERB", "AUX", "ADJ") else of_noun(token)
    predicate = Predicate(
        token=token, frame=frame, arguments=arguments, actors=(who(one, actor),),
        recipients=(who(one, recipient),) if recipient else (), reciprocal=False,
        how_actor="model", how_recipient="model",
    )  # fmt: skip
    made = next(iter(claims_of(predicate, one.setting, rivals=one.found)), None)
    if made is None:
        return None
    status = learned.join(
        answer, syntax=(), mode=None, status=made.claim.status, tie=made.claim.tie, always=True
    )  # fmt: skip
    claim = learned.rewritten(made.claim, replace(result, status=status.status, tie=status.tie), lexicon)
    if _itself(claim) or not _sure(claim, answer.event[result.event]):
        return None
    return replace(made, claim=claim)


def who(one: Opened, span: WordSpan) -> Who:
    """Who a span of words is."""
    start, stop = one.doc[span[0]].idx, one.doc[span[1] - 1].idx + len(one.doc[span[1] - 1])
    offset = one.setting.sentence.start
    return spans.read(one.doc, one.cast, span, place=(start + offset, stop + offset), text=one.doc.text[start:stop])
