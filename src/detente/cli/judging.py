"""`detente judge`: a person's word on events, by one key each or by options, and what people have said so far."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from detente.cli.options import Day, Output, StoreUrl, TableFormat, clock, day_of, judge_app, say, write
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.judging import Bench, Outcome
    from detente.records import Claim, Event

Judge = Annotated[str | None, Parameter(name="--by", help="Who judges; default: the name of the user.")]
KEYS = {
    "r": "right", "a": "wrong-actor", "t": "wrong-type", "s": "wrong-status", "d": "wrong-date", "u": "duplicate-of",
    "n": "not-event",
}  # fmt: skip
ASKED = {
    "wrong-actor": "right actor (USA; the recipient's code turns it round; empty: unknown)",
    "wrong-type": "right type (SANCTION ...; empty: unknown)",
    "wrong-status": "right status (announced ...; empty: unknown)",
    "wrong-date": "right date (2011-11-26; empty: unknown)",
    "duplicate-of": "id of the event it repeats",
}
HELP = (
    "r right · a wrong actor · t wrong type · s wrong status · d wrong date · u duplicate of · n not an event · "
    "o open the merge · x split · z take the last back · space next · q quit"
)


def name_of(by: str | None) -> str:
    """The judge's name: as given, else the name of the user."""
    try:
        return by or getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError("judge: got no name of the user, wanted to know who judges; give --by NAME") from error


def bench(a: str, b: str, store: Any, *, by: str | None, as_of: str | None) -> Bench:
    """The bench of a pair in an open store."""
    from detente import judging, pipeline

    known = pipeline.registers()
    pair = pipeline.pair_of(a, b, known=known)
    return judging.Bench(store, pair, known=known, by=name_of(by), as_of=day_of(as_of, what="--as-of"))


@judge_app.default
def judge(
    a: str,
    b: str,
    /,
    *,
    target: Annotated[str | None, Parameter(name=["--event", "--claim"])] = None,
    verdict: str | None = None,
    value: str | None = None,
    split: Annotated[list[str] | None, Parameter(help="Claims to part from --event.", negative="")] = None,
    note: str = "",
    by: Judge = None,
    as_of: Day = None,
    store: StoreUrl = None,
) -> int:
    """Judge the events of two states: one key a verdict, or --event with --verdict or --split.

    Every judgement is one JSON line on stdout, with the numbers that moved.
    """
    from detente import pipeline

    if (target is None) is not (verdict is None and split is None):
        raise InputError("judge: got one of --event and --verdict or --split, wanted both, or none to judge by keys")
    with pipeline.open_store(store) as opened:
        sitting = bench(a, b, opened, by=by, as_of=as_of)
        if target is None:
            return sit(sitting)
        if split:
            told(sitting.split(target, split, at=clock(), note=note))
        else:
            told(sitting.judge(target, verdict or "", at=clock(), value=value, note=note))
    return 0


def told(outcome: Outcome) -> None:
    """The judgement and what moved: JSON on stdout, words on stderr."""
    from detente.judging import judgement_document

    moved = [{"what": s.what, "before": s.before, "after": s.after} for s in outcome.moved]
    document = judgement_document(outcome.judgement, stands=True) | {"moved": moved}
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    for shift in outcome.moved:
        say(f"  moved: {shift.what}: {shift.before} > {shift.after}")
    if not outcome.moved:
        say("  nothing moved")


# -- by keys ------------------------------------------------------------------------------------------------------


def sit(sitting: Bench) -> int:
    """Shows one unjudged event after the other and takes a key for each."""
    waiting = list(sitting.waiting())
    say(f"{len(waiting)} events wait, in random order. {HELP}")
    last: str | None = None
    passed: set[str] = set()
    while waiting or last is not None:
        event = waiting[0] if waiting else None
        if event is not None:
            show(event, sitting.claims_of(event.id))
        else:
            say("no more events; z takes the last judgement back, any other key ends")
        key = pressed()
        if key in ("q", "") or (event is None and key != "z"):
            break
        if key == " ":
            passed.add(waiting.pop(0).id)
            continue
        try:
            outcome = answered(sitting, event, key, last=last)
        except InputError as error:
            say(str(error))
            continue
        if outcome is not None:
            told(outcome)
            last = outcome.judgement.id if outcome.judgement.verdict != "withdrawn" else None
            waiting = [e for e in sitting.waiting() if e.id not in passed]
    say(f"{len(sitting.waiting())} events wait")
    return 0


def answered(sitting: Bench, event: Event | None, key: str, *, last: str | None) -> Outcome | None:
    """What a key leads to; None where it only shows something."""
    if key == "z":
        if last is None:
            raise InputError("judge: got z, but nothing was judged in this sitting; see `detente judge undo`")
        return sitting.undo(last, at=clock())
    if event is None:
        return None
    if key in KEYS:
        verdict = KEYS[key]
        value = asked(ASKED[verdict]) if verdict in ASKED else None
        return sitting.judge(event.id, verdict, at=clock(), value=value)
    if key == "x":
        return sitting.split(event.id, (asked("claims to part from the others, by id") or "").split(), at=clock())
    if key == "o":
        opened(sitting, event.id, write_line=say)
    else:
        say(HELP)
    return None


