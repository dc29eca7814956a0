"""A speaker's phrase in, whether it is named and whether it is an outlet or a document out.

A person with a name, an office that one person holds, a body of state, a government and a capital are named; officials,
diplomats, sources and spokesmen without a name are not, however much is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.language.words import Token

_OFFICES = frozenset(
    "minister president premier chancellor king queen chief governor mayor ambassador secretary pope emir sultan"
    " monarch prince princess speaker sheikh shah emperor president-elect vice-president attorney-general"
    " commander-in-chief secretary-general director-general chairman chairwoman ayatollah pontiff taoiseach"
    " undersecretary consul ombudsman premier-designate".split()
)
BODIES = frozenset(
    "ministry embassy army military government cabinet office department agency committee command headquarters guard"
    " navy force institute directorate bank parliament court council commission alliance centre center delegation"
    " party mission administration consulate secretariat senate congress assembly union league movement front"
    " organisation organization foundation junta leadership palace kremlin police corps academy university group"
    " authority wireless opposition radio television broadcaster network presidency side capital regime state country"
    " service wing panel division bureau board tribunal federation association society chamber legislature duma"
    " knesset watchdog".split()
)
_LOOSE_BODIES = frozenset(
    {"group", "panel", "side", "force", "state", "country", "service", "network", "radio", "wing", "wireless"}
)
_OUTLET_WORDS = frozenset(
    "wire times post beacon news radio press daily herald mail tribune gazette tv television journal standard"
    " chronicle telegraph observer guardian globe courier express dispatch ledger broadcasting newspaper weekly"
    " broadcaster monitor examiner inquirer independent star echo bulletin review paper magazine telegram zeitung"
    " correspondent bugle argus mirror record sentinel advertiser digest today line voice agence agencia agentur"
    " telegraaf pravda monde corriere nación nacional novosti service network channel".split()
)
OUTLET_NOUNS = frozenset(
    "newspaper paper daily weekly magazine broadcaster agency station radio website site outlet tabloid channel"
    " network portal publication broadsheet journal television tv newsletter monthly fortnightly quarterly blog"
    " newswire".split()
)
DOCUMENTS = frozenset(
    "report study document statement text cable memorandum memo resolution inquiry investigation editorial dispatch"
    " despatch article survey letter communique communiqué note transcript paper analysis release review brief"
    " assessment file record telegram declaration decree indictment filing account interview remark comment speech"
    " briefing tweet broadcast column address testimony bulletin white-paper audit poll conference memoir diary book"
    " post message commentary leaflet pamphlet petition minute log blog summary video addendum"
    " dossier manifesto".split()
)
_CARRIERS = frozenset(
    "interview statement remark comment speech briefing letter tweet communique communiqué broadcast address"
    " testimony conference note release report editorial article study despatch dispatch analysis column word version"
    " memoir diary book post bulletin cable text document memo memorandum file telegram resolution commentary message"
    " video declaration transcript minute log newsletter leaflet pamphlet petition blog summary survey investigation"
    " inquiry assessment paper record".split()
)
CAME_TO = frozenset("see obtain view review leak read monitor translate quote cite hear receive".split())
"""What is done to a text by those who did not write it: `a report seen by Reuters`."""
_UNNAMED = frozenset({"unnamed", "anonymous", "unidentified", "undisclosed", "unspecified"})
_PRINTED = re.compile(r"(?:blatt|zeitung|posten|bladet|tidende|presse|lapja|gazeta|courant)$")
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
_ORGANS = BODIES - _LOOSE_BODIES - {"opposition", "movement", "party", "police"} | {"military", "staff"}
_OF_STATE = frozenset("state government official state-run state-owned state-controlled national".split())
_VOICES = frozenset("spokesman spokeswoman spokesperson press-officer press-attaché press-secretary spokesmen".split())
_TEXTS_OF_BODIES = frozenset(
    "communique communiqué bulletin statement note broadcast report cable telegram memorandum memo declaration"
    " release assessment briefing file dispatch despatch".split()
)
_RULERS = frozenset({"leader", "ruler", "strongman", "dictator"})
_NUMBER = re.compile(r"\d")


def is_carrier(token: Token) -> bool:
    """Whether a noun is a text that carries someone's words: its author is who speaks."""
    return token.lemma_.lower() in _CARRIERS


