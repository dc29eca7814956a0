"""Claims of an article and their parses in, causal links out: someone says that one thing brings about another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.coding.governing import fact_noun
from detente.language.words import Doc, Token
from detente.records import Claim, Link, Span

_IF = frozenset({"if", "unless", "once", "should", "provided"})
_DESPITE = frozenset({"despite", "although", "though", "notwithstanding", "while", "whereas", "but"})
_CAUSE_PREPS = (
    "because of",
    "due to",
    "over",
    "following",
    "after",
    "as a result of",
    "in response to",
    "owing to",
    "thanks to",
    "in retaliation for",
    "in protest at",
    "in protest against",
    "with",
    "amid",
    "for",
    "on account of",
    "in return for",
    "in exchange for",
    "without",
    "at",
    "in reaction to",
    "given",
)
_CAUSING = {
    "lead": 1,
    "cause": 1,
    "result": 1,
    "trigger": 1,
    "prompt": 1,
    "force": 1,
    "provoke": 1,
    "spark": 1,
    "make": 1,
    "bring": 1,
    "push": 1,
    "drive": 1,
    "compel": 1,
    "encourage": 1,
    "allow": 1,
    "enable": 1,
    "help": 1,
    "mean": 1,
    "prevent": -1,
    "stop": -1,
    "hinder": -1,
    "avert": -1,
    "deter": -1,
    "hamper": -1,
    "block": -1,
}
_CONSEQUENCE = (
    "in turn",
    "as a result",
    "therefore",
    "thus",
    "consequently",
    "hence",
    "accordingly",
    "in response",
    "in retaliation",
    "for this reason",
    "that is why",
    "as a consequence",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A claim with the token that triggered it, in the parse of its sentence."""

    claim: Claim
    token: Token
    sentence: int
    offset: int


def find(coded: Sequence[Coded], docs: Sequence[Doc]) -> tuple[Link, ...]:
    """All links among the claims of one article, in order of appearance, each pair once."""
    links: dict[tuple[str, str], Link] = {}
    by_sentence: dict[int, list[Coded]] = {}
    for item in coded:
        by_sentence.setdefault(item.sentence, []).append(item)
    for number in sorted(by_sentence):
        items = by_sentence[number]
        for link in _inside(items):
            links.setdefault((link.cause, link.effect), link)
        before = next((by_sentence[n] for n in range(number - 1, number - 4, -1) if n in by_sentence), None)
        link_across = _across(items, before, docs[number])
        if link_across is not None:
            links.setdefault((link_across.cause, link_across.effect), link_across)
    return tuple(links.values())


def _inside(items: Sequence[Coded]) -> Iterator[Link]:
    for item in items:
        found = _subordinate(item)
        if found is None or any(
            o.token in item.token.ancestors
            and found[0] not in o.token.subtree
            and found[0].i != o.token.i
            and item.token.dep_ != "conj"
            for o in items
        ):
            continue
        governor, relation, sign, conditional, marker = found
        effect = _main(items, governor, item)
        if effect is not None and effect.claim.id != item.claim.id:
            yield _link(item, effect, relation=relation, sign=sign, conditional=conditional, marker=marker)
    yield from _verbs(items)


def _subordinate(item: Coded) -> tuple[Token, str, int, bool, str] | None:
    """The governor of the clause or phrase that holds the claim, if a marker makes it a cause of the governor."""
    node = item.token
    hops = 0
    while node.head.i != node.i and hops < 8:
        head = fact_noun(node) or node.head
        marks = [c.lower_ for c in node.children if c.dep_ in ("mark", "case", "advmod", "cc") and c.i < node.i]
        marks += [" ".join(t.lower_ for t in c.subtree) for c in node.children if c.dep_ in ("mark", "case")]
        if node.dep_ in ("advcl", "obl", "nmod", "parataxis", "advcl:relcl", "acl"):
            found = _marked(node, marks)
            if found is not None:
                relation, sign, conditional, marker = found
                return head, relation, sign, conditional, marker
        node, hops = head, hops + 1
    return None


