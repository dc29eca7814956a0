"""A paragraph below a body comes in, the outlet that it describes goes out.

`VOR, or the Voice of Russia, was the Russian government's international radio broadcasting service ...` says who
published the page. Only a paragraph whose predicate is itself a publisher counts: `X is a newspaper editor` does not.
"""

from __future__ import annotations

import re

LONGEST = 1200  # characters of a note

_WORD = r"[\w.'’&/+-]+"
_KINDS = (
    r"(?:news ?papers?|news agency|newswire"
    r"|(?:wire|news|press|broadcast(?:ing)?|radio|television|media|information|reporting) (?:service|agency|site"
    r"|website|outlet|organi[sz]ation|channel|network|station|portal|platform|company|group|corporation)"
    r"|broadcaster|broadsheet|tabloid|radio|television|magazine|daily|weekly|monthly|quarterly|journal|periodical"
    r"|publication|publisher|think[ -]tank|web ?site|news ?letter|blog|newsroom|outlet|podcast|channel|station|media)"
)
_SUBJECT = rf"(?P<subject>(?:(?:The|A|About)\s+)?[A-Z0-9]{_WORD}(?:[ ,(\"“]+(?:{_WORD}|\()[)\"”]?){{0,14}}?)"
_PREDICATE = rf"\s+(?:is|was)\s+(?:an?|the|one of|[A-Z][\w.-]*['’]s?)\s+(?:[\w'’.,&-]+\s+){{0,12}}?{_KINDS}"
_AFTER = (
    r"(?:\s+(?:service|company|network|group|organi[sz]ation|channel|station|agency|programme|program|site))?"
    r"(?=\s*(?:[.,;:(–—]|$)|\s+(?:that|which|who|until|since|between|during|under|from|in|of|for|on|at|by|to|with|and"
    r"|based|founded|established|owned|run|published|headquartered|covering|dedicated|operated|funded|launched"
    r"|providing|serving|about)\b)"
)
_NOTE = re.compile(rf"\W*{_SUBJECT},?{_PREDICATE}{_AFTER}")
_ALIAS = re.compile(r"\s*(?:,\s*(?:or|also known as|known as|formerly|abbreviated)\s+|\s+or\s+|\s*\(|\s*,\s*|\)\s*)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")


_NO_NAME = frozenset("This That It He She We They I There Here These Those In On At His Her Its Our".split())
_SMALL = frozenset("of the and for de la le el al du des di da und in on & a".split())


def _in_a_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in _SMALL


def describes_outlet(paragraph: str) -> str | None:
    """The outlet that `paragraph` is a note about, None where it is no such note.

    Of several names the fullest is taken: `VOR, or the Voice of Russia` is `Voice of Russia`.

    Example:
        >>> describes_outlet("The Daily Wind (TDW) is an independent newspaper founded in 1990.")
        'The Daily Wind'
    """
    text = " ".join(paragraph.split())
    if len(text) > LONGEST:
        return None
    found = _NOTE.match(text[:500])
    if not found or found["subject"].split()[0] in _NO_NAME:
        return None
    subject = re.sub(r"^(?:About)\s+", "", found["subject"])
    names = [_ARTICLE.sub("", name.strip(' ,()"“”')) for name in _ALIAS.split(subject)]
    names = [name for name in names if name and all(map(_in_a_name, name.split()))]
    if not names:
        return None
    return max(names, key=lambda name: len(name.split()))
