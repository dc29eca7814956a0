"""Register files in, look-up tables out: states, office holders, groups, role nouns, outlets.

A register is read once and never changed. A user's own file of the same form can be put before the shipped one:
its rows win.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.errors import OntologyError, StateError
from detente.ontology.folding import fold
from detente.ontology.outlets import read_outlets
from detente.ontology.surnames import COMMON_SURNAMES, surname
from detente.ontology.tables import Row, read_table
from detente.records import Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state or territory. `metonyms` maps seats of power to a sector; `since` and `until` are dates or None.

    `dated` holds the names that were in use for a time only: (folded name, first day, last day).
    """

    code: str
    alpha2: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    dated: tuple[tuple[str, dt.date | None, dt.date | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What a string may stand for.

    Attributes:
        kind: state, adjective, demonym, people, capital, metonym, leader, surname, group, outlet, place or nobody. A
            people (Tuareg, Catalans) is at home in a state, but a state named beside it says more. A name of nobody
            (Geneva Conventions, French fries) hides the state in it.
        code: ISO alpha-3 or group code; `home` is the state of a group or an outlet.
        name: Canonical name.
        sectors: PLOVER sectors.
        since: When this meaning began, `until` when it ended; None is open.
        office: For leaders.
        exact: Capitals must match exactly (acronyms).
    """

    kind: str
    code: str | None
    name: str
    sectors: tuple[str, ...] = ()
    home: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    office: str = ""
    exact: bool = False

    def valid(self, day: dt.date | None, *, grace_days: int = 0) -> bool:
        """Whether this meaning held on `day`; an unknown day counts as today's reading of open-ended rows."""
        if day is None:
            return self.until is None
        slack = dt.timedelta(days=grace_days)
        return (self.since is None or self.since - slack <= day) and (self.until is None or day <= self.until + slack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A noun for persons or bodies; `kind` is person, body, people, thing or vague.

    `generic` nouns (group, officer, member) take their sectors from other words of the phrase where those have some.
    A row of kind `quality` is such a word and no noun: *paramilitary*, *wanted*.
    """

    noun: str
    sectors: tuple[str, ...]
    kind: str
    generic: bool = False


ACTOR_COLUMNS = ("name", "aliases", "code", "sectors", "kind", "since", "until")
ACTOR_KINDS = ("leader", "group", "state")


class Registers:
    """All registers together, indexed by lower-case string."""

    def __init__(
        self,
        *,
        states: Iterable[State],
        names: Mapping[str, list[Name]],
        roles: Mapping[str, Role],
        outlets: Mapping[str, Outlet],
        unnamed: Mapping[str, str],
        groups: Mapping[str, str] | None = None,
        qualities: Mapping[str, Role] | None = None,
    ) -> None:
        """Indexes what `load` has read; `groups` maps the codes of groups to their names."""
        self.groups, self.qualities = groups or {}, qualities or {}
        self.states = {state.code: state for state in states}
        self.names = names
        self.roles = roles
        self.role_ends: dict[str, int] = {}  # last word of a role to the most words of one that ends so
        for key in roles:
            words = key.split(" ")
            self.role_ends[words[-1]] = max(len(words), self.role_ends.get(words[-1], 0))
        self.outlets = outlets
        self.unnamed = unnamed
        self._by_any: dict[str, str] = {}
        for state in self.states.values():
            ended = state.until is not None
            for key in (state.code, state.alpha2, *state.numbers, state.name, *state.names, *state.adjectives):
                if key and not (ended and fold(key) in self._by_any):
                    self._by_any.setdefault(fold(key), state.code)

    def state(self, text: str) -> State:
        """The state that `text` names: alpha-3, alpha-2, ISO, COW or GW number, name or adjective.

        Raises:
            StateError: No state is known by that name; close names are proposed.
        """
        code = self._by_any.get(fold(text.strip()))
        if code is None:
            from rapidfuzz import process

            close = [m[0] for m in process.extract(text.lower(), list(self._by_any), limit=3, score_cutoff=70)]
            hint = f"; close to it: {', '.join(close)}" if close else ""
            raise StateError(f"state: got {text!r}, wanted an ISO alpha-3 code such as USA or a state's name{hint}")
        return self.states[code]

    def state_name(self, code: str) -> str:
        """The short name of a state or group code; the code itself when it is unknown."""
        state = self.states.get(code)
        return state.name if state else self.groups.get(code, code)

    def outlet(self, name: str) -> Outlet:
        """The register's row for `name`, or an outlet of which nothing but the name is known."""
        key = name.strip().lower()
        found = self.outlets.get(key) or self.outlets.get(key.removeprefix("the "))
        return found or Outlet(name=name.strip())


STATE_COLUMNS = ("code", "alpha2", "numeric", "cow", "gw", "name", "official", "names", "adjectives", "demonyms",
                 "capital", "metonyms", "since", "until")  # fmt: skip


def _state(row: Row) -> State:
    metonyms = []
    for item in row.many("metonyms"):
        name, _, sector = item.partition("=")
        metonyms.append((name.strip(), sector.strip() or "GOV"))
    return State(
        code=row["code"],
        alpha2=row["alpha2"],
        name=row["name"],
        names=tuple(n for n in (row["name"], row["official"], *row.many("names")) if n),
        adjectives=row.many("adjectives"),
        demonyms=row.many("demonyms"),
        capitals=row.many("capital"),
        metonyms=tuple(metonyms),
        numbers=tuple(n for n in (row["numeric"],) if n),
        since=row.day("since"),
        until=row.day("until", last=True),
        dated=tuple(_dated(row["note"])),
    )


def _dated(note: str) -> Iterator[tuple[str, dt.date | None, dt.date | None]]:
    """The `dated:Zaire=1971-1997` parts of a note."""
    for text, first, last in re.findall(r"dated:([^=;]+)=(\d{4})?-(\d{4})?", note):
        yield (
            fold(text.strip()),
            dt.date(int(first), 1, 1) if first else None,
            dt.date(int(last), 12, 31) if last else None,
        )


_MIXED = re.compile(r"[A-Z]{1,2}[a-z][A-Z]{1,2}\Z")  # LeT, JeM, MoD


def _acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return len(letters) <= 6 and " " not in letters and (letters.isupper() or _MIXED.match(letters) is not None)


_GOVERNMENT = re.compile(r" (?:[Gg]overnment|[Aa]dministration|[Aa]uthority)$")


class _Index:
    """Collects the names of every register under lower-case keys."""

    def __init__(self) -> None:
        self.names: dict[str, list[Name]] = defaultdict(list)
        self.groups: dict[str, str] = {}

    def add(self, text: str, name: Name) -> None:
        text = text.strip()
        if len(text) < 2:
            return
        made = replace(name, exact=_acronym(text))
        bucket = self.names[fold(text)]
        if not any((n.kind, n.code, n.name, n.since) == (made.kind, made.code, made.name, made.since) for n in bucket):
            bucket.append(made)

    def add_state(self, state: State) -> None:
        spans = {text: (since, until) for text, since, until in state.dated}
        kinds = (("state", state.names, ()), ("adjective", state.adjectives, ()), ("demonym", state.demonyms, ("CVL",)),
                 ("capital", state.capitals, ("GOV",)))  # fmt: skip
        for kind, texts, sectors in kinds:
            for text in texts:
                since, until = spans.get(fold(text), (state.since, state.until))
                made = Name(kind=kind, code=state.code, name=state.name, sectors=sectors, since=since, until=until)
                governs = kind == "state" and _GOVERNMENT.search(text)
                self.add(text, replace(made, kind="metonym", sectors=("GOV",)) if governs else made)
        for text, sector in state.metonyms:
            since, until = spans.get(fold(text), (state.since, state.until))
            self.add(
                text,
                Name(kind="metonym", code=state.code, name=state.name, sectors=(sector,), since=since, until=until),
            )

    def add_people(self, row: Row) -> None:
        for text in row.many("names"):
            self.add(text, Name(kind="people", code=row["code"], name=text, sectors=row.many("sectors")))

    def add_shadows(self, row: Row) -> None:
        for text in row.many("names"):
            self.add(text, Name(kind="nobody", code=None, name=text))

    def add_leader(self, row: Row) -> None:
        name = Name(
            kind="leader", code=row["code"] or None, name=row["name"], sectors=row.many("sectors"),
            since=row.day("since"), until=row.day("until", last=True), office=row["office"],
        )  # fmt: skip
        bare = replace(name, kind="surname")
        own = {fold(part) for part in row["name"].split()}
        for text in (row["name"], *row.many("aliases")):
            common = " " not in text and fold(text) in own and fold(text) in COMMON_SURNAMES
            self.add(text, bare if common else name)
        last = surname(row["name"], code=row["code"])
        if last:
            self.add(last, bare)

    def add_outlet(self, key: str, outlet: Outlet) -> None:
        self.add(key, Name(kind="outlet", code=None, name=outlet.name, sectors=("MED",), home=outlet.country))

    def override(self, row: Row) -> None:
        """Gives the names of a user's row the meaning it says, in place of all shipped ones.

        Raises:
            OntologyError: The kind is not one of `ACTOR_KINDS`, or the row names nobody.
        """
        if row["kind"] not in ACTOR_KINDS:
            raise OntologyError(f"{row.where}: got kind {row['kind']!r}, wanted one of {', '.join(ACTOR_KINDS)}")
        if not row["name"] or not row["code"]:
            raise OntologyError(f"{row.where}: got a row without name or code, wanted both; mend that row")
        name = Name(
            kind=row["kind"], code=row["code"], name=row["name"], sectors=row.many("sectors"),
            since=row.day("since"), until=row.day("until", last=True),
        )  # fmt: skip
        for text in (row["name"], *row.many("aliases")):
            self.names.pop(fold(text.strip()), None)
        for text in (row["name"], *row.many("aliases")):
            self.add(text, name)
        if row["kind"] == "group":
            self.groups[row["code"]] = row["name"]

    def add_group(self, row: Row) -> None:
        name = Name(
            kind="group", code=row["code"], name=row["name"], sectors=row.many("sectors"), home=row["home"] or None,
            since=row.day("since"), until=row.day("until", last=True),
        )  # fmt: skip
        for text in (row["name"], *row.many("aliases")):
            self.add(text.removeprefix("the ").removeprefix("The "), name)
        self.groups.setdefault(row["code"], row["name"])


@lru_cache(maxsize=4)
def load(*, outlets: tuple[str, ...] = (), actors: tuple[str, ...] = ()) -> Registers:
    """Reads the shipped registers; `outlets` and `actors` name the user's own files, whose rows win.

    A row of an actors file has the columns of `ACTOR_COLUMNS`; each of its names then means what the row says and
    nothing else. `kind` is leader (a person in office), group or state (one more name of a state).

    Raises:
        OntologyError: A file is broken; the message names file and line.
    """
    index = _Index()
    states = [_state(row) for row in read_table("states.csv", wanted=STATE_COLUMNS)]
    for state in states:
        index.add_state(state)
    for row in read_table("groups.csv", wanted=("code", "name", "aliases", "sectors", "home", "since", "until")):
        index.add_group(row)
    for row in read_table("peoples.csv", wanted=("code", "names", "sectors")):
        index.add_people(row)
    for row in read_table("shadows.csv", wanted=("kind", "names")):
        index.add_shadows(row)
    leader_columns = ("name", "aliases", "code", "office", "sectors", "since", "until")
    for row in read_table("leaders.csv", wanted=leader_columns):
        index.add_leader(row)
    for table in actors:
        for row in read_table(table, wanted=ACTOR_COLUMNS):
            index.override(row)
    roles, qualities = _roles()
    unnamed = {r["phrase"].lower(): r["kind"] for r in read_table("unnamed.csv", wanted=("phrase", "kind"))}
    found = read_outlets("outlets.csv")
    for table in outlets:
        found |= read_outlets(table)
    for table in ("outlets.csv", *outlets):
        for row in read_table(table, wanted=("name", "aliases", "domain")):
            for text in (row["name"], *row.many("aliases"), *row.many("domain")):
                index.add_outlet(text, found[text.lower()])
    return Registers(states=states, names=dict(index.names), roles=roles, outlets=found, unnamed=unnamed,
                     groups=index.groups, qualities=qualities)  # fmt: skip


def _roles() -> tuple[dict[str, Role], dict[str, Role]]:
    """Role nouns, and the qualities that give a generic noun its sectors."""
    roles: dict[str, Role] = {}
    qualities: dict[str, Role] = {}
    for row in read_table("roles.csv", wanted=("noun", "sectors", "kind", "note")):
        key = fold(row["noun"])
        role = Role(noun=key, sectors=row.many("sectors"), kind=row["kind"], generic=row["note"].startswith("generic"))
        (qualities if role.kind == "quality" else roles)[key] = role
    return roles, qualities
