"""Event tables in, frames out: which words, in which company, report which PLOVER event.

A frame is one row of `events_*.csv`; its `needs` are small tests on the arguments of the trigger. The frame with
the most satisfied needs wins, so a table holds general rows and exceptions side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.errors import OntologyError
from detente.ontology.tables import Row, read_table
from detente.records import EFFECTS, EVENTS, STATUSES, TIES

ANY_ENTITY = "PERSON_OR_STATE"
TESTS = ("prt", "obj", "prep", "pobj", "xcomp", "ccomp", "subj", "mod", "of", "noobj")
RECIPIENTS = frozenset(
    {"obj", "iobj", "objposs", "of", "xsubj", "xobj", "reciprocal", "subj", "mod"}
)  # and every `prep:WORD`

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 2, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""Quad class of each type (PLOVER codebook, Open Event Data Alliance 2018); SANCTION is material here,
and CONCEDE too, as CAMEO's class 08 (yield) is, of which it is a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One test: `kind` as in `TESTS`, `prep` for pobj, and the lemmas that pass (empty: any)."""

    kind: str
    words: frozenset[str]
    prep: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One row of the event tables."""

    lemma: str
    pos: str
    needs: tuple[Need, ...]
    event: str
    mode: str | None
    cameo: str
    recipient: tuple[str, ...]
    where: str

    @property
    def weight(self) -> float:
        """How specific the frame is: a word class outweighs a bare test."""
        return sum(1.0 if n.words else 0.6 for n in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieNoun:
    """Nouns that stand for a kind of tie, given modifiers (`mod`) or words of the clause (`ctx`)."""

    kind: str
    nouns: frozenset[str]
    modifiers: frozenset[str]
    context: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """A phrase of likelihood and the range it stands for."""

    phrase: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything the coder knows about words other than names; `tied` finds the ties by their nouns."""

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    ties: tuple[TieNoun, ...]
    effects: Mapping[str, str]
    hedges: tuple[Hedge, ...]
    matrices: Mapping[tuple[str, str], str]
    goldstein: Mapping[str, float]
    tied: Mapping[str, tuple[TieNoun, ...]]

    def ties_of(self, *nouns: str) -> Sequence[TieNoun]:
        """The rows of `ties` that have one of some nouns, in their order."""
        found = [rows for noun in dict.fromkeys(nouns) if (rows := self.tied.get(noun))]
        if len(found) < 2:
            return found[0] if found else ()
        return [row for row in self.ties if not row.nouns.isdisjoint(nouns)]


def _words(text: str, classes: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    found: set[str] = set()
    for part in text.split("|"):
        if part.startswith("@"):
            if part[1:] not in classes:
                raise OntologyError(f"{where}: got word class {part}, wanted one defined in the classes file")
            found |= classes[part[1:]]
        elif part:
            found.add(part.lower() if part != ANY_ENTITY else part)
    return frozenset(found)


def _need(text: str, classes: Mapping[str, frozenset[str]], where: str) -> Need:
    kind, _, rest = text.partition(":")
    if kind not in TESTS:
        raise OntologyError(f"{where}: got test {text!r}, wanted one of {', '.join(TESTS)}")
    prep = ""
    if kind == "pobj":
        prep, _, rest = rest.partition("=")
    return Need(kind=kind, words=_words(rest, classes, where), prep=prep)


def _frame(row: Row, classes: Mapping[str, frozenset[str]]) -> Frame:
    if row["event"] not in EVENTS:
        raise OntologyError(f"{row.where}: got event {row['event']!r}, wanted one of {', '.join(EVENTS)}")
    recipients = tuple(r.strip() for r in (row["recipient"] or "obj").split("|"))
    for recipient in recipients:
        if recipient not in RECIPIENTS and not recipient.startswith("prep:"):
            raise OntologyError(
                f"{row.where}: got recipient {recipient!r}, wanted {', '.join(RECIPIENTS)} or prep:WORD"
            )
    if row["note"] == "xobj":
        recipients = ("xobj", *recipients)
    return Frame(
        lemma=row["lemma"].lower(),
        pos=row["pos"],
        needs=tuple(_need(n, classes, row.where) for n in row["needs"].split()),
        event=row["event"],
        mode=row["mode"] or None,
        cameo=row["cameo"],
        recipient=recipients,
        where=row.where,
    )


def _frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    found: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for side in ("conflict", "cooperation"):
        classes = {
            row["class"]: frozenset(w.lower() for w in row.many("lemmas"))
            for row in read_table(f"classes_{side}.csv", wanted=("class", "lemmas"))
        }
        columns = ("lemma", "pos", "needs", "event", "mode", "cameo", "recipient", "note")
        for row in read_table(f"events_{side}.csv", wanted=columns):
            frame = _frame(row, classes)
            found[frame.lemma, frame.pos].append(frame)
    return {key: tuple(sorted(frames, key=lambda f: -f.weight)) for key, frames in found.items()}


def _tie(row: Row) -> TieNoun:
    if row["kind"] not in TIES:
        raise OntologyError(f"{row.where}: got tie {row['kind']!r}, wanted one of {', '.join(TIES)}")
    modifiers: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    for need in row["needs"].split():
        kind, _, words = need.partition(":")
        if kind == "mod":
            modifiers = frozenset(words.split("|"))
        elif kind == "ctx":
            context = frozenset(words.split("|"))
        else:
            raise OntologyError(f"{row.where}: got {need!r}, wanted mod:... or ctx:...")
    return TieNoun(kind=row["kind"], nouns=frozenset(row.many("nouns")), modifiers=modifiers, context=context)


def _checked(rows: Sequence[Row], key: str, allowed: Sequence[str]) -> Sequence[Row]:
    for row in rows:
        if row[key] and row[key] not in allowed:
            raise OntologyError(f"{row.where}: got {key} {row[key]!r}, wanted one of {', '.join(allowed)}")
    return rows


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Reads the shipped tables.

    Raises:
        OntologyError: A row is broken; the message names file and line.
    """
    effects: dict[str, str] = {}
    for row in _checked(read_table("effects.csv", wanted=("effect", "lemmas")), "effect", EFFECTS):
        for lemma in row.many("lemmas"):
            effects.setdefault(lemma, row["effect"])
    matrices = {
        (row["lemma"], row["pos"]): row["status"]
        for row in _checked(read_table("matrices.csv", wanted=("lemma", "pos", "status")), "status", STATUSES)
    }
    hedges = tuple(
        Hedge(phrase=row["phrase"], low=float(row["low"]), high=float(row["high"]))
        for row in read_table("hedges.csv", wanted=("phrase", "low", "high"))
    )
    goldstein = {
        row["code"]: float(row["goldstein"]) for row in read_table("goldstein.csv", wanted=("code", "goldstein"))
    }
    ties = tuple(_tie(row) for row in read_table("ties.csv", wanted=("kind", "nouns", "needs")))
    nouns = {noun for row in ties for noun in row.nouns}
    return Lexicon(
        frames=_frames(),
        ties=ties,
        tied={noun: tuple(row for row in ties if noun in row.nouns) for noun in nouns},
        effects=effects,
        hedges=tuple(sorted(hedges, key=lambda h: -len(h.phrase))),
        matrices=matrices,
        goldstein=goldstein,
    )
