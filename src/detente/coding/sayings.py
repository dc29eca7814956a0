"""The words of saying: which verbs, nouns and adverbs put something in another's mouth, and how they take it."""

from __future__ import annotations

from detente.language.words import Token

SAYING = frozenset(
    "say tell report state claim announce declare insist allege argue write warn predict forecast note add quote cite"
    " confirm deny admit stress acknowledge suggest reveal complain estimate assert maintain contend explain realise"
    " realize believe think fear expect recall remark comment point indicate disclose emphasise emphasize caution"
    " reply respond ask vow tweet post accuse conclude hint reiterate underline inform promise pledge know observe"
    " clear testify recount describe urge demand concede boast hold feel worry doubt understand learn notice repeat"
    " find show proclaim lament recommend answer retort counter hail imply insinuate speculate assure swear reckon"
    " calculate advise concur conjecture blog broadcast wire cable publish read continue go hear hope object opine"
    " charge contradict relate rejoin surmise divulge confess protest grumble rumour rumor rule joke quip muse affirm"
    " reaffirm aver attest theorise theorize specify scoff reassure shout cry brag regret volunteer remind notify"
    " brief deplore wonder suspect guess presume ascertain discover detect verify establish determine substantiate"
    " corroborate certify attribute assess gather relay circulate communicate signal foretell prophesy prophesise"
    " interject interpose exclaim mention propound posit postulate reflect recite narrate chronicle document"
    " hypothesise hypothesize apprise advertise telegraph radio retweet elaborate preach lecture murmur mutter whisper"
    " snap sneer thunder intone echo fume rage moan grieve rejoice figure deem reason judge".split()
)
"""Verbs that may take what is said as a clause, a quotation or a parenthesis beside it."""

ALWAYS_SAYING = SAYING - frozenset(
    "point hold feel know learn notice find show read continue go hear publish post clear rule understand hope expect"
    " quote cite broadcast cable wire counter answer protest swear discover detect establish determine verify document"
    " reflect gather circulate communicate relay radio telegraph figure reason judge deem echo rage snap thunder"
    " attribute guess presume signal elaborate lecture advertise".split()
)
"""Those that say even where nothing but a subject stands beside them."""

PERFORMING = frozenset(
    "promise pledge vow threaten demand urge ask offer swear undertake warn request call appeal order accuse suspect"
    " blame charge guarantee agree refuse propose seek implore beseech beg invite press criticise criticize condemn"
    " denounce fault".split()
)
"""Verbs whose subject speaks by doing it: what he promises, threatens or accuses of is his word."""

JUDGING = frozenset("call term describe label brand dub deem consider pronounce declare judge find think".split())
"""Verbs that give a thing a name: `called the report baseless`."""

_REPORTING = frozenset("report confirm claim allege acknowledge admit predict forecast foresee estimate".split())
_WEIGHING = frozenset("confirm acknowledge admit describe ridicule scoff brush".split())
_SPEAKING_OF = frozenset("speak warn complain talk tell".split())
NO_ASIDE = frozenset(
    "ask accuse demand urge vow promise pledge deny describe inform assure think believe quote cite conclude boast"
    " worry fear doubt forecast expect realise realize point".split()
)
_ADDRESSING = frozenset("tell inform assure remind warn notify brief".split())
_TELLING = frozenset("say confirm disclose reveal comment tell specify discuss explain".split())

DENYING = frozenset("deny dismiss reject refute rebut disavow dispute repudiate disclaim".split())

QUOTING = frozenset({"quote", "cite", "quoting", "citing"})

LEARNING = frozenset("learn hear understand gather know".split())
"""Verbs of one who passes on what others told him."""

CLAIMING = frozenset(
    "claim allegation accusation report assertion charge contention announcement warning complaint suggestion rumour"
    " rumor assurance statement insistence testimony version account speculation hint admission revelation argument"
    " finding conclusion estimate belief view prediction forecast insinuation denial threat promise pledge demand call"
    " vow news word message position stance theory thesis line case conviction feeling impression judgement judgment"
    " verdict remark comment declaration disclosure confession boast protest reminder proposition notion inference"
    " assumption supposition consensus suspicion fear talk gossip tip intelligence evidence observation opinion reply"
    " response answer explanation excuse pretext".split()
)
"""Nouns that take a clause as what is said."""

CARRYING = frozenset(
    "carry publish issue run print release make broadcast repeat give file post lodge voice send hand deliver put"
    " circulate read present submit transmit distribute address air show upload share".split()
)
"""Verbs of putting out a text: what stands in it is their subject's word."""

_SPREADING = frozenset("come reach arrive spread circulate emerge go".split())
_WRITTEN = frozenset(
    "letter interview article statement speech report note document cable text memorandum memo communique communiqué"
    " editorial dispatch despatch broadcast study message petition declaration column essay video recording tape film"
    " telegram paper resolution".split()
)
"""Nouns in which something is said: `a letter in which he accuses`."""

