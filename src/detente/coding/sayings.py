"""The words of saying: which verbs, nouns and adverbs put something in another's mouth, and how they take it."""

from __future__ import annotations

from spacy.tokens import Token

SAYING = frozenset(
    "say tell report state claim announce declare insist allege argue write warn predict forecast note add quote"
    " cite confirm deny admit stress acknowledge suggest reveal complain estimate assert maintain contend explain"
    " realise realize believe think fear expect recall remark comment point indicate disclose emphasise emphasize"
    " caution reply respond ask vow tweet post accuse conclude hint reiterate underline inform promise pledge know"
    " observe clear testify recount describe urge demand concede boast hold feel worry doubt understand learn notice"
    " repeat find show proclaim lament recommend answer retort counter hail imply insinuate speculate assure swear"
    " reckon calculate advise concur conjecture blog broadcast wire cable publish read continue go hear hope"
    " read surmise divulge confess protest grumble rumour rumor rule".split()
)
"""Verbs that may take what is said as a clause, a quotation or a parenthesis beside it."""

ALWAYS_SAYING = SAYING - frozenset(
    "point hold feel know learn notice find show read continue go hear publish post clear rule understand hope expect"
    " quote cite broadcast cable wire counter answer protest swear".split()
)
"""Those that say even where nothing but a subject stands beside them."""

PERFORMING = frozenset(
    "promise pledge vow threaten demand urge ask offer swear undertake warn request call appeal order accuse suspect"
    " blame charge guarantee agree refuse propose seek implore beseech beg invite press criticise criticize condemn"
    " denounce fault".split()
)
"""Verbs whose subject speaks by doing it: what he promises, threatens or accuses of is his word."""

DENYING = frozenset("deny dismiss reject refute rebut disavow dispute repudiate disclaim".split())

QUOTING = frozenset({"quote", "cite", "quoting", "citing"})

CLAIMING = frozenset(
    "claim allegation accusation report assertion charge contention announcement warning complaint suggestion rumour"
    " rumor assurance statement insistence testimony version account speculation hint admission revelation argument"
    " finding conclusion estimate belief view prediction forecast insinuation denial threat promise pledge demand call"
    " vow news word message".split()
)
"""Nouns that take a clause as what is said."""

HEARSAY = frozenset("allegedly reportedly supposedly purportedly apparently".split()) - {"apparently"}

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass"})
_BELOW_PERFORMING = frozenset({"xcomp", "ccomp", "advcl", "obl", "obj", "acl"})


def verb_of_saying(token: Token) -> bool:
    """Whether a token is a verb that can put a clause in its subject's mouth."""
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in SAYING


def finite(verb: Token) -> bool:
    """Whether a verb heads a clause with a tense of its own."""
    return verb.tag_ in _FINITE or any(c.dep_ in ("aux", "aux:pass") and c.tag_ in _FINITE for c in verb.children)


def takes(node: Token, head: Token) -> bool:
    """Whether `head` is a word of saying and the clause of `node` is what it says."""
    dep, lemma = node.dep_, head.lemma_.lower()
    if head.pos_ in ("NOUN", "PROPN"):
        return lemma in CLAIMING and dep in ("acl", "ccomp", "acl:relcl") and _that(node)
    if lemma in DENYING and dep in ("ccomp", "xcomp", "obj", "advcl"):
        return dep != "obj" or lemma == "deny" or node.lemma_.lower() in CLAIMING
    if lemma in PERFORMING and dep in _BELOW_PERFORMING and _performed(node, head):
        return True
    if lemma not in SAYING:
        return False
    if dep == "xcomp":
        return node.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and lemma not in ("go", "continue", "hear", "learn", "know")
    if dep == "advcl":
        return lemma in ("quote", "report", "cite", "describe") and _marked(node, "as")
    if dep in ("csubj", "csubj:pass"):
        return _passive(head)
    if dep == "ccomp":
        return head.pos_ in ("VERB", "AUX", "ADJ")
    return False


def _performed(node: Token, head: Token) -> bool:
    """`threatened to strike`, `accused Sudan of bombing`, `called on Iran to stop`, `demanded an end`."""
    lemma = head.lemma_.lower()
    if node.dep_ in ("xcomp", "ccomp"):
        return lemma not in ("agree", "refuse", "seek", "order")
    if lemma in ("accuse", "suspect", "blame", "charge", "criticise", "criticize", "condemn", "denounce", "fault"):
        return node.dep_ in ("advcl", "obl") and any(
            c.dep_ in ("mark", "case") and c.lower_ in ("of", "for", "with", "over") for c in node.children
        )
    if lemma in ("call", "appeal", "urge", "ask", "press", "beg") and node.dep_ == "advcl":
        return _marked(node, "to")
    return False


def _marked(node: Token, word: str) -> bool:
    return any(c.dep_ in ("mark", "case") and c.lower_ == word for c in node.children)


def _that(node: Token) -> bool:
    """A clause of content, not a relative one: `the claim that he fired`, not `the claim that he made`."""
    return any(c.dep_ == "mark" and c.lower_ in ("that", "to") for c in node.children)


def _passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children)


def aside(verb: Token) -> bool:
    """Whether a verb of saying stands beside what it says: `..., police said`, `Thai troops, it says, fired`."""
    if not verb_of_saying(verb) or not finite(verb):
        return False
    if verb.dep_ in ("acl:relcl", "acl", "xcomp", "csubj"):
        return False
    if any(c.dep_ in _CLAUSAL and c.i > verb.i and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN") for c in verb.children):
        return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children) and _fenced(verb)
    if any(c.dep_ == "mark" and c.lower_ in ("that", "if", "because", "when") for c in verb.children):
        return False
    lemma = verb.lemma_.lower()
    objects = [c for c in verb.children if c.dep_ == "obj" and c.i > verb.i]
    if objects and not (lemma == "tell" or _inverted(verb)):
        return False
    return lemma in ALWAYS_SAYING or bool(verb.i and _quote_before(verb))


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
