"""A verb in, whether it stands beside what it says out: `..., police said`, `as he put it`."""

from __future__ import annotations

from detente.coding import sayings
from detente.language.words import Token

_CONTENT_CASES = frozenset({"for", "about", "of", "against", "over", "with", "upon", "as"})
_GROUNDS = frozenset("condition background record arrival behalf basis television radio phone occasion".split())
_MARKS = frozenset("that if because when after before while since although though until unless whether how".split())
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass"})


def as_put(verb: Token) -> bool:
    """`As the minister put it, ...`."""
    marked = any(c.lower_ == "as" and c.i < verb.i for c in verb.children)
    return marked and verb.lemma_.lower() in ("put", "tell", "see") and any(
        c.lower_ == "it" and c.dep_ == "obj" for c in verb.children
    )  # fmt: skip


def as_saying(verb: Token) -> Token | None:
    """`saying` behind a verb of quoting, wherever the parse hung it: `Fars quoted him, an exporter, as saying`."""
    if verb.lemma_.lower() not in ("quote", "cite") or verb.tag_ == "VBG":
        return None
    for token in verb.doc[verb.i + 1 :]:
        if token.tag_ == "VBG" and token.nbor(-1).lower_ == "as" and token.lemma_.lower() in sayings.SAYING:
            return token
        if token.text == ";" or (token.pos_ == "VERB" and sayings.finite(token) and token.dep_ != "acl:relcl"):
            return None
    return None


def quotes_as_saying(verb: Token) -> bool:
    """`Fars quoted him as saying`, `the minister was quoted as saying by lawmakers`."""
    return as_saying(verb) is not None


def to_be_believed(clause: Token) -> bool:
    """`if Kampala is to be believed`."""
    below = {c.lower_ for c in clause.children}
    return clause.dep_ == "advcl" and clause.lemma_.lower() in ("believe", "trust") and {"if", "to"} <= below


def as_learned(verb: Token) -> bool:
    """`..., as Der Spiegel learned from banking circles`."""
    marked = any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children)
    return marked and verb.lemma_.lower() in sayings.LEARNING


def went_on(verb: Token) -> bool:
    """`The Government, he went on, would freeze`: to go on speaking."""
    if verb.lemma_.lower() != "go" or verb.tag_ not in sayings.FINITE or not 0 < verb.i < len(verb.doc) - 1:
        return False
    before = verb.nbor(-1)
    return verb.nbor().lower_ == "on" and (before.lower_ in ("he", "she", "it", "they") or before.ent_type_ == "PER")


def aside(verb: Token) -> bool:
    """Whether a verb of saying stands beside what it says: `..., police said`, `Thai troops, it says, fired`."""
    if went_on(verb) or as_put(verb):
        return True
    if not sayings.verb_of_saying(verb) or not sayings.finite(verb):
        return False
    if verb.dep_ in ("acl:relcl", "xcomp", "csubj") or (verb.dep_ == "acl" and not _misread(verb)):
        return False
    if any(c.dep_ in _CLAUSAL and c.i > verb.i and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN") for c in verb.children):
        return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children) and _fenced(verb)
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in _MARKS for c in verb.children):
        return False
    lemma = verb.lemma_.lower()
    if quotes_as_saying(verb) or as_learned(verb):
        return True
    if any(c.dep_ == "obl" and c.i > verb.i and _of_content(c) for c in verb.children):
        return False
    if any(c.dep_ in ("aux:pass", "obl:agent") for c in verb.children) and not any(
        c.lower_ == "it" for c in verb.children
    ):
        return False
    objects = [c for c in verb.children if c.dep_ == "obj" and c.i > verb.i]
    if objects and not (lemma == "tell" or _inverted(verb)):
        return False
    if sayings.passive(verb):  # `it was learned`, but not `he was told`
        return any(c.lower_ == "it" and c.i < verb.i for c in verb.children)
    if (lemma in sayings.ALWAYS_SAYING and lemma not in sayings.NO_ASIDE) or lemma == "find":
        return True
    return bool(verb.i and _quote_before(verb))


def _of_content(token: Token) -> bool:
    """What is said, as a phrase: `complained of raids`, `insisted on an apology`, not `said on Monday`."""
    cases = {c.lower_ for c in token.children if c.dep_ == "case"}
    return bool(cases & _CONTENT_CASES) or ("on" in cases and token.pos_ == "NOUN" and token.lemma_ not in _GROUNDS)


def _misread(verb: Token) -> bool:
    """`..., a Pentagon inquiry found on Thursday.`, taken for a participle: a noun before it, and no one who did it."""
    after = [c for c in verb.children if c.i > verb.i]
    plain = all(c.dep_ in ("obl", "obl:unmarked", "punct", "advmod") for c in after)
    return verb.head.i < verb.i and plain and not any(g.lower_ in ("by", "in") for c in after for g in c.children)


def _fenced(verb: Token) -> bool:
    """`In Hanoi, a correspondent reported, the minister received ...`: commas on both sides."""
    doc = verb.doc
    after = verb.i + 1 < len(doc) and doc[verb.i + 1].text == ","
    return after and any(t.text == "," for t in doc[max(0, verb.i - 8) : verb.i])


def _inverted(verb: Token) -> bool:
    """`says Tehran radio`: the speaker follows."""
    return not any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)


def _quote_before(verb: Token) -> bool:
    return any(t.text in "\"”»'’" for t in verb.doc[max(0, verb.i - 8) : verb.i])
