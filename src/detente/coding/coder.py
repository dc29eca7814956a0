"""Articles in, codings out: the syntactic coder. Parses come from any spaCy pipeline with Universal Dependencies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.coding import dates, links, magnitudes, pairing, predicates
from detente.coding.actors import Cast, Casting, Who
from detente.coding.assembly import Made, Setting, claims_of
from detente.coding.discourse import PRONOUNS, Discourse
from detente.coding.predicates import Predicate
from detente.coding.speech import Speakers, quotation_state
from detente.coding.spotting import Spotter
from detente.ontology.lexicon import Lexicon
from detente.ontology.registers import Registers
from detente.records import Article, Claim, Coding, Entity, Prediction, Sentence, Step

Parse = Callable[[Iterable[str]], Iterable[Doc]]
_RESULT_VERBS = frozenset({"kill", "die", "wound", "injure", "hurt", "perish", "slay"})
_INTERSTATE = frozenset({"SANCTION", "REJECT", "THREATEN", "REQUEST", "MOBILIZE", "RETREAT", "CONCEDE", "ACCUSE"})
_STATE_SECTORS = frozenset({"GOV", "MIL", "SPY", "LEG"})
_FORETELLING = frozenset({"foretold"})


class Coder:
    """Codes articles sentence by sentence; holds no state between articles."""

    def __init__(self, *, parse: Parse, registers: Registers, lexicon: Lexicon) -> None:
        """Takes the language layer as a function from sentences to parses."""
        self.parse, self._registers, self._lexicon = parse, registers, lexicon
        self._spotter = Spotter(registers)
        self._casting = Casting(registers, self._spotter)

    def code(self, article: Article, sentences: Sequence[Sentence], *, coded_at: dt.datetime) -> Coding:
        """Everything one article claims, links and foretells."""
        docs = list(self.parse([s.text for s in sentences]))
        discourse = Discourse()
        if article.title:
            title = next(iter(self.parse([article.title])))
            self._casting.read(title, discourse, sentence=-1, offset=0, day=article.published)
        main = main_pair(self._counted(docs, day=article.published), title=article.title)
        coded: list[tuple[int, Made]] = []
        inside, paragraph = False, 0
        memory: dict[str, Predicate] = {}
        for sentence, doc in zip(sentences, docs, strict=True):
            if sentence.paragraph != paragraph:
                inside, paragraph = False, sentence.paragraph
            quoted, inside = quotation_state(sentence.text, inside=inside)
            for made in self._sentence(article, sentence, doc, discourse, memory, main, quoted=quoted, coded_at=coded_at):
                coded.append((sentence.sequence, made))
        unique = _distinct(coded)
        position = {s.sequence: n for n, s in enumerate(sentences)}
        found = links.find(
            [
                links.Coded(claim=m.claim, token=m.token, sentence=position[n], offset=sentences[position[n]].start)
                for n, m in unique
            ],
            docs,
        )
        return Coding(
            article=article,
            sentences=tuple(sentences),
            claims=tuple(m.claim for _, m in unique),
            links=found,
            predictions=tuple(_predictions(m for _, m in unique)),
        )

    def phrase(self, text: str, *, day: dt.date | None = None) -> Entity | None:
        """Who a phrase on its own stands for, None when it names nobody."""
        doc = next(iter(self.parse([text])))
        cast = self._casting.read(doc, Discourse(), sentence=0, offset=0, day=day)
        root = next((t for t in doc if t.head.i == t.i), doc[0])
        readings = [w for w in cast.own(root)] or [w for _, whos in cast for w in whos]
        return max(readings, key=lambda w: (bool(w.entity.code), bool(w.entity.sectors))).entity if readings else None

    def _counted(self, docs: Sequence[Doc], *, day: dt.date | None) -> Counter[str]:
        """How often each state is named in an article, by any of its names."""
        return Counter(
            spot.name.code
            for doc in docs
            for spot in self._spotter.spot(doc, day=day)
            if spot.name.code in self._registers.states
        )

    def relation(self, article: Article, sentences: Sequence[Sentence], *, actor: str, recipient: str, coded_at: dt.datetime) -> Claim:
        """The relation between two spans given as words of the article: always answered.

        Raises:
            InputError: The words do not stand in the text.
        """
        at = pairing.locate(article.text, actor, what="actor")
        to = pairing.locate(article.text, recipient, what="recipient", after=at[1] if at else 0)
        anchor = at or to or (0, 0)
        home = next((s for s in sentences if s.start <= anchor[0] < s.end), sentences[0])
        doc = next(iter(self.parse([home.text])))
        discourse = Discourse()
        cast = self._casting.read(doc, discourse, sentence=home.sequence, offset=home.start, day=article.published)
        heads = [pairing.head_of(doc, (s[0] - home.start, s[1] - home.start) if s else (0, 0)) for s in (at, to)]
        whos = [pairing.given(cast.own(h), w, s) for h, w, s in zip(heads, (actor, recipient), (at, to), strict=True)]
        found = predicates.find(doc, cast, self._lexicon)
        chosen = pairing.between(pairing.best(found, heads[0], heads[1]), whos[0], whos[1], doc=doc)
        speakers = Speakers(self._registers, cast, sentence_quoted=False, discourse=discourse)
        setting = self._setting(article, home, doc, speakers, coded_at=coded_at)
        claim = next(iter(claims_of(chosen, setting, rivals=found))).claim
        return claim if found else pairing.lowered(claim, why="no event word was found between the two")

    def _setting(
        self, article: Article, sentence: Sentence, doc: Doc, speakers: Speakers, *, coded_at: dt.datetime, dated: bool = True
    ) -> Setting:
        day, text = article.published, sentence.text
        return Setting(
            sentence=sentence,
            doc=doc,
            outlet=article.outlet,
            published=article.published,
            coded_at=coded_at,
            dates=tuple(dates.find(text, published=day)) if dated else (),
            future_dates=tuple(dates.find(text, published=day, tense="future")) if dated else (),
            magnitudes=tuple(magnitudes.find(text)) if dated else (),
            lexicon=self._lexicon,
            speakers=speakers,
        )

    def _sentence(
        self,
        article: Article,
        sentence: Sentence,
        doc: Doc,
        discourse: Discourse,
        memory: dict[str, Predicate],
        main: tuple[str, str] | None,
        *,
        quoted: bool,
        coded_at: dt.datetime,
    ) -> list[Made]:
        if not len(doc):
            return []
        day = article.published
        cast = self._casting.read(doc, discourse, sentence=sentence.sequence, offset=sentence.start, day=day)
        speakers = Speakers(self._registers, cast, sentence_quoted=quoted, discourse=discourse)
        found = fused(predicates.find(doc, cast, self._lexicon))
        recalled(found, memory, self._lexicon)
        if main is not None:
            partnered(found, main, self._registers)
        worthy = [p for p in found if worth(p)]
        setting = self._setting(article, sentence, doc, speakers, coded_at=coded_at, dated=bool(worthy))
        made = [m for p in worthy for m in claims_of(p, setting, rivals=found)]
        speaker = speakers.main_speaker(next((t for t in doc if t.head.i == t.i), doc[0]))
        if speaker is not None:
            discourse.speaker = speaker
        return made


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


def partnered(found: Sequence[Predicate], main: tuple[str, str], registers: Registers) -> None:
    """Gives an act between states that names no other side the other state of the article's pair.

    `Quito called its envoy home` in an article on Ecuador and Colombia is done to Colombia. Acts that have a
    person or body of their own as recipient, and acts of violence, are left alone.
    """
    for predicate in found:
        codes = {w.entity.code for w in predicate.actors if w.entity.code}
        if predicate.frame.event not in _INTERSTATE or predicate.recipients or len(codes) != 1:
            continue
        own = next(iter(codes))
        if own not in main or not any(set(w.entity.sectors) <= _STATE_SECTORS for w in predicate.actors):
            continue
        other = main[1] if own == main[0] else main[0]
        name = registers.state_name(other)
        predicate.recipients = (Who(entity=Entity(text="", code=other, name=name), kind="state"),)
        predicate.how_recipient = "the other state of the article"


def recalled(found: Sequence[Predicate], memory: dict[str, Predicate], lexicon: Lexicon) -> None:
    """Gives `the attack`, `the blockade` the parties of the last event of that type; remembers full ones.

    Args:
        found: The predicates of one sentence; those with a definite event noun and a missing side are completed.
        memory: Event type to its last predicate with both sides coded; grows.
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
        if definite and before is not None and not all(coded):
            if not coded[0] and not coded[1]:
                predicate.actors, predicate.recipients = before.actors, before.recipients
            elif not coded[0] and {w.entity.code for w in predicate.recipients} & {w.entity.code for w in before.recipients}:
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
        any(w.kind in ("person", "body", "people") and w.entity.text.lower() not in PRONOUNS for w in side) for side in sides
    )


