"""A trigger in its sentence in, who says so out: the chain of speakers, outermost first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.coding import asides, naming, sayings
from detente.coding.actors import Cast
from detente.coding.antecedents import Heard
from detente.coding.captions import Captions
from detente.coding.crediting import WORDINGS, Credits, according, behind_all, spoken_before
from detente.coding.fences import fences
from detente.coding.indirect import goes_on, shifted
from detente.coding.inserts import leading
from detente.coding.quotations import Quoted
from detente.coding.sayers import Sayers
from detente.coding.voices import Voices
from detente.language.words import Token
from detente.ontology.registers import Registers
from detente.records import Attribution, Entity, Side

_MOST_HOPS = 14
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_STORIES = sayings.CLAIMING | WORDINGS
_SHORT_QUOTE = 4  # words; a shorter one is a phrase of the writer's sentence (`called it "an attack"`)


class Speakers:
    """Finds the chain of speakers for triggers of one sentence."""

    def __init__(
        self,
        registers: Registers,
        cast: Cast,
        *,
        quoted: Quoted,
        heard: Sequence[Heard] = (),
        seen: Sequence[Heard] = (),
        sentence: int = 0,
        own: str | None = None,
        home: str | None = None,
    ) -> None:
        """Takes the sentence's cast.

        Args:
            registers: Outlets and words for the unnamed.
            cast: Who is who in the sentence.
            quoted: Its quotation marks.
            heard: Speakers met before it, the last one last.
            seen: Persons named before it who did not speak.
            sentence: Its number.
            own: The article's outlet, whose own voice is no speaker.
            home: The state whose `the army` is meant where none is named.
        """
        self._doc, self._quoted = cast.doc, quoted
        self._voices = Voices(registers, cast, heard=heard, seen=seen, sentence=sentence, own=own, home=home)
        self._fences = {f.verb.i: f for f in fences(cast.doc, quoted)}
        self._sayers = Sayers(cast.doc, self._voices, fences=self._fences)
        self._credits = Credits(self._voices, self._sayers)
        self._captions = Captions(cast.doc, self._voices)
        self.home = home
        self.running: tuple[Attribution, ...] = ()
        self.standing: tuple[Attribution, ...] = ()
        self.continued: tuple[Attribution, ...] = ()

    @property
    def met(self) -> list[Heard]:
        """Speakers that this sentence names, so far as they were asked for."""
        return self._voices.met

    @property
    def seen(self) -> list[Heard]:
        """Persons that this sentence names and who do not speak in it."""
        return self._voices.seen()

    def shifted(self) -> bool:
        """Whether the sentence tells a speaker's present in the past, so that the next may go on without naming him."""
        return any(shifted(self._doc, fence) for fence in self._fences.values())

    def goes_on(self, *, told: bool) -> bool:
        """Whether the sentence reads as words of the one who spoke before it."""
        return goes_on(self._doc, told=told)

    def chain(self, trigger: Token) -> list[Attribution]:
        """Speakers of the clause of `trigger`, outermost first, without sides."""
        inner_first: list[Attribution] = []
        late: list[Attribution] = []
        used: set[int] = set()
        node = trigger
        for _ in range(_MOST_HOPS):
            for subject in (c for c in node.children if c.dep_ == "nsubj:outer" and self._story(c, trigger)):
                inner_first += self._sayers.of(subject, trigger)  # `Washington's version is that`
            for beside in according(node):
                if inner_first and beside.lemma_.lower() in WORDINGS:
                    continue  # `X's claim that ... is, in the words of Y, false`
                if not self._same_part(trigger, beside):
                    continue
                used.add(beside.i)
                if behind_all(beside) and spoken_before(beside):
                    late += self._credits.sources(beside)
                else:
                    inner_first += self._credits.sources(beside)
            if node.head.i == node.i:
                break
            head = node.head
            if not self._same_part(node, head) and head.i not in self._fences:
                node = head
                continue
            if sayings.takes(node, head):
                used.add(head.i)
                if self._closed(node, head, trigger, own=bool(inner_first)) or sayings.withheld(head):
                    node = head
                    continue
                inner_first += self._sayers.of(head, trigger)
            elif (accuser := sayings.accuser(node)) is not None and accuser.i not in used:
                used.add(accuser.i)
                inner_first += self._sayers.of(accuser, trigger)
            elif (above := sayings.over(node)) is not None:
                used.add(above.i)
                inner_first += self._sayers.of(above, trigger)
            node = head
        inner_first += late
        inner_first += self._asides(trigger, used, freely=all(a.role == "unspecified" for a in inner_first))
        if not inner_first:
            inner_first += self._led(trigger) or self._hearsay(trigger)
        if not inner_first:
            inner_first += self._before_colon(trigger)
        if not inner_first and self._in_long_quote(trigger):
            inner_first += self._outside_quote(trigger)
        if self._quoted.first(trigger.idx) or self._quoted.whole or not inner_first:
            inner_first += [a for a in reversed(self._inherited(trigger)) if a not in inner_first]
        inner_first += [a for a in reversed(self.continued) if a not in inner_first]
        return _unique(reversed(inner_first))

    @staticmethod
    def _closed(node: Token, head: Token, trigger: Token, *, own: bool) -> bool:
        """What is said stands before its verb, and the trigger behind it speaks for itself.

        `Beijing asked for talks, Xinhua reported, hours after Mr Li had refused them`; `..., he said, blaming Moscow`.
        """
        if not node.i < head.i < trigger.i:
            return False
        return own or (trigger.dep_ == "advcl" and trigger.tag_ == "VBG" and sayings.verb_of_saying(trigger))

    def of_words(self, start: int, end: int) -> list[Attribution]:
        """Speakers of the words in a character range of the sentence; of what is said, where they are `X said`."""
        words = [t for t in self._doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
        inside = {t.i for t in words}
        tops = [t for t in words if t.head.i not in inside or t.head.i == t.i]
        head = min(tops, key=lambda t: (t.pos_ not in ("VERB", "AUX"), t.dep_ != "xcomp", t.i), default=None)
        if head is None:
            return []
        says = head.lemma_.lower() in sayings.OF_SPEECH
        if says and any(c.dep_ == "nsubj" and c.i in inside for c in head.children):
            said = next((c for c in head.children if c.dep_ in ("ccomp", "xcomp") and c.i > head.i), None)
            return self.chain(said) if said is not None else _unique([*self.chain(head), *self._sayers.of(head, None)])
        return self.chain(head)

    def _inherited(self, trigger: Token) -> tuple[Attribution, ...]:
        if self._quoted.first(trigger.idx) or self._quoted.whole:
            return self.running
        return self.standing

    def said_by(self, verb: Token) -> list[Attribution]:
        """Who is the subject of a verb of saying, outermost first."""
        return _unique(reversed(self._sayers.of(verb, None)))

    def main(self) -> list[Attribution]:
        """The chain that the sentence as a whole is ascribed to, for quotations that run on; may be empty."""
        if signed := self._captions.signed():
            return signed
        verbs = [t for t in self._doc if sayings.verb_of_saying(t) and not self._quoted.holds(t.idx)]
        ranked = sorted(verbs, key=lambda v: (not self._carries_quote(v), sum(1 for _ in v.ancestors), v.i))
        for verb in ranked:
            found = self._sayers.of(verb, None)
            if found:
                outer = self.chain(verb)
                return _unique([*outer, *reversed(found)])
        for token in self._doc:
            for beside in according(token):
                return list(reversed(self._credits.sources(beside)))
        for token in self._doc:  # who acts here may speak next: `The embassy issued a note. It said ...`
            if token.dep_ == "nsubj" and token.head.dep_ == "ROOT" and token.pos_ != "PRON":
                self._voices.of(token)
        return []

    def introduced(self) -> list[Attribution]:
        """The speaker before a colon that opens the sentence: `General X: Russia will attack`."""
        return self._captions.introduced() or self._issued()

    def _issued(self) -> list[Attribution]:
        """Whose text follows: `The Command released the following report: ...`."""
        colon = next((t.i for t in self._doc if t.text == ":"), None)
        if colon is None or colon + 1 >= len(self._doc):
            return []
        for noun in self._doc[max(0, colon - 8) : colon]:
            text = naming.is_document(noun) or noun.lemma_.lower() in sayings.CLAIMING
            if text and noun.dep_ == "obj" and noun.head.lemma_.lower() in sayings.CARRYING:
                found = [a for c in self._sayers.subjects(noun.head) for a in self._voices.of(c)]
                if found:
                    return list(reversed(found))
        return []

    def _before_colon(self, trigger: Token) -> list[Attribution]:
        """Who says what follows a colon: `Her neighbour told the same story: soldiers had burned the house`."""
        colon = next((t.i for t in reversed(self._doc[: trigger.i]) if t.text == ":"), None)
        verbs = [t for t in self._doc[:colon] if sayings.verb_of_saying(t) and sayings.finite(t)] if colon else []
        verbs += [t for t in self._doc[:colon] if t.lemma_.lower() in sayings.PLAINLY] if colon else []
        if not verbs or any(t.text == ";" for t in self._doc[colon : trigger.i]):
            return []
        return self._sayers.of(verbs[-1], trigger)

    def _carries_quote(self, verb: Token) -> bool:
        return any(self._quoted.holds(c.idx) for c in verb.children if c.dep_ in ("ccomp", "parataxis", "obj"))

    # -- asides and sources ----------------------------------------------------------------------------------

    def _story(self, noun: Token, trigger: Token) -> bool:
        told = noun.lemma_.lower() in _STORIES and not sayings.verb_of_saying(noun.head)
        return told and self._same_part(noun, trigger)

    def _asides(self, trigger: Token, used: set[int], *, freely: bool) -> list[Attribution]:
        """`..., police said`, `Thai troops, it says, fired`, `According to X, ...`, wherever the parse hung them."""
        found: list[Attribution] = []
        above = {t.i for t in trigger.ancestors}
        for verb in self._doc:
            if verb.i in used or verb.i == trigger.i or self._quoted.holds(verb.idx):
                continue
            fence = self._fences.get(verb.i)
            if fence is not None and fence.holds(trigger, freely=freely and not found):
                used.add(verb.i)
                found += self._sayers.of(verb, trigger)
                continue
            if not asides.aside(verb):
                continue
            if verb.i in above and not self._before(trigger, verb):
                continue
            if used and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
                continue  # `the ministry denied that ..., as an officer had suggested`
            subjects = self._beside(verb)
            if not subjects or not (asides.as_put(verb) or self._in_reach(trigger, verb, subjects)):
                continue
            used.add(verb.i)
            found += self._sayers.of(verb, trigger)
        for token in self._doc:
            for beside in according(token):
                if not found or behind_all(beside):
                    if used and beside.lemma_.lower() in WORDINGS:
                        continue
                    if beside.i not in used and self._same_part(trigger, beside) and trigger not in beside.subtree:
                        used.add(beside.i)
                        found += self._credits.sources(beside)
        if not found and (tail := self._captions.tail()) is not None and trigger.i < tail.left_edge.i:
            found += self._voices.of(tail)
        return found

    def _led(self, trigger: Token) -> list[Attribution]:
        """`Reports from the frontier say Finnish batteries shelled Mainila`, whatever the parse made of it."""
        for verb in reversed(self._doc[: trigger.i]):
            if verb.is_punct or verb.lower_ in ("and", "but", "as", "who", "which"):
                return []
            if (
                verb.pos_ in ("VERB", "AUX")
                and verb.tag_ in sayings.FINITE
                and verb.lemma_.lower() in sayings.OF_SPEECH
            ):
                head = leading(verb)
                clause = verb.nbor().lower_ == "that" or verb.nbor().pos_ in ("PROPN", "ADJ", "DET", "NOUN", "PRON")
                return self._voices.of(head) if head is not None and clause else []
        return []

    def _beside(self, verb: Token) -> list[Token]:
        """The subject with which a verb of saying stands beside what is said."""
        if asides.quotes_as_saying(verb):
            return [c for c in verb.children if c.dep_.startswith("nsubj")]
        if self._sayers.unspecified(verb):
            return [c for c in verb.children if c.lower_ == "it" and c.i < verb.i]
        return self._sayers.subjects(verb)

    def _before(self, trigger: Token, verb: Token) -> bool:
        return trigger.i < verb.i

    def _in_reach(self, trigger: Token, verb: Token, subjects: Sequence[Token]) -> bool:
        if not self._same_part(trigger, verb):
            return False
        if any(trigger.i == s.i or any(t.i == trigger.i for t in s.subtree) for s in subjects):
            return False
        start = min(verb.i, *(s.left_edge.i if s.left_edge.i < verb.i else verb.i for s in subjects))
        while self._doc[start].is_punct and start < verb.i:
            start += 1
        if trigger.i < start:
            return any(t.text in ",\"”—–-'’" for t in self._doc[max(0, start - 3) : start]) or trigger in verb.subtree
        early = not any(t.pos_ == "VERB" and sayings.finite(t) and self._same_part(t, verb) for t in self._doc[:start])
        after = self._doc[verb.i + 1 : verb.i + 8]
        return early and trigger.i > verb.i and any(t.text == "," for t in after) and start > 0

    def _same_part(self, a: Token, b: Token) -> bool:
        """No semicolon stands between the two."""
        low, high = sorted((a.i, b.i))
        return not any(t.text == ";" for t in self._doc[low:high])

    def _hearsay(self, trigger: Token) -> list[Attribution]:
        """`allegedly`: someone says so, and the text does not say who."""
        for node in (trigger, *trigger.ancestors):
            for child in node.children:
                if child.lower_ in sayings.HEARSAY:
                    return [Attribution(name=None, role="unspecified", text=child.text)]
            if node.dep_ not in ("xcomp", "conj", "obj"):
                break
        return []

    # -- quotations ------------------------------------------------------------------------------------------

    def _in_long_quote(self, trigger: Token) -> bool:
        for start, end in self._quoted.spans:
            if start <= trigger.idx < end:
                return sum(start <= t.idx < end and not t.is_punct for t in self._doc) > _SHORT_QUOTE
        return False

    def _outside_quote(self, trigger: Token) -> list[Attribution]:
        """The verb of saying nearest to a quotation, whatever the parse made of it."""
        if self._quoted.first(trigger.idx):
            return []
        verbs = [t for t in self._doc if sayings.verb_of_saying(t) and not self._quoted.holds(t.idx)]
        for verb in sorted(verbs, key=lambda v: abs(v.i - trigger.i)):
            found = self._sayers.of(verb, trigger)
            if found:
                return found
        return []


def entity_of(speaker: Attribution) -> Entity:
    """A speaker as an entity, for whom `we` means."""
    return Entity(text=speaker.text, code=speaker.code, sectors=speaker.sectors, name=speaker.name,
                  anonymous=not speaker.named)  # fmt: skip


def with_side(chain: Sequence[Attribution], parties: frozenset[str]) -> tuple[Attribution, ...]:
    """Sets each speaker's side of a relation between `parties` (state codes)."""
    result = []
    for link in chain:
        side: Side = "unknown"
        if link.code is not None:
            side = "party" if link.code in parties and link.role != "outlet" else "third"
        result.append(replace(link, side=side))
    return tuple(result)


def _unique(chain: Iterable[Attribution]) -> list[Attribution]:
    found: list[Attribution] = []
    for link in chain:
        if all((link.name, link.text) != (f.name, f.text) and not (link.name and link.name == f.name) for f in found):
            found.append(link)
    return found
