"""POLECAT event files in, one event a row out: 40 columns parted by tabs, PLOVER types (Halterman et al. 2023).

The column of the intensity may be missing; the text is UTF-8 or Latin-1. A side may list several states; whose act it
was is then not known, and the row is kept without a state on that side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.exchange.columns import plain_name, positions, renamed, width_fault
from detente.exchange.lines import Line, SourceRow, split_cells
from detente.exchange.reading import EMPTY, CellReader, Coded, said
from detente.exchange.tally import Tally
from detente.ontology.lexicon import QUADS
from detente.ontology.scales import code_of, plover_intensity
from detente.ontology.state_codes import numbered_state
from detente.records import EVENTS, Imported, digest

DATASET = "polecat"


def _side(who: str) -> tuple[str, ...]:
    return (
        f"{who} Name", f"{who} Country", f"{who} COW", f"Primary {who} Sector", f"{who} Sectors", f"{who} Title",
        f"{who} Name Raw", f"Wikipedia {who} ID",
    )  # fmt: skip


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_side("Actor"), *_side("Recipient"), "Placename", "City", "District", "Province", "Country", "Latitude",
    "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
NEEDED = ("Event Date", "Event Type", "Actor Country", "Recipient Country")
NO_TYPE = "the event type is not in PLOVER"
NO_ID = "no id; one made from the row"
BY_NUMBER = "state taken from its COW number"
SEVERAL = "several states on one side; none taken"
LATER = "published before its own day; counted from its day"
OTHER_CLASS = "its class is none of the four; the class of the type taken"

_KNOWN = {plain_name(name): name for name in COLUMNS} | {"eventintensity": "Intensity", "quadclass": "Quad Code"}
_CLASSES = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
_WITHOUT = tuple(name for name in COLUMNS if name != "Intensity")


def read_polecat(lines: Iterable[Line], *, tally: Tally) -> Iterator[SourceRow]:
    """The events of a file; without a header line its columns are the usual forty, or thirty-nine.

    Raises:
        InputError: The file lacks a needed column.
    """
    cells = CellReader("polecat", tally=tally, numeric_codes=True)
    columns: tuple[str, ...] | None = None
    events = PolecatEvents(positions(COLUMNS, needed=NEEDED, at=DATASET), cells)
    for line in lines:
        if line.at.endswith(":1"):
            names = line.text.split("\t")
            headed = "eventdate" in map(plain_name, names)
            columns = renamed(names, known=_KNOWN) if headed else _WITHOUT if len(names) == len(_WITHOUT) else COLUMNS
            events = PolecatEvents(positions(columns, needed=NEEDED, at=line.at), cells)
            if headed:
                continue
        tally.read += 1
        wanted = columns or COLUMNS
        row = split_cells(line, width=len(wanted), tally=tally)
        if len(row) != len(wanted):
            tally.drop(width_fault(len(row), wanted=len(wanted)), at=line.at)
        elif (event := events.event(row, at=line.at)) is not None:
            yield SourceRow(event, wanted, "\t".join(row))


_READ = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Actor Name", "Actor Country",
    "Actor COW", "Actor Sectors", "Recipient Name", "Recipient Country", "Recipient COW", "Recipient Sectors",
    "Country", "Source", "Publication Date",
)  # fmt: skip


class PolecatEvents:
    """Makes events of rows whose columns stand at fixed places."""

    def __init__(self, at: Mapping[str, int], cells: CellReader) -> None:
        """Looks the places up once; a column that is missing stands one past the end of the row."""
        self._cells = cells
        self._at = tuple(at.get(name, -1) for name in _READ)

    def event(self, row: Sequence[str], *, at: str) -> Imported | None:
        """The event of a row, None where it was dropped and counted."""
        cells, row = self._cells, [*row, ""]
        (
            number, date, kind, mode, size, quad, actor, country, cow, sectors, other, other_country, other_cow,
            other_sectors, place, source, published,
        ) = [row[place] for place in self._at]  # fmt: skip
        day = cells.day(date, at=at)
        if day is None:
            return None
        coded = _coded(kind, mode)
        if coded is None:
            cells.lost(NO_TYPE, at=at)
            return None
        known = day if published in EMPTY else cells.day(published, at=at)
        if known is None:
            return None
        if known < day:
            cells.mended(LATER, at=at)
        if not number:
            cells.mended(NO_ID, at=at)
        return Imported(
            dataset=DATASET,
            row=number or digest(DATASET, *row),
            date=day,
            known_at=max(day, known),
            actor=self._state(country, cow, day=day, side="actor", at=at),
            recipient=self._state(other_country, other_cow, day=day, side="recipient", at=at),
            event=coded.event,
            cameo=coded.cameo,
            quad=self._class(quad, coded=coded, at=at),
            mode=coded.mode,
            intensity=cells.intensity(size, scale=coded.intensity, at=at),
            actor_name=said(actor),
            recipient_name=said(other),
            actor_sectors=cells.sectors(sectors.replace(",", ";"), between=";"),
            recipient_sectors=cells.sectors(other_sectors.replace(",", ";"), between=";"),
            place=cells.state(place, side=""),
            publisher=said(source) or None,
        )

    def _state(self, country: str, cow: str, *, day: dt.date, side: str, at: str) -> str | None:
        if ";" in country or (country in EMPTY and ";" in cow):
            self._cells.mended(SEVERAL, at=at)
            return None
        number = cow.removesuffix(".0")
        if country in EMPTY and number.isdecimal():
            found = numbered_state(int(number), system="cow", day=day)
            if found is not None:
                self._cells.mended(BY_NUMBER, at=at)
                return found
        return self._cells.state(country, side=side)

    def _class(self, text: str, *, coded: Coded, at: str) -> int:
        found = _CLASSES.get(text.strip().lower()) or (int(text) if text in {"1", "2", "3", "4"} else None)
        if found is None and text not in EMPTY:
            self._cells.mended(OTHER_CLASS, at=at)
        return found or coded.quad


def _coded(kind: str, mode: str) -> Coded | None:
    """What a PLOVER type and mode stand for in CAMEO."""
    event, refined = kind.strip().upper(), mode.strip().lower() if mode not in EMPTY else None
    if event not in EVENTS:
        return None
    code = code_of(event, refined)
    return Coded(code, event, refined, QUADS[event], plover_intensity(event, refined), None)
