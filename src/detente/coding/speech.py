"""A trigger in its sentence in, who says so out: the chain of speakers, outermost first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from detente.coding.actors import Cast, Who, phrase
from detente.coding.arguments import of_verb
from detente.coding.discourse import Discourse
from detente.ontology.registers import Registers
from detente.records import Attribution, Entity, Side

SAYING = frozenset(
    "say tell report state claim announce declare insist allege argue write warn predict forecast note add quote"
    " cite confirm deny admit stress acknowledge suggest reveal complain estimate assert maintain contend explain"
    " realise realize believe think fear expect recall remark comment point indicate disclose emphasise emphasize"
    " caution reply respond ask vow tweet accuse conclude hint reiterate underline inform promise pledge know"
    " observe clear testify recount describe urge demand conceded concede boast hold feel worry doubt understand"
    " learn notice".split()
)
_QUOTING = frozenset({"quote", "cite", "quoting", "citing"})
_SOURCES = frozenset(
    "interview statement report article remark comment speech briefing letter tweet communique communiqué"
    " editorial broadcast paper study analysis document cable column address testimony".split()
)


class Speakers:
    """Finds the chain of speakers for triggers of one sentence."""

    def __init__(self, registers: Registers, cast: Cast, *, sentence_quoted: bool, discourse: Discourse) -> None:
        """Takes the sentence's cast; `sentence_quoted` says that the sentence stands inside a running quotation."""
        self._registers, self._cast, self._discourse = registers, cast, discourse
        self._quoted = sentence_quoted

    def chain(self, trigger: Token) -> list[Attribution]:
        """Speakers of the clause of `trigger`, outermost first, without sides."""
        inner_first: list[Attribution] = []
        node = trigger
        hops = 0
        while hops < 14:
            inner_first += self._beside(node, trigger)
            if node.head.i == node.i:
                break
            head = node.head
            if self._speech_above(node, head):
                inner_first += self._speakers(head, trigger)
            node, hops = head, hops + 1
        chain = _unique(reversed(inner_first))
        if self._quoted and self._discourse.speaker is not None:
            outer = self._attribution(self._discourse.speaker, None)
            chain = _unique([outer, *chain])
        return chain

    def main_speaker(self, root: Token) -> Entity | None:
        """The entity that the sentence as a whole is ascribed to, for the next sentence's `we` and quotations."""
        for verb in [root, *(t for t in root.children if t.dep_ in ("parataxis", "ccomp", "conj"))]:
            if verb.lemma_.lower() in SAYING and verb.pos_ == "VERB":
                for token in of_verb(verb).subjects:
                    own = self._cast.own(token)
                    if own and own[0].kind != "thing":
                        return own[0].entity
        return None

    @staticmethod
    def _speech_above(node: Token, head: Token) -> bool:
        if node.dep_ not in ("ccomp", "xcomp", "parataxis", "csubj:pass", "csubj", "advcl", "acl", "obl"):
            return False
        lemma = head.lemma_.lower()
        if lemma not in SAYING:
            return False
        if node.dep_ in ("advcl", "acl", "obl"):
            return node.dep_ == "advcl" and lemma in ("quote", "report")
        if node.dep_ == "xcomp":
            return lemma in (
                "say",
                "report",
                "believe",
                "think",
                "know",
                "claim",
                "expect",
                "clear",
                "allege",
                "understand",
                "estimate",
                "quote",
            )
        return head.pos_ in ("VERB", "AUX", "ADJ", "NOUN")

    def _speakers(self, verb: Token, trigger: Token) -> list[Attribution]:
        """Inner first: who is quoted, then who quotes."""
        found: list[Attribution] = []
        arguments = of_verb(verb)
        tokens = arguments.objects if arguments.passive and not arguments.subjects else arguments.subjects
        if verb.lemma_.lower() == "clear":  # `has made it clear that`
            tokens = of_verb(verb.head).subjects or tokens
        subjects = [
            t for t in tokens if not any(a.i == t.i for a in trigger.ancestors) and t.lower_ not in ("it", "there")
        ]
        quoted = [
            c for v in [verb, *subjects] for c in v.children if c.lemma_.lower() in _QUOTING and c.dep_ != "ccomp"
        ]
        for quote in quoted:
            for token in of_verb(quote).objects:
                found += self._from(token)
        for token in subjects:
            found += self._from(token)
            for child in token.children:
                if child.dep_.startswith("nmod") and child.lemma_.lower() in _SOURCES:
                    found += []
        if arguments.passive and not subjects:
            found.append(Attribution(name=None, role="unspecified", text=verb.text))
        return found

    def _beside(self, node: Token, trigger: Token) -> list[Attribution]:
        """`according to X`, a parenthetical `X said`, `in the words of X`."""
        found: list[Attribution] = []
        for child in node.children:
            if child.i == trigger.i:
                continue
            if child.dep_.startswith(("obl", "nmod", "advmod", "parataxis")) and self._according(child):
                token = child
                found += self._from(token)
            elif (
                child.dep_ in ("parataxis", "ccomp", "advcl")
                and child.lemma_.lower() in SAYING
                and child.pos_ == "VERB"
                and not any(g.dep_ in ("ccomp", "xcomp", "obj") and g.pos_ == "VERB" for g in child.children)
                and (child.dep_ == "parataxis" or any(g.dep_ == "mark" and g.lower_ == "as" for g in child.children))
            ):
                found += self._speakers(child, trigger)
        return found

    @staticmethod
    def _according(token: Token) -> bool:
        return any(c.lower_ == "according" for c in token.children) or (
            token.lower_ == "according" and any(True for _ in token.children)
        )

    def _from(self, token: Token) -> list[Attribution]:
        if token.lower_ == "according":
            return [a for c in token.children if c.dep_.startswith(("obl", "nmod")) for a in self._from(c)]
        outlet = self._outlet(token)
        if outlet is not None:
            return [outlet]
        whos: Sequence[Who] = self._cast.at(token)
        if not whos or all(w.kind == "thing" and not w.entity.code for w in whos):
            inner = [c for c in token.children if c.dep_.startswith("nmod")]
            if token.lemma_.lower() in _SOURCES:
                return [a for c in inner for a in self._from(c)]
            if not whos or token.pos_ == "PRON":
                return []
        return [self._attribution(w.entity, token) for w in whos]

    def _outlet(self, token: Token) -> Attribution | None:
        words = phrase(token)
        ent = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
        texts = [token.doc[words[0].i : words[-1].i + 1].text, token.text] + ([ent.text] if ent is not None else [])
        if words[0].lower_ in ("the", "“", '"'):
            texts.append(token.doc[words[0].i + 1 : words[-1].i + 1].text)
        for text in texts:
            key = text.strip(" “”\"'‘’,").lower()
            found = self._registers.outlets.get(key) or self._registers.outlets.get(key.removeprefix("the "))
            if found is not None:
                return Attribution(
                    name=found.name, code=found.country, sectors=("MED",), role="outlet", named=True, text=text
                )
        return None

    def _attribution(self, entity: Entity, token: Token | None) -> Attribution:
        role = None
        if token is not None and token.pos_ == "NOUN":
            role = self._registers.unnamed.get(token.lemma_.lower(), token.lemma_.lower())
            role = token.lemma_.lower() if role == "official" else role
        named = (
            bool(entity.name) and not entity.anonymous and (token is None or token.pos_ != "NOUN" or bool(entity.name))
        )
        return Attribution(
            name=entity.name if named else None,
            code=entity.code,
            sectors=entity.sectors,
            role=role,
            named=named,
            text=entity.text,
        )