def is_document(token: Token) -> bool:
    """Whether a noun is a text."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in DOCUMENTS


def outlet_like(token: Token, words: Sequence[Token]) -> bool:
    """Whether a proper name looks like that of a paper, an agency or a station that no register knows."""
    names = [t for t in words if t.pos_ in ("PROPN", "X") or (t.text[:1].isupper() and t.i > words[0].i)]
    if not names:
        return False
    if token.lemma_.lower() in OUTLET_NOUNS and token.pos_ == "NOUN":
        before = any(t.dep_ == "compound" and t.pos_ == "PROPN" and t.ent_type_ != "LOC" for t in names)
        return before or any(t.i > token.i for t in names)  # `the Dawn newspaper`, `the newspaper Al-Mashriq`
    if any(t.lemma_.lower() in OUTLET_NOUNS and t.pos_ == "NOUN" for t in words):
        return token.pos_ == "PROPN" or any(c.dep_ == "appos" for c in token.children)
    if token.pos_ not in ("PROPN", "X") or token.ent_type_ == "PER":
        return False
    if _PRINTED.search(names[-1].lower_):
        return True
    return len(names) > 1 and any(t.lower_ in _OUTLET_WORDS for t in (names[-1], names[0]))


def common_masthead(token: Token) -> bool:
    """Whether a word alone is as much a common noun as a paper's name: `News`, `Post`, `Voice`."""
    return token.lemma_.lower() in _OUTLET_WORDS


def of_the_state(token: Token) -> bool:
    """The one outlet of a state that needs no name: `state television`, `the official news agency`."""
    if token.lemma_.lower() not in OUTLET_NOUNS or token.tag_ in ("NNS", "NNPS") or not _definite(token):
        return False
    return any(t.lower_ in _OF_STATE for t in token.subtree if t.i < token.i and token.i - t.i <= 4)


def came_to(token: Token) -> bool:
    """Whether someone merely saw or passed on a text: `a report seen by Reuters`."""
    return any(a.dep_ == "acl" and a.lemma_.lower() in CAME_TO for a in token.ancestors)


def adjoined(token: Token) -> Sequence[Token]:
    """The name right behind a common noun: `the state company Gazexport`, `the newsletter Red Sea Brief`."""
    doc, at = token.doc, token.i + 1
    if token.pos_ != "NOUN" or token.text[:1].isupper() or token.tag_ in ("NNS", "NNPS"):
        return ()
    while at < len(doc) and doc[at].text[:1].isupper() and doc[at].is_alpha and doc[at].lower_ not in CALENDAR:
        at += 1
    words = doc[token.i + 1 : at]
    return tuple(words) if any(t.pos_ in ("PROPN", "X") for t in words) else ()


def unnamed_words(token: Token) -> bool:
    """`unnamed`, or a clause that says so: `who asked not to be named`, `on condition of anonymity`."""
    below = [t for t in token.subtree if not any(a.dep_ == "acl:relcl" for a in _up_to(t, token))]
    if any(t.lower_ in _UNNAMED for t in below):
        return True
    words = [t.lower_ for t in token.subtree]
    joined = " ".join(words)
    return any(
        p in joined
        for p in ("not to be named", "not to be identified", "declined to be", "anonymity", "name not be used")
    )


def _up_to(token: Token, top: Token) -> list[Token]:
    """A word and those above it, below `top`."""
    found = []
    while token.i != top.i and token.head.i != token.i:
        found.append(token)
        token = token.head
    return found


