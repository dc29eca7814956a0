"""ICEWS event files in, one event a row out: 20 columns parted by tabs, of any vintage (Boschee et al. 2015).

Vintages differ in the date (ISO, or m/d/y with two or four digits of the year), in quotes around lists of sectors and
in whether codes kept their leading zero. An event id is used again for another day; id and day together are unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.exchange.columns import plain_name, positions, renamed, width_fault
from detente.exchange.lines import Line, SourceRow, split_cells
from detente.exchange.reading import CellReader, said
from detente.exchange.tally import Tally
from detente.records import Imported, digest

DATASET = "icews"
COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
NEEDED = ("Event Date", "CAMEO Code", "Source Country", "Target Country")
NO_ID = "no id; one made from the row"

_KNOWN = {plain_name(name): name for name in COLUMNS}


def read_icews(lines: Iterable[Line], *, tally: Tally) -> Iterator[SourceRow]:
    """The events of a file; without a header line its columns are the usual twenty.

    Raises:
        InputError: The file lacks a needed column.
    """
    cells = CellReader("icews", tally=tally, numeric_codes=True)
    columns: tuple[str, ...] = COLUMNS
    events = IcewsEvents(positions(COLUMNS, needed=NEEDED, at=DATASET), cells)
    for line in lines:
        if line.at.endswith(":1") and "eventdate" in map(plain_name, line.text.split("\t")):
            columns = renamed(line.text.split("\t"), known=_KNOWN)
            events = IcewsEvents(positions(columns, needed=NEEDED, at=line.at), cells)
            continue
        tally.read += 1
        row = split_cells(line, width=len(columns), tally=tally)
        if len(row) != len(columns):
            tally.drop(width_fault(len(row), wanted=len(columns)), at=line.at)
        elif (event := events.event(row, at=line.at)) is not None:
            yield SourceRow(event, columns, "\t".join(row))


class IcewsEvents:
    """Makes events of rows whose columns stand at fixed places."""

    def __init__(self, at: Mapping[str, int], cells: CellReader) -> None:
        """Looks the places up once; a column that a vintage lacks stands one past the end of the row."""
        self._cells = cells
        self._at = tuple(at.get(name, -1) for name in COLUMNS)

    def event(self, row: Sequence[str], *, at: str) -> Imported | None:
        """The event of a row, None where it was dropped and counted."""
        cells, row = self._cells, [*row, ""]
        (
            number, date, actor, sectors, country, _, code, size, other, other_sectors, other_country, _, _, publisher,
            _, _, _, place, _, _,
        ) = [row[place] for place in self._at]  # fmt: skip
        day = cells.day(date, at=at)
        coded = cells.code(code, at=at) if day is not None else None
        if day is None or coded is None:
            return None
        if not number:
            cells.mended(NO_ID, at=at)
        return Imported(
            dataset=DATASET,
            row=number or digest(DATASET, *row),
            date=day,
            known_at=day,
            actor=cells.state(country, side="actor"),
            recipient=cells.state(other_country, side="recipient"),
            event=coded.event,
            cameo=coded.cameo,
            quad=coded.quad,
            mode=coded.mode,
            intensity=cells.intensity(size, scale=coded.intensity, at=at),
            actor_name=said(actor),
            recipient_name=said(other),
            actor_sectors=cells.sectors(sectors, between=","),
            recipient_sectors=cells.sectors(other_sectors, between=","),
            place=cells.state(place, side=""),
            publisher=said(publisher) or None,
        )
