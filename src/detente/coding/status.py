"""A trigger in its sentence in, its status out: happened, planned, threatened, denied, hypothetical ...

The status is read on the way from the trigger up to the root of the sentence: tense and modals of its own clause,
negation, the verbs and nouns that govern it, conditionals and questions.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.coding.governing import FACTS, KEEPING, applies, fact_noun, from_gerund, own_deed
from detente.language.words import Token
from detente.ontology.lexicon import Hedge, Lexicon
from detente.records import Range

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "scarcely"})
_IF = frozenset({"if", "unless", "should", "whether", "lest", "provided", "supposing"})
_FUTURE_ADJECTIVES = {
    "possible": "foretold",
    "potential": "foretold",
    "planned": "planned",
    "proposed": "planned",
    "threatened": "threatened",
    "imminent": "foretold",
    "likely": "foretold",
    "future": "foretold",
    "upcoming": "announced",
    "forthcoming": "announced",
    "scheduled": "announced",
    "impending": "foretold",
    "eventual": "foretold",
    "intended": "planned",
    "expected": "foretold",
    "promised": "promised",
    "further": "",
    "prospective": "planned",
}
_ATTEMPTS = frozenset("try attempt begin start continue keep manage help use proceed go".split())
_LASTING = frozenset(
    "support oppose back host occupy blockade maintain provide supply depend give buy sell remain cooperate"
    " co-operate keep hold finance fund recognise recognize rely continue stand share train arm control trade"
    " import export receive refuse patrol guard work welcome".split()
)
_BARE_MODALS = frozenset("should can may might could will would".split())
_CARRIED = frozenset("xcomp ccomp acl csubj csubj:pass obj obl nmod nsubj nsubj:pass advcl conj".split())
_LIKELIHOODS = frozenset(
    "likely unlikely possible probable doubtful improbable inevitable look seem appear bound set poised expect".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reality:
    """How real a sentence says something is.

    Attributes:
        status: One of `records.STATUSES`.
        probability: Range of the hedge, None without one; already turned round where the clause is negated.
        hedge: The hedging words.
        negated: The clause is negated; a foretold and negated event is one that should not come.
        conditional: It stands under or beside an `if`.
        future: Its time lies after the text.
        words: What decided, `rule` which rule.
    """

    status: str
    probability: Range | None = None
    hedge: str = ""
    negated: bool = False
    conditional: bool = False
    future: bool = False
    words: str = ""
    rule: str = ""


def read(trigger: Token, lexicon: Lexicon) -> Reality:
    """The reality of the event that `trigger` reports.

    Args:
        trigger: The event's verb or noun.
        lexicon: Governing words and hedges.
    """
    return _Climb(trigger, lexicon).read()


class _Climb:
    """Climbs from the trigger to the root and keeps the first strong finding."""

    def __init__(self, trigger: Token, lexicon: Lexicon) -> None:
        self.trigger, self.lexicon = trigger, lexicon
        self.status: str | None = None
        self.why: tuple[str, str] = ("", "")
        self.negated = self.conditional = self.future = False
        self.hedge: Hedge | None = None
        self.modal = ""

    def set(self, status: str, words: str, rule: str) -> None:
        if self.status is None and status:
            self.status, self.why = status, (words, rule)

    def read(self) -> Reality:
        node = self.trigger
        if node.pos_ in ("NOUN", "PROPN"):
            self._noun(node)
        else:
            self._clause(node)
        hops = 0
        while node.head.i != node.i and hops < 12:
            if self.status is not None and self.status not in ("foretold", "hypothetical"):
                break
            if fact_noun(node) is not None:
                break
            self._above(node)
            if self._cut(node):
                break
            node, hops = node.head, hops + 1
        return self._result()

    @staticmethod
    def _cut(node: Token) -> bool:
        """Where the main clause's mood no longer reaches: time, cause and concession, and `the fact that`."""
        if node.dep_ in ("acl", "ccomp") and node.head.lemma_.lower() in FACTS:
            return True
        if node.dep_ in ("acl:relcl", "appos", "parataxis", "advcl:relcl"):
            return True
        if node.dep_ == "acl" and node.tag_ in ("VBN", "VBG"):
            return True  # `those abducted by X`: a participle keeps its own time
        if node.dep_ == "advcl":
            marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "case", "advmod")}
            return not marks & {"to", "from", "if", "unless", "in", "of"}
        return node.dep_.startswith("obl")

    # -- the trigger itself ----------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> None:
        for child in noun.children:
            lower = child.lower_
            if child.dep_ == "det" and lower == "no":
                self.negated = True
            if lower in _FUTURE_ADJECTIVES and child.dep_ == "amod":
                self.set(_FUTURE_ADJECTIVES[lower], lower, "adjective of the event noun")
                if lower in ("possible", "likely", "potential"):
                    self._hedge_word(lower)
            if child.dep_ == "case" and lower == "without":
                self.negated = True

    def _clause(self, verb: Token) -> None:
        auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "aux:pass")]
        modals = [a for a in auxiliaries if a.tag_ == "MD"]
        if any(
            c.lower_ in _NEGATIONS and c.dep_ in ("advmod", "det", "cc", "mark", "discourse") for c in verb.children
        ):
            self.negated = True
        if any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in verb.children):
            self.negated = True  # `no longer`
        for child in verb.children:
            if child.dep_ == "nsubj" and any(g.dep_ == "det" and g.lower_ == "no" for g in child.children):
                self.negated = True
            if child.dep_ in ("obj", "nsubj:pass") and any(
                g.dep_ == "det" and g.lower_ == "no" for g in child.children
            ):
                self.negated = True
            if child.dep_ == "mark" and child.lower_ in _IF and verb.dep_ in ("advcl", "ccomp", "xcomp"):
                self._condition(child.lower_)
        if modals:
            self._modal(modals[-1], verb)
        elif self._future_when(verb):
            self.future = True
            self.set("foretold", verb.text, "time clause beside a future")
        self._adverbs(verb)

    @staticmethod
    def _future_when(verb: Token) -> bool:
        """`when US forces leave, Pakistan will ...`: a present-tense time clause beside a future."""
        if verb.dep_ != "advcl" or verb.tag_ not in ("VBP", "VBZ", "VB"):
            return False
        times = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
        if not times & {"when", "once", "after", "until", "before", "whenever"}:
            return False
        if "until" in times:
            return True
        return any(
            c.tag_ == "MD" and c.lower_ in ("will", "would", "may", "shall", "must", "could", "might")
            for h in (verb.head, verb.head.head)
            for c in h.children
        )

    def _condition(self, word: str) -> None:
        if word == "whether":
            self.set("hypothetical", word, "indirect question")
        else:
            self.set("hypothetical", word, "condition")
            self.conditional = True

    def _modal(self, modal: Token, verb: Token) -> None:
        word = modal.lower_.replace("’", "'")
        if word in ("will", "'ll", "shall", "wo", "sha"):
            self.future, self.modal = True, "will"
        elif word in ("would", "'d"):
            self.future, self.modal = True, "would"
        elif word in ("may", "might", "could", "can", "ca"):
            if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children) and word == "could":
                self.set("hypothetical", word, "modal of the past")
                return
            self.future, self.modal = (
                True,
                "may" if word == "may" else word.replace("ca", "can") if word == "ca" else word,
            )
        elif word in ("must", "should", "ought"):
            self.future, self.modal = True, "must"
        if self._if_beside(verb):
            self.conditional = True

    @staticmethod
    def _if_beside(verb: Token) -> bool:
        return any(
            c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in ("if", "unless", "should") for m in c.children)
            for c in verb.children
        )

    def _adverbs(self, verb: Token) -> None:
        """Hedges among the clause's own words: `probably`, `most certainly`, `it is likely that`."""
        words = [c for c in verb.children if c.dep_ in ("advmod", "obl", "parataxis", "discourse")]
        for child in words:
            phrase = " ".join(t.lower_ for t in child.subtree)
            for hedge in self.lexicon.hedges:
                if hedge.phrase in phrase and hedge.phrase not in _BARE_MODALS:
                    self._take(hedge)
                    break

    def _take(self, hedge: Hedge) -> None:
        if self.hedge is None:
            self.hedge = hedge

    def _hedge_word(self, phrase: str) -> None:
        for hedge in self.lexicon.hedges:
            if hedge.phrase == phrase:
                self._take(hedge)
                return

    # -- what stands above -----------------------------------------------------------------------------------

    def _above(self, node: Token) -> None:
        head, dep = node.head, node.dep_
        if dep in _CARRIED:
            self._governor(node, head)
        if dep == "conj" and head.pos_ in ("VERB", "AUX") and node.pos_ in ("VERB", "AUX"):
            own = {c.dep_ for c in node.children}
            if not own & {"aux", "nsubj", "nsubj:pass"}:
                self._clause_shared(head)
        elif head.pos_ in ("VERB", "AUX", "ADJ") and dep in ("xcomp", "obj", "obl", "nsubj:pass", "nsubj", "csubj"):
            light = dep in ("obj", "nsubj:pass", "nsubj") and node.i == self.trigger.i
            held_back = self.lexicon.matrices.get((head.lemma_.lower(), "v")) in ("denied", "negated")
            if held_back:
                for child in head.children:
                    if child.tag_ == "MD":
                        self._modal(child, head)
            elif light or dep == "xcomp":
                self._clause(head)
        elif dep == "advcl" and head.lemma_.lower() in KEEPING and from_gerund(node):
            for child in head.children:
                if child.tag_ == "MD":
                    self._modal(child, head)
        if head.pos_ in ("VERB", "AUX") and dep in ("advcl", "ccomp"):
            for child in node.children:
                if child.dep_ == "mark" and child.lower_ in _IF:
                    self._condition(child.lower_)
            purpose = dep == "advcl" and any(c.dep_ == "mark" and c.lower_ == "to" for c in node.children)
            if purpose and head.lemma_.lower() not in _ATTEMPTS:
                self.set("planned", "to", "purpose clause")

    def _clause_shared(self, head: Token) -> None:
        if any(c.tag_ == "MD" for c in head.children):
            self._clause(head)

    def _governor(self, node: Token, head: Token) -> None:
        lemma = head.lemma_.lower()
        pos = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}.get(head.pos_, "")
        status = self.lexicon.matrices.get((lemma, pos))
        if pos == "a" and status is None:
            status = self.lexicon.matrices.get((lemma, "v")) if head.tag_ == "VBN" else None
        if status is None or not applies(node, head, lemma):
            if lemma in _LIKELIHOODS:
                self._likely(head, lemma)
            return
        if any(c.lower_ in _NEGATIONS and c.dep_ in ("advmod", "det") for c in head.children):
            if status in ("denied", "negated"):
                return  # `did not deny`, `did not refuse`
            if status in ("planned", "foretold", "promised", "announced", "demanded", "threatened"):
                self.negated = True
        if status == "foretold":
            self._likely(head, lemma)
        if lemma in ("warn", "warning") and not own_deed(node, head):
            status = "foretold"
        if status == "negated":
            if lemma == "rule" and not any(c.lower_ == "out" for c in head.children):
                return
            self.negated = not self.negated
            return
        self.set(status, head.text, f"governed by {lemma}")

    def _likely(self, head: Token, lemma: str) -> None:
        words = " ".join(t.lower_ for t in head.doc[max(0, head.i - 2) : head.i + 2])
        for hedge in self.lexicon.hedges:
            about = hedge.phrase.split()[-1] in (lemma, f"{lemma} to", head.lower_) or hedge.phrase.startswith(lemma)
            here = hedge.phrase in words or len(hedge.phrase.split()) == 1 or hedge.phrase.startswith(f"{lemma} ")
            if about and here:
                self._take(hedge)
                break
        if any(c.lower_ in _NEGATIONS and c.dep_ in ("advmod", "det") for c in head.children):
            self.negated = True
        self.future = True
        self.set("foretold", head.text, f"governed by {lemma}")

    # -- together --------------------------------------------------------------------------------------------

    def _result(self) -> Reality:
        status, (words, rule) = self.status, self.why
        if self.modal == "must" and status is None:
            status, words, rule = "demanded", "must", "modal"
        if status in (None, "foretold") and self.modal:
            status, words, rule = "foretold", words or self.modal, rule or "modal"
        hedge = self.hedge
        if hedge is None and self.negated and self.modal in ("will", "would") and status in (None, "foretold"):
            return Reality(status="negated", negated=True, conditional=self.conditional, words=f"{self.modal} not",
                           rule="negated future")  # fmt: skip
        if hedge is None and self.modal in ("will", "would", "may", "might", "could", "can"):
            for some in self.lexicon.hedges:
                if some.phrase == self.modal:
                    hedge = some
        root = _root(self.trigger)
        if status is None and root.doc[-1].text == "?" and not any(t.text in '"“”' for t in root.doc):
            status, words, rule = "hypothetical", "?", "question"
        if status is None:
            status, words, rule = ("negated", "not", "negation") if self.negated else self._tense()
        elif self.negated and status in ("happened", "ongoing"):
            status, words, rule = "negated", "not", "negation"
        probability = None
        if hedge is not None and status in ("foretold", "hypothetical", "planned", "announced", "demanded"):
            probability = (hedge.low, hedge.high)
        if hedge is not None and status in ("happened", "ongoing", "negated"):
            probability = (hedge.low, hedge.high) if self.hedge is not None else None
        return Reality(
            status=status,
            probability=probability,
            hedge=hedge.phrase if hedge and probability else "",
            negated=self.negated,
            conditional=self.conditional,
            future=self.future or status in ("planned", "promised", "threatened", "demanded", "foretold"),
            words=words,
            rule=rule,
        )

    def _tense(self) -> tuple[str, str, str]:
        verb = self.trigger
        if verb.pos_ in ("NOUN", "PROPN"):
            return "happened", verb.text, "event noun"
        progressive = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
        past = any(c.dep_ == "aux" and c.lower_ in ("was", "were") for c in verb.children)
        if progressive and not past:
            return "ongoing", verb.text, "present progressive" if not perfect else "present perfect progressive"
        if verb.tag_ in ("VBZ", "VBP") and verb.doc[-1].text in '.”"' and verb.lemma_.lower() in _LASTING:
            return "ongoing", verb.text, "present of a state"
        return "happened", verb.text, "tense"


def _root(token: Token) -> Token:
    while token.head.i != token.i:
        token = token.head
    return token
