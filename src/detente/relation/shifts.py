"""Two dossiers of one pair in, every number and standing that moved between them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.records import Dossier, Period, Shift, Verdict

OUTCOMES = ("rupture", "cooling", "thaw", "stable")
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def shifts(before: Dossier, after: Dossier) -> tuple[Shift, ...]:
    """What moved, the verdict first; empty where nothing did. Chances are compared to a tenth of a percent."""
    pairs = [(f"{what}", *both) for what, both in _told(before, after).items()]
    return tuple(Shift(what=what, before=old, after=new) for what, old, new in pairs if old != new)


def _told(before: Dossier, after: Dossier) -> dict[str, tuple[str, str]]:
    sides = [dict(_numbers(d)) for d in (before, after)]
    return {what: (sides[0].get(what, "none"), sides[1].get(what, "none")) for what in {**sides[0], **sides[1]}}


def _numbers(dossier: Dossier) -> Iterator[tuple[str, str]]:
    yield "answer", dossier.verdict.answer
    yield from _chances(dossier.verdict)
    reached = [r.rung for r in dossier.ladder if r.state == "reached"]
    half = [r.rung for r in dossier.ladder if r.state == "half"]
    yield "highest rung reached", str(max(reached, default="none"))
    yield "rungs said or threatened", ", ".join(map(str, half)) or "none"
    for tie in dossier.ties:
        yield f"tie {tie.kind}", tie.status + (", at risk" if tie.at_risk else "")
    yield "events", str(len(dossier.events))
    yield "claims", str(len(dossier.claims))
    yield "contested", str(len(dossier.contested))
    for period in dossier.periods:
        yield from _counts(period, dossier=dossier)


def _chances(verdict: Verdict) -> Iterator[tuple[str, str]]:
    held: Mapping[str, float] = {k: getattr(verdict, k).p for k in OUTCOMES}
    for name, p in held.items():
        yield f"chance of {name}", f"{p * 100:.1f} %"


def _counts(period: Period, *, dossier: Dossier) -> Iterator[tuple[str, str]]:
    first, second = dossier.dyad
    for who, counts in ((f"{first} to {second}", period.forward), (f"{second} to {first}", period.backward)):
        for quad, count in zip(QUADS, counts, strict=True):
            yield f"{period.start:%Y-%m} {who}, {quad}", str(count)
