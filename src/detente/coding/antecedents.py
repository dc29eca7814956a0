"""A pronoun or a short form of a speaker in, which of those met before it means out: `he`, `the envoy`, `the daily`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.coding import naming
from detente.coding.phrases import definite
from detente.language.words import Token
from detente.ontology.folding import fold
from detente.records import Attribution

_ALIKE = (
    frozenset("envoy diplomat ambassador emissary".split()),
    frozenset("officer colonel major commander general captain lieutenant brigadier marshal soldier admiral".split()),
    frozenset("official aide bureaucrat functionary staffer".split()),
    frozenset("paper newspaper daily weekly journal broadsheet tabloid newsletter magazine".split()),
    frozenset("agency wire".split()),
    frozenset("broadcaster station radio network channel television".split()),
    frozenset("report study document paper survey inquiry investigation text analysis cable memorandum memo".split()),
    frozenset("statement communique communiqué text note declaration release letter resolution".split()),
    frozenset("analyst expert scholar academic professor researcher specialist historian economist".split()),
    frozenset("lawmaker senator deputy legislator parliamentarian member".split()),
    frozenset("institute centre center organisation organization group foundation watchdog body think-tank".split()),
    frozenset("spokesman spokeswoman spokesperson".split()),
    frozenset("resident villager witness local".split()),
    frozenset("leader president premier chancellor king emir ruler sultan".split()),
)
_SENT_OUT = {
    "broadcast": frozenset("radio television tv broadcaster station network channel".split()),
    "dispatch": frozenset("agency news paper newspaper".split()),
    "despatch": frozenset("agency news paper newspaper".split()),
    "article": frozenset("paper newspaper daily weekly journal magazine agency".split()),
    "editorial": frozenset("paper newspaper daily weekly journal magazine".split()),
    "commentary": frozenset("paper newspaper daily weekly agency radio television".split()),
}
"""What the text of an outlet is called: `the broadcast` after `Radio Phnom Penh`."""
_MALE = frozenset("mr mr. king prince spokesman chairman sir lord emir sultan sheikh pope archbishop imam".split())
_FEMALE = frozenset("mrs mrs. ms ms. miss queen princess spokeswoman chairwoman madame lady dame".split())
MEMORY, FAR, NEAR = 12, 8, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Someone who has spoken or may: the speaker, the noun that carried it, its kind, number and sentence."""

    voice: Attribution
    head: str
    kind: str
    plural: bool
    sentence: int


class Antecedents:
    """Those who spoke before a sentence and the persons it names without a word of theirs, the last one last."""

    def __init__(self, heard: Sequence[Heard], *, seen: Sequence[Heard], sentence: int) -> None:
        """Takes both, and the number of the sentence that looks back."""
        self._heard, self._seen, self._sentence = tuple(heard[-MEMORY:]), tuple(seen[-MEMORY:]), sentence

    def latest(self, kinds: Sequence[str], *, most: int, fits: Callable[[Heard], bool]) -> Heard | None:
        """The last speaker of one of some kinds, at most so many sentences back."""
        near = (h for h in reversed(self._heard) if h.kind in kinds and self._within(h, most) and fits(h))
        return next(near, None)

    def of_code(self, code: str) -> Heard | None:
        """The last speaker of a state."""
        return next((h for h in reversed(self._heard) if h.voice.code == code), None)

    def of_name(self, name: str) -> Heard | None:
        """The last one met under a name, speaker or not."""
        every = (*self._seen, *self._heard)
        return next((h for h in reversed(every) if h.voice.name == name), None)

    def longer(self, name: str) -> Heard | None:
        """`Mr Key` after `John Key`: the last one met whose name ends so."""
        last = fold(name).split()[-1]
        for heard in reversed((*self._seen, *self._heard)):
            whole = heard.voice.name
            if whole and heard.kind == "person" and fold(whole).split()[-1] == last and len(whole) > len(name):
                return heard
        return None

    def short_form(self, token: Token, words: Sequence[Token]) -> Attribution | None:
        """`the envoy` after `a Western diplomat`, `the institute` after its whole name, `the minister` after his."""
        lemma = token.lemma_.lower()
        if token.pos_ not in ("NOUN", "PROPN") or not definite(token) or token.ent_type_:
            return None
        telling = [t for t in words if t.dep_ in ("amod", "compound", "nmod", "nmod:poss", "appos", "flat")]
        if any(c.dep_ in ("nmod", "nmod:poss", "appos") for c in token.children):
            return None
        plural = token.tag_ in ("NNS", "NNPS")
        family = next((f for f in _ALIKE if lemma in f), frozenset())
        loose: Attribution | None = None
        for heard in reversed(self._heard):
            if heard.plural != plural or not self._within(heard, FAR):
                continue
            if not {fold(t.text) for t in telling} <= {fold(w) for w in heard.voice.text.split()}:
                continue
            parts = _parts(heard)
            whole = heard.kind in ("body", "outlet", "document") or heard.voice.name is not None
            if heard.head == lemma or (whole and lemma in parts):
                return heard.voice
            outlet = heard.kind == "outlet" and lemma in naming.OUTLET_NOUNS and not telling
            if loose is None and (outlet or heard.head in family or (whole and parts & family)):
                loose = heard.voice
            if not telling and heard.kind != "person" and parts & _SENT_OUT.get(lemma, frozenset()):
                return heard.voice
        if loose is not None or plural:
            return loose
        told = {fold(t.text) for t in telling}
        return next((h.voice for h in reversed(self._seen) if self._within(h, NEAR) and lemma in _parts(h)
                     and told <= {fold(w) for w in h.voice.text.split()}), None)  # fmt: skip

    def _within(self, heard: Heard, most: int) -> bool:
        return self._sentence - heard.sentence <= most


def fitting(pronoun: str) -> Callable[[Heard], bool]:
    """Whether someone may be meant by `he` or `she`, as far as his title tells; all others fit."""
    wrong = _FEMALE if pronoun in ("he", "him", "his", "himself") else (
        _MALE if pronoun in ("she", "her", "hers", "herself") else frozenset()
    )  # fmt: skip
    return lambda heard: not wrong & set(heard.voice.text.lower().replace(",", " ").split())


def _parts(heard: Heard) -> set[str]:
    return {fold(w).strip(",") for w in (*heard.voice.text.split(), *(heard.voice.name or "").split())}