def fused(found: Sequence[Predicate]) -> list[Predicate]:
    """Joins a result without an agent to the deed beside it: `26 were killed when US forces shelled a post`.

    The deed keeps its trigger, type and actor and takes over the people killed as its recipient.
    """
    dropped: set[int] = set()
    for result in found:
        if result.token.lemma_.lower() not in _RESULT_VERBS:
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
                deed.how_recipient = f"people {result.token.lower_}"
                dropped.add(result.token.i)
            break
    return [p for p in found if p.token.i not in dropped]


def _manner(result: Predicate, found: Sequence[Predicate]) -> Predicate | None:
    """The deed of which `killing 14` is the outcome: `shelled the town, killing 14`."""
    if result.token.dep_ not in ("advcl", "xcomp", "acl") or result.token.tag_ != "VBG":
        return None
    return next((d for d in found if d.frame.event == "ASSAULT" and d.token.i == result.token.head.i), None)


def _beside(result: Predicate, deed: Predicate) -> bool:
    return result.token in deed.token.ancestors or deed.token in result.token.ancestors


def _same_side(result: Predicate, deed: Predicate) -> bool:
    codes = {w.entity.code for w in deed.recipients if w.entity.code}
    return not codes or bool(codes & {w.entity.code for w in result.recipients}) or not any(
        w.entity.code for w in result.recipients
    )