OF_SPEECH = (ALWAYS_SAYING - PERFORMING) | frozenset({"hope", "put", "speak"})
"""Verbs that make their own subject the speaker, whatever they take; what he does by speaking, the outlet tells."""

PLAINLY = frozenset("blunt clear adamant unequivocal firm emphatic categorical defiant frank".split())
"""How one is who says what follows the colon: `The general was blunt: ...`."""

HEARSAY = frozenset("allegedly reportedly supposedly purportedly".split())

_NO_WORD = frozenset(
    "ensure mean see prove guarantee make forget remember wait decide require show agree emerge transpire seem appear"
    " happen follow turn become".split()
)
"""Verbs that take a clause with `that` and say nothing by it."""

INVERTING = frozenset(
    "say claim report write add insist argue charge assert announce warn explain note declare reply recall remark"
    " state allege contend complain admit predict vow think believe maintain observe confirm ask cry shout".split()
)
"""Verbs before which the speaker may be missing because he follows."""

CONVINCED = frozenset(
    "convinced convince certain sure adamant worried worry confident afraid aware alarmed alarm concerned concern"
    " positive fearful hopeful doubtful sceptical skeptical persuaded persuade satisfied satisfy insistent unaware"
    " suspicious unequivocal categorical optimistic pessimistic anxious mindful conscious furious angry outraged"
    " outrage dismayed dismay upset delighted glad sorry sad proud surprised surprise shocked shock unhappy"
    " grateful".split()
)
"""How one is who holds something for true: `Warsaw is convinced that`."""

_BLAMING = frozenset("accuse suspect blame charge criticise criticize condemn denounce fault".split())
_OF = ("of", "for", "with")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BELOW_PERFORMING = frozenset({"xcomp", "ccomp", "advcl", "obl", "obj", "acl"})


def verb_of_saying(token: Token) -> bool:
    """Whether a token is a verb that can put a clause in its subject's mouth."""
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in SAYING


def finite(verb: Token) -> bool:
    """Whether a verb heads a clause with a tense of its own; a lone participle that stands as a root has one."""
    if verb.tag_ in ("VBN", "NNS", "NN") and verb.dep_ in ("ROOT", "parataxis", "ccomp", "acl"):
        return True
    return verb.tag_ in FINITE or any(c.dep_ in ("aux", "aux:pass") and c.tag_ in FINITE for c in verb.children)


def takes(node: Token, head: Token) -> bool:
    """Whether `head` is a word of saying and the clause of `node` is what it says."""
    dep, lemma = node.dep_, head.lemma_.lower()
    if head.pos_ in ("NOUN", "PROPN"):
        if dep == "acl:relcl" and _in_which(node):
            return lemma in CLAIMING or lemma in _WRITTEN
        return lemma in CLAIMING and dep in ("acl", "ccomp", "acl:relcl", "csubj", "appos") and _that(node)
    if lemma in JUDGING and dep == "xcomp" and node.pos_ in ("ADJ", "NOUN", "ADV", "VERB"):
        return head.pos_ == "VERB"
    if head.pos_ == "VERB" and lemma in _REPORTING and dep == "obj" and node.lemma_.lower() not in CLAIMING:
        return True
    if head.pos_ == "VERB" and dep in ("obj", "nsubj:pass") and node.lemma_.lower() in CLAIMING and (
        lemma in _WEIGHING or lemma in JUDGING
    ):  # fmt: skip
        return not any(c.dep_ == "nmod:poss" for c in node.children) or lemma in DENYING
    if head.pos_ == "VERB" and lemma in _SPEAKING_OF and dep in ("obl", "advcl") and marked(node, "of"):
        return True
    if lemma in DENYING and dep in ("ccomp", "xcomp", "obj", "advcl"):
        return dep != "obj" or lemma == "deny" or node.lemma_.lower() in CLAIMING
    if lemma in PERFORMING and dep in _BELOW_PERFORMING and _performed(node, head):
        return True
    if dep == "ccomp" and head.pos_ == "VERB" and lemma not in _NO_WORD and marked(node, "that"):
        return True  # `objected that`, `foretold that`
    if lemma in ("put", "give", "place") and dep in ("obj", "nsubj:pass") and _estimates(head):
        return True
    if lemma in CONVINCED and dep in ("ccomp", "csubj", "advcl", "acl"):
        return dep == "ccomp" or marked(node, "that")
    if lemma not in SAYING:
        return False
    if dep == "xcomp":
        return node.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and lemma not in ("go", "continue", "hear", "learn", "know")
    if dep == "advcl" and passive(head) and marked(node, "to"):
        return True  # `are said by Kurdish leaders to have shelled`
    if dep == "advcl":
        return lemma in ("quote", "report", "cite", "describe") and marked(node, "as")
    if dep in ("csubj", "csubj:pass"):
        return passive(head)
    if dep == "ccomp":
        return head.pos_ in ("VERB", "AUX", "ADJ")
    return False


