"""A trigger in its sentence in, who says so out: the chain of speakers, outermost first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.coding import naming, sayings
from detente.coding.actors import Cast
from detente.coding.arguments import of_verb
from detente.coding.phrases import case_of
from detente.coding.quotations import Quoted
from detente.coding.voices import Heard, Voices
from detente.ontology.registers import Registers
from detente.records import Attribution, Entity, Side

_MOST_HOPS = 14
_NO_ONE = frozenset({"it", "there", "this", "that", "which", "what"})
_BESIDE = ("advcl", "acl", "acl:relcl", "xcomp", "parataxis", "conj")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_WORDINGS = frozenset("word view opinion account version estimate telling".split())
_LONGEST_SPEAKER = 14
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
        sentence: int = 0,
        own: str | None = None,
    ) -> None:
        """Takes the sentence's cast.

        Args:
            registers: Outlets and words for the unnamed.
            cast: Who is who in the sentence.
            quoted: Its quotation marks.
            heard: Speakers met before it, the last one last.
            sentence: Its number.
            own: The article's outlet, whose own voice is no speaker.
        """
        self._doc, self._quoted = cast.doc, quoted
        self._voices = Voices(registers, cast, heard=heard, sentence=sentence, own=own)
        self.running: tuple[Attribution, ...] = ()
        self.standing: tuple[Attribution, ...] = ()

    @property
    def met(self) -> list[Heard]:
        """Speakers that this sentence names, so far as they were asked for."""
        return self._voices.met

    def chain(self, trigger: Token) -> list[Attribution]:
        """Speakers of the clause of `trigger`, outermost first, without sides."""
        inner_first: list[Attribution] = []
        used: set[int] = set()
        node = trigger
        for _ in range(_MOST_HOPS):
            for beside in self._according(node):
                if inner_first and beside.lemma_.lower() in _WORDINGS:
                    continue  # `X's claim that ... is, in the words of Y, false`
                used.add(beside.i)
                inner_first += self._sources(beside)
            if node.head.i == node.i:
                break
            head = node.head
            if sayings.takes(node, head):
                used.add(head.i)
                inner_first += self._sayers(head, trigger)
            elif (accuser := sayings.accuser(node)) is not None and accuser.i not in used:
                used.add(accuser.i)
                inner_first += self._sayers(accuser, trigger)
            elif node.dep_ == "ccomp" and head.dep_ in ("obj", "advmod", "obl") and sayings.takes(node, head.head):
                used.add(head.head.i)  # `denied once more that`, hung on `more`
                inner_first += self._sayers(head.head, trigger)
            node = head
        inner_first += self._asides(trigger, used)
        if not inner_first:
            inner_first += self._hearsay(trigger)
        if not inner_first and self._in_long_quote(trigger):
            inner_first += self._outside_quote(trigger)
        if self._quoted.first(trigger.idx) or self._quoted.whole or not inner_first:
            inner_first += [a for a in reversed(self._inherited(trigger)) if a not in inner_first]
        return _unique(reversed(inner_first))

    def of_words(self, start: int, end: int) -> list[Attribution]:
        """Speakers of the words in a character range of the sentence; of what is said, where they are `X said`."""
        words = [t for t in self._doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
        inside = {t.i for t in words}
        tops = [t for t in words if t.head.i not in inside or t.head.i == t.i]
        head = min(tops, key=lambda t: (t.pos_ not in ("VERB", "AUX"), t.dep_ != "xcomp", t.i), default=None)
        if head is None:
            return []
        says = head.lemma_.lower() in sayings.ALWAYS_SAYING - sayings.PERFORMING
        if says and any(c.dep_ == "nsubj" and c.i in inside for c in head.children):
            said = next((c for c in head.children if c.dep_ in ("ccomp", "xcomp") and c.i > head.i), None)
            return self.chain(said) if said is not None else _unique([*self.chain(head), *self._sayers(head, None)])
        return self.chain(head)

    def _inherited(self, trigger: Token) -> tuple[Attribution, ...]:
        if self._quoted.first(trigger.idx) or self._quoted.whole:
            return self.running
        return self.standing

    def main(self) -> list[Attribution]:
        """The chain that the sentence as a whole is ascribed to, for quotations that run on; may be empty."""
        verbs = [t for t in self._doc if sayings.verb_of_saying(t) and not self._quoted.holds(t.idx)]
        ranked = sorted(verbs, key=lambda v: (not self._carries_quote(v), sum(1 for _ in v.ancestors), v.i))
        for verb in ranked:
            found = self._sayers(verb, None)
            if found:
                outer = self.chain(verb)
                return _unique([*outer, *reversed(found)])
        for token in self._doc:
            for beside in self._according(token):
                return list(reversed(self._sources(beside)))
        return []

    def introduced(self) -> list[Attribution]:
        """The speaker before a colon that opens the sentence: `General X: Russia will attack`."""
        doc = self._doc
        at = next((t.i for t in doc[:10] if t.text == ":"), None)
        words = [t for t in doc[:at] if not t.is_space] if at else []
        if at is None or not words or at + 1 >= len(doc) or any(t.pos_ in ("VERB", "AUX") for t in words):
            return []
        if all(t.text.isupper() for t in words if t.is_alpha) or any(t.text in '"“”,;' for t in words[:1]):
            return []
        head = next((t for t in words if t.head.i == t.i or t.head.i >= at), words[-1])
        person = any(t.ent_type_ == "PER" for t in words) or (head.pos_ == "NOUN" and len(words) > 1)
        return self._voices.of(head) if person else []

    def _carries_quote(self, verb: Token) -> bool:
        return any(self._quoted.holds(c.idx) for c in verb.children if c.dep_ in ("ccomp", "parataxis", "obj"))

    # -- asides and sources ----------------------------------------------------------------------------------

    def _asides(self, trigger: Token, used: set[int]) -> list[Attribution]:
        """`..., police said`, `Thai troops, it says, fired`, `According to X, ...`, wherever the parse hung them."""
        found: list[Attribution] = []
        above = {t.i for t in trigger.ancestors}
        for verb in self._doc:
            if verb.i in used or verb.i == trigger.i or self._quoted.holds(verb.idx) or not sayings.aside(verb):
                continue
            if verb.i in above and not self._before(trigger, verb):
                continue
            if used and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
                continue  # `the ministry denied that ..., as an officer had suggested`
            subjects = self._subjects(verb)
            if not subjects or not self._in_reach(trigger, verb, subjects):
                continue
            used.add(verb.i)
            found += self._sayers(verb, trigger)
        if not found:
            for token in self._doc:
                for beside in self._according(token):
                    if used and beside.lemma_.lower() in _WORDINGS:
                        continue
                    if beside.i not in used and self._same_part(trigger, beside) and trigger not in beside.subtree:
                        used.add(beside.i)
                        found += self._sources(beside)
        if not found and (tail := self._tail()) is not None and trigger.i < tail.left_edge.i:
            found += self._voices.of(tail)
        return found

    def _tail(self) -> Token | None:
        """The speaker at the end of a headline: `Iran attacked tanker - minister`, `...: report`."""
        doc = self._doc
        if len(doc) < 5 or doc[-1].text in '.!?"”':
            return None
        cut = next((t.i for t in reversed(doc) if t.text in ("-", "–", "—", ":", "--") and t.i > 2), None)
        if cut is None or not 1 <= len(doc) - 1 - cut <= 6 or doc[cut].whitespace_ == "":
            return None
        rest = list(doc[cut + 1 :])
        if any(t.pos_ in ("VERB", "AUX", "NUM") for t in rest):
            return None
        return next((t for t in rest if t.pos_ in _NOMINAL and not any(a.i > cut for a in t.ancestors)), None)

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

    @staticmethod
    def _according(node: Token) -> Iterator[Token]:
        """Children of `node` that `according to`, `in the words of` and `in the view of` bind to it."""
        for child in node.children:
            if child.dep_.startswith(("obl", "nmod", "advmod", "advcl")) or child.dep_ in ("parataxis", "case"):
                words = [c.lower_ for c in child.children if c.dep_ in ("case", "mark", "fixed", "advmod")]
                if (
                    "according" in words
                    or (child.lower_ == "according" and child.dep_ != "case")
                    or (
                        child.lemma_.lower() in _WORDINGS
                        and case_of(child) in ("in", "on", "by", "to")
                        and any(c.dep_ in ("nmod", "nmod:poss") for c in child.children)
                    )
                ):
                    yield child

    def _sources(self, beside: Token) -> list[Attribution]:
        """Inner first: those that `according to` names; a later `he` means rather the one they speak of."""
        before = len(self._voices.met)
        found = self._named_sources(beside)
        met = self._voices.met
        met[:] = [*met[before:], *met[:before]]
        return found

    def _named_sources(self, beside: Token) -> list[Attribution]:
        if beside.lower_ == "according":
            return [a for c in beside.children if c.dep_.startswith(("obl", "nmod")) for a in self._voices.of(c)]
        if beside.lemma_.lower() in _WORDINGS:
            owners = [c for c in beside.children if c.dep_ in ("nmod", "nmod:poss") and case_of(c) in ("of", "")]
            return [a for c in owners for a in self._voices.of(c)]
        return [*self._cited([beside]), *self._voices.of(beside)]

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
            found = self._sayers(verb, trigger)
            if found:
                return found
        return []

    # -- who says it -----------------------------------------------------------------------------------------

    def _sayers(self, word: Token, trigger: Token | None) -> list[Attribution]:
        """Inner first: who is quoted, then who quotes, then the outlet he spoke to."""
        if word.pos_ in ("NOUN", "PROPN"):
            return self._claimants(word)
        found: list[Attribution] = []
        if self._unspecified(word):
            words = self._doc[min([word.i, *(c.i for c in word.children if c.i < word.i and c.dep_ != "punct")]) :
                              word.i + 1]  # fmt: skip
            shown = words.text if len(words) <= 4 else word.text
            return [Attribution(name=None, role="unspecified", text=shown)]
        subjects = [s for s in self._subjects(word) if trigger is None or not self._holds(s, trigger, word)]
        found += self._cited([word, *subjects])
        for subject in subjects:
            found += self._voices.of(subject)
        found += self._quoters(subjects)
        return [*found, *self._told(word)]

    @staticmethod
    def _holds(subject: Token, trigger: Token, verb: Token) -> bool:
        """The trigger stands in the speaker's own description, and the verb does not."""
        inside = any(t.i == trigger.i for t in subject.subtree)
        return inside and not any(t.i == verb.i for t in subject.subtree)

    def _subjects(self, verb: Token) -> list[Token]:
        """Those who say, as tokens."""
        if verb.lemma_.lower() == "clear":  # `has made it clear that`
            return [t for t in of_verb(verb.head).subjects if t.lower_ not in _NO_ONE] or of_verb(verb).subjects
        as_quoted = self._as_quoted(verb)
        if as_quoted is not None:
            return as_quoted
        arguments = of_verb(verb)
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        direct = [c for c in verb.children if c.dep_ == "nsubj" or (c.dep_ == "nsubj:pass" and not passive)]
        tokens = [t for t in (direct[-1:] or arguments.subjects) if t.lower_ not in _NO_ONE or t.lower_ == "it"]
        tokens = [t for t in tokens if t.dep_ != "expl" and t.pos_ != "VERB"]
        if not arguments.passive and not direct:
            right = [c for c in verb.children if c.dep_ in ("obj", "iobj", "obl:unmarked") and c.i > verb.i]
            clause = any(c.dep_ in ("ccomp", "parataxis") and c.i < verb.i for c in verb.children)
            if right and (clause or verb.dep_ == "parataxis") and verb.lemma_.lower() != "tell":
                return right[:1]
            if (sayings.finite(verb) and not tokens) or verb.dep_ in ("acl", "ROOT", "parataxis"):
                near = self._fenced_off(verb)
                if near is not None:
                    return [near]
        return tokens

    def _fenced_off(self, verb: Token) -> Token | None:
        """The noun phrase between a comma or quotation mark and a verb of saying, whatever the parse hung it on.

        `..., a diplomat in Yaoundé said`, `..., the chief of staff, William Daley, confirmed`.
        """
        doc, stop = self._doc, verb.i
        while stop > 0 and (doc[stop - 1].pos_ in ("ADV", "AUX") or doc[stop - 1].dep_ == "aux"):
            stop -= 1
        for _ in range(3):
            if stop > 0 and doc[stop - 1].text == ",":
                stop -= 1
            start = stop
            while start > 0 and doc[start - 1].text not in ',;"”“—–':
                start -= 1
            words = doc[start:stop]
            if start == 0 or not len(words) or len(words) > _LONGEST_SPEAKER:
                return None
            if any(t.pos_ == "AUX" or (t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP")) for t in words):
                return None
            heads = [t for t in words if t.pos_ in _NOMINAL and not case_of(t) and not start <= t.head.i < stop]
            heads = [t for t in heads if not any(t.i > h.i and h.dep_.startswith("nsubj") for h in heads)]
            if not heads:
                return None
            if heads[0].dep_ != "appos" or not start <= heads[0].head.i + (stop - start) or words[0].pos_ == "DET":
                return heads[0]
            stop = start
        return None

    @staticmethod
    def _as_quoted(verb: Token) -> list[Token] | None:
        """`quoted a commander as saying`, `the minister was quoted as saying`: the one who is quoted."""
        head = verb.head
        if verb.dep_ not in ("advcl", "obl") or head.lemma_.lower() not in ("quote", "cite", "report", "describe"):
            return None
        if not any(c.dep_ in ("mark", "case") and c.lower_ == "as" for c in verb.children):
            return None
        passive = [c for c in head.children if c.dep_ == "nsubj:pass"]
        if passive:
            return passive
        if head.dep_ == "acl" and head.tag_ == "VBN":
            return [head.head]
        return [c for c in head.children if c.dep_ == "obj"] or None

    @staticmethod
    def _unspecified(verb: Token) -> bool:
        """`it is said`, `is reported to have`: said by no one in particular."""
        if verb.lemma_.lower() == "clear":
            return False
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        agent = any(c.dep_ == "obl:agent" or (c.dep_ == "obl" and case_of(c) == "by") for c in verb.children)
        own = verb.lemma_.lower() in sayings.QUOTING and any(c.dep_ == "advcl" for c in verb.children)
        return passive and not agent and not own and verb.lemma_.lower() not in ("tell", "ask", "clear")

    def _cited(self, nodes: Sequence[Token]) -> list[Attribution]:
        """Whom a verb of saying, or its subject, cites: `reported, quoting a relative`."""
        found: list[Attribution] = []
        quoting = [c for n in nodes for c in n.children if c.lemma_.lower() in sayings.QUOTING and c.dep_ in _BESIDE]
        for node in nodes:  # `said, quoting ...`, hung on another verb
            at = next((t.i for t in self._doc[node.i + 1 : node.i + 7] if t.lower_ in ("quoting", "citing")), None)
            if at is not None and not any(sayings.finite(t) for t in self._doc[node.i + 1 : at] if t.pos_ == "VERB"):
                quoting.append(self._doc[at])
        for verb in dict.fromkeys(quoting):
            for token in (c for c in verb.children if c.dep_ == "obj"):
                outlets = [a for c in verb.children if c.dep_ == "obl" and case_of(c) in ("in", "on", "from")
                           and naming.is_carrier(token) and (a := self._voices.outlet(c)) is not None]  # fmt: skip
                found += outlets or self._voices.of(token)
        return found

    def _quoters(self, subjects: Iterable[Token]) -> list[Attribution]:
        """Who quotes the subject: `the minister, quoted by Tass, said`."""
        found: list[Attribution] = []
        for subject in subjects:
            for child in subject.children:
                if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in ("quote", "cite"):
                    agents = [
                        c for c in child.children if c.dep_ in ("obl:agent", "obl") and case_of(c) in ("by", "in")
                    ]
                    found += [a for c in agents for a in self._voices.of(c)]
        return found

    def _told(self, verb: Token) -> list[Attribution]:
        """The outlet that was spoken to: `told Meridian Wire`, `said in an interview with Le Monde`."""
        for child in verb.children:
            if child.dep_ in ("iobj", "obj") and verb.lemma_.lower() in ("tell", "inform", "assure"):
                outlet = self._voices.outlet(child)
                if outlet is not None and child.i > verb.i:
                    return [outlet] if not self._voices.is_own(outlet) else []
            if child.dep_.startswith("obl"):
                for token in (child, *(c for c in child.children if c.dep_.startswith("nmod"))):
                    within = naming.is_carrier(child) or (token is child and case_of(child) == "to")
                    outlet = self._voices.outlet(token) if within else None
                    if outlet is not None:
                        return [outlet] if not self._voices.is_own(outlet) else []
        return []

    def _claimants(self, noun: Token) -> list[Attribution]:
        """Whose claim it is: `Ankara's claim that`, `a report in Le Monde that`, `reports that`."""
        owners = [c for c in noun.children if c.dep_ == "nmod:poss"]
        owners += [c for c in noun.children if c.dep_ == "nmod" and case_of(c) in ("by", "from", "of")]
        found = [a for c in owners for a in self._voices.of(c)]
        if not found:
            places = [c for c in noun.children if c.dep_ == "nmod" and case_of(c) in ("in", "on")]
            found = [a for c in places if (a := self._voices.outlet(c)) is not None and not self._voices.is_own(a)]
        if not found and noun.lemma_.lower() in ("report", "rumour", "rumor", "allegation", "news", "speculation"):
            text = self._doc[noun.left_edge.i : noun.i + 1].text
            return [Attribution(name=None, role="unspecified", text=text)]
        return found


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
