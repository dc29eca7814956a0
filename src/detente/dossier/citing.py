"""A dossier in, its sentences numbered and sorted out: which claims are cited, how telling each is, what is missing.

The law behind it: every number shown can be walked back to its sentence. So a citation is only rendered when its
claim is in the record, and the ones that are not are counted and said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from detente.records import REAL, Claim, Dossier, Event

NO_LIMITS = "This record states no limits of its own; read that as unknown, not as none."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One happening and the claims that report it, the most telling first; `event` is None for a lone claim."""

    event: Event | None
    claims: tuple[Claim, ...]

    @property
    def lead(self) -> Claim:
        """The claim that stands for the entry."""
        return self.claims[0]

    @property
    def date(self) -> dt.date | None:
        """First day of the happening."""
        return self.event.date if self.event else self.lead.date

    @property
    def disputed(self) -> bool:
        """Whether a side denies it."""
        return self.event.disputed if self.event else self.lead.denies is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Claims by id with the number each is cited under, in the order of the articles."""

    claims: dict[str, Claim]
    numbers: dict[str, int]
    cited: frozenset[str]
    reasons: frozenset[str]

    def known(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of `ids` that the record holds, without repeats, in the given order."""
        return tuple(self.claims[id_] for id_ in dict.fromkeys(ids) if id_ in self.claims)

    def telling(self, claim: Claim) -> tuple[bool, bool, bool, float]:
        """How much a claim tells: cited by the verdict, cited at all, real, then size times certainty."""
        return (
            claim.id in self.reasons,
            claim.id in self.cited,
            claim.status in REAL,
            abs(claim.intensity) * claim.confidence,
        )


def index(dossier: Dossier) -> Index:
    """Numbers every claim of the dossier, context too, in the order in which the articles give them."""
    order = {article.id: i for i, article in enumerate(dossier.articles)}
    claims = sorted(
        {c.id: c for c in (*dossier.context, *dossier.claims)}.values(),
        key=lambda c: (order.get(c.article_id, len(order)), c.article_id, c.span, c.id),
    )
    verdict = dossier.verdict
    return Index(
        claims={c.id: c for c in claims},
        numbers={c.id: n for n, c in enumerate(claims, 1)},
        cited=frozenset(_cited(dossier)),
        reasons=frozenset(i for r in (*verdict.reasons, *verdict.counterweights) for i in r.claims),
    )


def entries(dossier: Dossier, *, at: Index) -> tuple[Entry, ...]:
    """Happenings between the two states, the most telling first.

    A claim that no event holds stands alone; a claim that two events hold is shown under the first of them.
    """
    own = {claim.id for claim in dossier.claims}
    taken: set[str] = set()
    found = []
    for event in dossier.events:
        claims = [c for c in at.known(event.claims) if c.id not in taken and c.id in own]
        if claims:
            taken.update(c.id for c in claims)
            found.append(Entry(event=event, claims=_telling_first(claims, at=at)))
    found += [Entry(event=None, claims=(c,)) for c in at.known(own_order(dossier)) if c.id not in taken]
    return tuple(sorted(found, key=lambda e: _weight(e, at=at), reverse=True))


def own_order(dossier: Dossier) -> tuple[str, ...]:
    """Ids of the claims between the two states, in the order of the record."""
    return tuple(claim.id for claim in dossier.claims)


def others(dossier: Dossier, *, at: Index) -> tuple[Entry, ...]:
    """Claims about others that stand in the same articles, each on its own, the most telling first."""
    own = {claim.id for claim in dossier.claims}
    claims = [c for c in at.known(c.id for c in dossier.context) if c.id not in own]
    return tuple(Entry(event=None, claims=(c,)) for c in _telling_first(claims, at=at))


def chronicle(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by date, the undated last."""
    return tuple(sorted(found, key=lambda e: (e.date is None, e.date or dt.date.max, e.lead.span)))


def missing(dossier: Dossier, *, at: Index) -> int:
    """How many cited claims are not in the record."""
    return len({id_ for id_ in _cited(dossier) if id_ not in at.claims})


def limits(dossier: Dossier) -> tuple[str, ...]:
    """What the dossier cannot tell; never empty, and it counts the citations that could not be followed."""
    lost = missing(dossier, at=index(dossier))
    said = list(dossier.limits) or [NO_LIMITS]
    if lost:
        sentence = "1 citation points" if lost == 1 else f"{lost} citations point"
        said.append(f"{sentence} to a sentence that is not in this record; what rests on it is not linked.")
    return tuple(said)


def _cited(dossier: Dossier) -> Iterable[str]:
    verdict = dossier.verdict
    for reason in (*verdict.reasons, *verdict.counterweights):
        yield from reason.claims
    for rung in dossier.ladder:
        yield from rung.claims
    for tie in dossier.ties:
        yield from (*tie.claims, *tie.risks)
    for contest in dossier.contested:
        yield from contest.claims
    for link in dossier.links:
        yield from (link.cause, link.effect)
    for prediction in dossier.predictions:
        yield prediction.claim


def _telling_first(claims: Iterable[Claim], *, at: Index) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=at.telling, reverse=True))


def _weight(entry: Entry, *, at: Index) -> tuple[bool, bool, bool, float, int]:
    reasons, cited, real, size = at.telling(entry.lead)
    return (reasons, cited, real, size, entry.event.origins if entry.event else 1)
