"""The lines below a heading come in, those that are no part of the article go out, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.read.furniture import reason_to_drop, starts_form, starts_links
from detente.read.headings import byline_of, is_day
from detente.read.lines import Line
from detente.read.notes import describes_outlet

OUTLET_NOTE = "note about the outlet"
AUTHOR_NOTE = "note about the author"

_MIN_BODY = 200  # characters of prose above a form before everything below it is taken for comments


def mark(lines: Sequence[Line], *, first: int) -> dict[int, str]:
    """Index of line > reason to keep it out of the body, for the lines from `first` on."""
    total = sum(len(line.text) for line in lines[first:])
    reasons: dict[int, str] = {}
    above = 0
    in_links = False
    for i in range(first, len(lines)):
        line = lines[i]
        if starts_form(line.text):
            if above >= min(_MIN_BODY, total // 3) and above:
                return reasons | dict.fromkeys(range(i, len(lines)), "comments")
            reasons[i] = "comments"
            continue
        reason = _reason(lines, i, in_links=in_links)
        if reason:
            reasons[i] = reason
            in_links = in_links or starts_links(line.text)
        else:
            above += len(line.text)
            in_links = False
    return reasons


def _reason(lines: Sequence[Line], i: int, *, in_links: bool) -> str | None:
    line = lines[i]
    if starts_links(line.text):
        return "related link"
    following = lines[i + 1].text if i + 1 < len(lines) else ""
    if byline_of(line.text) and is_day(following):
        return "byline"
    if is_day(line.text) and i and byline_of(lines[i - 1].text):
        return "day of publication"
    reason = reason_to_drop(line.text)
    if reason:
        return reason
    if in_links and (not line.is_prose or line.text.endswith(("...", "…"))):
        return "related link"
    if i and line.text == lines[i - 1].text and not line.text.endswith("."):
        return "repeated line"
    return None


def find_notes(
    lines: Sequence[Line], reasons: dict[int, str], *, first: int, outlet: str | None, byline: str | None, page: bool
) -> dict[int, str]:
    """Index of line > reason for the notes below the body.

    A paragraph about a publisher may be part of a body, so it must stand last, and apart: below a wide gap, above
    something that was dropped, about the outlet that is known, or at the end of a web page.
    """
    kept = [i for i in range(first, len(lines)) if i not in reasons]
    found: dict[int, str] = {}
    for i in reversed(kept[1:]):
        text = lines[i].text
        name = describes_outlet(text)
        apart = lines[i].gap > 1 or i + 1 in reasons or page or text.startswith("About ")
        if name and (apart or (outlet is not None and name.casefold() in outlet.casefold())):
            found[i] = OUTLET_NOTE
        elif byline and re.match(rf"{re.escape(byline)}\W+(?:is|was|teaches|works|writes)\b", text, re.I):
            found[i] = AUTHOR_NOTE
        else:
            break
    below = range(kept[-1] + 1, len(lines)) if kept else ()
    return found | {i: OUTLET_NOTE for i in below if describes_outlet(lines[i].text)}
