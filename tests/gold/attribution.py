"""Speakers of the key and coded claims in, how often the outermost speaker and whether it is named are right out.

    python tests/gold/attribution.py [--misses]

An item of the key is an assertion (a piece of the text) with its outermost speaker, or none where the outlet speaks
for itself. The program's answer is the outermost speaker of the claim nearest to that piece in its sentence; where that
claim is an act of speech (he *denied*, they *demanded*) in the outlet's own voice, its actor is who speaks. Counted:
an assertion whose speaker is right and whose namedness is right is a hit; a speaker given but wrong is one false
answer and one miss; none given where the key has one is a miss; one given where the key has none is a false answer.
F1 is over assertions that have a speaker in the key or in the answer, on those of which any claim was made.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import chronicle_key

from detente import pipeline
from detente.read.sentences import split
from detente.records import Attribution, Claim

_TITLES = frozenset(
    "the a an mr mrs ms president prime minister foreign secretary general gen admiral adm senator defense defence"
    " interior of state us".split()
)
_WORD = re.compile(r"[\w&]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Hits, false answers and misses; `silent` are assertions of which no claim was made."""

    hits: int
    false: int
    missed: int
    silent: int
    right_voice: int
    voices: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits else 0.0


def words(text: str) -> set[str]:
    return {w.lower() for w in _WORD.findall(text)} - _TITLES


def same(speaker: Attribution, wanted: str) -> bool:
    """Whether two ways of naming a speaker may mean one: one's telling words stand in the other."""
    told = words(wanted) or {w.lower() for w in _WORD.findall(wanted)}
    for text in (speaker.name or "", speaker.text):
        given = words(text.replace("(invented)", "")) or {w.lower() for w in _WORD.findall(text)}
        if given and (given <= told or told <= given):
            return True
    return False


SPEECH_ACTS = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONSULT"})


def speaker_of(claim: Claim) -> Attribution | None:
    """Who says the assertion a claim stands for: its outermost speaker, else who does the speaking it tells."""
    if claim.attribution:
        return claim.attribution[0]
    actor = claim.actor
    if claim.event not in SPEECH_ACTS and claim.status != "denied":
        return None
    return Attribution(name=actor.name, code=actor.code, named=not actor.anonymous, text=actor.text)


def nearest(claims: Sequence[Claim], at: int, *, sentence: str) -> Claim | None:
    """The claim of that sentence whose clause is nearest to a place in the text."""
    near = [c for c in claims if c.sentence == sentence]
    return min(near, key=lambda c: (not c.span[0] <= at < c.span[1], abs(c.span[0] - at), c.id), default=None)


def answers(
    coded: Mapping[str, Sequence[Claim]],
) -> Iterator[tuple[chronicle_key.Row, chronicle_key.Row, Claim | None]]:
    """Each assertion of the key with the claim that answers for it."""
    texts = chronicle_key.articles()
    for row in chronicle_key.key():
        article = texts[row["id"]]
        sentences = split(article)
        for speaker in row["speakers"]:
            at = article.text.index(speaker["quote_or_claim"])
            sentence = next(s.text for s in sentences if s.start <= at < s.end)
            yield row, speaker, nearest(coded.get(article.id, ()), at, sentence=sentence)


def given_for(claim: Claim | None, wanted: chronicle_key.Row) -> Attribution | None:
    """The program's answer; an actor counts only where it is the speaker that the key names."""
    if claim is None:
        return None
    given = speaker_of(claim)
    if given is None or claim.attribution or (wanted["outermost"] and same(given, wanted["outermost"])):
        return given
    return None


def score(coded: Mapping[str, Sequence[Claim]]) -> Score:
    """The measures over the whole key."""
    hits = false = missed = silent = right_voice = voices = 0
    for _, wanted, claim in answers(coded):
        if claim is None:
            silent += 1
            continue
        given = given_for(claim, wanted)
        if wanted["outermost"] is None:
            false += given is not None
            voices += 1
            right_voice += given is None
        elif given is None:
            missed += 1
        elif same(given, wanted["outermost"]) and given.named == wanted["named"]:
            hits += 1
        else:
            false += 1
            missed += 1
    return Score(hits=hits, false=false, missed=missed, silent=silent, right_voice=right_voice, voices=voices)