def over(node: Token) -> Token | None:
    """The word of saying above a clause that hangs on a word between: `denied once more that`, `described how`."""
    head = node.head
    if (
        node.dep_ in ("acl", "acl:relcl")
        and head.dep_ in ("obj", "iobj", "obl")
        and head.lemma_.lower() not in CLAIMING
    ):
        above = head.head  # `told the hearing that`, `cabled London that`, `posted on X that`
        whom = head.dep_ == "obl" or above.lemma_.lower() in _ADDRESSING or head.pos_ == "PROPN"
        return above if whom and _content(node) and verb_of_saying(above) else None
    if node.dep_ in ("ccomp", "acl", "acl:relcl") and head.lemma_.lower() in _SPREADING and _content(node):
        news = (c for c in head.children if c.dep_.startswith("nsubj") and c.lemma_.lower() in CLAIMING)
        return next(news, None)  # `word came from Tehran that`
    if node.dep_ not in ("ccomp", "advcl:relcl") or head.dep_ not in ("obj", "advmod", "obl"):
        return None
    if node.dep_ == "advcl:relcl":
        return (
            head.head if head.lower_ in ("how", "what", "why", "when", "where") and verb_of_saying(head.head) else None
        )
    return head.head if takes(node, head.head) else None


def accuser(node: Token) -> Token | None:
    """The verb of accusing that governs a gerund with `of`, `for` or `with`, wherever the parse hung it."""
    before = node.doc[node.i - 1].lower_ if node.i else ""
    if node.tag_ != "VBG" or not (before in _OF or any(marked(node, word) for word in _OF)):
        return None
    for token in reversed(node.doc[max(0, node.i - 16) : node.i]):
        if token.pos_ == "VERB" and token.lemma_.lower() in _BLAMING:
            return token
        if token.pos_ == "VERB" and finite(token):
            return None
    return None


def _estimates(verb: Token) -> bool:
    """`put the toll at 12`, `gave the number as 15`."""
    within = [
        t for c in verb.children if c.i > verb.i for t in (c, *c.children, *(g for a in c.children for g in a.children))
    ]
    return any(
        c.dep_ in ("obl", "advcl", "xcomp", "nmod")
        and any(g.lower_ in ("at", "as") and g.dep_ in ("case", "mark", "advmod") for g in c.children)
        and any(t.pos_ == "NUM" for t in c.subtree)
        for c in within
    )


def withheld(verb: Token) -> bool:
    """Whether a verb of saying says that nothing was said: `refused to say whether`, `would not confirm that`."""
    if verb.lemma_.lower() not in _TELLING:
        return False
    refused = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("refuse", "decline", "fail")
    return refused or any(c.lower_ in ("not", "n't", "n’t", "never", "neither") for c in verb.children)


def blames(verb: Token) -> bool:
    """Whether a verb is one of accusing: `blame`, `charge`."""
    return verb.lemma_.lower() in _BLAMING


def _performed(node: Token, head: Token) -> bool:
    """`threatened to strike`, `accused Sudan of bombing`, `called on Iran to stop`, `demanded an end`."""
    lemma = head.lemma_.lower()
    if node.dep_ in ("xcomp", "ccomp"):
        return lemma not in ("agree", "refuse", "seek", "order")
    if lemma in _BLAMING:
        return node.dep_ in ("advcl", "obl") and any(
            c.dep_ in ("mark", "case") and c.lower_ in ("of", "for", "with", "over") for c in node.children
        )
    if lemma in ("call", "appeal", "urge", "ask", "press", "beg") and node.dep_ == "advcl":
        return marked(node, "to")
    return False


def marked(node: Token, word: str) -> bool:
    """Whether a preposition or a conjunction opens a clause or a phrase."""
    return any(c.dep_ in ("mark", "case") and c.lower_ == word for c in node.children)


def _that(node: Token) -> bool:
    """A clause of content, not a relative one: `the claim that he fired`, not `the claim that he made`."""
    first = node.left_edge
    loose = first.lower_ == "that" and first.dep_ in ("mark", "obl:unmarked", "obl", "advmod", "dep")
    return loose or any(c.dep_ == "mark" and c.lower_ in ("that", "to") for c in node.children)


def _content(node: Token) -> bool:
    """Behind a name, a clause with `that` and all its parts: `cabled London that gunboats had shelled Mytilene`."""
    if marked(node, "that"):
        return True
    first = next((c for c in node.children if c.lower_ == "that" and c.i < node.i), None)
    if first is None or first.dep_.startswith("nsubj") or not any(c.dep_.startswith("nsubj") for c in node.children):
        return False
    return first.dep_ != "obj" or any(c.dep_ in ("obj", "obl", "ccomp", "xcomp") for c in node.children if c.i > node.i)


def _in_which(node: Token) -> bool:
    """`in which`, `where` before a clause that tells what a text says."""
    return any(
        c.i < node.i and ((c.lower_ == "which" and marked(c, "in")) or c.lower_ in ("where", "whereby"))
        for c in node.children
    )


def passive(verb: Token) -> bool:
    """Whether a verb is in the passive."""
    return any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children)