def named(token: Token, words: Sequence[Token], *, name: str | None, known: bool) -> bool:
    """Whether the speaker in a phrase is named.

    Args:
        token: Head of the phrase.
        words: The phrase.
        name: A person's name found in it.
        known: The head itself is a name of the registers or a name that the language layer sees.
    """
    if name:
        return True
    if unnamed_words(token):
        return False
    if known:
        return True
    lemma, definite = token.lemma_.lower(), _definite(token)
    plural = token.tag_ in ("NNS", "NNPS") and lemma not in ("headquarters", "forces")
    proper = any(t.pos_ in ("PROPN", "ADJ") and t.text[:1].isupper() and t.i != token.i for t in words)
    if lemma in ("police", "opposition"):
        return proper and not any(c.dep_ == "nmod" for c in token.children)
    if plural and not any(c.dep_ == "nmod:poss" or (c.dep_ == "det" and c.lower_ == "the") for c in token.children):
        return False
    if token.lower_ in ("spokesmen", "spokeswomen", "spokespersons"):
        return False
    if speaks_for_a_body(token):
        return not plural
    if lemma == "staff" and token.nbor(-1 if token.i else 0).lower_ == "general":
        return definite
    if lemma in BODIES:
        if lemma == "authority" and plural:
            return False
        if lemma in _LOOSE_BODIES and not proper:
            return False
        if lemma in _LOOSE_BODIES and _of_a_body(token, words):
            return not plural  # `a UN panel`
        return definite and not (plural and lemma in _LOOSE_BODIES)
    if lemma in _OFFICES:
        if plural and any(t.lower_ == "joint" for t in words):
            return True  # `the joint chiefs of staff`
        return definite and not plural and not _part_of_office(token)
    if lemma in _RULERS:
        return definite and not plural and proper  # `the Libyan leader`: a state has one
    if lemma in DOCUMENTS:
        titled = definite and token.i > 0 and token.nbor(-1).pos_ == "PROPN" and token.nbor(-1).ent_type_ != "LOC"
        return titled or any(_NUMBER.search(t.text) for t in words)
    if token.pos_ == "PROPN" and not plural and token.text[:1].isupper():
        return token.i > token.doc[0].i or definite or proper
    return False


def speaks_for_a_body(token: Token) -> bool:
    """A spokesman or a text of a body that the phrase names: `an army spokesman`, `a government communiqué`.

    Through him the body speaks, so that the reader knows who says so; `a rebel spokesman` and `his spokesman` are
    nobody that one could ask, and neither is `a report`.
    """
    lemma = token.lemma_.lower()
    before = token.doc[token.i - 1].lower_ if token.i else ""
    officer = lemma in ("officer", "secretary", "attaché", "attache") and before in ("press", "information")
    if lemma in _VOICES or officer:
        return any(_is_body(t) or t.ent_type_ in ("ORG", "LOC") or _of_state(t) for t in _owners(token))
    return lemma in _TEXTS_OF_BODIES and any(_is_body(t) for t in _owners(token))


def _owners(token: Token) -> list[Token]:
    """The words of a phrase that say whose it is."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod", "nmod:poss", "flat", "nmod:desc") and child.pos_ != "PRON":
            found += [child, *_owners(child)]
    return found


def _is_body(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in _ORGANS or (token.ent_type_ == "ORG" and token.pos_ == "PROPN")


def _of_state(token: Token) -> bool:
    """`an Israeli spokesman`: an adjective in capitals."""
    return token.pos_ == "ADJ" and token.text[:1].isupper() and token.dep_ == "amod"


def _of_a_body(token: Token, words: Sequence[Token]) -> bool:
    return any(t.pos_ == "PROPN" and t.ent_type_ != "PER" and t.text.isupper() for t in words if t.i < token.i)


def _part_of_office(token: Token) -> bool:
    """`a minister` is no office, and neither is `the minister's aide`, whose head is another noun."""
    return any(c.dep_ == "det" and c.lower_ in ("a", "an", "one", "another", "some") for c in token.children)


def _definite(token: Token) -> bool:
    """A definite article, an owner, a demonstrative, or a name used as one: not `a`, `two`, `several`."""
    for child in token.children:
        if child.dep_ == "det" and child.lower_ in ("a", "an", "some", "one", "another", "any", "several"):
            return False
        if child.dep_ == "nummod" and not any(c.dep_ in ("det", "nmod:poss") for c in token.children):
            return False
        if child.dep_ == "amod" and child.lower_ in ("several", "many", "other", "some"):
            return False
    return True
