"""Rows of event data sets about a pair in, what they say of it out: months, ties and the rows to show.

Such rows are many, coarse and often wrong one by one, and none has a sentence. So they are counted, months are read
beside how much the data sets took in, and a tie is held to be cut only where several rows say so within a month. What
nothing repeats for a year is no longer known to be cut. The numbers below are stated, not fitted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from detente.errors import OntologyError
from detente.ontology.tables import read_table
from detente.records import TIES, Dyad, Imported, Imports, Period, Tie
from detente.relation.courses import imported_climate
from detente.relation.event_arrays import EventArrays
from detente.relation.patterns import CUTS, MENDS, STATE_SECTORS, worse

LEAST_ROWS, LEAST_DAYS = 3, 2
"""Rows, and days among them, that must say the same of a tie within `TOGETHER`."""

TOGETHER = dt.timedelta(days=30)
STANDS = dt.timedelta(days=365)
"""How long a tie counts as cut after the last row that says so."""

THREATENED = "threatened"
RISK_FADES = dt.timedelta(days=180)
PER_TIE = 12
"""Rows that are named for one tie: enough to see what was counted."""


@lru_cache(maxsize=1)
def tie_codes() -> Mapping[str, tuple[str, str]]:
    """CAMEO code to the kind of tie it speaks of and what it does to it.

    Raises:
        OntologyError: A row names an unknown tie or effect.
    """
    found = {}
    for row in read_table("imported_ties.csv", wanted=("code", "kind", "effect")):
        if row["kind"] not in TIES or row["effect"] not in {*CUTS, *MENDS, THREATENED}:
            raise OntologyError(f"{row.where}: got {row['kind']!r} and {row['effect']!r}, wanted a tie and an effect")
        found[row["code"]] = (row["kind"], row["effect"])
    return found


def imports_of(
    arrays: EventArrays,
    telling: Iterable[Imported],
    volume: Iterable[tuple[str, dt.date, int]],
    *,
    datasets: Iterable[tuple[str, int]],
    dyad: Dyad,
    as_of: dt.date,
) -> Imports | None:
    """All that data sets say of a pair, None where they say nothing.

    Args:
        arrays: Every row between the two that was known on `as_of`.
        telling: Those of them whose codes speak of a tie (`tie_codes`).
        volume: Data set, day and rows that became known then, whomever they are about; the exposure of the months.
        datasets: Data sets that speak of the pair, with how many rows.
        dyad: The two states.
        as_of: The last day that counts.
    """
    if not len(arrays):
        return None
    rows = sorted((r for r in telling if r.dyad == dyad and r.known_at <= as_of), key=lambda r: (r.date, r.id))
    held = tuple(datasets)
    names = {name for name, _ in held}
    ties = imported_ties(rows, dyad=dyad, as_of=as_of)
    cited = {each for tie in ties for each in tie.rows}
    shown = sorted((r for r in rows if r.id in cited), key=lambda r: (r.date, r.id), reverse=True)
    told = months(arrays, [v for v in volume if v[0] in names], dyad=dyad, as_of=as_of)
    return Imports(
        rows=len(arrays),
        datasets=held,
        first=dt.date.fromordinal(int(arrays.day.min())),
        last=dt.date.fromordinal(int(arrays.day.max())),
        periods=told,
        ties=ties,
        shown=tuple(shown),
        climate=imported_climate(told, arrays, dyad=dyad, as_of=as_of),
    )


def months(
    arrays: EventArrays, volume: Iterable[tuple[str, dt.date, int]], *, dyad: Dyad, as_of: dt.date
) -> tuple[Period, ...]:
    """Both directions month by month; only months in which the data sets took in anything, the others are missing."""
    read: Counter[dt.date] = Counter()
    for _, day, count in volume:
        if day <= as_of:
            read[day.replace(day=1)] += count
    starts = sorted(read)
    if not starts:
        return ()
    edges = np.array([*(s.toordinal() for s in starts)])
    ends = np.array([_next(s).toordinal() for s in starts])
    place = np.searchsorted(edges, arrays.day, side="right") - 1
    inside = (place >= 0) & (arrays.day < ends[np.maximum(place, 0)])
    forward = arrays.actor == arrays.states.index(dyad[0])
    counts = np.zeros((2, len(starts), 4), np.int64)
    net = np.zeros((2, len(starts)))
    for side, mask in enumerate((forward & inside, ~forward & inside)):
        np.add.at(counts[side], (place[mask], arrays.quad[mask]), 1)
        np.add.at(net[side], place[mask], np.nan_to_num(arrays.intensity[mask]))
    return tuple(
        Period(
            start=start,
            forward=_four(counts[0, n]),
            backward=_four(counts[1, n]),
            net_forward=float(net[0, n]),
            net_backward=float(net[1, n]),
            articles=read[start],
        )
        for n, start in enumerate(starts)
    )


def _four(counts: Sequence[int]) -> tuple[int, int, int, int]:
    a, b, c, d = (int(count) for count in counts)
    return (a, b, c, d)


def _next(start: dt.date) -> dt.date:
    return (start + dt.timedelta(days=31)).replace(day=1)


def imported_ties(rows: Sequence[Imported], *, dyad: Dyad, as_of: dt.date) -> tuple[Tie, ...]:
    """The ties that are cut, restored or at risk on `as_of` by what several rows say, by kind.

    Args:
        rows: Rows whose codes speak of a tie, by day.
        dyad: The two states.
        as_of: The last day that counts.
    """
    by_kind: dict[str, list[Imported]] = defaultdict(list)
    for row in rows:
        if row.cameo in tie_codes() and row.date <= as_of and _of_states(row):
            by_kind[tie_codes()[row.cameo][0]].append(row)
    found = (_tie(kind, by_kind[kind], dyad=dyad, as_of=as_of) for kind in sorted(by_kind))
    return tuple(tie for tie in found if tie is not None)


def _of_states(row: Imported) -> bool:
    """Whether a state acts, or somebody of whom no sector is known; what is done to its rebels is not done to it."""
    return not row.actor_sectors or bool(STATE_SECTORS & set(row.actor_sectors))


def _tie(kind: str, rows: Sequence[Imported], *, dyad: Dyad, as_of: dt.date) -> Tie | None:
    status, since, shows = "open", None, tuple[Imported, ...]()
    waiting: dict[str, list[Imported]] = defaultdict(list)
    last = dt.date.min
    for row in rows:
        effect = tie_codes()[row.cameo][1]
        if effect == THREATENED or (effect in MENDS and status == "open"):
            continue
        if status != "open" and row.date - last > STANDS:
            status, since, shows = "open", None, ()
        turn = "mend" if effect in MENDS else "cut"
        waiting[turn] = [*(r for r in waiting[turn] if row.date - r.date <= TOGETHER), row]
        together = waiting[turn]
        if len(together) < LEAST_ROWS or len({r.date for r in together}) < LEAST_DAYS:
            continue
        last = row.date
        if turn == "mend":
            status, since, shows, waiting["cut"] = "open", together[0].date, tuple(together), []
        else:
            reads = max((tie_codes()[r.cameo][1] for r in together), key=lambda e: worse(e, than="strained"))
            fresh = status == "open"
            status, since = (
                (reads if fresh or worse(reads, than=status) else status),
                together[0].date if fresh else since,
            )
            shows = tuple(together) if fresh else tuple(dict.fromkeys((*shows, row)))
    if status != "open" and as_of - last > STANDS:
        status, since, shows = "open", None, ()
    threats = [r for r in rows if tie_codes()[r.cameo][1] == THREATENED and as_of - r.date <= RISK_FADES]
    at_risk = status == "open" and len(threats) >= LEAST_ROWS and len({r.date for r in threats}) >= LEAST_DAYS
    if not shows and not at_risk:
        return None
    cited = (*shows[:PER_TIE], *(threats[-PER_TIE:] if at_risk else ()))
    return Tie(
        dyad=dyad,
        kind=kind,
        status=status,
        since=since,
        at_risk=at_risk,
        by=tuple(sorted({r.actor for r in shows if r.actor})),
        rows=tuple(r.id for r in cited),
    )


def with_imported(ties: Sequence[Tie], imports: Imports | None) -> tuple[Tie, ...]:
    """The ledger of the claims, and the ties that no claim touches as data sets have them: claims show a sentence."""
    if imports is None:
        return tuple(ties)
    told = {tie.kind for tie in ties if tie.claims or tie.risks}
    added = {tie.kind: tie for tie in imports.ties if tie.kind not in told}
    return (*(added.pop(tie.kind, tie) for tie in ties), *(added[kind] for kind in sorted(added)))
