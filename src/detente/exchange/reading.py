"""Cells of a data set in, days, codes, states and sizes out; each spelling is looked at once and remembered.

A file of a million rows repeats a few thousand dates, codes and names, so that a table of what was seen makes most
of the work a look-up.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from detente.exchange.tally import Tally
from detente.ontology.cameo import cameo_codes, repaired
from detente.ontology.state_codes import StateReader, sector

EMPTY = frozenset({"", "NA", "N/A", "None", "none", "NULL", "null", "nan", "NaN", "\\N", "--", "---"})
"""What stands for nothing in one data set or another."""

BAD_DATE = "the date is not understood"
BAD_CODE = "the event code is not in CAMEO"
SLASHED = "date written m/d/y"
ZERO = "leading zero of the event code restored"
PARENT = "event code not in CAMEO; the class above it taken"
SCALED = "no intensity; taken from the scale of its code"
OFF_SCALE = "intensity beyond -10 to 10 or no number; taken from the scale of its code"

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?: .*)?")


@dataclass(frozen=True, slots=True)
class Coded:
    """What an event code stands for, and how it had to be mended."""

    cameo: str
    event: str | None
    mode: str | None
    quad: int
    intensity: float | None
    repair: str | None


def day_of(text: str) -> tuple[dt.date, str | None] | None:
    """A day however data sets write it, and what was mended; None where it is not understood.

    Years of two digits are 1969 to 2068, as POSIX has them. Day and month are never exchanged by guess.
    """
    text = text.strip()
    try:
        if len(text) >= 8 and text[:8].isdigit():
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:8])), None
        if found := _SLASHED.fullmatch(text):
            month, day, year = (int(part) for part in found.groups())
            full = year if len(found[3]) == 4 else year + (1900 if year >= 69 else 2000)
            return dt.date(full, month, day), SLASHED
        return dt.date.fromisoformat(text[:10]), None
    except ValueError:
        return None


class CellReader:
    """Reads the cells of one data set, and counts on `tally` what it mends."""

    def __init__(self, system: str, *, tally: Tally, numeric_codes: bool) -> None:
        """For the spellings of `system`; `numeric_codes` where codes have at least three digits."""
        self._states = StateReader(system)
        self._system, self._tally, self._numeric = system, tally, numeric_codes
        self._days: dict[str, tuple[dt.date, str | None] | None] = {}
        self._codes: dict[str, Coded | None] = {}
        self._sectors: dict[str, tuple[str, ...]] = {}

    def mended(self, reason: str, *, at: str) -> None:
        """Counts a row that had to be mended in a way of its data set."""
        self._tally.repair(reason, at=at)

    def lost(self, reason: str, *, at: str) -> None:
        """Counts a row that is dropped for a reason of its data set."""
        self._tally.drop(reason, at=at)

    def day(self, text: str, *, at: str) -> dt.date | None:
        """A day, or None with the row counted as dropped."""
        try:
            found = self._days[text]
        except KeyError:
            found = self._days[text] = day_of(text)
        if found is None:
            self._tally.drop(BAD_DATE, at=at)
            return None
        if found[1]:
            self._tally.repair(found[1], at=at)
        return found[0]

    def code(self, text: str, *, at: str) -> Coded | None:
        """What a CAMEO code stands for, or None with the row counted as dropped."""
        try:
            found = self._codes[text]
        except KeyError:
            found = self._codes[text] = self._coded(text)
        if found is None:
            self._tally.drop(BAD_CODE, at=at)
        elif found.repair:
            self._tally.repair(found.repair, at=at)
        return found

    def _coded(self, text: str) -> Coded | None:
        code = repaired(text, numeric=self._numeric)
        if code is None:
            return None
        found = cameo_codes()[code]
        reason = None if code == text.strip() else ZERO if len(code) > len(text.strip().removesuffix(".0")) else PARENT
        return Coded(code, found.event, found.mode, found.quad, found.intensity, reason)

    def state(self, text: str, *, side: str) -> str | None:
        """The alpha-3 code of a state; where there is none, that is counted as a gap of `side`."""
        code = None if text in EMPTY else self._states.state(text)
        if code is None and side:
            odd = text not in EMPTY and self._states.is_odd(text)
            reason = f"{side} of no known state" if odd else f"{side} without a state"
            self._tally.gaps[reason] += 1
            if odd:
                self._tally.first.setdefault(reason, repr(text))
        return code

    def sectors(self, text: str, *, between: str) -> tuple[str, ...]:
        """The PLOVER sectors of a cell that lists parts of a society."""
        try:
            return self._sectors[text]
        except KeyError:
            parts = [] if text in EMPTY else [part.strip() for part in text.split(between)]
            known = dict.fromkeys(code for part in parts if (code := self._sector(part)))
            found = self._sectors[text] = tuple(known)
            return found

    def _sector(self, part: str) -> str | None:
        code = sector(part, system="icews" if self._system == "icews" else "cameo")
        return code or (part if len(part) == 3 and part.isupper() else None)

    def intensity(self, text: str, *, scale: float | None, at: str) -> float | None:
        """The size given, else that of the scale."""
        if text in EMPTY:
            self._tally.repair(SCALED, at=at)
            return scale
        try:
            size = float(text)
        except ValueError:
            size = math.inf
        if not -10 <= size <= 10:
            self._tally.repair(OFF_SCALE, at=at)
            return scale
        return size


def said(text: str) -> str:
    """The text, empty where it stands for nothing."""
    return "" if text in EMPTY else text


def whole(text: str) -> int | None:
    """A whole number, None for nothing or no number."""
    return int(text) if text.isdecimal() else None
