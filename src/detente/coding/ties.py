"""A predicate in, the tie it touches out: which channel between the two states, and what is done to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.coding.arguments import Arguments, of_verb
from detente.language.words import Token
from detente.ontology.lexicon import Lexicon
from detente.records import TieEffect

_DEFAULT = {
    "AGREE": "affirmed",
    "CONSULT": "affirmed",
    "SUPPORT": "affirmed",
    "COOPERATE": "affirmed",
    "AID": "affirmed",
    "CONCEDE": "restored",
    "REJECT": "refused",
    "SANCTION": "restricted",
    "THREATEN": "strained",
}
_PREPOSITIONS = frozenset("of from with in to for on at against over between via through into".split())
_WHOLE = frozenset({"relation", "tie", "relationship", "link", "contact", "cooperation", "co-operation"})
_ENVOYS = frozenset("ambassador envoy diplomat consul attache attaché staff official counsellor chargé charge".split())
_SHUTTING = frozenset({"shut", "close", "seal", "closure", "closing"})
_ROUTES = frozenset({"transit", "travel", "overflight", "trade", "energy"})
_NEGATIVE = frozenset({"severed", "suspended", "restricted", "strained", "refused"})
_LIFTED = frozenset({"lift", "ease", "end", "remove", "drop", "scrap", "cancel", "suspend", "waive", "relax", "revoke"})


def tie_of(arguments: Arguments, *, event: str, lexicon: Lexicon, known: str | None = None) -> TieEffect | None:
    """The tie that an event touches, None when its arguments name none; `known` is an effect settled before."""
    kind = kind_of(arguments, lexicon)
    if kind is None:
        return None
    effect = effect_of(arguments, lexicon, kind=kind) or known or _DEFAULT.get(event)
    if effect is None:
        return None
    if kind == "sanctions":
        effect = _sanctions(arguments, event)
    if effect in _NEGATIVE and event in ("AID", "SUPPORT", "AGREE", "CONSULT", "COOPERATE", "CONCEDE"):
        effect = "affirmed" if event != "CONCEDE" else "restored"
    if effect in ("affirmed", "opened", "restored") and event in ("SANCTION", "COERCE", "ASSAULT", "THREATEN"):
        effect = "restricted" if event != "THREATEN" else "strained"
    if effect == "opened" and event == "CONCEDE":
        effect = "restored"
    return TieEffect(kind=kind, effect=effect)


def _sanctions(arguments: Arguments, event: str) -> str:
    """Sanctions are a tie turned round: to impose them restricts, to lift them restores."""
    if arguments.trigger.lemma_.lower() in _LIFTED or event == "CONCEDE":
        return "restored"
    return "restricted"


def kind_of(arguments: Arguments, lexicon: Lexicon) -> str | None:
    """The kind of tie that the trigger or its arguments name; the most specific reading wins."""
    context: frozenset[str] | None = None
    best: tuple[float, str] | None = None
    for rank, noun in enumerate(_nouns(arguments)):
        lemma = noun.lemma_.lower()
        for row in lexicon.ties_of(lemma, noun.lower_):
            near = {t.lemma_.lower() for t in noun.children} | {t.lower_ for t in noun.children}
            near |= {t.lower_ for t in noun.children if t.dep_ == "compound"}
            if row.modifiers and not near & row.modifiers:
                continue
            if row.context:
                context = _context(arguments) if context is None else context
                if not (context | near) & row.context:
                    continue
            score = (2.0 if row.modifiers else 1.5 if row.context else 1.0) - 0.4 * rank
            if lemma in _WHOLE and row.kind == "diplomacy":
                score -= 0.8
            if best is None or score > best[0]:
                best = (score, row.kind)
    return best[1] if best else None


def kinds_in(tokens: Iterable[Token], lexicon: Lexicon) -> list[str]:
    """Every kind of tie named among `tokens`, in order: for lists such as `limited to A, B and C`."""
    words = list(tokens)
    context = frozenset(t.lemma_.lower() for t in words)
    found: list[str] = []
    for token in words:
        for row in lexicon.ties_of(token.lemma_.lower()):
            near = {t.lemma_.lower() for t in token.children} | {t.lower_ for t in token.children}
            if (row.modifiers and not near & row.modifiers) or (row.context and not context & row.context):
                continue
            if row.kind not in found:
                found.append(row.kind)
            break
    return found


def effect_of(arguments: Arguments, lexicon: Lexicon, *, kind: str = "") -> str | None:
    """What is done: by the trigger, or by the verb that carries it."""
    trigger = arguments.trigger
    candidates = [trigger]
    if trigger.pos_ in ("NOUN", "PROPN") and trigger.head.pos_ == "VERB" and trigger.dep_ in ("obj", "nsubj:pass"):
        candidates.insert(0, trigger.head)
    for token in candidates:
        effect = lexicon.effects.get(token.lemma_.lower())
        if effect is None:
            continue
        if "off" in arguments.particles and effect in ("suspended", "severed"):
            return "severed"
        if kind == "diplomacy" and effect in ("severed", "suspended") and _staff(arguments):
            return "restricted"  # an envoy expelled or recalled; relations as such go on
        if token.lemma_.lower() in _SHUTTING and kind in _ROUTES:
            return "suspended"  # a road that is shut can be opened; an embassy or a base that is shut is gone
        if token.lemma_.lower() in ("cut", "slash") and _partial(arguments):
            return "restricted"
        return effect
    return None


def _staff(arguments: Arguments) -> bool:
    """The object is a person of the mission, not the mission or the relation."""
    return any(t.lemma_.lower() in _ENVOYS for t in arguments.objects)


def _partial(arguments: Arguments) -> bool:
    """`cut aid by a third`, `cut its financial aid`: less, not none, unless ties or relations as a whole are cut."""
    if "off" in arguments.particles:
        return False
    return not any(t.lemma_.lower() in _WHOLE for t in arguments.objects)


def _nouns(arguments: Arguments) -> Iterator[Token]:
    """Nouns that may name the tie, nearest to the trigger first."""
    trigger = arguments.trigger
    seen: set[int] = set()
    queue = [trigger] if trigger.pos_ in ("NOUN", "PROPN") else []
    queue += arguments.objects
    queue += [t for case, t in arguments.obliques if case.split(" ")[0] in _PREPOSITIONS]
    below = [c for c in trigger.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i > trigger.i]
    for clause in [arguments.infinitive, *below]:
        if clause is not None:
            inner = of_verb(clause)
            queue += inner.objects
    for token in list(queue):
        queue += [c for c in token.children if c.dep_.startswith("nmod") or c.dep_ in ("compound", "conj")]
    for token in queue:
        if token.i not in seen and token.pos_ in ("NOUN", "PROPN"):
            seen.add(token.i)
            yield token


def _context(arguments: Arguments) -> frozenset[str]:
    words = {arguments.trigger.lemma_.lower()}
    for token in [*arguments.objects, *(t for _, t in arguments.obliques)]:
        words |= {t.lemma_.lower() for t in token.subtree} | {t.lower_ for t in token.subtree}
    words |= {t.lemma_.lower() for t in arguments.trigger.children}
    words |= {t.lower_ for c in arguments.trigger.children if c.dep_ == "advcl" for t in c.subtree}
    if arguments.trigger.pos_ == "NOUN":
        words.add(arguments.trigger.head.lemma_.lower())
        words |= {c.lemma_.lower() for c in arguments.trigger.children}
    return frozenset(words)
