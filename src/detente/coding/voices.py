"""The words of a speaker in, the speaker out: who that is, under the name that the article gave before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.coding import naming
from detente.coding.actors import Cast, phrase
from detente.coding.antecedents import FAR, NEAR, Antecedents, Heard, fitting
from detente.coding.discourse import PERSON_PRONOUNS, PLURAL_PRONOUNS, PRONOUNS, SPEAKER_PRONOUNS, THING_PRONOUNS
from detente.coding.mastheads import Mastheads
from detente.coding.phrases import Who, bare, case_of, definite
from detente.coding.spotting import Spot
from detente.language.words import Token
from detente.ontology.registers import Registers
from detente.records import Attribution, Entity

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_WHEN = _DAYS | {"yesterday", "today", "tonight", "week", "month", "year"}
_NOBODY = frozenset({"nobody", "none", "neither"})
_BESIDE = 10  # words
_ONES = frozenset({"one", "another", "some", "others", "both", "several", "many", "most", "each", "two", "three"})


class Voices:
    """Reads speakers of one sentence, given those heard before it."""

    def __init__(
        self,
        registers: Registers,
        cast: Cast,
        *,
        heard: Sequence[Heard],
        seen: Sequence[Heard] = (),
        sentence: int,
        own: str | None,
        home: str | None = None,
    ) -> None:
        """Takes the sentence's cast, who was heard and who was seen before, the article's own outlet and its home."""
        self._home = home
        self._registers, self._cast = registers, cast
        self._sentence = sentence
        self.mastheads = Mastheads(registers, own=own)
        self._before = Antecedents(heard, seen=seen, sentence=sentence)
        self.met: list[Heard] = []

    @property
    def spots(self) -> Sequence[Spot]:
        """The names of the registers in the sentence."""
        return self._cast.spots

    def of(self, token: Token) -> list[Attribution]:
        """The speakers that the phrase headed by `token` stands for; several where it is coordinated."""
        result = self._one(token)
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON"):
                result += [a for a in self._one(child) if a not in result]
        return result

    def _one(self, token: Token) -> list[Attribution]:
        lower = token.lower_
        if lower in _NOBODY:
            return []
        if token.pos_ in ("PRON", "DET") or lower in ("he", "she", "it", "they"):
            return self._pronoun(token)
        if any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in token.children):
            return []
        if lower in SPEAKER_PRONOUNS or token.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "X", "SYM"):
            return []
        if lower in naming.CALENDAR or self.mastheads.is_ours(token):
            return []
        words = bare(phrase(token))
        outlet = self.mastheads.read(token, words)
        if outlet is not None:
            return [] if self.mastheads.is_own(outlet) else [self._met(outlet, token, "outlet")]
        if naming.is_carrier(token):
            author = self._author(token)
            if author:
                return author
        back = self._before.short_form(token, words)
        if back is not None:
            return [back]
        return self._described(token, words)

    # -- what a phrase says by itself ------------------------------------------------------------------------

    def _described(self, token: Token, words: Sequence[Token]) -> list[Attribution]:
        one = self._read(token, words)
        if one is None:
            return []
        self.met.append(one)
        return [one.voice]

    def seen(self) -> list[Heard]:
        """Persons that the sentence names, whether or not they speak in it."""
        told = {h.voice.name for h in self.met}
        found = []
        for token in self._cast.doc:
            named = token.pos_ == "PROPN" and token.ent_type_ == "PER" and token.dep_ not in ("flat", "compound")
            one = self._read(token, bare(phrase(token))) if named else None
            if one is not None and one.kind == "person" and one.voice.name and one.voice.name not in told:
                found.append(one)
        return found

    def _read(self, token: Token, words: Sequence[Token]) -> Heard | None:
        readings = self._cast.own(token)
        people = token.pos_ == "ADJ" and definite(token)  # `the Congolese`, and `the premier` taken for an adjective
        if token.pos_ in ("NUM", "ADJ") and not readings and token.lower_ not in _ONES and not people:
            return None
        who = readings[0] if readings else None
        codes = {w.entity.code for w in readings if w.entity.code}
        name = self._person(token, who)
        if name is not None and (older := self._before.longer(name)) is not None:
            name = older.voice.name
            codes = codes or {code for code in (older.voice.code,) if code}
        known = self._is_name(token, who)
        adjoined = naming.adjoined(token) if name is None else ()
        is_named = bool(adjoined) or naming.named(token, words, name=name, known=known)
        text = self._with_apposition(token, [*words, *adjoined], name)
        shown = token.doc[adjoined[0].i : adjoined[-1].i + 1].text if adjoined else name
        if is_named and shown is None:
            shown = who.entity.name if who is not None and known and who.entity.name else text
        voice = Attribution(
            name=shown if is_named else None,
            code=next(iter(codes)) if len(codes) == 1 else self._at_home(token, who) if not codes else None,
            sectors=who.entity.sectors if who is not None else (),
            role=self._role(token),
            named=is_named,
            text=text,
        )
        return self._noted(voice, token, self._kind(token, who, name))

    def _at_home(self, token: Token, who: Who | None) -> str | None:
        """`The army`, `the information minister`: of the state the article is written in."""
        organ = who is not None and set(who.entity.sectors) & {"GOV", "MIL", "SPY", "LEG"}
        return self._home if organ and definite(token) else None

    def _with_apposition(self, token: Token, words: Sequence[Token], name: str | None) -> str:
        """The phrase, with the office beside a name and the name beside an office: `the governor, Anton Gusev`."""
        doc, first, last = token.doc, words[0].i, words[-1].i
        if name is None:
            return doc[first : last + 1].text
        for child in token.children:
            if child.dep_ == "appos" and child.i > last and child.i - last <= _BESIDE:
                last = max(last, bare(phrase(child))[-1].i)
        if last + 2 < len(doc) and doc[last + 1].text == "," and doc[last + 2].dep_ == "det":
            stop = next((t.i for t in doc[last + 2 : last + _BESIDE] if t.text in ",;."), None)
            if stop is not None and not any(t.pos_ in ("VERB", "AUX") for t in doc[last + 2 : stop]):
                last = stop - 1
        if first > 1 and doc[first - 1].text == ",":
            start = first - 1
            while start > 0 and doc[start - 1].text not in ',;"”“—–:' and first - start <= _BESIDE:
                start -= 1
            office = doc[start : first - 1]
            plain = not any(t.pos_ in ("VERB", "AUX") for t in office)
            if len(office) and plain and any(self.is_role(t) for t in office) and office[0].pos_ != "ADP":
                first = start
        return doc[first : last + 1].text

    def is_role(self, token: Token) -> bool:
        """Whether a noun says what a person is: `minister`, `expert`."""
        lemma = token.lemma_.lower()
        return token.pos_ in ("NOUN", "PROPN") and (lemma in self._registers.roles or lemma in self._registers.unnamed)

    def _role(self, token: Token) -> str | None:
        if token.pos_ != "NOUN":
            return None
        lemma = token.lemma_.lower()
        role = self._registers.unnamed.get(lemma, lemma)
        return lemma if role == "official" else role

    @staticmethod
    def _kind(token: Token, who: Who | None, name: str | None) -> str:
        if name is not None or (who is not None and who.kind in ("person", "people")):
            return "people" if token.tag_ == "NNS" and name is None else "person"
        if naming.is_document(token):
            return "document"
        if who is not None and who.kind in ("body", "state"):
            return who.kind
        if token.lemma_.lower() in naming.BODIES or token.pos_ == "PROPN":
            return "body"
        return "people" if token.tag_ in ("NNS", "NNPS") else "person"

    def _is_name(self, token: Token, who: Who | None) -> bool:
        """The head is itself a name: a state, a capital, a metonym, a body; not a noun that one of them modifies."""
        spot = next((s for s in self._cast.spots if s.start <= token.i < s.end), None)
        if spot is not None and spot.name.kind in ("demonym", "adjective"):
            return False
        if spot is not None and who is not None and who.kind in ("state", "body", "person"):
            return token.pos_ != "NOUN"
        return token.text[:1].isupper() and token.pos_ == "PROPN" and token.ent_type_ in ("ORG", "LOC", "PER")

    def _person(self, token: Token, who: Who | None) -> str | None:
        """The person's name in the phrase or set beside it."""
        if token.tag_ in ("NNS", "NNPS"):
            return None
        beside = ("appos", "flat", "nmod:desc", "compound", "nmod")
        heads = [token, *(c for c in token.children if c.dep_ in beside)]
        heads.sort(key=lambda h: h.dep_ != "appos" or h.ent_type_ != "PER")
        for head in heads:
            if head.dep_ == "nmod" and case_of(head):
                continue
            if head.i != token.i and head.dep_ == "compound" and token.pos_ == "NOUN":
                continue  # `an Obama aide`
            ent = next((e for e in token.doc.ents if e.start <= head.i < e.end), None)
            if ent is not None and ent.label_ == "PER" and head.text[:1].isupper() and ent.text[:1].isupper():
                spot = next((s for s in self._cast.spots if s.start <= head.i < s.end), None)
                if spot is not None and spot.name.kind not in ("leader", "surname"):
                    continue  # the language layer took a capital for a person
                return spot.name.name if spot is not None and spot.name.kind in ("leader", "surname") else ent.text
            spot = next((s for s in self._cast.spots if s.start <= head.i < s.end), None)
            if spot is not None and spot.name.kind in ("leader", "surname"):
                return spot.name.name
        if (set_off := self._set_off(token)) is not None:
            return set_off
        own = who.entity.name if who is not None and who.kind == "person" else None
        if who is not None and own and token.pos_ == "PROPN" and own[:1].isupper():
            return who.entity.name
        return None

    def _set_off(self, token: Token) -> str | None:
        """The person between the commas behind an office: `the director general, Major General Athar Abbas, said`."""
        doc, start = token.doc, bare(phrase(token))[-1].i + 2
        if start >= len(doc) or doc[start - 1].text != "," or not self.is_role(token):
            return None
        stop = next((t.i for t in doc[start : start + _BESIDE] if t.text in ",;."), None)
        if stop is None or doc[stop].text != "," or any(t.pos_ in ("VERB", "AUX") for t in doc[start:stop]):
            return None
        names = [e for e in doc.ents if e.label_ == "PER" and start <= e.start and e.end == stop]
        return names[0].text if names else None

    # -- texts ------------------------------------------------------------------------------------------------

    def _author(self, token: Token) -> list[Attribution]:
        """Whose text it is: `a report by the institute`, `Kabul's statement`, `an article in Le Monde`."""
        for child in token.children:
            if child.dep_ == "nmod:poss" and child.lower_ not in _WHEN:
                return self.of(child)
        for child in token.children:
            if child.dep_.startswith("nmod") and case_of(child) in ("by", "of", "from"):
                if case_of(child) == "from" and child.ent_type_ == "LOC":
                    continue  # `reports from Addis Ababa`: a place, and nobody in it
                found = self.of(child)
                someone = child.tag_ in ("NNS", "NN") and case_of(child) != "of"  # `a note of protest`
                if found and (found[0].named or found[0].code or someone):
                    return found
        for child in token.children:
            if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() not in naming.CAME_TO:
                for agent in child.children:
                    if agent.dep_ == "obl:agent" or (agent.dep_ == "obl" and case_of(agent) == "by"):
                        return self.of(agent)
        for child in token.children:
            if child.dep_.startswith(("nmod", "obl")) and case_of(child) in ("in", "on", "with", "to"):
                outlet = self.mastheads.read(child)
                if outlet is not None:
                    return [] if self.mastheads.is_own(outlet) else [self._met(outlet, child, "outlet")]
        return []

    # -- pointing back ---------------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> list[Attribution]:
        lower = token.lower_
        kinds: tuple[str, ...]
        if lower in PERSON_PRONOUNS:
            kinds, plural = ("person",), False
        elif lower in PLURAL_PRONOUNS:
            kinds, plural = ("people", "body", "state", "person", "outlet"), True
        elif lower in THING_PRONOUNS:
            kinds, plural = ("body", "outlet", "document", "state"), False
        elif lower in _ONES:
            return [Attribution(name=None, named=False, text=token.doc[token.left_edge.i : token.i + 1].text)]
        else:
            return []
        here = self._inside(kinds)
        if here is not None:
            return [here]
        fits = fitting(lower)
        last = self._before.latest(kinds, most=NEAR, fits=fits)
        if last is not None and (not plural or last.plural or last.kind != "person"):
            return [last.voice]
        readings = self._cast.own(token)
        if readings and (readings[0].entity.code or readings[0].entity.name):
            return [self._named_before(token, readings[0])]
        far = self._before.latest(kinds, most=FAR, fits=fits)
        return [far.voice if far is not None else Attribution(name=None, text=token.text)]

    def _inside(self, kinds: Sequence[str]) -> Attribution | None:
        """Someone who spoke earlier in the same sentence."""
        found = [h for h in self.met if h.kind in kinds]
        return found[-1].voice if found else None

    def _named_before(self, token: Token, who: Who) -> Attribution:
        """A reading under the words that named it earlier in the sentence, where there are some."""
        voice = self._entity(who)
        if voice.text.lower() in PRONOUNS and voice.code:
            older = self._before.of_code(voice.code)
            voice = older.voice if older is not None else voice
        elif who.kind == "person" and voice.name and (seen := self._before.of_name(voice.name)) is not None:
            return seen.voice
        for at, readings in self._cast:
            word = token.doc[at]
            if at < token.i and word.pos_ in ("PROPN", "NOUN") and readings[0].entity.code == voice.code and voice.code:
                return replace(voice, text=readings[0].entity.text)
        return voice

    @staticmethod
    def _entity(who: Who) -> Attribution:
        entity: Entity = who.entity
        is_named = bool(entity.name) and not entity.anonymous
        return Attribution(name=entity.name if is_named else None, code=entity.code, sectors=entity.sectors,
                           named=is_named, text=entity.name or entity.text)  # fmt: skip

    def _met(self, voice: Attribution, token: Token, kind: str) -> Attribution:
        self.met.append(self._noted(voice, token, kind))
        return voice

    def _noted(self, voice: Attribution, token: Token, kind: str) -> Heard:
        plural = token.tag_ in ("NNS", "NNPS") and kind != "outlet"
        return Heard(voice=voice, head=token.lemma_.lower(), kind=kind, plural=plural, sentence=self._sentence)

    def given(self, entity: Entity) -> Attribution:
        """A reading from elsewhere as a speaker."""
        return replace(self._entity(Who(entity=entity, kind="person")), text=entity.text)