def _marked(node: Token, marks: Sequence[str]) -> tuple[str, int, bool, str] | None:
    clause = node.dep_.startswith("advcl") or node.dep_ == "parataxis"
    for mark in marks:
        if clause and mark in _IF:
            return "condition", -1 if mark == "unless" else 1, True, mark
        if mark in _DESPITE and mark != "but":
            return "concession", -1, False, mark
        if clause and mark in ("because", "since", "as", "after", "when", "now"):
            future = any(c.tag_ == "MD" and c.lower_ in ("will", "would") for c in node.children)
            return "cause", 1, future, mark
    words = " ".join(t.lower_ for t in node.subtree)
    for prep in _CAUSE_PREPS:
        if any(m == prep for m in marks) or words.startswith(prep + " "):
            if prep in ("with", "for", "at", "over", "after", "amid", "given") and node.pos_ != "NOUN" and not clause:
                continue
            if prep == "for" and not clause:
                continue
            return "cause", -1 if prep == "without" else 1, False, prep
    return None


def _main(items: Sequence[Coded], governor: Token, cause: Coded) -> Coded | None:
    """The claim that `governor` stands for: its own, one below it, or the nearest one above."""
    own = [i for i in items if i.token.i == governor.i]
    if own:
        return own[0]
    inside = {t.i for t in cause.token.subtree} | {cause.token.i}
    below = [i for i in items if i.token.i not in inside and governor in i.token.ancestors and _near(i.token, governor)]
    below = [i for i in below if cause.token not in list(i.token.ancestors)]
    if below:
        return below[0]
    above = [i for i in items if i.token in list(governor.ancestors)]
    return above[0] if above else None


def _near(token: Token, governor: Token) -> bool:
    steps = 0
    while token.i != governor.i and token.head.i != token.i:
        token, steps = token.head, steps + 1
    return steps <= 4


def _verbs(items: Sequence[Coded]) -> Iterator[Link]:
    """`X led to Y`, `X forced Z to Y`: a claim in the subject, one in the object."""
    for item in items:
        node = item.token
        while node.head.i != node.i:
            head = node.head
            sign = _CAUSING.get(head.lemma_.lower()) if head.pos_ == "VERB" else None
            if sign is not None and node.dep_ in ("nsubj", "csubj", "obl:agent"):
                others = [o for o in items if o is not item and head in o.token.ancestors]
                others = [o for o in others if node not in list(o.token.ancestors) and o.token.i != node.i]
                if others:
                    yield _link(item, others[0], relation="cause", sign=sign, conditional=False, marker=head.text)
                break
            if node.pos_ == "VERB" and node.dep_ not in ("csubj", "acl", "acl:relcl"):
                break
            node = head


def _across(items: Sequence[Coded], before: Sequence[Coded] | None, doc: Doc) -> Link | None:
    """`In turn, ...`, `As a result, ...`: the sentence before brings this one about."""
    opening = doc[: min(6, len(doc))].text.lower().lstrip("“\"' ")
    marker = next((m for m in _CONSEQUENCE if opening.startswith(m)), None)
    if marker is None or not before or not items:
        return None
    top = min(before, key=lambda c: len(list(c.token.ancestors)))
    effect = min(items, key=lambda c: len(list(c.token.ancestors)))
    return _link(top, effect, relation="consequence", sign=1, conditional=False, marker=marker)


def _link(cause: Coded, effect: Coded, *, relation: str, sign: int, conditional: bool, marker: str) -> Link:
    span: Span = (
        min(cause.claim.span[0], effect.claim.span[0]),
        max(cause.claim.span[1], effect.claim.span[1]),
    )
    return Link(
        article_id=effect.claim.article_id,
        cause=cause.claim.id,
        effect=effect.claim.id,
        sign=sign,
        conditional=conditional or cause.claim.status == "hypothetical",
        span=span,
        relation=relation,
        attribution=effect.claim.attribution or cause.claim.attribution,
        marker=marker,
    )
