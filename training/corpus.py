"""Reads the event corpus: sentences with marked parties, and what passes between them. Format: corpus/CODEBOOK.md."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT NONE".split()
)
STATUSES = tuple(
    "happened ongoing announced planned promised threatened demanded foretold hypothetical denied negated".split()
)
MODES = {
    "AGREE": "meet assist settle change yield",
    "CONSULT": "visit host phone multilateral negotiate third-party",
    "SUPPORT": "praise defend apologise condole recognise forgive treaty",
    "CONCEDE": "ease lift accede amnesty",
    "COOPERATE": "economic military judicial intelligence culture treaty",
    "AID": "humanitarian economic military asylum peacekeeping",
    "RETREAT": "withdraw ceasefire disarm release return access resign",
    "REQUEST": "assist meet change yield",
    "ACCUSE": "disapprove allege investigate",
    "REJECT": "assist meet change yield",
    "THREATEN": "violence sanctions relations territory restrict expel ban arrest",
    "PROTEST": "demo riot strike obstruct hunger boycott",
    "SANCTION": "discontinue withdraw embargo expel freeze close recall downgrade convict",
    "MOBILIZE": "troops weapons militia police",
    "COERCE": "arrest seize ban censor deport restrict curfew cyber misinform martial-law withhold",
    "ASSAULT": "aerial heavy-weapons explosives suicide-attack firearms assassinate beat sexual torture execute "
    "crowd-control primitive other",
    "NONE": "",
}
KINDS = frozenset(
    "diplomacy alliance military-aid economic-aid arms basing overflight transit intelligence counter-terrorism "
    "nuclear-security mediation trade sanctions investment energy travel culture stabilisation".split()
)
EFFECTS = frozenset("affirmed opened strained restricted suspended severed restored refused".split())

_MARK = re.compile(r"\[(\w+):([^\[\]{}]+)\]|\{(\w+):([^\[\]{}]+)\}")
_LINE = re.compile(r"^(\w+)([>=])(\w+|-) +(\S+)(?: +(\S+))?(?: +(\S+))?(?: +(\S+))?$")
_META = re.compile(r"^# *(\w+): *(.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What passes from one party to the other; spans are character offsets, `recipient` None where none is named."""

    actor: tuple[int, int]
    recipient: tuple[int, int] | None
    both: bool
    event: str
    mode: str | None
    status: str | None
    trigger: tuple[int, int] | None
    tie: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One sentence of the corpus; `where` is file and line, `group` the block of minimal pairs it belongs to."""

    text: str
    deeds: tuple[Deed, ...]
    where: str
    section: str
    author: str
    group: str


class CorpusError(ValueError):
    """A block that cannot be read; the message names file and line."""


def read(folder: Path, *, faults: list[str] | None = None) -> list[Labelled]:
    """Every sentence of `folder/*.txt`, in order.

    Raises:
        CorpusError: A block is wrong and `faults` was not given; with it, such blocks are noted there and left out.
    """
    return [one for path in sorted(folder.glob("*.txt")) for one in _file(path, faults)]


def _file(path: Path, faults: list[str] | None) -> Iterator[Labelled]:
    meta = {"section": "", "group": ""}
    block: list[tuple[int, str]] = []
    lines = [*path.read_text(encoding="utf-8").splitlines(), ""]
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            if found := _META.match(line):
                meta[found[1]] = found[2].strip()
                if found[1] == "section":
                    meta["group"] = ""
            continue
        if line.strip():
            block.append((number, line.strip()))
            continue
        if block:
            where = f"{path.name}:{block[0][0]}"
            try:
                yield _block(block, where=where, meta=meta, author=path.stem)
            except CorpusError as error:
                if faults is None:
                    raise
                faults.append(str(error))
            block = []


def _block(block: list[tuple[int, str]], *, where: str, meta: dict[str, str], author: str) -> Labelled:
    text, parties, triggers = _unmarked(block[0][1], where)
    deeds = []
    for number, line in block[1:]:
        if line == "0":
            continue
        deeds.append(_deed(line, parties, triggers, where=f"{where.split(':')[0]}:{number}"))
    if len(block) == 1:
        raise CorpusError(f"{where}: got a sentence without a line, wanted at least `0`")
    return Labelled(text=text, deeds=tuple(deeds), where=where, section=meta["section"], author=author,
                    group=meta["group"])  # fmt: skip


Spans = dict[str, tuple[int, int]]


def _unmarked(marked: str, where: str) -> tuple[str, Spans, Spans]:
    text, at = "", 0
    parties: Spans = {}
    triggers: Spans = {}
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        name, words, into = (found[1], found[2], parties) if found[1] else (found[3], found[4], triggers)
        if name in into:
            raise CorpusError(f"{where}: the mark {name} stands twice")
        into[name] = len(text), len(text) + len(words)
        text += words
        at = found.end()
    text += marked[at:]
    if re.search(r"[\[\]{}]", text):
        raise CorpusError(f"{where}: a bracket is left over in: {text}")
    return text, parties, triggers


def _deed(line: str, parties: Spans, triggers: Spans, *, where: str) -> Deed:
    found = _LINE.match(line)
    if not found:
        raise CorpusError(f"{where}: got `{line}`, wanted `1>2 TYPE/mode status trigger [kind:effect]`")
    actor, arrow, recipient, what, status, trigger, tie = found.groups()
    event, _, mode = what.partition("/")
    if event not in TYPES:
        raise CorpusError(f"{where}: got the type {event}, wanted one of {' '.join(TYPES)}")
    if mode and mode not in MODES[event].split():
        raise CorpusError(f"{where}: got the mode {mode} of {event}, wanted one of: {MODES[event]}")
    for name in (actor, recipient):
        if name != "-" and name not in parties:
            raise CorpusError(f"{where}: no span is marked {name}")
    if event == "NONE":
        if recipient == "-":
            raise CorpusError(f"{where}: NONE wants two parties")
        return Deed(actor=parties[actor], recipient=parties[recipient], both=False, event=event, mode=None,
                    status=None, trigger=None, tie=None)  # fmt: skip
    if status not in STATUSES:
        raise CorpusError(f"{where}: got the status {status}, wanted one of {' '.join(STATUSES)}")
    if trigger and ":" in trigger and tie is None:
        trigger, tie = None, trigger
    if trigger and trigger not in triggers:
        raise CorpusError(f"{where}: no trigger is marked {trigger}")
    return Deed(
        actor=parties[actor],
        recipient=None if recipient == "-" else parties[recipient],
        both=arrow == "=",
        event=event,
        mode=mode or None,
        status=status,
        trigger=triggers[trigger] if trigger else None,
        tie=_tie(tie, where),
    )


def _tie(words: str | None, where: str) -> tuple[str, str] | None:
    if not words:
        return None
    kind, _, effect = words.partition(":")
    if kind not in KINDS or effect not in EFFECTS:
        raise CorpusError(f"{where}: got the tie {words}, wanted kind:effect out of the codebook")
    return kind, effect


def main(paths: list[str]) -> int:
    """Prints what is wrong and what there is; 1 where something is wrong."""
    wrong = 0
    for name in paths:
        faults: list[str] = []
        found = list(_file(Path(name), faults))
        for fault in faults:
            print(fault)
        wrong += len(faults)
        deeds = [d for one in found for d in one.deeds]
        none = sum(all(d.event == "NONE" for d in one.deeds) for one in found)
        print(f"{name}: {len(found)} sentences, {none} without an event, {len({f.text for f in found})} distinct, "
              f"{len([1 for f in found if f.group])} in groups; {len(faults)} faults")  # fmt: skip
        print("  ", dict(Counter(d.event for d in deeds).most_common()))
        print("  ", dict(Counter(d.status for d in deeds if d.status).most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