def show(event: Event, claims: Iterable[Claim]) -> None:
    """One event and its sentences, on stderr."""
    held = list(claims)
    say(f"\n{event.id}  {event.actor} > {event.recipient}  {event.event} {event.mode or ''}  {event.status}  "
        f"{event.date or 'no date'} ({event.precision})  {event.reports} reports, {event.origins} origins")  # fmt: skip
    for claim in held:
        who = " > ".join(s.name or s.text or "?" for s in claim.attribution)
        say(f"  {claim.id}  {claim.outlet or 'unknown outlet'}{' > ' + who if who else ''}\n    {claim.sentence}")


def pressed() -> str:
    """One key, without waiting for a line where stdin is a terminal; empty at the end of the input."""
    if not sys.stdin.isatty():
        key = sys.stdin.read(1)
        return pressed() if key == "\n" else key
    try:
        import termios
        import tty
    except ImportError:  # a system without terminals of this kind: take a line and its first letter
        return (sys.stdin.readline().rstrip("\n") or " ")[:1]
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def asked(what: str) -> str | None:
    """A line of an answer; None where it is empty."""
    sys.stderr.write(f"  {what}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() or None


# -- what was judged ----------------------------------------------------------------------------------------------


def opened(sitting: Bench, event: str, *, write_line: Callable[[str], None]) -> None:
    """Why each claim of an event stands in it."""
    from detente.merge.likeness import probability

    for claim, joining in sitting.open(event):
        odds = f"{probability(joining.log_odds):.2f}" if joining.with_claim else "first"
        reasons = ", ".join(f"{name} {weight:+.1f}" for name, weight in joining.reasons)
        write_line(f"{claim.id}  {odds}  {claim.outlet or 'unknown outlet'}: {claim.sentence}")
        if reasons:
            write_line(f"    {reasons}")


@judge_app.command(name="open")
def judge_open(a: str, b: str, event: str, /, *, as_of: Day = None, store: StoreUrl = None) -> int:
    """Open a merge: each claim of an event, the chance that it tells the same, and the reasons."""
    from detente import pipeline

    with pipeline.open_store(store, read_only=True) as held:
        lines: list[str] = []
        opened(bench(a, b, held, by="reader", as_of=as_of), event, write_line=lines.append)
    write("\n".join(lines), None)
    return 0


@judge_app.command(name="undo")
def judge_undo(
    a: str, b: str, judgement: str, /, *, by: Judge = None, as_of: Day = None, store: StoreUrl = None
) -> int:
    """Take a judgement back; what it had replaced stands again."""
    from detente import pipeline

    with pipeline.open_store(store) as held:
        told(bench(a, b, held, by=by, as_of=as_of).undo(judgement, at=clock()))
    return 0


@judge_app.command(name="list")
def judge_list(
    *, every: bool = False, format: TableFormat = "text", output: Output = None, store: StoreUrl = None
) -> int:
    """List the judgements that stand; with --every the superseded too."""
    from detente import judging, pipeline
    from detente.exchange.tables import write_table
    from detente.merge.judging import current

    with pipeline.open_store(store, read_only=True) as held:
        made = held.judgements()
        standing = {j.id for j in current(made)}
        shown = [j for j in made if every or j.id in standing]
        read = {j.id: any(held.judged_claim(claim)[1] for claim in j.claims) for j in shown}
    rows = [
        {"judgement": j.id, **judging.judgement_document(j, stands=j.id in standing), "read": read[j.id]} for j in shown
    ]
    write_table(rows, format=format, output=output)
    stale = sum(not is_read for is_read in read.values())
    if stale:
        say(f"{stale} judgements are on claims of an older coding and move no number; judge these events again")
        return 1
    return 0


@judge_app.command(name="export")
def judge_export(*, output: Output = None, store: StoreUrl = None) -> int:
    """Write the judged set as JSON lines: each judgement with the claims it speaks of."""
    from detente import judging, pipeline

    with pipeline.open_store(store, read_only=True) as held:
        lines = [json.dumps(row, ensure_ascii=False) for row in judging.exported(held)]
    write("\n".join(lines) + ("\n" if lines else ""), output)
    return 0


@judge_app.command(name="agreement")
def judge_agreement(
    *, seed: int = 1, format: TableFormat = "text", output: Output = None, store: StoreUrl = None
) -> int:
    """How far judges agree on each field: Krippendorff's alpha with a 95 % bootstrap range."""
    import math

    import numpy as np

    from detente import pipeline
    from detente.exchange.tables import write_table
    from detente.merge.agreement import agreement

    with pipeline.open_store(store, read_only=True) as held:
        found = agreement(held.judgements(), rng=np.random.default_rng(seed))

    def number(value: float) -> float | None:
        return None if math.isnan(value) else round(value, 3)

    rows = [
        {"field": f.field, "alpha": number(f.alpha), "low": number(f.low), "high": number(f.high), "events": f.units}
        for f in found
    ]
    write_table(rows, format=format, output=output)
    if all(row["events"] == 0 for row in rows):
        say("no event was judged by two people; have a second one run `detente judge A B --by NAME`")
        return 1
    return 0
