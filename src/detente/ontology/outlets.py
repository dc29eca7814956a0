"""A register of outlets in, an outlet by every name it goes by out; all that is wrong with a file is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from detente.errors import OntologyError
from detente.ontology.tables import Row, read_table
from detente.records import Outlet

COLUMNS = ("name", "aliases", "domain", "country", "owner", "owner_kind", "since", "until", "successor")
OWNER_KINDS = ("state", "state-funded", "public", "private", "party", "non-profit")


def read_outlets(table: str | Path) -> dict[str, Outlet]:
    """Outlets by name, alias and domain in lower case, with and without `the`; the first row of a name wins.

    Raises:
        OntologyError: The file cannot be read, or rows are broken; the message names each row.
    """
    rows = read_table(table, wanted=COLUMNS)
    if faults := faults_of(rows):
        raise OntologyError(f"{table}: {'; '.join(faults)}; mend the file, nothing of it was taken")
    found: dict[str, Outlet] = {}
    for row in rows:
        outlet = _outlet(row)
        for key in _keys(row):
            found.setdefault(key.removeprefix("the "), outlet)
            found.setdefault(key, outlet)
    return found


def faults_of(rows: Sequence[Row], *, countries: Iterable[str] = ()) -> list[str]:
    """What is wrong with each row, in words; with `countries` their codes are looked up too.

    Args:
        rows: Those of one file.
        countries: Known ISO alpha-3 codes; none are looked up when empty.
    """
    known = set(countries)
    faults = [f"{row.where}: {fault}" for row in rows for fault in _faults(row, known=known)]
    return faults + _circles({row["name"]: row["successor"] for row in rows if row["successor"]})


def shared_names(rows: Sequence[Row]) -> list[str]:
    """Names, aliases and domains that several outlets of a file have: the first row has them, the others lose them."""
    owners: dict[str, str] = {}
    said = []
    for row in rows:
        for key in _keys(row):
            first = owners.setdefault(key, row["name"])
            if first != row["name"]:
                said.append(f"{row.where}: {key!r} is a name of {first} already; {row['name']} is not found by it")
    return said


def _faults(row: Row, *, known: set[str]) -> list[str]:
    found = []
    if not row["name"]:
        found.append("name: got none, wanted the outlet's name")
    if row["owner_kind"] and row["owner_kind"] not in OWNER_KINDS:
        found.append(f"owner_kind: got {row['owner_kind']!r}, wanted one of {', '.join(OWNER_KINDS)} or nothing")
    country = row["country"]
    if country and (len(country) != 3 or not country.isupper() or (known and country not in known)):
        found.append(f"country: got {country!r}, wanted an ISO alpha-3 code such as USA or nothing")
    years = [row[key][:4] for key in ("since", "until")]
    bad = [y for y in years if y and not (y.isdecimal() and len(y) == 4)]
    found += [f"years: got {year!r}, wanted one such as 1993 or nothing" for year in bad]
    if not bad and all(years) and years[0] > years[1]:
        found.append(f"years: got {years[0]} to {years[1]}, wanted the first not after the last")
    return found


def _circles(successors: Mapping[str, str]) -> list[str]:
    """Outlets that are, in the end, their own successors."""
    faults, seen = [], set()
    for begin in sorted(successors):
        path, at = [begin], successors[begin]
        while at in successors and at not in path:
            path.append(at)
            at = successors[at]
        if at in path and at not in seen:
            seen.update(path)
            faults.append(f"successor: got a circle ({' > '.join((*path[path.index(at) :], at))}), wanted an end")
    return faults


def _outlet(row: Row) -> Outlet:
    return Outlet(
        name=row["name"],
        country=row["country"] or None,
        owner=row["owner"] or None,
        owner_kind=row["owner_kind"] or None,
        since=int(row["since"][:4]) if row["since"] else None,
        until=int(row["until"][:4]) if row["until"] else None,
        successor=row["successor"] or None,
    )


def _keys(row: Row) -> list[str]:
    return [key.lower() for key in (row["name"], *row.many("aliases"), *row.many("domain")) if key]