def with_side(chain: Sequence[Attribution], parties: frozenset[str]) -> tuple[Attribution, ...]:
    """Sets each speaker's side of a relation between `parties` (state codes)."""
    result = []
    for link in chain:
        side: Side = "unknown"
        if link.code is not None:
            side = "party" if link.code in parties and link.role != "outlet" else "third"
        result.append(
            Attribution(
                name=link.name,
                code=link.code,
                sectors=link.sectors,
                role=link.role,
                named=link.named,
                side=side,
                text=link.text,
            )
        )
    return tuple(result)


def _unique(chain: Iterable[Attribution]) -> list[Attribution]:
    found: list[Attribution] = []
    for link in chain:
        if all((link.name, link.text) != (f.name, f.text) for f in found):
            found.append(link)
    return found


def quotation_state(text: str, *, inside: bool) -> tuple[bool, bool]:
    """Whether a sentence stands wholly in a quotation, and whether the quotation is open after it.

    Args:
        text: The sentence.
        inside: Whether a quotation was open before it.
    """
    open_now = inside
    outside = 0
    for c in text:
        if c in "“«":
            open_now = True
        elif c in "”»":
            open_now = False
        elif c == '"':
            open_now = not open_now
        elif not open_now and c.isalpha():
            outside += 1
    return outside == 0, open_now
