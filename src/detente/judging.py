"""What a person decides on an event in, a judgement in the store and the numbers that moved out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente import pipeline
from detente.dossier.document import claim_document
from detente.errors import InputError
from detente.merge.events import Setting, opened
from detente.merge.judging import bonds, current, require_no_circle, superseded_by
from detente.merge.placing import Joining
from detente.ontology.registers import Registers
from detente.records import Claim, Dossier, Event, Judgement, Shift
from detente.relation.shifts import shifts
from detente.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A judgement that was kept, the dossier it led to, and what moved."""

    judgement: Judgement
    dossier: Dossier
    moved: tuple[Shift, ...]


class Bench:
    """Judges the events of one pair in an open store, and knows the pair's dossier as judged so far."""

    def __init__(
        self, store: Store, pair: tuple[str, str], *, known: Registers, by: str, as_of: dt.date | None = None
    ) -> None:
        """Reads the dossier of `pair`; `by` names the judge."""
        self._store, self._pair, self._known, self._by, self._as_of = store, pair, known, by, as_of
        self.dossier = self._read()

    def _read(self) -> Dossier:
        return pipeline.dossier(self._store, self._pair, known=self._known, as_of=self._as_of)

    def waiting(self) -> tuple[Event, ...]:
        """Events that this judge has not judged, in an order that has nothing to do with what they tell.

        Ids are hashes, so that whoever stops after any number of them has judged a random sample.
        """
        own = {c for j in current(self._store.judgements()) if j.by == self._by for c in j.claims}
        return tuple(sorted((e for e in self.dossier.events if not own & set(e.claims)), key=lambda e: e.id))

    def claims_of(self, target: str) -> tuple[Claim, ...]:
        """The claims of an event, or the one claim, of that id.

        Raises:
            InputError: There is neither.
        """
        known = {c.id: c for c in (*self.dossier.claims, *self.dossier.context)}
        for event in self.dossier.events:
            if event.id == target:
                return tuple(known[i] for i in event.claims)
        if target in known:
            return (known[target],)
        try:
            return (self._store.claim(target),)
        except InputError as error:
            a, b = self._pair
            raise InputError(
                f"judge: got {target!r}, wanted the id of an event or a claim that is in the store; "
                f"`detente events {a} {b} --format json` lists them"
            ) from error

    def judge(self, target: str, verdict: str, *, at: dt.datetime, value: str | None = None, note: str = "") -> Outcome:
        """Keeps a verdict on an event or a claim, in place of this judge's earlier one.

        Args:
            target: Id of the event or the claim.
            verdict: One of `VERDICTS` other than split and withdrawn.
            at: Now, aware.
            value: What is right; for `duplicate-of` the id of the other event or of one of its claims.
            note: The judge's own words.

        Raises:
            InputError: There is no such event or claim, the value does not fit, or duplicates go in a circle.
        """
        if verdict in ("split", "withdrawn"):
            raise InputError(f"judge: got verdict {verdict}, wanted a word on an event; use split() or undo()")
        claims = self.claims_of(target)
        if verdict == "duplicate-of" and value:
            value = self._other(claims, value)
        ids = tuple(c.id for c in claims)
        return self._keep(Judgement(verdict=verdict, claims=ids, value=value, by=self._by, at=at, note=note))

    def _other(self, claims: Sequence[Claim], value: str) -> str:
        """The claim that stands for the event which `claims` repeat; it must be of the same pair."""
        other = self.claims_of(value)[0]
        if other.dyad != claims[0].dyad:
            raise InputError(
                f"judge: got duplicate-of {value}, an event of another pair of states, wanted one of the same pair"
            )
        if other.id in {c.id for c in claims}:
            raise InputError(f"judge: got duplicate-of {value}, which is the event itself, wanted another one")
        return other.id

    def split(self, event: str, claims: Sequence[str], *, at: dt.datetime, note: str = "") -> Outcome:
        """Parts `claims` from the others of their event.

        Raises:
            InputError: They are not some, but not all, of the event's claims.
        """
        held = tuple(c.id for c in self.claims_of(event))
        own = tuple(i for i in held if i in set(claims))
        rest = tuple(i for i in held if i not in set(claims))
        if not own or not rest or set(claims) - set(held):
            raise InputError(
                f"judge: got {', '.join(claims) or 'nothing'} to part from event {event}, wanted some of its claims, "
                f"not all: {', '.join(held)}"
            )
        return self._keep(Judgement(verdict="split", claims=own, others=rest, by=self._by, at=at, note=note))

    def undo(self, judgement: str, *, at: dt.datetime) -> Outcome:
        """Takes a judgement back; what it had stood in place of stands again. Nothing is deleted.

        Raises:
            InputError: There is none of that id, or it does not stand.
        """
        held = {j.id: j for j in current(self._store.judgements())}
        if judgement not in held:
            raise InputError(
                f"judge undo: got {judgement!r}, wanted the id of a judgement that stands; `detente judge list` shows "
                "them"
            )
        old = held[judgement]
        return self._keep(Judgement(verdict="withdrawn", claims=old.claims, by=self._by, at=at, supersedes=(old.id,)))

    def open(self, event: str) -> tuple[tuple[Claim, Joining], ...]:
        """Each claim of an event with what it was joined to, and why."""
        found = next((e for e in self.dossier.events if e.id == event), None)
        if found is None:
            raise InputError(f"judge open: got {event!r}, wanted the id of an event of the pair")
        claims = {c.id: c for c in self.claims_of(event)}
        setting = Setting(bonds=bonds(self._store.judgements()))
        return tuple((claims[j.claim], j) for j in opened(found, claims.values(), setting=setting))

    def _keep(self, judgement: Judgement) -> Outcome:
        held = self._store.judgements()
        if judgement.verdict != "withdrawn":
            judgement = replace(judgement, supersedes=superseded_by(judgement, held))
        require_no_circle([*held, judgement])
        self._store.add_judgement(judgement, added_at=judgement.at)
        before, self.dossier = self.dossier, self._read()
        return Outcome(judgement=judgement, dossier=self.dossier, moved=shifts(before, self.dossier))


def exported(store: Store) -> Iterator[dict[str, Any]]:
    """Every judgement with the claims it speaks of, superseded ones too: a training and test set as JSON.

    `read` is false where all its claims belong to an older coding: another coder version has read the article since,
    and the judgement moves no number any more.
    """
    held = store.judgements()
    standing = {j.id for j in current(held)}
    for judgement in held:
        claims = [store.judged_claim(claim) for claim in judgement.claims]
        yield judgement_document(judgement, stands=judgement.id in standing) | {
            "read": any(is_read for _, is_read in claims),
            "judged": [claim_document(claim) for claim, _ in claims],
        }


def judgement_document(judgement: Judgement, *, stands: bool) -> dict[str, Any]:
    """One judgement as JSON."""
    return {
        "id": judgement.id,
        "verdict": judgement.verdict,
        "value": judgement.value,
        "claims": list(judgement.claims),
        "others": list(judgement.others),
        "by": judgement.by,
        "at": judgement.at.isoformat(),
        "supersedes": list(judgement.supersedes),
        "stands": stands,
        "note": judgement.note,
    }
