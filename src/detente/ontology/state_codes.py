"""Codes and names of states as data sets write them in, ISO alpha-3 out; COW and Gleditsch-Ward numbers by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.errors import StateError
from detente.ontology.registers import load
from detente.ontology.tables import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class StateNumbers:
    """Numbers of a state on one day; None where a list does not count it as a state then."""

    cow: int | None
    gw: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """One row of the table: the numbers of a state from `since` to `until`; None is an open end."""

    code: str
    cow: int | None
    gw: int | None
    since: dt.date | None
    until: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether the row holds on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@lru_cache(maxsize=1)
def numbered() -> tuple[Numbered, ...]:
    """The whole table of numbers."""
    return tuple(
        Numbered(
            code=row["code"], cow=int(row["cow"]) if row["cow"] else None, gw=int(row["gw"]) if row["gw"] else None,
            since=row.day("since"), until=row.day("until", last=True),
        )
        for row in read_table("state_numbers.csv", wanted=("code", "cow", "gw", "since", "until"))
    )  # fmt: skip


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, tuple[Numbered, ...]]:
    found: dict[str, list[Numbered]] = defaultdict(list)
    for row in numbered():
        found[row.code].append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def numbers(code: str | None, day: dt.date) -> StateNumbers:
    """The COW and Gleditsch-Ward numbers of a state on a day.

    The lists are those of the Correlates of War project (state system membership) and of Gleditsch and Ward (1999,
    doi:10.1080/03050629908434958).

    Examples:
        >>> numbers("DEU", dt.date(1988, 1, 1)), numbers("DEU", dt.date(1995, 1, 1))
        (StateNumbers(cow=260, gw=260), StateNumbers(cow=255, gw=260))
    """
    for row in _by_code().get(code or "", ()):
        if row.holds(day):
            return StateNumbers(cow=row.cow, gw=row.gw)
    return StateNumbers(cow=None, gw=None)


def numbered_state(number: int, *, system: str, day: dt.date) -> str | None:
    """The state that has a number in the `cow` or the `gw` list on a day, None where none has.

    Examples:
        >>> numbered_state(345, system="cow", day=dt.date(1999, 1, 1))
        'YUG'
    """
    for row in numbered():
        if (row.cow if system == "cow" else row.gw) == number and row.holds(day):
            return row.code
    return None


@lru_cache(maxsize=4)
def foreign_codes(system: str) -> Mapping[str, str | None]:
    """What a data set writes otherwise than ISO 3166: code or name to alpha-3, None for what is no state."""
    rows = read_table("state_codes.csv", wanted=("system", "code", "state"))
    return {row["code"]: row["state"] or None for row in rows if row["system"] == system}


class StateReader:
    """Reads what one data set writes for states; remembers each spelling, since millions of rows repeat a few.

    `system` is fips, cameo or icews. A code or name is looked for in the table of that system, and then, but for
    fips, whose codes of two letters mean other states in ISO 3166, in the register.
    """

    def __init__(self, system: str) -> None:
        """Starts with the table of the system."""
        self._register = None if system == "fips" else load()
        self._known: dict[str, str | None] = {"": None, **foreign_codes(system)}
        self._odd: set[str] = set()

    def state(self, text: str) -> str | None:
        """The alpha-3 code, None for what is no state or not known; `is_odd` tells the two apart."""
        try:
            return self._known[text]
        except KeyError:
            pass
        code: str | None = None
        try:
            if self._register is not None:
                code = self._register.state(text).code
        except StateError:
            pass
        if code is None:
            self._odd.add(text)
        self._known[text] = code
        return code

    def is_odd(self, text: str) -> bool:
        """Whether `text` was looked up and is known neither as a state nor as something else."""
        return text in self._odd


@lru_cache(maxsize=4)
def _sector_names(system: str) -> tuple[tuple[str, str], ...]:
    rows = read_table("sector_names.csv", wanted=("system", "name", "sector"))
    return tuple((row["name"], row["sector"]) for row in rows if row["system"] == system)


@lru_cache(maxsize=4096)
def sector(name: str, *, system: str) -> str | None:
    """The PLOVER sector of a part of a society, None where it has none.

    Examples:
        >>> sector("Health Ministry", system="icews"), sector("Tamil", system="icews")
        ('GOV', None)
    """
    rows = _sector_names(system)
    whole = dict(rows)
    if name in whole:
        return whole[name]
    for pattern, code in rows:
        if pattern.startswith("*") and name.endswith(pattern[1:]):
            return code
        if pattern.endswith("*") and name.startswith(pattern[:-1]):
            return code
    return None