def _distinct(coded: Sequence[tuple[int, Made]]) -> list[tuple[int, Made]]:
    seen: set[str] = set()
    result = []
    for number, made in coded:
        if made.claim.tie is not None and made.claim.id in seen:  # a second tie of the same words: an id of its own
            claim = made.claim
            steps = (*claim.explanation, Step(field="id", rule="second tie", words=made.claim.tie.kind))
            made = replace(made, claim=replace(claim, id=f"{claim.id[:12]}{len(seen) % 10_000:04d}", explanation=steps))
        if made.claim.id not in seen:
            seen.add(made.claim.id)
            result.append((number, made))
    return result


def _predictions(coded: Iterable[Made]) -> Iterable[Prediction]:
    """One prediction a foretold event (not one a direction of it)."""
    seen: set[tuple[int, int]] = set()
    for made in coded:
        claim = made.claim
        if claim.status not in _FORETELLING or claim.span in seen:
            continue
        seen.add(claim.span)
        low, high = claim.probability or (0.5, 0.9)
        yield Prediction(
            article_id=claim.article_id,
            claim=claim.id,
            text=claim.sentence,
            probability=(low, high),
            hedge=made.reality.hedge or made.reality.words,
            horizon=_horizon(claim),
            span=claim.span,
            attribution=claim.attribution,
            test=_test(claim),
        )


def _horizon(claim: Claim) -> dt.date | None:
    day = claim.end or claim.date
    return day if day is not None and (claim.published is None or day > claim.published) else None


def _test(claim: Claim) -> str:
    """How to tell whether it came true."""
    who = claim.actor.code or claim.actor.text or "someone"
    whom = (claim.recipient.code or claim.recipient.text) if claim.recipient else "anyone"
    tie = f" and the tie {claim.tie.kind} reads {claim.tie.effect}" if claim.tie else ""
    return f"{claim.event} by {who} towards {whom} is reported as happened{tie}"

