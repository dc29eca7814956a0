"""A date phrase and the day of publication come in; a day, a month or a year goes out, or that it names none.

Rules, one a family of phrases: a pattern, and the function of `reckoning` it is read by. No clock is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from detente.coding import reckoning as by
from detente.coding.reckoning import Resolved, Tense

__all__ = ["Resolved", "Tense", "find", "resolve"]

_Read = Callable[[by.Match, by.At], Resolved]
_LONGEST = 160
_M = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?![a-z])"
)
_W = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)(?![a-z])"
)
_D = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])"
_Y = r"[12][0-9]{3}(?![0-9])"
_WORDS = "|".join(sorted(by.SMALL, reverse=True))
_N = rf"(?:[0-9]{{1,4}}|(?:a )?couple(?: of)?|(?:a |half a )?dozen|{_WORDS}|thirty|an?)"
_FEW = r"(?:(?:a |the (?:past|last|next|coming) )?few|several|many|some|a number of|tens of|scores of)"
_U = r"(?P<u>minute|hour|day|week|fortnight|month|year|decade)s?"
_OF_YEAR = rf"(?:,?(?: of)? (?P<y>{_Y})|,?(?: of| in)? (?P<yr>this|last|next|the previous) year)?"
_EDGES = r"early|earlier|mid|late|later|(?:the )?(?:very )?(?:beginning|start|middle|end|close|turn) of"
_EDGE = rf"(?:(?P<edge>{_EDGES})[ -](?:in )?)?"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_HOLIDAY = "|".join(by.HOLIDAYS)
_NAMED = rf"(?:(?:last|next|this) )?(?:{_W}|{_HOLIDAY}|{_M} {_D}|{_D} {_M}|yesterday|today|tomorrow|now)"
_DASH, _PART = r"\s?[-\u2010-\u2015]\s?", r"morning|afternoon|evening|night|midnight|noon|midday|dawn|dusk"
_CLOCK = r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:[ap]\.?m\b\.?|gmt|utc|hours|o'clock|(?<=[:.][0-9]{2}))"


class _Rule(NamedTuple):
    """A family of phrases; `left` must stand before it, and `right` must not follow it, inside a sentence."""

    pattern: re.Pattern[str]
    read: _Read
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    found: re.Pattern[str]


_LEAD = (
    r"(?:(?:(?:shortly |just |long |well |some time )?before|prior to|nearly|almost|around|about|roughly|some|just over"
    r"|(?:more|less) than|early|earlier|late|later) (?:on )?)?"
)
_TAIL = rf"(?: (?:early |late )?(?:{_PART}))?"


def _rule(pattern: str, read: _Read, *, left: str = "", right: str = "") -> _Rule:
    """A blank in `pattern` stands for up to three, so that no run of blanks is walked twice."""
    core, around = pattern.replace(" ", r"\s{1,3}"), (_LEAD.replace(" ", r"\s{1,3}"), _TAIL.replace(" ", r"\s{1,3}"))
    return _Rule(
        re.compile(core, re.I),
        read,
        re.compile(rf"(?:{left})\s{{0,3}}$", re.I) if left else None,
        re.compile(right) if right else None,
        re.compile(
            rf"(?<![\w$€£.,/'’-])(?=\w)(?:{around[0]})(?P<core>{core})(?:{around[1]})(?![\w/]|[-.,:][0-9])", re.I
        ),
    )


_REL = r"(?P<rel>last|past|previous|this|next|coming|upcoming)"
_NOT_OF_YEAR = (  # `in 2000 villages`, `the 2015 deal`, `(1300 GMT)`: no word that could go on from a year
    r"%|\s(?:GMT|UTC)\b|[\s-]{1,3}(?!(?:and|or|but|to|that|when|after|before|as|in|on|by|for|with|from|of|at|under|over"
    r"|against|while|which|who|where|because|amid|until|since|is|was|were|has|have|had|will|would|the|an?|it|he|she|they"
    r"|its|his|her|their|this|due|despite|without|through|via|only|also|alone|about|among|between|if|into|not|than|then"
    r"|could|may|should|[a-z]+(?:ed|ly|ing))\b)[a-z]"
)
_MODAL = r"\s(?:took|became|was|is|has|had|lost|won|announced|resigned|said|called|met|told|urged|stepped)\b"
_RULES = (
    _rule(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?:T[0-9:.]{2,16}Z?)?", by.iso),
    _rule(rf"(?P<y>{_Y[:-9]})[-–](?P<z>[0-9]{{2}})", by.years, left=r"\b(?:in|since|until|by|of|from|during)"),
    _rule(r"(?P<a>[0-9]{1,2})(?P<sep>[-/.])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{4})", by.numeric),
    _rule(rf"(?:(?P<w>{_W}),? )?(?P<m>{_M}) (?:the )?(?P<d>{_D})(?:{_DASH}(?P<d2>{_D}))?{_OF_YEAR}", by.month_day),
    _rule(rf"(?:(?P<w>{_W}),? )?(?:the )?(?P<d>{_D})(?:(?:{_DASH}| to | and )(?P<d2>{_D}))?(?: of)?"
          rf" (?P<m>{_M}){_OF_YEAR}",
          by.month_day),
    _rule(rf"{_EDGE}(?:{_REL} )?(?P<m>{_M}){_OF_YEAR}", by.month, right=_MODAL,
          left=r"\b(?:in|since|until|till|by|during|through|before|between|from|to|of|last|next|this|early|late|mid-?)"),
    _rule(rf"{_EDGE}(?:the (?:fiscal |calendar )?year |fiscal )?(?P<y>{_Y})", by.bare_year, right=_NOT_OF_YEAR,
          left=r"\b(?:in|since|until|till|by|of|from|to|through|during|before|between|and|early|late|mid-?)|\("),
    _rule(rf"{_EDGE}(?:the )?(?P<y>[12][0-9]{{2}}0)[’']?s", by.decade),
    _rule(rf"(?P<the>)(?:the )?(?:q(?P<q>[1-4])|h(?P<h>[12])"
          rf"|(?P<ord>{'|'.join(by.ORDINALS)}) (?:quarter|(?P<half>half)))"
          rf"(?:,?(?: of)? (?P<y>{_Y})| of (?P<yr>this|last|next|the previous) year| of the year)?", by.quarter),
    _rule(rf"(?:the )?(?P<ord>{'|'.join(by.ORDINALS)}|last|final) week (?:of|in) (?:(?P<m>{_M}){_OF_YEAR}"
          r"|(?P<rel>the|this|last|next) month)", by.week_of_month),
    _rule(rf"(?:{_REL} )?(?P<w>{_W})(?:,? (?:of )?(?P<week>last|this|next) week)?", by.weekday,
          right=r"\s(?:Times|Telegraph|Mirror|Express|Mail|Herald|Tribune|Star|World|Post|Review)\b"),
    _rule(rf"(?P<word>{'|'.join(by.TODAY)}|earlier today|later today|today|tonight|this (?:{_PART}))"
          rf"(?: \((?P<w>{_W})\))?",
          by.today),
    _rule(rf"{_EDGE}(?P<rel>last|previous|the previous|this|the current|current|the|next|the coming|coming)"
          r" (?P<u>week|month|year|weekend)", by.period),
    _rule(r"(?:the )?week before last", by.week_before_last),
    _rule(r"(?P<rel>the|this|last|next) (?P<u>month|year)(?:-|['’]s )(?P<edge>end)", by.period),
    _rule(rf"(?:(?P<n>half an?|{_N}) |{_FEW} )?{_U} ago", by.ago),
    _rule(rf"in (?:about |around |roughly |another |the next )?(?P<n>{_N}) {_U}(?:['’]s?)?(?: time)?", by.ahead),
    _rule(rf"(?P<n>{_N}) {_U} (?:from now|from today|hence)", by.ahead),
    _rule(rf"(?P<n>{_N}|the) {_U} (?P<dir>before|prior to|after|from|following) (?P<rest>{_NAMED})",
          lambda m, at: _offset(m, at)),
    _rule(rf"(?:(?P<rel>last|next|this) )?(?P<name>{_HOLIDAY}){_OF_YEAR}", by.holiday),
    _rule(rf"{_EDGE}(?:last|this|next|the) {_SEASON}{_OF_YEAR}", by.season, right=r"\sof\b"),
    _rule(rf"{_EDGE}{_SEASON}(?: of)? (?P<y>{_Y})(?P<yr>)", by.season),
    _rule(r"(?:the )?(?P<d>[12]?(?:1st|2nd|3rd|[4-9]th)|1[0-9]th|20th|30th|31st)"
          r"(?: of (?:the|this) month)?", by.day_of_month,
          left=r"\b(?:on|since|until|by|from)(?:\sthe)?", right=r"(?!\s{0,3}(?:$|[,.;)]))"),
    _rule(r"(?:more |most |just |very |only )?recently|lately|(?:in|over) recent (?:days|weeks|months|years|times)"
          r"|(?:in|over) the (?:last|past) (?:few |several )?(?:hours|days|weeks|months|years)",
          by.recently),
    _rule(rf"(?:{_FEW} )?(?:days|weeks|months|years|decades) (?:from now|hence|away)|some ?(?:time|day) soon|soon"
          r"|in the (?:near |foreseeable |not too distant )?future|eventually|one day soon"
          rf"|(?:in|over|within) (?:the )?(?:coming|next few|following few) (?:hours|days|weeks|months|years)"
          rf"|in {_FEW} (?:days|weeks|months|years)(?:['’] time)?",
          by.someday, right=r"\s(?:as|after)\b"),
    _rule(rf"(?:in|over|during|within) (?:the )?{_REL} (?:(?P<n>{_N}) )?{_U}", by.stretch),
    _rule(rf"within (?P<rel>)(?P<n>{_N}) {_U}", by.stretch),
)  # fmt: skip

_PEELS = (
    (re.compile(r"(?:(?:shortly|just|long|well|some time) )?(?:before|prior to|ahead of) ", re.I), "before"),
    (re.compile(r"(?:(?:shortly|soon|just) )?(?:after|following) ", re.I), "about"),
    (re.compile(r"(?:nearly|almost|around|about|roughly|approximately|some|just over|just under|over|(?:more|less) than"
                r"|at least|circa|perhaps) ", re.I), "about"),
    (re.compile(r"(?:as (?:of|early as|late as|recently as)|on or about|starting|beginning|effective|no later than"
                r"|throughout|on|in|at|of|during|from|since|until|till|by|through|dated|the) ", re.I), ""),
    (re.compile(rf"(?:(?:early|late|earlier|later)(?: on)?|(?:at )?(?:about |around )?"
                rf"(?:{_CLOCK}|{_PART}),?(?: on| of)?"
                rf"|(?:the )?(?:early |small |late )?(?:hours|{_PART}) (?:of|on)|overnight(?: on)?)(?: |-)", re.I), ""),
)  # fmt: skip
_TAILS = re.compile(
    rf"(?:,? (?:in the )?(?:early |late )?(?:{_PART})|,? (?:at )?(?:about |around )?(?:{_CLOCK}|{_PART})"
    r"|,? local time|['’]s?"
    r"|,? to [a-z]+ .{0,120}|['’]s(?: [\w-]+){1,4}| (?:in|at|near) (?:the )?[A-Z][\w ]{0,40})$"
)
_RANGE = re.compile(
    rf"(?:(?:from|between) )?(.{{3,30}}?)(?:{_DASH}| to | through | thru | until | till | and )(.{{3,30}})", re.I
)


def _read(phrase: str, at: by.At, *, peeled: int = 0) -> Resolved | None:
    """What `phrase` says; None when it is no date, unknown when it is one of something not said."""
    for rule in _RULES:
        if match := rule.pattern.fullmatch(phrase):
            try:
                found = rule.read(match, at)
            except (
                ValueError,
                LookupError,
                OverflowError,
                StopIteration,
            ):  # in no calendar, or relative to an unknown day
                continue
            ahead = found.date is not None and at.published is not None and found.date > at.published
            return replace(found, future=found.future or ahead)
    if (found_range := _range(phrase, at)) or peeled > 4:
        return found_range
    for pattern, sense in _PEELS:
        if (match := pattern.match(phrase)) and (inner := _read(phrase[match.end() :], at, peeled=peeled + 1)):
            if sense == "before" and inner.date and inner.precision != "before":
                return replace(inner, precision="before", approximate=True, end=None)
            return replace(inner, approximate=inner.approximate or bool(sense))
    tail = _TAILS.search(phrase)
    return _read(phrase[: tail.start()], at, peeled=peeled + 1) if tail and tail.start() else None


def _offset(m: by.Match, at: by.At) -> Resolved:
    ahead = m["dir"].lower() in ("from", "after")
    anchor = _read(m["rest"], at._replace(tense="future") if m["dir"].lower() == "from" else at)
    if anchor is None or anchor.date is None:
        raise ValueError("an unknown day")
    return by.exactly(by.shift(anchor.date, by.number(m["n"]) * (1 if ahead else -1), unit=m["u"].lower()))


def _range(phrase: str, at: by.At) -> Resolved | None:
    """Two dates of one precision; the second weekday, day or month is the first one after the first date."""
    halves = _RANGE.fullmatch(phrase)
    if halves is None or (" and " in phrase and not phrase.lower().startswith("between ")):
        return None
    later = _read(halves[2], at, peeled=5)
    if later is None or later.date is None:
        return None
    bare = re.fullmatch(rf"(?:from |between )?(?:{_D}|{_M}(?: {_D})?|{_D} {_M})", halves[1], re.I)
    year = re.search(rf"{_Y}$", halves[2])
    first = _read(f"{halves[1]} {year[0]}" if bare and year else halves[1], at, peeled=5)
    if first is None or first.date is None or first.precision != later.precision:
        return None
    if later.date < first.date:
        later = _read(halves[2], by.At(first.date, "future"), peeled=5)
    if later is None or later.date is None or later.date < first.date:
        return None
    return replace(first, end=later.end or later.date)


def resolve(text: str, *, published: dt.date | None, tense: Tense | None = None) -> Resolved:
    """The day, month or year that one date phrase names in a text published on `published`.

    Durations (`for two years`), events (`the 2024 election`) and anything that is no date stay unknown, as do
    relative phrases without a day of publication. `end` is set where the words span more than the precision.

    Args:
        text: The phrase, with or without its preposition.
        published: Day of publication.
        tense: Of the sentence; `future` reads `Tuesday` and `May 15` as the next ones.

    Example:
        >>> resolve("a week before last Friday", published=dt.date(2025, 5, 16)).date.isoformat()
        '2025-05-02'
    """
    nothing = Resolved(date=None, precision="unknown", text=text)
    phrase = " ".join(text.split()).strip(' ,;:"“”') if len(text) <= _LONGEST else ""
    found = (
        _read(phrase, by.At(published, tense)) or _read(phrase.rstrip("."), by.At(published, tense)) if phrase else None
    )
    return replace(found, text=text) if found else nothing


_TRIGGER = re.compile(
    rf"[0-9]|\b(?:{_M}|{_W})|ago\b|day\b|night\b|last\b|this\b|next\b|past\b|week|month|year|recent|lately|soon|future"
    r"|spring|summer|autumn|winter|Christmas|Halloween|[Qq]uarter|tonight|tomorrow|eventually|hence",
    re.I,
)
_NAMES = re.compile(rf"\b(?:{_M}|{_W})", re.I)
_SHORT = re.compile(r"\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|mar|jan|dec)\.?$", re.I)
_FEASTS = re.compile(r"\b(?:Good|Black|Bloody|Ash|Super|Palm|Easter|Holy|Cyber|Maundy|Theresa|Mrs|Ms|Mr)\.?\s$")
_BETWEEN, _AND, _WIDEST_JOIN = re.compile(r"\bbetween\s$", re.I), re.compile(r"\sand\s"), 10
_JOIN = re.compile(r"\s?[-\u2010-\u2015]\s?|\s(?:to|through|until|till)\s")


def _candidates(text: str, *, tense: Tense | None) -> list[tuple[int, int]]:
    """Slices that some rule matches and whose neighbours do not speak against a date, longest first."""
    slices = set()
    for rule in _RULES:
        for match in rule.found.finditer(text):
            start, end = match.span()
            core = match.start("core")
            several_words = " " in match["core"].strip() or match["core"][:3].lower() == "mid"
            if rule.left and not several_words and not rule.left.search(text, max(0, core - 20), core):
                continue
            if (rule.right and rule.right.match(text, end)) or _FEASTS.search(text, max(0, start - 12), start):
                continue
            if rule.read is by.ahead and tense != "future" and not match["core"].lower().endswith(("time", "now")):
                continue
            end -= text[end - 1] == "."
            if any(not name[0][0].isupper() for name in _NAMES.finditer(text, start, end)):
                continue
            if not (_SHORT.fullmatch(text, core, end) and text[end : end + 1] != "."):
                slices.add((start, end))
    return sorted(slices, key=lambda s: (s[0] - s[1], s[0]))


def find(text: str, *, published: dt.date | None, tense: Tense | None = None) -> list[tuple[int, int, Resolved]]:
    """Every date expression in a sentence with its offsets, in order, the longest where two overlap.

    Example:
        >>> [s[:2] for s in find("They met on Tuesday, May 3, 2011.", published=None)]
        [(12, 32)]
    """
    taken: list[tuple[int, int, Resolved]] = []
    busy = bytearray(len(text))
    for start, end in _candidates(text, tense=tense) if _TRIGGER.search(text) else ():
        if busy[start] or busy[end - 1]:
            continue
        found = resolve(text[start:end], published=published, tense=tense)
        if found.date is None and not found.approximate:
            continue
        busy[start:end] = b"\1" * (end - start)
        taken.append((start, end, found))
    return _merged(text, sorted(taken, key=lambda s: s[0]), at=by.At(published, tense))


def _merged(text: str, taken: list[tuple[int, int, Resolved]], *, at: by.At) -> list[tuple[int, int, Resolved]]:
    """Two neighbours with `to` or a dash between them, or `between` before them, are one range."""
    merged: list[tuple[int, int, Resolved]] = []
    for start, end, found in taken:
        if merged and start - merged[-1][1] <= _WIDEST_JOIN:
            first = merged[-1][0]
            between = _BETWEEN.search(text, max(0, first - 10), first)
            if between and _AND.fullmatch(text, merged[-1][1], start):
                first = between.start()
            if between or _JOIN.fullmatch(text, merged[-1][1], start):
                whole = resolve(text[first:end], published=at.published, tense=at.tense)
                if whole.end is not None:
                    merged[-1] = (first, end, whole)
                    continue
        merged.append((start, end, found))
    return merged
