"""A verb or noun of saying in, who says so out: subjects, those they cite, those who quote them, outlets spoken to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.coding import asides, naming, sayings
from detente.coding.arguments import of_verb
from detente.coding.fences import Fence
from detente.coding.inserts import parted
from detente.coding.phrases import case_of
from detente.coding.voices import Voices
from detente.language.words import Doc, Token
from detente.records import Attribution

_BESIDE = ("advcl", "acl", "acl:relcl", "xcomp", "parataxis", "conj")
_NO_ONE = frozenset({"it", "there", "this", "that", "which", "what"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_LONGEST_SPEAKER = 14
_SITTING = frozenset("court tribunal inquest inquiry jury judge trial hearing panel commission".split())
_TALKING = frozenset({"speak", "talk"})
_PAGES = ("to", "in", "on")
_FENCES = ",(\"”—–'’"


class Sayers:
    """Reads the words of saying of one sentence."""

    def __init__(self, doc: Doc, voices: Voices, *, fences: Mapping[int, Fence]) -> None:
        """Takes the sentence, the reader of its speakers, and those set off by marks, by the place of their verb."""
        self._doc, self._voices, self._fences = doc, voices, fences
        self._mastheads = voices.mastheads

    def of(self, word: Token, trigger: Token | None) -> list[Attribution]:
        """Inner first: who is quoted, then who quotes, then the outlet he spoke to."""
        if word.pos_ in ("NOUN", "PROPN"):
            return self._claimants(word)
        found: list[Attribution] = []
        if self._asked(word):
            return []
        if self.unspecified(word):
            words = self._doc[min([word.i, *(c.i for c in word.children if c.i < word.i and c.dep_ != "punct")]) :
                              word.i + 1]  # fmt: skip
            shown = words.text if len(words) <= 4 else word.text
            return [Attribution(name=None, role="unspecified", text=shown)]
        subjects = [s for s in self.subjects(word) if trigger is None or not self._holds(s, trigger, word)]
        quotes = word.lemma_.lower() in sayings.QUOTING and word.tag_ not in ("VBG", "VBN")
        urged = (
            trigger is not None
            and trigger.head.i == word.i
            and trigger.dep_ in ("advcl", "xcomp")
            and trigger.i > word.i
        )
        if quotes and not urged:  # that a ruler urged it is what the outlet tells
            found += [a for c in word.children if c.dep_ in ("obj", "iobj") for a in self._voices.of(c)]
        found += self.cited([word, *subjects])
        for subject in subjects:
            if word.lemma_.lower() == "hear" and subject.lemma_.lower() in _SITTING:
                continue  # `the court heard that`
            found += reversed(self._voices.of(subject))  # the first of several stands outermost
        found += self.quoters(subjects)
        if asides.quotes_as_saying(word):
            quoted = [c for c in word.children if c.dep_ == "nsubj:pass"]
            found += [a for c in quoted for a in self._voices.of(c) if a not in found]
            found += self._quoters_behind(word)
        if word.lemma_.lower() in sayings.LEARNING:
            heard = [c for c in word.children if c.dep_.startswith("obl") and case_of(c) == "from"]
            found = [*(a for c in heard for a in self._voices.of(c)), *found]
        spoken = [c for s in subjects for c in s.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_ in _TALKING]
        return [*found, *(self._told(word) or [a for verb in spoken[:1] for a in self._told(verb)])]

    @staticmethod
    def _asked(verb: Token) -> bool:
        """`Asked whether Syria had attacked, the king ...`: he is the one who was asked."""
        opens = verb.i == 0 or verb.nbor(-1).text in ',;"”“—–' or verb.nbor(-1).lower_ in ("when", "if", "while")
        if verb.lemma_.lower() not in ("ask", "question", "press", "tell") or not opens or verb.tag_ == "VBG":
            return False
        return (
            verb.dep_ == "advcl"
            and parted(verb) is None
            and not any(c.dep_.startswith(("nsubj", "aux")) for c in verb.children)
        )

    def _quoters_behind(self, verb: Token) -> list[Attribution]:
        """`was quoted as saying by CNN`, `was quoted by CNN as saying`."""
        saying = asides.as_saying(verb)
        within = [verb, *((saying,) if saying is not None else ())]
        agents = [c for v in within for c in v.children if c.i > v.i and case_of(c) == "by"]
        return [a for c in agents for a in self._voices.of(c)]

    @staticmethod
    def _holds(subject: Token, trigger: Token, verb: Token) -> bool:
        """The trigger stands in the speaker's own description, and the verb does not."""
        inside = any(t.i == trigger.i for t in subject.subtree)
        return inside and not any(t.i == verb.i for t in subject.subtree)

    def subjects(self, verb: Token) -> list[Token]:
        """Those who say, as tokens."""
        if verb.lemma_.lower() == "clear":  # `has made it clear that`
            return [t for t in of_verb(verb.head).subjects if t.lower_ not in _NO_ONE] or of_verb(verb).subjects
        if verb.lemma_.lower() == "know" and verb.head.lemma_.lower() in ("let", "make"):
            return of_verb(verb.head).subjects  # `let it be known that`
        after = self._after(verb)
        if after is not None:
            return [after]
        beyond = self._beyond(verb)
        if beyond is not None:
            return self.subjects(beyond)
        fence = self._fences.get(verb.i)
        if fence is not None and fence.speaker.i > verb.i:
            return [fence.speaker]
        as_quoted = self._as_quoted(verb)
        if as_quoted is not None:
            return as_quoted
        if verb.lemma_.lower() in sayings.CONVINCED:
            return [c for c in verb.children if c.dep_.startswith("nsubj") and c.lower_ not in _NO_ONE]
        arguments = of_verb(verb)
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        direct = [c for c in verb.children if c.dep_ == "nsubj" or (c.dep_ == "nsubj:pass" and not passive)]
        if direct and direct[-1].lower_ in ("who", "which", "that") and verb.head.pos_ in _NOMINAL:
            return [verb.head]
        tokens = [t for t in (direct[-1:] or arguments.subjects) if t.lower_ not in _NO_ONE or t.lower_ == "it"]
        tokens = [t for t in tokens if t.dep_ != "expl" and t.pos_ != "VERB"]
        if not direct and (apart := parted(verb)) is not None:
            return [apart]
        if not direct and verb.i in self._fences:
            return [self._fences[verb.i].speaker]
        if not direct and (before := self._before_participle(verb) or self._astray(verb)) is not None:
            return [before]
        if not tokens and not direct and verb.tag_ == "VB":
            tokens = self._governing(verb)
        if not arguments.passive and not direct:
            right = [c for c in verb.children if c.dep_ in ("obj", "iobj", "obl:unmarked") and c.i > verb.i]
            clause = any(c.dep_ in ("ccomp", "parataxis") and c.i < verb.i for c in verb.children)
            if right and (clause or verb.dep_ == "parataxis") and verb.lemma_.lower() != "tell":
                return right[:1]
            if (sayings.finite(verb) and not tokens) or verb.dep_ in ("acl", "ROOT", "parataxis"):
                near = self._fenced_off(verb)
                if near is not None:
                    return [near]
        if not tokens and not direct and sayings.finite(verb):
            tokens = self._unheaded(verb)
        return tokens

    @staticmethod
    def _unheaded(verb: Token) -> list[Token]:
        """`The premier tweeted`, the noun read as an adjective; `a leaflet dropped here warned`, as a clause."""
        amod = [c for c in verb.children if c.dep_ == "amod" and c.i == verb.i - 1 and c.pos_ == "ADJ"]
        if amod:
            return amod
        clause = next(
            (c for c in verb.children if c.dep_ in ("ccomp", "csubj") and c.i < verb.i and c.tag_ == "VBD"), None
        )
        if clause is None or any(t.is_punct for t in verb.doc[clause.i : verb.i]):
            return []
        return [c for c in clause.children if c.dep_ == "nsubj" and c.i < clause.i][:1]

    def _after(self, verb: Token) -> Token | None:
        """The speaker that follows his verb: `Israel, claims Damascus, shelled`, `..., says Tehran radio`."""
        doc, i = self._doc, verb.i
        if verb.lemma_.lower() not in sayings.INVERTING:
            return None
        if i == 0 or doc[i - 1].text not in _FENCES or verb.tag_ in ("VBG", "VB") or i + 1 >= len(doc):
            return None
        stop = next((t.i for t in doc[i + 1 : i + 1 + _LONGEST_SPEAKER] if t.text in ",.;)"), len(doc))
        words = doc[i + 1 : stop]
        if not len(words) or words[0].pos_ not in ("PROPN", "DET", "NOUN", "ADJ", "NUM"):
            return None
        if any(t.pos_ in ("VERB", "AUX") and sayings.finite(t) for t in words):
            return None
        if any(c.dep_ == "nsubj" and c.i < i for c in verb.children) and not any(
            t.pos_ == "VERB" and sayings.finite(t) for t in doc[stop : stop + 3]
        ):
            return None  # `its ambassador, Luis Ortega, told the court`
        heads = [t for t in words if t.pos_ in _NOMINAL and not case_of(t) and not i < t.head.i < stop]
        return heads[0] if heads else None

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

    def _beyond(self, verb: Token) -> Token | None:
        """The verb of saying whose subject a participle behind it has: `..., he told the house, blaming Moscow`."""
        head = verb.head
        if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "acl"):
            return None
        fenced = next((f.verb for f in self._fences.values() if f.stop == verb.i - 1 and f.verb.i != head.i), None)
        if fenced is not None:
            return fenced
        over = head.dep_ == "ccomp" and head.i < head.head.i < verb.i and sayings.verb_of_saying(head.head)
        return head.head if over else None

    def _before_participle(self, verb: Token) -> Token | None:
        """`a day after Lisbon radio, quoting a corporal, reported that`: a subject that the parse hung elsewhere."""
        doc, i = self._doc, verb.i
        if not sayings.finite(verb) or i < 4 or doc[i - 1].text != ",":
            return None
        start = next((t.i for t in reversed(doc[max(0, i - _LONGEST_SPEAKER) : i - 1]) if t.text == ","), 0)
        between = doc[start + 1 : i - 1]
        if start > 1 and between[0].pos_ == "ADP" and not any(t.pos_ in ("VERB", "AUX") for t in between):
            last = doc[start - 1]  # `Admiral Mullen, on a visit to Islamabad, told`
            while last.dep_ in ("flat", "compound", "punct") and last.head.i < start:
                last = last.head
            return last if last.pos_ in _NOMINAL else None
        for child in reversed(doc[max(0, i - _LONGEST_SPEAKER) : i - 1]):
            edge = child.left_edge.i
            fenced = "," in (doc[edge].text, doc[edge - 1].text) and child.right_edge.i >= i - 2
            if child.dep_ in ("acl", "acl:relcl", "appos") and fenced and child.head.i < edge:
                return child.head if child.head.pos_ in _NOMINAL else None
        return None

    @staticmethod
    def _governing(verb: Token) -> list[Token]:
        """The subject of the clause above an infinitive: `was at pains to deny that`."""
        for above in verb.ancestors:
            subjects = [c for c in above.children if c.dep_ == "nsubj" and c.i < verb.i and c.lower_ not in _NO_ONE]
            if subjects or sayings.finite(above):
                return subjects[-1:]
        return []

    def _astray(self, verb: Token) -> Token | None:
        """The subject before a verb that the parse gave to another: `Rashid accused Kuwait of it, the agency said`."""
        doc, head = self._doc, verb.head
        if verb.dep_ == "ccomp" and head.i > verb.i:
            return next((c for c in head.children if c.dep_ == "nsubj" and c.i < verb.i), None)
        if verb.tag_ != "VBN" or verb.dep_ != "amod" or not sayings.blames(verb):
            return None
        at = verb.i - 1
        while at > 0 and (doc[at].pos_ == "ADV" or doc[at].dep_ == "obl:unmarked"):
            at -= 1
        return doc[at] if at >= 0 and doc[at].pos_ == "PROPN" else None

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
    def unspecified(verb: Token) -> bool:
        """`it is said`, `is reported to have`: said by no one in particular."""
        if verb.lemma_.lower() == "clear" or verb.lemma_.lower() in sayings.CONVINCED:
            return False
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        agent = any(c.dep_ == "obl:agent" or (c.dep_ == "obl" and case_of(c) == "by") for c in verb.children)
        own = verb.lemma_.lower() in sayings.QUOTING and any(c.dep_ == "advcl" for c in verb.children)
        let = verb.head.lemma_.lower() in ("let", "make")
        return passive and not agent and not own and not let and verb.lemma_.lower() not in ("tell", "ask", "clear")

    def cited(self, nodes: Sequence[Token]) -> list[Attribution]:
        """Whom a verb of saying, or its subject, cites: `reported, quoting a relative`."""
        found: list[Attribution] = []
        quoting = [c for n in nodes for c in n.children if c.lemma_.lower() in sayings.QUOTING and c.dep_ in _BESIDE]
        for node in nodes:  # `said, quoting ...`, hung on another verb
            after = self._doc[node.i + 1 :]
            at = next((t.i for t in after if t.lower_ in ("quoting", "citing") and t.nbor(-1).text == ","), None)
            between = [t for t in self._doc[node.i + 1 : at] if at is not None and sayings.verb_of_saying(t)]
            if at is not None and not any(sayings.finite(t) for t in between):
                quoting.append(self._doc[at])
        for verb in dict.fromkeys(quoting):
            for token in (c for c in verb.children if c.dep_ == "obj"):
                found += self._relayed(token)
                outlets = [a for c in verb.children if c.dep_ == "obl" and case_of(c) in ("in", "on", "from")
                           and naming.is_carrier(token) and (a := self._mastheads.read(c)) is not None]  # fmt: skip
                found += outlets or self._voices.of(token)
        return found

    def _relayed(self, token: Token) -> list[Attribution]:
        """Whom the one cited cites in turn: `a daily, which quoted officials`, `an officer who had it from a son`."""
        found: list[Attribution] = []
        for clause in token.children:
            if clause.dep_ not in ("acl:relcl", "acl"):
                continue
            lemma = clause.lemma_.lower()
            if lemma in sayings.QUOTING and clause.tag_ != "VBN":
                for inner in (c for c in clause.children if c.dep_ == "obj"):
                    found += [*self._relayed(inner), *self._voices.of(inner)]
            elif lemma in ("have", "hear", "get", "learn"):
                found += [a for c in clause.children if case_of(c) == "from" for a in self._voices.of(c)]
        return found

    def quoters(self, subjects: Iterable[Token]) -> list[Attribution]:
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
            speaking = child.tag_ == "VBG" and child.lemma_.lower() in (*_TALKING, "write")
            if speaking and child.dep_ in ("advcl", "acl") and (outlets := self._told(child)):
                return outlets
            if child.dep_ in ("iobj", "obj") and verb.lemma_.lower() in ("tell", "inform", "assure"):
                outlet = self._mastheads.read(child)
                if outlet is not None and child.i > verb.i:
                    return [outlet] if not self._mastheads.is_own(outlet) else []
            if child.dep_.startswith("obl"):
                pages = case_of(child) in _PAGES or (case_of(child) == "with" and verb.lemma_ in _TALKING)
                within = child.subtree if naming.is_carrier(child) else (child,) if pages else ()
                for token in within:
                    outlet = (
                        self._mastheads.read(token) if token.pos_ in _NOMINAL and not naming.came_to(token) else None
                    )
                    if outlet is not None:
                        return [outlet] if not self._mastheads.is_own(outlet) else []
        return []

    def _claimants(self, noun: Token) -> list[Attribution]:
        """Whose claim it is: `Ankara's claim that`, `a report in Le Monde that`, `reports that`."""
        owners = [c for c in noun.children if c.dep_ == "nmod:poss"]
        owners += [c for c in noun.children if c.dep_ == "nmod" and case_of(c) in ("by", "from", "of")]
        found = [a for c in owners for a in self._voices.of(c)]
        if not found:
            places = [c for c in noun.children if c.dep_ == "nmod" and case_of(c) in ("in", "on")]
            found = [a for c in places if (a := self._mastheads.read(c)) is not None and not self._mastheads.is_own(a)]
        head = noun.head
        if not found and noun.dep_ in ("nsubj", "nsubj:pass"):  # `word came from Tehran that`
            sources = [c for c in head.children if c.dep_.startswith("obl") and case_of(c) == "from"]
            found = [a for c in sources for a in self._voices.of(c)]
        carried = noun.dep_ in ("obj", "obl") and (
            head.lemma_.lower() in sayings.CARRYING or sayings.verb_of_saying(head)
        )
        if not found and carried and not any(c.dep_ == "case" and c.lower_ == "to" for c in noun.children):
            found = [a for c in self.subjects(noun.head) for a in self._voices.of(c)]
        if not found and noun.dep_ == "nsubj:pass":  # `the charge that ... was repeated by the minister`
            agents = [
                c for c in noun.head.children if c.dep_ == "obl:agent" or (c.dep_ == "obl" and case_of(c) == "by")
            ]
            found = [a for c in agents for a in self._voices.of(c)]
        if not found and noun.lemma_.lower() in ("report", "rumour", "rumor", "allegation", "news", "speculation"):
            words = self._doc[noun.left_edge.i : noun.i + 1]
            first = next((t.i for t in words if t.pos_ not in ("ADP", "PUNCT")), noun.i)
            text = self._doc[first : noun.i + 1].text
            return [Attribution(name=None, role="unspecified", text=text)]
        return found
