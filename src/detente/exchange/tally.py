"""Rows read one by one in, counts by reason out: what was kept as it was, mended, left out or lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one import or export; every row that was read is kept, known, left out or dropped.

    Attributes:
        read: Rows seen.
        kept: Rows that are new in the store, or were written.
        known: Rows that an earlier import had brought.
        repairs: Kept rows that had to be mended, by reason; one row may have several.
        gaps: Kept rows that say less than they could, by reason: a side without a state.
        left_out: Rows that the caller asked to leave out, by reason.
        dropped: Rows that are lost, by reason.
        first: The first row of each reason, as file:line.
    """

    read: int = 0
    kept: int = 0
    known: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def repair(self, reason: str, *, at: str) -> None:
        """Counts a row that was mended."""
        self.repairs[reason] += 1
        self.first.setdefault(reason, at)

    def drop(self, reason: str, *, at: str) -> None:
        """Counts a row that is lost."""
        self.dropped[reason] += 1
        self.first.setdefault(reason, at)

    @property
    def lost(self) -> int:
        """How many rows were dropped."""
        return self.dropped.total()

    def lines(self) -> list[str]:
        """The report, one count a line: the totals, and then each reason with its first row."""
        shown = [f"{self.read:,} rows read, {self.kept:,} kept, {self.known:,} known before, {self.lost:,} dropped"]
        for title, counts in (
            ("mended", self.repairs), ("kept, but", self.gaps), ("left out", self.left_out), ("dropped", self.dropped),
        ):  # fmt: skip
            for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                where = f" (first: {self.first[reason]})" if reason in self.first else ""
                shown.append(f"{title}: {count:,} x {reason}{where}")
        return shown

    def document(self) -> dict[str, object]:
        """The same, ready for JSON."""
        return {
            "read": self.read,
            "kept": self.kept,
            "known": self.known,
            "dropped": self.lost,
            "repairs": dict(sorted(self.repairs.items())),
            "gaps": dict(sorted(self.gaps.items())),
            "left_out": dict(sorted(self.left_out.items())),
            "drops": dict(sorted(self.dropped.items())),
            "first": dict(sorted(self.first.items())),
        }
