"""Events in, cells of the format asked for out: ICEWS, POLECAT or GDELT rows, as they came or made from the event.

A row that came in the same format goes out with the cells it came with. Any other is made from what the record knows;
what the record does not know is left empty as that format writes it, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from detente.exchange import gdelt, icews, polecat
from detente.ontology.registers import load
from detente.ontology.state_codes import numbers
from detente.ontology.tables import read_table
from detente.records import Imported, digest

NO_TYPE = "a bare statement, of which PLOVER has no type"

_CLASSES = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def own_cells(
    event: Imported, columns: Sequence[str], cells: Sequence[str], *, format: str
) -> Mapping[str, str] | None:
    """The cells a row came with, where it came in `format`; None where it has to be made."""
    marks = {"icews": "CAMEO Code", "polecat": "Event Type", "gdelt": "GLOBALEVENTID"}
    if event.dataset != format or marks[format] not in columns:
        return None
    return dict(zip(columns, cells, strict=False))


def icews_cells(event: Imported) -> Mapping[str, str]:
    """An event as ICEWS would write it."""
    what = (event.event or "STATEMENT").capitalize()
    return {
        "Event ID": event.row,
        "Event Date": event.date.isoformat(),
        "Source Name": event.actor_name or _name(event.actor),
        "Source Sectors": ",".join(_words(event.actor_sectors)),
        "Source Country": _name(event.actor),
        "Event Text": f"{what} ({event.mode})" if event.mode else what,
        "CAMEO Code": event.cameo,
        "Intensity": _number(event.intensity),
        "Target Name": event.recipient_name or _name(event.recipient),
        "Target Sectors": ",".join(_words(event.recipient_sectors)),
        "Target Country": _name(event.recipient),
        "Publisher": event.publisher or "",
        "Country": _name(event.place),
    }


def polecat_cells(event: Imported) -> Mapping[str, str]:
    """An event as POLECAT would write it, with COW numbers of its day; `None` stands for nothing there."""
    cells = {
        "Event ID": event.row,
        "Event Date": event.date.isoformat(),
        "Event Type": event.event or "",
        "Event Mode": event.mode or "",
        "Intensity": _number(event.intensity),
        "Quad Code": _CLASSES[event.quad],
        "Country": _name(event.place),
        "Source": event.publisher or "",
        "Publication Date": event.known_at.isoformat(),
    }
    sides = (
        ("Actor", event.actor, event.actor_name, event.actor_sectors),
        ("Recipient", event.recipient, event.recipient_name, event.recipient_sectors),
    )
    for who, state, name, sectors in sides:
        number = numbers(state, event.date).cow
        cells |= {
            f"{who} Name": name,
            f"{who} Country": state or "",
            f"{who} COW": "" if number is None else str(number),
            f"Primary {who} Sector": sectors[0] if sectors else "",
            f"{who} Sectors": ";".join(sectors),
        }
    return {name: cells.get(name) or "None" for name in polecat.COLUMNS}


def gdelt_cells(event: Imported) -> Mapping[str, str]:
    """An event as GDELT would write it; its ids are numbers, so that another id is turned into one."""
    day = event.date
    number = event.row if event.row.isdecimal() else str(int(digest("gdelt", event.id)[:13], 16))
    cells = {
        "GLOBALEVENTID": number,
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": str(day.year),
        # As the codebook has it: (month * 30 + day) / 365 after the point.
        "FractionDate": f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        "IsRootEvent": "1",
        "EventCode": event.cameo,
        "EventBaseCode": event.cameo[:3],
        "EventRootCode": event.cameo[:2],
        "QuadClass": str(event.quad),
        "GoldsteinScale": _number(event.intensity),
        "NumMentions": "" if event.reports is None else str(event.reports),
        "DATEADDED": f"{event.known_at:%Y%m%d}",
        "SOURCEURL": event.publisher or "",
    }
    sides = ((1, event.actor, event.actor_name, event.actor_sectors),
             (2, event.recipient, event.recipient_name, event.recipient_sectors))  # fmt: skip
    for n, state, name, sectors in sides:
        cells |= {
            f"Actor{n}Code": (state or "") + "".join(sectors[:3]),
            f"Actor{n}Name": name,
            f"Actor{n}CountryCode": state or "",
            **{f"Actor{n}Type{k}Code": sector for k, sector in enumerate(sectors[:3], start=1)},
        }
    if event.place:
        code = fips_of(event.place)
        cells |= {"ActionGeo_Type": "1", "ActionGeo_FullName": _name(event.place), "ActionGeo_CountryCode": code}
    return cells


def fips_of(state: str) -> str:
    """The FIPS 10-4 code of a state, empty where it has none.

    Examples:
        >>> fips_of("DEU"), fips_of("GBR")
        ('GM', 'UK')
    """
    return _fips().get(state, "")


@lru_cache(maxsize=1)
def _fips() -> Mapping[str, str]:
    """State to code; a code without a note is that of the state itself, the others are of parts or of other times."""
    rows = [row for row in read_table("state_codes.csv", wanted=("system", "code", "state", "note"))
            if row["system"] == "fips" and row["state"]]  # fmt: skip
    noted = {row["state"]: row["code"] for row in reversed(rows) if row["note"]}
    return noted | {row["state"]: row["code"] for row in reversed(rows) if not row["note"]}


def tabbed(cells: Mapping[str, str], columns: Sequence[str]) -> str:
    """The cells as one line, parted by tabs; a cell that is quoted as a whole is quoted once more, to come back so."""
    return "\t".join(_safe(cells.get(name, "")) for name in columns)


def _safe(cell: str) -> str:
    flat = cell.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    if len(flat) > 1 and flat[0] == flat[-1] == '"':
        return '"' + flat.replace('"', '""') + '"'
    return flat


def _name(state: str | None) -> str:
    return load().state_name(state) if state else ""


def _number(size: float | None) -> str:
    return "" if size is None else f"{size:g}"


@lru_cache(maxsize=1024)
def _words(sectors: tuple[str, ...]) -> list[str]:
    """The plainest word of ICEWS for each sector."""
    plain: dict[str, str] = {}
    for row in read_table("sector_names.csv", wanted=("system", "name", "sector")):
        if row["system"] == "icews" and "*" not in row["name"]:
            plain.setdefault(row["sector"], row["name"])
    plain |= {"GOV": "Government", "LEG": "Legislative / Parliamentary", "MIL": "Military", "SPY": "Intelligence"}
    return [plain[code] for code in sectors if code in plain]


LAYOUTS: Mapping[str, Sequence[str]] = {"icews": icews.COLUMNS, "polecat": polecat.COLUMNS, "gdelt": gdelt.LAYOUTS[58]}
"""Columns of each format where nothing else is asked."""