def spoken_words() -> list[tuple[chronicle_key.Row, chronicle_key.Row, Attribution | None]]:
    """Each assertion of the key with the outermost speaker of its words, whether or not a claim was coded there."""
    coder, texts, found = pipeline.coder(), chronicle_key.articles(), []
    for row in chronicle_key.key():
        article = texts[row["id"]]
        starts = [article.text.index(s["quote_or_claim"]) for s in row["speakers"]]
        spans = [(a, a + len(s["quote_or_claim"])) for a, s in zip(starts, row["speakers"], strict=True)]
        chains = coder.speakers(article, split(article), of=spans)
        found += [(row, s, chain[0] if chain else None) for s, chain in zip(row["speakers"], chains, strict=True)]
    return found


def score_words(answered: Sequence[tuple[chronicle_key.Row, chronicle_key.Row, Attribution | None]]) -> Score:
    """The same measures over every assertion of the key."""
    hits = false = missed = right_voice = voices = 0
    for _, wanted, given in answered:
        if wanted["outermost"] is None:
            voices += 1
            right_voice += given is None
            false += given is not None
        elif given is not None and same(given, wanted["outermost"]) and given.named == wanted["named"]:
            hits += 1
        else:
            missed += 1
            false += given is not None
    return Score(hits=hits, false=false, missed=missed, silent=0, right_voice=right_voice, voices=voices)


def denials_found(coded: Mapping[str, Sequence[Claim]]) -> tuple[int, int]:
    """How many denials of the key were coded as such, between the same states in the same sentence, and of how many."""
    wanted = [claim for _, claim, _ in chronicle_key.mentions() if claim.status == "denied"]
    found = sum(
        any(
            c.status == "denied" and c.dyad == want.dyad and c.sentence == want.sentence for c in coded[want.article_id]
        )
        for want in wanted
    )
    return found, len(wanted)


def coded_chronicle() -> dict[str, tuple[Claim, ...]]:
    """The claims of every dispatch."""
    coder = pipeline.coder()
    texts = chronicle_key.articles().values()
    return {a.id: coder.code(a, split(a), coded_at=chronicle_key.NOW).claims for a in texts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    coded = coded_chronicle()
    if parser.parse_args().misses:
        for row, wanted, claim in answers(coded):
            given = given_for(claim, wanted)
            right = (
                given and wanted["outermost"] and same(given, wanted["outermost"]) and given.named == wanted["named"]
            )
            if claim and not right and (given or wanted["outermost"]):
                got = f"{given.name or given.text!r} named={given.named}" if given else None
                said = f"{row['id']} {wanted['outermost']!r} named={wanted['named']} | got {got} | {claim.sentence}"
                sys.stdout.write(said + "\n")
    words = spoken_words()
    if parser.parse_args().misses:
        for row, wanted, given in words:
            if not (wanted["outermost"] or given):
                continue
            if given and wanted["outermost"] and same(given, wanted["outermost"]) and given.named == wanted["named"]:
                continue
            got = f"{given.name or given.text!r} named={given.named}" if given else None
            said = f"{row['id']} words {wanted['outermost']!r} named={wanted['named']} | got {got} | "
            sys.stdout.write(said + wanted["quote_or_claim"] + "\n")
    of_words = score_words(words)
    found = score(coded)
    total = sum(1 for _ in answers({}))
    denials, all_denials = denials_found(coded)
    sys.stdout.write(
        f"denials of the key that were coded as denied between the two states: {denials} of {all_denials}\n"
        f"attribution of every assertion's words F1 {of_words.f1:.3f}: {of_words.hits} right, {of_words.false} false, "
        f"{of_words.missed} missed; own voice {of_words.right_voice} of {of_words.voices}\n"
        f"attribution F1 {found.f1:.3f}: {found.hits} right, {found.false} false, {found.missed} missed; "
        f"own voice {found.right_voice} of {found.voices}; no claim for {found.silent} of {total} assertions\n"
    )


if __name__ == "__main__":
    main()
