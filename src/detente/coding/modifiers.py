"""A noun phrase in, the states and groups that its modifiers name out, the most direct ones only.

`X-based` and `X-owned` say where the head is at home; `X-led` names the leader and gives the code where nothing else
does; `X-backed`, `X-born` and their like give none, for the backer does not act.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.phrases import Scene, case_of, code_of
from detente.coding.spotting import Spot
from detente.language.words import Token
from detente.ontology.registers import Name

Coded = tuple[str, tuple[str, ...]]

_AGAINST = frozenset({"anti", "pro", "non"})
_HOME_BONDS = frozenset("based owned headquartered run registered flagged administered controlled".split())
_LEAD_BONDS = frozenset({"led", "dominated", "commanded", "headed"})
_HOME_CASES = frozenset({"of", "from", "in", "for", "within", "at"})
_LOOSE_CASES = frozenset({"across", "throughout", "near", "inside", "around", "on", "outside"})
_PLAIN = 2  # adjective, possessor and `of`: said more plainly than where someone is
_BESIDE = ("appos", "flat", "nmod:desc", "nmod")


def codes(scene: Scene, token: Token, tokens: Sequence[Token]) -> tuple[Coded, ...]:
    """State or group codes that the phrase's modifiers give, with sectors where the modifier sets them.

    Args:
        scene: The sentence.
        token: Head of the phrase.
        tokens: The phrase.
    """
    for child in token.children:
        if child.dep_ in _BESIDE and child.i in scene.spots:
            name = scene.spots[child.i].name
            if name.code and name.kind in ("leader", "surname") and not case_of(child):
                return ((name.code, ()),)
    best: list[tuple[int, Spot]] = []
    if scene.lone:  # `Burkina Faso's displaced`, read as a clause
        tokens = [*(t for c in token.children if c.dep_.startswith("nsubj") for t in c.subtree), *tokens]
    for other in tokens:
        spot = scene.spots.get(other.i)
        if spot is None or other.i == token.i or (spot.name.kind == "outlet" and not scene.lone):
            continue
        rank = _rank(scene, token, other, spot)
        if rank is not None:
            best.append((rank, spot))
    if any(rank <= _PLAIN and spot.name.kind != "people" for rank, spot in best):
        best = [(rank, spot) for rank, spot in best if spot.name.kind != "people"]  # `Nigerien Tuareg`, `Mali's Tuareg`
    if best:
        top = min(rank for rank, _ in best)
        chosen = [spot for rank, spot in best if rank == top]
        if token.tag_ in ("NNS", "NNPS"):
            chosen += [scene.spots[t.i] for s in chosen for t in _conjoined(scene, s) if t.i in scene.spots]
        found = [(s.name.home if s.name.kind == "outlet" else code_of(s.name), _sectors(s.name)) for s in chosen]
        return tuple(dict.fromkeys((code, sectors) for code, sectors in found if code))
    return _possessor(scene, token)


def _conjoined(scene: Scene, spot: Spot) -> list[Token]:
    """The names joined to one by `and`: `the presidents of Gabon and Cameroon`."""
    return [c for t in scene.doc[spot.start : spot.end] for c in t.children if c.dep_ == "conj"]


def _possessor(scene: Scene, token: Token) -> tuple[Coded, ...]:
    """Codes of who owns the head, read before it, or of who is named beside it."""
    for child in token.children:
        if child.dep_ == "nmod:poss":
            found = tuple((w.entity.code, ()) for w in scene.who.get(child.i, ()) if w.entity.code)
            if found or child.pos_ == "PRON":
                return found
        if child.dep_ in ("appos", "flat", "nmod:desc") and child.i in scene.spots:
            name = scene.spots[child.i].name
            if name.code and name.kind in ("leader", "surname", "state", "group"):
                return ((code_of(name) or "", name.sectors if name.kind == "leader" else ()),)
    return ()


def own_state(scene: Scene, token: Token, spot: Spot) -> str | None:
    """The state whose adjective or possessive modifies a name: `the Mexican National Guard`, `Iran's Supreme Court`."""
    for child in token.children:
        other = scene.spots.get(child.i)
        if other is None or other is spot or other.name.kind not in ("adjective", "state", "capital", "demonym"):
            continue
        beside = child.dep_ in ("amod", "compound", "nmod:poss", "nmod:desc")
        homeless = spot.name.kind == "group" and not spot.name.home
        loose = spot.name.kind == "metonym" or homeless
        cases = ("of", "in") if loose else ("of",) if "PTY" in spot.name.sectors else ()
        after = child.dep_ == "nmod" and case_of(child) in cases
        if (beside or after) and bond(scene, other) is None:
            return other.name.code
    return None


def bond(scene: Scene, spot: Spot) -> str | None:
    """How a hyphen ties a name to the next word: `home`, `lead`, `away` (no code), None without a hyphen."""
    before = scene.doc[spot.start - 2] if spot.start >= 2 else None
    if before is not None and scene.doc[spot.start - 1].text in "-–" and before.lower_ in _AGAINST:
        return "away"
    if spot.end + 1 < len(scene.doc) and scene.doc[spot.end].text in "-–":
        word = scene.doc[spot.end + 1]
        if word.lower_ in _HOME_BONDS:
            return "home"
        if word.lower_ in _LEAD_BONDS:
            return "lead"
        if word.tag_ in ("VBN", "JJ", "VBG", "VBD") and word.i not in scene.spots:
            return "away"
    return None


def _rank(scene: Scene, head: Token, other: Token, spot: Spot) -> int | None:
    """How directly a spotted modifier belongs to the head: 0 adjective, 1 possessor, 2 `of`, 3 place; None not."""
    node, path = other, []
    while node.i != head.i:
        path.append(node)
        node = node.head
        if len(path) > 4:
            return None
    tie = bond(scene, spot)
    if tie is not None:
        return None if tie == "away" or len(path) > 3 else 1 if tie == "home" else 3
    top = path[-1]
    if top.dep_ in ("amod", "compound", "nmod:desc", "flat", "det") and all(
        p.dep_ in ("amod", "compound", "flat", "conj", "nmod:desc", "punct", "dep", "nmod", "nmod:poss") for p in path
    ):
        return 0
    if scene.lone and top.dep_ in ("nsubj", "nsubj:pass"):
        return 1  # `Syria's displaced`, read as a clause
    if top.dep_ == "nmod:poss":
        return 1 if len(path) == 1 else 2
    if top.dep_ in ("nmod", "obl", "nmod:unmarked"):
        case = case_of(top)
        if case in ("of", "for") or not case:
            return 2 if len(path) == 1 else 4
        if case in _HOME_CASES or (scene.lone and case in _LOOSE_CASES):
            return 3 if len(path) == 1 else 5
    return None


def _sectors(name: Name) -> tuple[str, ...]:
    return name.sectors if name.kind in ("group", "metonym", "outlet") else ()
