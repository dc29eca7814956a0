"""A sentence comes in; the sizes that it gives go out, each with its offsets: deaths, people, money, aircraft ...

A number is a magnitude only when the words around it say of what: years, dates, ages, ranks and results of games
have no such words and are left alone. Deaths need a word of killing beside the number, in the same clause.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.records import Magnitude

Found = tuple[int, int, Magnitude]

_ONES = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen \
fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6,
    "m": 1e6,
    "crore": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "trln": 1e12, "tn": 1e12,
}  # fmt: skip
# `Scores` is twice twenty at the least; how many more, nobody says.
_PLURALS = {
    "tens of thousands": (2e4, "least"), "hundreds of thousands": (2e5, "least"), "tens of millions": (2e7, "least"),
    "hundreds of millions": (2e8, "least"), "dozens": (24.0, "least"), "scores": (40.0, "about"),
    "hundreds": (2e2, "least"),
    "thousands": (2e3, "least"), "millions": (2e6, "least"), "billions": (2e9, "least"),
}  # fmt: skip
_CURRENCIES = {
    r"US ?\$|\$ ?US|USD(?: ?\$)?|(?:US|U\.S\.|American) dollars?|dollars?|bucks": "USD",
    r"A\$|AU\$|AUD|Australian dollars?": "AUD", r"C\$|CA\$|CAD|Canadian dollars?": "CAD",
    r"NZ\$|NZD|New Zealand dollars?": "NZD", r"HK\$|HKD|Hong Kong dollars?": "HKD", r"S\$|SGD": "SGD",
    r"NT\$|TWD": "TWD", r"R\$|BRL|reais": "BRL", r"\$": "USD", r"€|EUR|euros?": "EUR",
    r"£|GBP|pounds? sterling|(?:British )?pounds?": "GBP", r"CN¥|RMB|CNY|renminbi|(?:Chinese )?yuan": "CNY",
    r"¥|JPY|(?:Japanese )?yen": "JPY", r"₽|RUB|RUR|(?:Russian )?rou?bles?": "RUB",
    r"PKR|Pakistani rupees?": "PKR", r"₹|Rs\.?|INR|(?:Indian )?rupees?": "INR", r"CHF|Swiss francs?": "CHF",
    r"₩|KRW|(?:South Korean )?won": "KRW", r"₴|UAH|hryvni?as?": "UAH", r"₺|TRY|(?:Turkish )?liras?": "TRY",
    r"₪|ILS|NIS|shekels?": "ILS", r"SAR|(?:Saudi )?riyals?": "SAR", r"IRR|(?:Iranian )?rials?": "IRR",
    r"SEK|Swedish kron(?:a|or)": "SEK", r"NOK|Norwegian kron(?:e|er)": "NOK", r"DKK|Danish kron(?:e|er)|kroner": "DKK",
    r"PLN|zlotys?": "PLN", r"AED|(?:UAE|Emirati) dirhams?": "AED", r"JOD|Jordanian dinars?": "JOD",
    r"₦|NGN|naira": "NGN", r"ZAR|rand": "ZAR", r"EGP|Egyptian pounds?": "EGP", r"KZT|tenge": "KZT",
}  # fmt: skip
_NOUNS = {
    "deaths": r"deaths|fatalities|dead",
    "injured": r"injuries|wounded|injured",
    "troops": r"troops?|soldiers?|service ?(?:wo)?m[ae]n|marines?|peacekeepers?|guards|conscripts?|reservists?|recruits"
    r"|cadets|military personnel|personnel|airmen|sailors|paratroopers|commandos|trainees",
    "aircraft": r"aircraft|(?:fighter |war ?|combat |cargo )?(?:planes?|jets?)|warplanes?|helicopters?|drones?|UAVs?"
    r"|(?<!suicide\s)bombers?"
    r"|airliners?|F-[0-9]{1,2}s?|MiGs?|flights",
    "ships": r"ships?|warships?|vessels?|submarines?|frigates?|destroyers?|boats?|tankers|aircraft carriers?|trawlers",
    "weapons": r"missiles?|rockets?|warheads?|tanks?|shells?|bombs?|rifles|guns|howitzers?|mortars?|launchers?"
    r"|torpedoes|armou?red vehicles|nuclear weapons|weapons|mines|interceptors",
    "people": r"people|persons?|civilians?|refugees?|migrants?|m[ae]n|wom[ae]n|children|child|girls?|boys?|citizens?"
    r"|nationals|security forces"
    r"|diplomats?|officials?|officers?|policem[ae]n|police|militants?|rebels?|fighters?|insurgents?|gunm[ae]n|terrorists?"
    r"|demonstrators?|protesters?|protestors?|activists?|journalists?|workers?|passengers?|prisoners?|hostages?|detainees?"
    r"|villagers?|residents?|families|victims?|students?|worshippers?|farmers?|members|others|casualties|pilgrims"
    r"|(?:Pakistani|Palestinian|Israeli|American|Russian|Ukrainian|Afghan|Iraqi|Syrian|Indian|Iranian|Turk|Kurd|Saudi|Yemeni)"
    r"(?:s|(?=\s(?:was|were|has|have|had|and|or|who|in|on|by|is|are)\b|[,.;]|$))"
    r"|suspects?|attackers?|bombers|inmates|lawmakers|homes",
    "percent": r"per ?cent|pct|percentage points?|%",
}  # fmt: skip
_PEOPLE = frozenset({"people", "troops"})
_NUMBER_WORD = "|".join([*_TENS, *sorted(_ONES, key=len, reverse=True)])
_SCALE = r"hundred|thousand|lakh|crore|million|billion|trillion|dozen|bln|mln|trln|bn|mn|tn|m|b|k"
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,4})?|[0-9]{1,15}(?:\.[0-9]{1,4})?"
_NUMBER = (
    rf"(?:(?:{_DIGITS})(?:[\s-]?(?:{_SCALE})\b)?(?:\s(?:million|billion)\b)?"
    rf"|{'|'.join(_PLURALS)}|half\sa\s(?:dozen|million|billion)"
    rf"|(?:a|an|(?:{_NUMBER_WORD})(?:[\s-](?:{_NUMBER_WORD}))?)[\s-](?:{_SCALE[:-6]})\b(?:\s(?:thousand|million|billion)\b)?"
    rf"|a\scouple(?:\sof)?|(?:{_NUMBER_WORD})(?:-(?:{_NUMBER_WORD}))?\b)"
)
_BOUNDS = {
    "least": r"at least|no (?:fewer|less) than|more than|over|upwards? of|in excess of|a minimum of|above",
    "most": r"at most|up to|no more than|fewer than|less than|under|as many as|as much as|a maximum of",
    "about": r"about|around|some|nearly|almost|roughly|approximately|an estimated|estimated|close to|circa|just over",
}
_BOUND = "|".join(f"(?P<{name}>{words})" for name, words in _BOUNDS.items()).replace(" ", r"\s")
_PREFIX = (
    r"(?:US ?\$|USD(?: ?\$)?|AUD|AU\$|A\$|CAD|CA\$|C\$|NZD|NZ\$|HKD|HK\$|SGD|S\$|TWD|NT\$|BRL|R\$|EUR|GBP|CNY|RMB|CN¥"
    r"|JPY|RUB|RUR|PKR|INR|Rs\.?|CHF|KRW|UAH|TRY|ILS|NIS|SAR|IRR|SEK|NOK|DKK|PLN|AED|JOD|NGN|ZAR|EGP|KZT|[$€£¥₽₹₩₴₺₪₦])"
)
_SCAN = re.compile(
    rf"(?<![\w.,/:$€£-])(?<![0-9][.,]\s)(?:(?:{_BOUND})\s)?(?:between\s)?(?P<sign>{_PREFIX}\s?)?(?P<low>{_NUMBER})"
    rf"(?:(?:\s?[-–]\s?|\sto\s|\sand\s)(?:{_PREFIX}\s?)?(?P<high>{_NUMBER}))?(?![0-9/:]|[.,]\s?[0-9]{{3}}(?![0-9])|\.\s?[0-9])",
    re.I,
)
_WORDS = r"(?:[\s-](?!(?:and|or|to|who|that|in|on|at|by|from|was|were|has|had|for)\b)[\w’'.-]{1,20}){0,4}?"
_HEAD = {
    kind: re.compile(rf"(?:\sof)?{_WORDS}[\s-]?(?<![a-z])(?:{words})(?![\w-])", re.I) for kind, words in _NOUNS.items()
}
_STATES = {
    "deaths": r"killed|kills?|killing|dead|died|dies|slain|murdered|massacred|executed|beheaded|martyred|assassinated"
    r"|perished|lost their lives",
    "injured": r"wounded|wounds?|wounding|injured|injures?|injuring|hurt|maimed|hospitali[sz]ed",
    "detained": r"detained|detains?|detaining|arrested|arrests?|arresting|captured|captures?|jailed|imprisoned"
    r"|rounded up|taken prisoner|held",
}
_STANDS_ALONE = (  # after `killed`: no object follows, so the verb is passive
    r"(?=\s{0,2}(?:$|[,.;:)'\"”’]|(?:in|by|when|during|at|on|as|after|and|or|since|near|while|from|over|last|this|yesterday"
    r"|today|overnight|with|across|to|for|before|inside|outside|along|following|amid|because|so|[a-z]{3,6}day)\b))"
)
_DONE = "|".join(
    f"(?P<{kind}>{'|'.join(w for w in words.split('|') if not re.search('ing|kills|wounds|injures|s[?]', w))})"
    for kind, words in _STATES.items()
)
_AFTER = re.compile(rf"(?:\s(?!and\b|while\b|but\b)[\w’'-]{{1,25}}){{0,6}}?\s(?:{_DONE})\b{_STANDS_ALONE}", re.I)
_RIGHT_AFTER = re.compile(
    rf"(?:\s(?:more|others|were|was|been|being|have|has|had|are|is|reported|reportedly|confirmed|feared|also)){{0,4}}"
    rf"\s(?:{_DONE})\b{_STANDS_ALONE}",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _STATES.items())
    + r"|(?P<toll>death toll(?: (?:of|at|to|is|was|stands at|rose to|has risen to|rises to|climbed to|reached))?"
    r"|(?:deaths?|killings?|massacre|murders?|execution) of|claimed(?: the lives of)?|left)"
    r"|(?P<arrest>arrests? of|detention of|capture of))(?: (?:and|or) [a-z]{3,12})?,?"
    r"(?: (?:another|a further|all|the))?\s?$",
    re.I,
)  # fmt: skip
_KILLED_WORD = re.compile(r"\b(?:dead|lives|killed|deaths?)\b", re.I)
_CLAUSE = re.compile(r";|:\s|\.\s|\s(?:while|whereas|but|although)\s", re.I)
_PER = re.compile(r"(?:an?|per|each|every)\s(year|month|day|annum)\b|\b(annual|yearly|monthly|daily)", re.I)
_TIME = re.compile(
    r"[\s-]{1,3}(?P<unit>day|week|month|year)s?(?P<old>[\s-]{1,3}(?:old|ago|later|earlier|from|before|after|since))?\b",
    re.I,
)
_LENGTH = re.compile(r"[\s-]?(?P<unit>km|kilomet(?:er|re)s?|miles?)\b", re.I)
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s$|\b(?:No|Nos|number|section|article|chapter|page"
    r"|resolution|aged?|the|room|flight|channel|phase|group|top)\.?\s$",
    re.I,
)
_ISO = [(re.compile(rf"(?:{words})(?![a-z])", re.I), code) for words, code in _CURRENCIES.items()]


class _Number(NamedTuple):
    """A number as scanned, with where its words begin and end."""

    start: int
    end: int
    values: tuple[float, ...]
    bound: str | None
    sign: str
    bare: bool  # plain digits without a comma, a point or a scale: may be a year


def _value(words: str) -> tuple[float, str | None]:
    """What the words count, and the bound that they carry themselves (`dozens`)."""
    words = " ".join(words.lower().split())
    if words in _PLURALS:
        return _PLURALS[words]
    total, current = 0.0, 0.0
    for word in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+", words):
        if word[0].isdigit():
            current = float(word.replace(",", ""))
        elif word in _SCALES:
            current = (current or 1.0) * _SCALES[word]
        else:
            current += {"a": 0, "an": 0, "half": 0.5, "couple": 2, "of": 0}.get(
                word, _ONES.get(word, _TENS.get(word, 0))
            )
    return total + current, "about" if "couple" in words else None


def _scanned(text: str) -> list[_Number]:
    numbers = []
    for match in _SCAN.finditer(text):
        values = [_value(match["low"])]
        if match["high"]:
            high = _value(match["high"])
            scale = re.search(rf"(?:{_SCALE})$", match["high"], re.I)
            if scale and values[0][0] < 1000 <= high[0] and not re.search(r"[a-z]", match["low"], re.I):
                values[0] = (values[0][0] * _SCALES[scale[0].lower()], None)
            values.append(high)
        bound = next((name for name in _BOUNDS if match[name]), values[0][1])
        bare = bool(re.fullmatch(r"(?:1[5-9]|20)[0-9]{2}", match["low"]))
        sign = (match["sign"] or "").strip()
        numbers.append(_Number(match.start(), match.end(), tuple(v for v, _ in values), bound, sign, bare))
    return numbers


def _clause(text: str, number: _Number) -> tuple[int, int]:
    """Where the clause of a number begins and ends."""
    start, end = 0, len(text)
    low, high = max(0, number.start - 300), min(len(text), number.end + 300)
    for match in _CLAUSE.finditer(text, low, high):
        if match.end() <= number.start:
            start = match.end()
        elif match.start() >= number.end:
            return start, match.start()
    return max(start, low), min(end, high)


def _currency(text: str, number: _Number) -> tuple[str, int] | None:
    """ISO 4217 code of a sum and where its words end; a sign before the number, or a word after it."""
    tail = re.compile(r"\s?(?=\S)").match(text, number.end)
    for pattern, code in _ISO:
        after = pattern.match(text, tail.end()) if tail else None
        if number.sign:
            if pattern.fullmatch(number.sign):
                return code, after.end() if after and after[0].isalpha() else number.end
        elif after:
            return code, after.end()
    return None


def _per(text: str, number: _Number, *, end: int) -> str | None:
    after = _PER.search(text, end, min(len(text), end + 40))
    if after and not re.search(r"[0-9;,]", text[end : after.start()]):
        word = (after[1] or after[2]).lower()
    else:
        before = re.search(
            r"\b(annual|yearly|monthly|daily)\b[^0-9,;]{0,30}$", text[max(0, number.start - 45) : number.start], re.I
        )
        if before is None:
            return None
        word = before[1].lower()
    return {
        "year": "year",
        "annum": "year",
        "annual": "year",
        "yearly": "year",
        "month": "month",
        "monthly": "month",
    }.get(word, "day")


def _noun(text: str, number: _Number) -> tuple[str, int] | None:
    """The kind of what is counted, by the first head noun after the number, and where it ends."""
    window = text[number.end : number.end + 90]
    heads = [(m.end(), kind) for kind, head in _HEAD.items() if (m := head.match(window))]
    if not heads:
        return None
    end, kind = min(heads)
    return kind, number.end + end


def _state(text: str, number: _Number, *, end: int, limit: int) -> str | None:
    """Killed, injured or detained: said right before the number, else after it in the same clause."""
    start, stop = _clause(text, number)
    before = _BEFORE.search(text[max(start, number.start - 60) : number.start])
    if before:
        if before["toll"]:
            left = before["toll"].lower().startswith(("left", "claimed"))
            return "deaths" if not left or _KILLED_WORD.search(text, number.end, min(stop, number.end + 40)) else None
        return next((kind for kind in _STATES if before[kind]), "detained")
    after = (_AFTER if end > number.end else _RIGHT_AFTER).match(text, end, stop)
    return next((kind for kind in _STATES if after[kind]), None) if after and after.end() <= limit else None


def _measured(text: str, number: _Number, *, limit: int) -> tuple[str, int, str | None, str | None] | None:
    """Kind, end, unit and rate of a number; None when nothing says of what it is the size."""
    if money := _currency(text, number):
        return "money", money[1], money[0], _per(text, number, end=money[1])
    if length := _LENGTH.match(text, number.end):
        return "distance", length.end(), "km" if length["unit"].lower().startswith("k") else "mi", None
    if time := _TIME.match(text, number.end):
        told = (
            time["old"]
            or number.bare
            or text[: number.start].rstrip().endswith(("aged", "last", "past", "in", "within"))
        )
        return None if told else ("duration", time.end(), time["unit"].lower(), None)
    noun = _noun(text, number)
    if noun and noun[0] not in _PEOPLE and noun[0] not in _STATES:
        return noun[0], noun[1], None, _per(text, number, end=noun[1])
    named = _MONTH.search(text, max(0, number.start - 14), number.start)
    if (named and not (noun and named[0].lower().strip() == "the")) or (number.bare and not noun):
        return None
    end = noun[1] if noun else number.end
    kind = noun[0] if noun and noun[0] in _STATES else _state(text, number, end=end, limit=limit)
    if kind == "deaths" and not noun and re.match(r"[\s-][A-Za-z]+", text[number.end :]) is None and number.bare:
        return None
    return (kind or noun[0], end, None, None) if noun else (kind, end, None, None) if kind else None


def find(text: str) -> list[Found]:
    """The sizes that a sentence gives, in order, with offsets; a range gives its two ends, bound least and most.

    Example:
        >>> [(m.kind, m.value) for _, _, m in find("The attack killed at least 24 soldiers.")]
        [('deaths', 24.0)]
    """
    numbers = _scanned(text)
    found: list[Found] = []
    for i, number in enumerate(numbers):
        limit = numbers[i + 1].start if i + 1 < len(numbers) else len(text)
        measured = _measured(text, number, limit=min(limit, number.end + 250))
        if measured is None:
            continue
        kind, end, unit, per = measured
        bounds = ("least", "most") if len(number.values) == 2 else (number.bound,)
        if re.match(r"\sor\smore\b", text[number.end : number.end + 9]):
            bounds = ("least",)
        for value, bound in zip(number.values, bounds, strict=False):
            words = text[number.start : end]
            found.append(
                (number.start, end, Magnitude(kind=kind, value=value, unit=unit, per=per, bound=bound, text=words))
            )
    return found
