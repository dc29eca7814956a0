"""Articles in, codings out: the syntactic coder. Parses come from any spaCy pipeline with Universal Dependencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from detente.coding import dates, links, magnitudes, predicates
from detente.coding.actors import Cast, Casting
from detente.coding.assembly import Made, Setting, claims_of
from detente.coding.discourse import Discourse
from detente.coding.predicates import Predicate
from detente.coding.speech import Speakers, quotation_state
from detente.coding.spotting import Spotter
from detente.ontology.lexicon import Lexicon
from detente.ontology.registers import Registers
from detente.records import Article, Claim, Coding, Prediction, Sentence, Step

Parse = Callable[[Iterable[str]], Iterable[Doc]]
_RESULT_VERBS = frozenset({"kill", "die", "wound", "injure", "hurt", "perish", "slay"})
_FORETELLING = frozenset({"foretold"})


class Coder:
    """Codes articles sentence by sentence; holds no state between articles."""

    def __init__(self, *, parse: Parse, registers: Registers, lexicon: Lexicon) -> None:
        """Takes the language layer as a function from sentences to parses."""
        self._parse, self._registers, self._lexicon = parse, registers, lexicon
        self._casting = Casting(registers, Spotter(registers))

    def code(self, article: Article, sentences: Sequence[Sentence], *, coded_at: dt.datetime) -> Coding:
        """Everything one article claims, links and foretells."""
        docs = list(self._parse([s.text for s in sentences]))
        discourse = Discourse()
        if article.title:
            title = next(iter(self._parse([article.title])))
            self._casting.read(title, discourse, sentence=-1, offset=0, day=article.published)
        coded: list[tuple[int, Made]] = []
        inside, paragraph = False, 0
        for sentence, doc in zip(sentences, docs, strict=True):
            if sentence.paragraph != paragraph:
                inside, paragraph = False, sentence.paragraph
            quoted, inside = quotation_state(sentence.text, inside=inside)
            for made in self._sentence(article, sentence, doc, discourse, quoted=quoted, coded_at=coded_at):
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

    def _sentence(
        self,
        article: Article,
        sentence: Sentence,
        doc: Doc,
        discourse: Discourse,
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
        setting = Setting(
            sentence=sentence,
            doc=doc,
            outlet=article.outlet,
            published=day,
            coded_at=coded_at,
            dates=tuple(dates.find(sentence.text, published=day)),
            magnitudes=tuple(magnitudes.find(sentence.text)),
            lexicon=self._lexicon,
            speakers=speakers,
        )
        made = [m for p in found if worth(p) for m in claims_of(p, setting, rivals=found)]
        speaker = speakers.main_speaker(next((t for t in doc if t.head.i == t.i), doc[0]))
        if speaker is not None:
            discourse.speaker = speaker
        return made


def worth(predicate: Predicate) -> bool:
    """Whether a predicate has parties enough to report: an actor that can act, or a coded one acted on."""
    actor_known = any(w.entity.code or w.kind in ("person", "body", "people", "state") for w in predicate.actors)
    recipient_coded = any(w.entity.code for w in predicate.recipients)
    if not actor_known:
        return recipient_coded and predicate.frame.event in ("ASSAULT", "COERCE", "SANCTION") or (
            recipient_coded and "effects.csv" in predicate.frame.where
        )
    if predicate.token.pos_ == "NOUN":  # a noun in passing needs both sides, one of them coded
        return bool(predicate.recipients) and (recipient_coded or any(w.entity.code for w in predicate.actors))
    return True


def fused(found: Sequence[Predicate]) -> list[Predicate]:
    """Joins a result without an agent to the deed beside it: `26 were killed when US forces shelled a post`.

    The deed keeps its trigger, type and actor and takes over the people killed as its recipient.
    """
    dropped: set[int] = set()
    for result in found:
        if result.actors or result.token.lemma_.lower() not in _RESULT_VERBS:
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
            horizon=claim.end or claim.date,
            span=claim.span,
            attribution=claim.attribution,
            test=_test(claim),
        )


def _test(claim: Claim) -> str:
    """How to tell whether it came true."""
    who = claim.actor.code or claim.actor.text or "someone"
    whom = (claim.recipient.code or claim.recipient.text) if claim.recipient else "anyone"
    tie = f" and the tie {claim.tie.kind} reads {claim.tie.effect}" if claim.tie else ""
    return f"{claim.event} by {who} towards {whom} is reported as happened{tie}"


def cast_of(coder: Coder, doc: Doc, *, day: dt.date | None = None) -> Cast:
    """Who is who in one parsed sentence, without an article around it."""
    return coder._casting.read(doc, Discourse(), sentence=0, offset=0, day=day)
