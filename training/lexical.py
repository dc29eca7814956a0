"""Sentences made from the event tables: every row of the lexicon once or more, with drawn parties and a plain frame.

They teach the network the words of the tables beside the written corpus; they are training material only and are made
anew each time from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from lemminflect import getInflection

from corpus import Deed, Labelled
from detente.ontology.lexicon import ANY_ENTITY, Frame, Lexicon

ROLES = (
    "the police;the army;the rebels;protesters;the government;the court;the opposition;the president;"
    "the prime minister;"
    "militants;gunmen;the foreign ministry;lawmakers;soldiers;the union;the company;students;villagers;the military;"
    "insurgents;the parliament;officials;prosecutors;workers;the governor;the church;journalists;activists;the junta;"
    "troops;the ruling party;security forces;the mayor;separatists;the minister;judges;farmers;the party;fighters"
).split(";")
OPENINGS = (
    "", "", "", "On Monday, ", "Late last week, ", "In March, ", "Hours after the vote, ", "Despite the talks, ",
    "Officials said ", "State radio reported that ", "According to witnesses, ", "As tension grew, ", "In 1994 ",
    "For the second time this year, ", "A spokesman said ",
)  # fmt: skip
CLOSINGS = (
    "", "", "", " on Tuesday", " last month", " after the elections", ", officials said", " in a surprising move",
    ", the agency reported", " amid a row over the border", " over the weekend", ", according to a statement",
    " following days of unrest", " ahead of the summit", " in the north of the country", " for the first time in years",
)  # fmt: skip


class Maker:
    """Makes labelled sentences of frames; `states` are (name, adjective) pairs, `names` other actors."""

    def __init__(self, states: Sequence[tuple[str, str]], names: Sequence[str], *, seed: int) -> None:
        self.states, self.names, self.rng = states, names, random.Random(seed)

    def party(self) -> str:
        draw = self.rng.random()
        if draw < 0.3:
            return self.rng.choice(self.states)[0]
        if draw < 0.6:
            role = self.rng.choice(ROLES).removeprefix("the ")
            return f"{self.rng.choice(self.states)[1]} {role}"
        if draw < 0.75:
            return self.rng.choice(self.names)
        return self.rng.choice(ROLES)

    def inflected(self, lemma: str, tag: str) -> str | None:
        words = lemma.split(" ")
        forms = getInflection(words[0], tag=tag)
        return " ".join([forms[0], *words[1:]]) if forms else None

    def word(self, words: frozenset[str]) -> str:
        return self.rng.choice(sorted(w for w in words if w != ANY_ENTITY) or ["them"])

    def sentence(self, frame: Frame) -> Labelled | None:
        """One sentence of a frame, None where the row asks for something this cannot make."""
        if any(need.kind in ("ccomp", "subj", "noobj") for need in frame.needs) or "xobj" in frame.recipient:
            return None
        if frame.pos == "v":
            parts = self._verb(frame)
        elif frame.pos == "n":
            parts = self._noun(frame)
        else:
            return None
        return self._labelled(parts, frame) if parts else None

    def _verb(self, frame: Frame) -> list[tuple[str, str]] | None:
        tense = self.rng.random()
        verb = self.inflected(frame.lemma, "VBD" if tense < 0.75 else "VBN")
        if verb is None:
            return None
        if tense >= 0.75:
            verb = f"have {verb}"
        slots = frame.recipient
        actor, recipient = ("actor", self.party()), ("recipient", self.party())
        out = [actor, ("", " "), ("trigger", verb)]
        needed = {need.kind: need for need in frame.needs if need.kind != "pobj"}
        if "prt" in needed:
            out.append(("", f" {self.word(needed['prt'].words)}"))
        placed = False
        if "obj" in needed:
            noun = self.word(needed["obj"].words)
            if needed["obj"].words == frozenset({ANY_ENTITY}):
                out += [("", " "), recipient]
                placed = True
            elif "objposs" in slots and self.rng.random() < 0.6:
                out += [("", " "), recipient, ("", f"'s {noun}")]
                placed = True
            elif "iobj" in slots and self.rng.random() < 0.5:
                out += [("", " "), recipient, ("", f" {noun}")]
                placed = True
            else:
                out.append(("", f" {self.rng.choice(('the ', 'a ', '', 'its '))}{noun}"))
        if "xcomp" in needed:
            if not placed and ("obj" in slots or "xsubj" in slots):
                out += [("", " "), recipient]
                placed = True
            words = needed["xcomp"].words
            out.append(("", f" to {self.word(words) if words else 'act'}"))
        for need in frame.needs:
            if need.kind == "pobj" and need.words:
                out.append(("", f" {need.prep} {self.word(need.words)}"))
        if not placed:
            slot = next((s for s in slots if s.startswith("prep:") or s in ("obj", "iobj", "of", "reciprocal")), None)
            if slot is None:
                return None
            if slot in ("obj", "iobj") and "obj" not in needed:
                out += [("", " "), recipient]
            elif slot in ("obj", "iobj"):
                return None
            else:
                prep = {"of": "of", "reciprocal": "with"}.get(slot) or slot.removeprefix("prep:")
                out += [("", f" {prep} "), recipient]
        return out

    def _noun(self, frame: Frame) -> list[tuple[str, str]] | None:
        slot = next((s for s in frame.recipient if s.startswith("prep:") or s in ("of", "reciprocal")), None)
        if slot is None:
            return None
        prep = {"of": "of", "reciprocal": "with"}.get(slot) or slot.removeprefix("prep:")
        noun = frame.lemma
        for need in frame.needs:
            if need.kind == "mod" and need.words:
                noun = f"{self.word(need.words)} {noun}"
        tail = "".join(f" of {self.word(n.words)}" for n in frame.needs if n.kind == "of" and n.words)
        verb = self.rng.choice(
            (" drew wide attention", " came as a surprise", " went on", " was reported", " followed")
        )
        return [
            ("actor", self.party()), ("", "'s "), ("trigger", noun), ("", f"{tail} {prep} "),
            ("recipient", self.party()), ("", verb),
        ]  # fmt: skip

    def _labelled(self, parts: list[tuple[str, str]], frame: Frame) -> Labelled:
        text = self.rng.choice(OPENINGS)
        spans: dict[str, tuple[int, int]] = {}
        for role, words in parts:
            if role:
                spans[role] = len(text), len(text) + len(words)
            text += words
        text += self.rng.choice(CLOSINGS) + "."
        if not spans["actor"][0]:
            text = text[0].upper() + text[1:]
        deed = Deed(
            actor=spans["actor"], recipient=spans["recipient"], both=False, event=frame.event, mode=frame.mode or None,
            status=None, trigger=spans["trigger"], tie=None,
        )  # fmt: skip
        return Labelled(text=text, deeds=(deed,), where=frame.where, section="lexicon", author="lexicon", group="")


def sentences(lexicon: Lexicon, maker: Maker, *, times: int) -> Iterator[Labelled]:
    """Every frame `times` times, where it can be made into a sentence."""
    for frames in lexicon.frames.values():
        for frame in frames:
            for _ in range(times):
                if (made := maker.sentence(frame)) is not None:
                    yield made
