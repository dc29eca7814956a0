"""GDELT event files in, one event a row out: parted by tabs though named .csv, without a header; the width tells which.

GDELT 1.0 has 57 columns, and 58 with the address (from April 2013); GDELT 2.0 has second-level districts, so 60 and 61
(Leetaru and Schrodt 2013; GDELT event codebook 2.0, 2015). One more cell is an empty last one, or a column of somebody
else's; it is kept and counted. States of actors are CAMEO codes, those of places are FIPS 10-4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.exchange.columns import plain_name, positions, renamed, width_fault
from detente.exchange.lines import Line, SourceRow
from detente.exchange.reading import EMPTY, CellReader, said, whole
from detente.exchange.tally import Tally
from detente.ontology.state_codes import StateReader
from detente.records import Imported

DATASET = "gdelt"


def _actor(n: int) -> tuple[str, ...]:
    parts = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
        "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(f"Actor{n}{part}" for part in parts)


def _geo(whose: str, *, districts: bool) -> tuple[str, ...]:
    second = ("ADM2Code",) if districts else ()
    parts = ("Type", "FullName", "CountryCode", "ADM1Code", *second, "Lat", "Long", "FeatureID")
    return tuple(f"{whose}Geo_{part}" for part in parts)


def _layout(*, districts: bool, address: bool) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor(1), *_actor(2),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *(name for whose in ("Actor1", "Actor2", "Action") for name in _geo(whose, districts=districts)),
        "DATEADDED", *(("SOURCEURL",) if address else ()),
    )  # fmt: skip


LAYOUTS: Mapping[int, tuple[str, ...]] = {
    len(columns): columns for columns in (_layout(districts=d, address=a) for d in (False, True) for a in (False, True))
}
"""Columns by width: 57 and 58 for GDELT 1.0, 60 and 61 for 2.0."""

EXTRA = "EXTRA"
EXTRA_CELL = "one cell more than the codebook has; kept"
OTHER_CLASS = "its class is not that of its event code; the class of the code taken"
LATER = "added before its own day; counted from its day"

_KNOWN = {plain_name(name): name for name in LAYOUTS[61]}
NEEDED = ("GLOBALEVENTID", "SQLDATE", "Actor1CountryCode", "Actor2CountryCode", "EventCode")


def layout_of(width: int) -> tuple[str, ...] | None:
    """The columns of a row of some width; None where no layout has it.

    Examples:
        >>> len(layout_of(62)), layout_of(62)[-1], layout_of(40)
        (62, 'EXTRA', None)
    """
    if width in LAYOUTS:
        return LAYOUTS[width]
    return (*LAYOUTS[width - 1], EXTRA) if width - 1 in LAYOUTS else None


def read_gdelt(lines: Iterable[Line], *, tally: Tally) -> Iterator[SourceRow]:
    """The events of a file, whatever the width of each row; a header line, which some programs add, is used.

    Raises:
        InputError: A header line lacks a needed column.
    """
    cells = CellReader("cameo", tally=tally, numeric_codes=False)
    places = StateReader("fips")
    made: dict[int, tuple[tuple[str, ...], GdeltEvents]] = {}
    for line in lines:
        row = line.text.split("\t")
        if line.at.endswith(":1") and plain_name(row[0]) == "globaleventid":
            columns = renamed(row, known=_KNOWN)
            made[len(row)] = (columns, GdeltEvents(positions(columns, needed=NEEDED, at=line.at), cells, places))
            continue
        tally.read += 1
        if len(row) not in made:
            found = layout_of(len(row))
            if found is None:
                tally.drop(width_fault(len(row), wanted=61), at=line.at)
                continue
            made[len(row)] = (found, GdeltEvents(positions(found, needed=NEEDED, at=line.at), cells, places))
        columns, events = made[len(row)]
        if columns[-1] == EXTRA:
            tally.repair(EXTRA_CELL, at=line.at)
        event = events.event(row, at=line.at)
        if event is not None:
            yield SourceRow(event, columns, line.text)


_READ = (
    "GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code", "Actor1Type2Code",
    "Actor1Type3Code", "Actor2Name", "Actor2CountryCode", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "EventCode", "QuadClass", "GoldsteinScale", "NumMentions", "ActionGeo_CountryCode", "DATEADDED", "SOURCEURL",
)  # fmt: skip


class GdeltEvents:
    """Makes events of rows whose columns stand at fixed places."""

    def __init__(self, at: Mapping[str, int], cells: CellReader, places: StateReader) -> None:
        """Looks the places up once; a column that the layout lacks stands one past the end of the row."""
        self._cells, self._places = cells, places
        self._at = tuple(at.get(name, -1) for name in _READ)

    def event(self, row: Sequence[str], *, at: str) -> Imported | None:
        """The event of a row, None where it was dropped and counted."""
        cells, row = self._cells, [*row, ""]
        (
            number, date, actor, country, type1, type2, type3, other, other_country, other1, other2, other3,
            code, quad, size, mentions, place, added, address,
        ) = [row[place] for place in self._at]  # fmt: skip
        day = cells.day(date, at=at)
        coded = cells.code(code, at=at) if day is not None else None
        if day is None or coded is None:
            return None
        known = cells.day(added, at=at) if added else day
        if known is None:
            return None
        if known < day:
            cells.mended(LATER, at=at)
        if quad not in EMPTY and quad != str(coded.quad):
            cells.mended(OTHER_CLASS, at=at)
        return Imported(
            dataset=DATASET,
            row=number,
            date=day,
            known_at=max(day, known),
            actor=cells.state(country, side="actor"),
            recipient=cells.state(other_country, side="recipient"),
            event=coded.event,
            cameo=coded.cameo,
            quad=coded.quad,
            mode=coded.mode,
            intensity=cells.intensity(size, scale=coded.intensity, at=at),
            actor_name=said(actor),
            recipient_name=said(other),
            actor_sectors=cells.sectors(f"{type1};{type2};{type3}", between=";"),
            recipient_sectors=cells.sectors(f"{other1};{other2};{other3}", between=";"),
            place=self._places.state(place) if place else None,
            reports=whole(mentions),
            publisher=said(address) or None,
        )
