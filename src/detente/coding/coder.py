"""Articles in, codings out: the syntactic coder. Parses come from any spaCy pipeline with Universal Dependencies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from spacy.tokens import Doc as SpacyDoc

from detente.coding import denials, joining, learned, links, lone, pairing, predicates
from detente.coding.actors import Cast, Casting
from detente.coding.assembly import Made, Setting, claims_of
from detente.coding.context import at_home, at_play, fused, main_pair, partnered, recalled, worth
from detente.coding.discourse import Discourse
from detente.coding.hearing import Hearing
from detente.coding.joining import Opened
from detente.coding.openings import dateline_length, parsed
from detente.coding.predicates import Predicate
from detente.coding.quotations import marks_of
from detente.coding.quotations import read as quotations
from detente.coding.spans import read as read_span
from detente.coding.speech import Speakers, entity_of
from detente.coding.spotting import Spotter
from detente.errors import InputError
from detente.language.answers import Asked
from detente.language.words import Doc, plain
from detente.ontology.lexicon import Lexicon
from detente.ontology.registers import Registers
from detente.records import Article, Attribution, Claim, Coding, Entity, Prediction, Sentence, Span

Parse = Callable[[Iterable[str]], Iterable[Doc | SpacyDoc]]
_FORETELLING = frozenset({"foretold"})


class Coder:
    """Codes articles sentence by sentence; holds no state between articles."""

    def __init__(
        self, *, parse: Parse, registers: Registers, lexicon: Lexicon, reader: learned.Reader | None = None
    ) -> None:
        """Takes the language layer as a function from sentences to parses, and the event model if there is one."""
        self.parse, self._registers, self._lexicon, self._reader = parse, registers, lexicon, reader
        self._spotter = Spotter(registers)
        self._casting = Casting(registers, self._spotter)

    def code(self, article: Article, sentences: Sequence[Sentence], *, coded_at: dt.datetime) -> Coding:
        """Everything one article claims, links and foretells.

        An article is read by itself: the models measure each batch as a whole, so what else is read with a sentence
        moves its scores a little, and the same article must be coded the same whatever stands before or after it.
        """
        docs = parsed([s.text for s in sentences], self.parse)
        opened = self._opened(article, sentences, docs, coded_at=coded_at)
        spoken = joining.joined(opened, self._reader, self._lexicon) if self._reader else [one.made for one in opened]
        partners = denials.partners(opened, self._registers)
        made = [
            (one.setting.sentence.sequence,
             denials.settled(one, some, partners=partners, lexicon=self._lexicon, registers=self._registers))
            for one, some in zip(opened, spoken, strict=True)
        ]  # fmt: skip
        return _coding(article, sentences, docs, made)

    def code_all(self, items: Sequence[tuple[Article, Sequence[Sentence]]], *, coded_at: dt.datetime) -> list[Coding]:
        """The codings of several articles, in order, each as if it were alone."""
        return [self.code(article, sentences, coded_at=coded_at) for article, sentences in items]

    def _opened(
        self, article: Article, sentences: Sequence[Sentence], docs: Sequence[Doc], *, coded_at: dt.datetime
    ) -> list[Opened]:
        """Every sentence of an article as the syntactic coder reads it, each with what the earlier ones said."""
        discourse = Discourse()
        counted = self._counted(docs, day=article.published) if len(docs) > 1 or article.title else {}
        discourse.states = frozenset(counted)
        if article.title:
            title = self._alone(article.title)
            self._casting.read(title, discourse, sentence=-1, offset=0, day=article.published)
        main = main_pair(counted, title=article.title)
        home = self._home(article, main, counted)
        opened: list[Opened] = []
        memory: dict[str, Predicate] = {}
        for sentence, doc, cast, speakers in self._heard(article, sentences, docs, discourse, home=home):
            if len(doc):
                opened.append(
                    self._sentence(article, sentence, doc, cast, speakers, memory, main, home, coded_at=coded_at)
                )
        return opened

    def _heard(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        docs: Sequence[Doc],
        discourse: Discourse,
        *,
        home: str | None = None,
    ) -> list[tuple[Sentence, Doc, Cast, Speakers]]:
        """Who is who and who speaks in every sentence; all are heard first: a quotation may end with its speaker."""
        hearing = Hearing(self._registers, own=article.outlet, home=home, quoted=quotations(sentences))
        read: list[tuple[Sentence, Doc, Cast, Speakers]] = []
        for sentence, doc in zip(sentences, docs, strict=True):
            cast = self._casting.read(doc, discourse, sentence=sentence.sequence, offset=sentence.start,
                                      day=article.published)  # fmt: skip
            speakers, said_by = hearing.listen(sentence, cast)
            if said_by is not None:
                discourse.speaker = entity_of(said_by)
            read.append((sentence, doc, cast, speakers))
        hearing.close()
        return read

    def speakers(
        self, article: Article, sentences: Sequence[Sentence], *, of: Sequence[Span]
    ) -> list[tuple[Attribution, ...]]:
        """Who says the words of some spans of the article, outermost first; empty for the outlet's own voice.

        A span that holds a speaker and a verb of saying (`the embassy confirmed`) stands for what is said.

        Raises:
            InputError: A span starts in no sentence.
        """
        docs = parsed([s.text for s in sentences], self.parse)
        heard = self._heard(article, sentences, docs, Discourse())
        chains = []
        for start, end in of:
            place = next((h for h in heard if h[0].start <= start < h[0].end), None)
            if place is None:
                raise InputError(f"got the span {start} to {end}, wanted one that starts in a sentence of the article")
            chains.append(tuple(place[3].of_words(start - place[0].start, end - place[0].start)))
        return chains

    def phrase(self, text: str, *, day: dt.date | None = None) -> Entity | None:
        """Who a phrase on its own stands for, None when it names nobody."""
        doc = self._alone(text)
        return lone.entity_of(doc, self._casting.read(doc, Discourse(), sentence=0, offset=0, day=day, lone=True))

    def _home(self, article: Article, main: tuple[str, str] | None, counted: Mapping[str, int]) -> str | None:
        """The state whose `the government` is meant where none is named: that of the dateline, else the outlet's own.

        An outlet's state is taken only when the article is about it, or speaks of no other more often; agencies write
        from everywhere.
        """
        dateline = article.dateline or article.text[: dateline_length(article.text[:200])]
        if dateline:
            doc = self._alone(dateline.title())
            for spot in self._spotter.spot(doc, day=article.published):
                if spot.name.code in self._registers.states:
                    return spot.name.code
        country = self._registers.outlet(article.outlet).country if article.outlet else None
        if country is None:
            return None
        most = max((n for code, n in counted.items() if code in self._registers.states), default=0)
        about = country in main if main is not None else 0 < most == counted.get(country, 0)
        return country if about else None

    def _alone(self, text: str) -> Doc:
        """The parse of one text on its own."""
        return plain(next(iter(self.parse([text]))))

    def _counted(self, docs: Sequence[Doc], *, day: dt.date | None) -> Counter[str]:
        """How often each state is named in an article, by any of its names."""
        return Counter(
            spot.name.code
            for doc in docs
            for spot in self._spotter.spot(doc, day=day, states=frozenset())
            if spot.name.code and (spot.name.code in self._registers.states or "IGO" in spot.name.sectors)
        )

    def relation(
        self, article: Article, sentences: Sequence[Sentence], *, actor: str, recipient: str, coded_at: dt.datetime
    ) -> Claim:
        """The relation between two spans given as words of the article: always answered.

        Raises:
            InputError: There are no words to look for.
        """
        pair = pairing.Pair(article=article, sentences=sentences, actor=actor, recipient=recipient)
        place = pair.place()
        ruled = self._by_rule(pair, place, self._alone(place.sentence.text), coded_at=coded_at)
        if self._reader is None or ruled.asked is None:
            return ruled.claim
        claim, vote = ruled.claim, ruled.vote
        result = learned.join(self._reader.marked([ruled.asked])[0], syntax=vote, mode=claim.mode,
                              status=claim.status if vote else None, tie=claim.tie, always=True)  # fmt: skip
        return learned.rewritten(claim, result, self._lexicon)

    def relations(self, pairs: Sequence[pairing.Pair], *, coded_at: dt.datetime) -> list[Claim]:
        """The relations of several given pairs, in order.

        Raises:
            InputError: A pair has no words to look for.
        """
        return [
            self.relation(p.article, p.sentences, actor=p.actor, recipient=p.recipient, coded_at=coded_at)
            for p in pairs
        ]

    def _by_rule(self, pair: pairing.Pair, place: pairing.Place, doc: Doc, *, coded_at: dt.datetime) -> pairing.Ruled:
        """What the syntactic coder says of a given pair, and the question to the model."""
        article, home, spans = pair.article, place.sentence, place.spans
        discourse = Discourse()
        cast = self._casting.read(doc, discourse, sentence=home.sequence, offset=home.start, day=article.published)
        inner = [(s[0] - home.start, s[1] - home.start) if s else None for s in spans]
        heads = [pairing.head_of(doc, s or (0, 0)) for s in inner]
        texts = (pair.actor, pair.recipient)
        words = [learned.word_span(doc, s) if s else None for s in inner]
        whos = [
            read_span(doc, cast, w, place=s, text=t) if w and s else pairing.given(cast.own(h), t, s)
            for h, w, t, s in zip(heads, words, texts, spans, strict=True)
        ]
        found = predicates.find(doc, cast, self._lexicon)
        chosen = pairing.between(pairing.best(found, heads[0], heads[1]), whos[0], whos[1], doc=doc)
        speakers = Speakers(self._registers, cast, quoted=marks_of(home.text, inside=False), own=article.outlet)
        setting = self._setting(article, home, doc, speakers, coded_at=coded_at)
        claim = next(iter(claims_of(chosen, setting, rivals=found))).claim
        if not found:
            claim = pairing.lowered(claim, why="no event word was found between the two")
        asked = Asked(words=learned.words_of(doc), actor=words[0], recipient=words[1]) if words[0] else None
        return pairing.Ruled(claim=claim, vote=(chosen.frame.event,) if found else (), asked=asked)

    def _setting(
        self,
        article: Article,
        sentence: Sentence,
        doc: Doc,
        speakers: Speakers,
        *,
        coded_at: dt.datetime,
    ) -> Setting:
        return Setting(
            sentence=sentence,
            doc=doc,
            outlet=article.outlet,
            published=article.published,
            coded_at=coded_at,
            lexicon=self._lexicon,
            speakers=speakers,
        )

    def _sentence(
        self,
        article: Article,
        sentence: Sentence,
        doc: Doc,
        cast: Cast,
        speakers: Speakers,
        memory: dict[str, Predicate],
        main: tuple[str, str] | None,
        home: str | None,
        *,
        coded_at: dt.datetime,
    ) -> Opened:
        found = fused(predicates.find(doc, cast, self._lexicon))
        at_home(found, home)
        recalled(found, memory, self._lexicon)
        if main is not None:
            partnered(found, main, self._registers)
        play = at_play(sentence.text)
        worthy = [p for p in found if worth(p)] if not play else []
        setting = self._setting(article, sentence, doc, speakers, coded_at=coded_at)
        made = [m for p in worthy for m in claims_of(p, setting, rivals=found)]
        return Opened(doc=doc, cast=cast, found=found, setting=setting, made=made, idle=play)


def _coding(
    article: Article, sentences: Sequence[Sentence], docs: Sequence[Doc], made: Sequence[tuple[int, Sequence[Made]]]
) -> Coding:
    """The coding of an article from the claims of its sentences, each with its sentence's number."""
    unique = denials.pointing(_distinct([(number, one) for number, some in made for one in some]))
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


def _distinct(coded: Sequence[tuple[int, Made]]) -> list[tuple[int, Made]]:
    seen: set[str] = set()
    result = []
    for number, made in coded:
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
