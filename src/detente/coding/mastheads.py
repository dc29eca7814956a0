"""The words of a phrase in, the outlet that they name out: a paper, an agency, a station; and whether it is our own."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding import naming
from detente.coding.phrases import bare, phrase
from detente.language.words import Token
from detente.ontology.folding import fold
from detente.ontology.registers import Registers
from detente.records import Attribution

_REPORTERS = frozenset("correspondent reporter photographer journalist stringer crew team witness cameraman".split())
_SMALL = frozenset("the of for and a an in".split())
_KINDS = frozenset("news agency radio tv television newspaper daily online newsroom".split())
_OURSELVES = frozenset({"our", "this", "us"})


class Mastheads:
    """Knows outlets of the registers, names that look like one, and the outlet that speaks anyway."""

    def __init__(self, registers: Registers, *, own: str | None) -> None:
        """Takes the registers and the article's outlet."""
        self._registers, self._own = registers, own

    def read(self, token: Token, words: Sequence[Token] | None = None) -> Attribution | None:
        """The outlet that a phrase names: one of the register, or a name that looks like one."""
        if token.pos_ not in ("PROPN", "NOUN", "X", "NUM", "ADJ"):
            return None
        words = words if words is not None else bare(phrase(token))
        doc = token.doc
        if len(words) == 1 and token.i == 0 and naming.common_masthead(token):
            return None  # `News reached Vienna`
        text = doc[words[0].i : words[-1].i + 1].text
        ent = next((e for e in doc.ents if e.start <= token.i < e.end), None)
        beside = next((c for c in token.children if c.dep_ == "appos" and c.pos_ in ("PROPN", "X")), None)
        texts = [text, *([ent.text] if ent is not None else [])]
        if beside is not None:
            texts.append(doc[bare(phrase(beside))[0].i : bare(phrase(beside))[-1].i + 1].text)
        inner = any(t.pos_ in ("PROPN", "X") and t.i != token.i for t in words)
        if (token.pos_ == "PROPN" or token.text.isupper()) and not inner:
            texts.append(token.text)  # `Islamabad's Dawn`, but not `the Straits Herald`
        if token.text.islower():
            texts.remove(text)  # `the diplomat` is no magazine
        for one in texts:
            key = one.strip(" “”\"'‘’,").lower()
            found = self._registers.outlets.get(key) or self._registers.outlets.get(key.removeprefix("the "))
            if found is not None and any(c.isupper() for c in one.removeprefix("the ").removeprefix("a ")) and (
                one == text or not one.islower()
            ):  # fmt: skip
                shown = text if one != text else one
                return Attribution(name=found.name, code=found.country, sectors=("MED",), role="outlet", named=True,
                                   text=shown)  # fmt: skip
        adjoined = naming.adjoined(token) if beside is None else ()
        if adjoined and token.lemma_.lower() in naming.OUTLET_NOUNS:
            names = doc[adjoined[0].i : adjoined[-1].i + 1].text
            known = self._registers.outlets.get(names.lower())
            return Attribution(name=known.name if known else names, code=known.country if known else None,
                               sectors=("MED",), role="outlet", named=True,
                               text=doc[words[0].i : adjoined[-1].i + 1].text)  # fmt: skip
        nouns = (token, *((beside,) if beside is not None else ()))
        if any(naming.outlet_like(t, phrase(t) if t is not token else words) for t in nouns) or (
            beside is not None and naming.outlet_like(token, [*words, *phrase(beside)])
        ):
            names = text if beside is None else doc[bare(phrase(beside))[0].i : bare(phrase(beside))[-1].i + 1].text
            return Attribution(name=names.removeprefix("the ").removeprefix("The "), sectors=("MED",), role="outlet",
                               named=True, text=text)  # fmt: skip
        if naming.of_the_state(token):
            return Attribution(name=text, sectors=("MED",), role="outlet", named=True, text=text)
        return None

    def is_own(self, outlet: Attribution) -> bool:
        """Whether an outlet is the one that speaks anyway, be it under a short form: `the BBC`, `the Nation`, `ISW`."""
        if self._own is None or not outlet.name:
            return False
        own = _words(self._own.partition(" (")[0])
        initials = "".join(w[0] for w in own)
        for name in (outlet.name.partition(" (")[0], outlet.text):
            given = _words(name)
            longer = set(own) <= set(given) and set(given) - set(own) <= _KINDS
            if given and (longer or set(given) <= set(own) or (len(own) > 1 and "".join(given) == initials)):
                return True
        return False

    def is_ours(self, token: Token) -> bool:
        """Whether a phrase means the writers: `our correspondent`, `this newspaper`, `a Tass reporter` in Tass."""
        lemma = token.lemma_.lower()
        before = {c.lower_ for c in token.children if c.dep_ in ("nmod:poss", "det")}
        if before & _OURSELVES and (lemma in _REPORTERS or lemma in naming.OUTLET_NOUNS):
            return True
        name = [t for t in phrase(token) if t.i < token.i and (t.pos_ in ("PROPN", "X") or t.text[:1].isupper())]
        name = [t for t in name if t.dep_ != "det"]
        if self._own is None:
            return False
        if lemma not in _REPORTERS:
            own = _words(self._own.partition(" (")[0])
            initials = "".join(w[0] for w in own)
            return token.pos_ == "PROPN" and len(own) > 1 and token.text.isupper() and token.lower_ == initials
        if not name:
            return False
        text = token.doc[name[0].i : name[-1].i + 1].text
        return self.is_own(Attribution(name=text, named=True, text=text))


def _words(name: str) -> list[str]:
    words = [w.strip(".,") for w in fold(name.replace("-", " ").replace("’s", "").replace("'s", "")).split()]
    return [w for w in words if w and w not in _SMALL]
