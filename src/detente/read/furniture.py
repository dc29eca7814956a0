"""A line of a page comes in, why it is no part of the article goes out: forms, links, notices, credits.

Every pattern stands for a kind of line that sites print around articles; a line must match from its first word, and a
long one is prose whatever it says.
"""

from __future__ import annotations

import re

LONGEST = 300  # characters; longer lines are prose


def _compiled(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\W*(?:" + "|".join(patterns) + ")", re.I)


_KIND = r"(?:stor(?:y|ies)|articles?|posts?|reads?|reading|news|videos?|topics?|links?|content|coverage|items)"

_FORM_START = _compiled(
    r"leave (?:a|your) (?:reply|comment)\b(?!.{40})",
    r"(?:post|add|write|submit) (?:a|your) (?:comment|reply)\b(?!.{40})",
    r"join the (?:conversation|discussion)\W*$",
    r"(?:\d+ |no |reader )?(?:comments?|responses)(?: \(\d+\))?\W*$",
    r"\d+ (?:thoughts?|comments?|replies|responses) (?:on|to)\b",
    r"(?:view|show|load)(?: all| more)? (?:\d+ )?comments\W*$",
)
_LINKS_START = _compiled(
    (
        rf"(?:related|recommended|popular|trending|latest|top|premium|subscriber[- ]only"
        rf"|must|other|recent|similar|more)(?: \w+)? {_KIND}(?:view all)?\W*$"
    ),
    rf"most (?:read|popular|viewed|shared|commented)(?: {_KIND})?\W*$",
    (
        r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|(?:read|see|up) next"
        r"|also on|more (?:from|on|in|about) [^.]{2,60}|don'?t miss|related"
        r"|further reading)\W*$"
    ),
    r"(?:tags|filed under|topics|categories)\W*$",
)
_SINGLE = (
    (
        "comment form",
        _compiled(
            r"your e-?mail address will not be",
            r"(?:all )?required fields? (?:are|is)\b",
            r"fields marked\b",
            r"\*?\s*(?:denotes|indicates) required",
            r"save my name,? e-?mail",
            r"notify me (?:of|by)",
            r"(?:name|e-?mail|website|comment)\s*\*?\s*$",
            r"(?:post comment|submit|cancel reply|reply)\W*$",
            r"you must be (?:logged in|registered) to",
            r"(?:log ?in|sign in|register) to (?:post|leave|comment|reply)",
            r"this site uses akismet",
            r"comments (?:are|have been) (?:closed|moderated|disabled|off)",
        ),
    ),
    (
        "related link",
        _compiled(
            (
                r"(?:also read|read also|read more|see also|also see|read this|related(?: \w+)?"
                r"|must read|more on this|watch(?: also| more)?|listen|explained|in pictures"
                r"|recommended)\s*(?::|\||»|>|–|—)\s*\S"
            ),
            r"(?:read|see) more\W*$",
            r"click here (?:to|for)\b",
            r"(?:continue reading|keep reading|read the full (?:story|article))\b(?!.{60})",
            r"(?:previous|next) (?:article|post|story)\b(?!.{120})",
        ),
    ),
    (
        "sharing",
        _compiled(
            (r"(?:share|tweet|pin|print|e-?mail|save|like)(?: (?:this|on|via|it|with|to|the)\b[^.]{0,60})?\W*$"),
            r"(?:share|tweet|e-?mail) (?:this|on|via)\b[^.]*$",
            r"click to (?:share|e-?mail|print)",
            r"(?:follow|like|find|join) us\b(?!.{100})",
            (
                r"(?:facebook|twitter|whatsapp|linkedin|pinterest|reddit|telegram|instagram"
                r"|youtube|e-?mail|copy link)(?:[\s,|/·]+(?:facebook|twitter|whatsapp|linkedin"
                r"|pinterest|reddit|telegram|instagram|youtube|e-?mail|print|copy link))*\W*$"
            ),
            r"follow @?[\w .]{2,40} on (?:twitter|facebook|instagram|telegram|x)\b",
        ),
    ),
    (
        "subscription",
        _compiled(
            (
                r"(?:subscribe|sign up|sign in|log in|register)(?: now| here| today)?\b(?:$"
                r"| (?:to|for|with|now|and get)\b)(?!.{160})"
            ),
            r"get (?:our|the) (?:\w+ ){0,3}(?:newsletter|app|headlines)\b",
            r"already (?:a|have an?) (?:subscriber|account|member)\b",
            r"support (?:our|independent) journalism\b",
            (r"(?:this|the) (?:article|content|story) is (?:only )?(?:available )?(?:for|to) subscribers"),
            r"(?:enter|your) e-?mail(?: address)?\W*$",
            r"newsletters?\W*$",
            r"download (?:our|the) (?:\w+ )?app\b",
        ),
    ),
    (
        "copyright",
        _compiled(
            r"(?:©|\(c\)|copyright\b(?! (?:law|act|holder|infring)))",
            r"all rights reserved\b",
            r"(?:first|originally) (?:published|appeared) (?:on|in|at|by)\b",
            (
                r"(?:this (?:article|story|piece|post) )?(?:was )?(?:first"
                r"|originally) (?:published|appeared) (?:on|in|at|by)\b"
            ),
            r"re-?published (?:with|from|under)\b",
            r"no part of this (?:article|publication|material)\b",
            r"reproduced with permission",
        ),
    ),
    (
        "advertisement",
        _compiled(
            r"(?:advertisements?|advertisement - scroll.*|sponsored(?: content| by .{1,40})?"
            r"|promoted(?: content)?|story continues below.*|article continues (?:after"
            r"|below).*|skip (?:to|ad)\b.*|(?:close|hide) ad)\W*$"
        ),
    ),
    (
        "picture credit",
        re.compile(
            (
                r"\W*(?:(?:file )?(?:photo(?:graph)?s?|image|picture|pic|video|illustration"
                r"|graphic|credit)s?(?: (?:credit|by|courtesy|source)s?(?: of)?)?\s*[:/|]\s*\S"
                r"|(?:file )?photo\W*$)"
            ),
            re.I,
        ),
    ),
    (
        "credit",
        _compiled(
            r"\((?:with |additional )?(?:inputs?|reporting|writing|editing|compiled|translat\w+|graphics?)\b.*\)\W*$",
            r"(?:additional )?(?:reporting|writing|editing|written|compiled|translation|translated) by [^.]{2,150}$",
            r"(?:this|the) (?:article|story|report) was (?:written|compiled|produced|translated|edited) by",
            r"with (?:inputs?|reporting) from",
        ),
    ),
    (
        "disclaimer",
        _compiled(
            (
                r"(?:the )?(?:views?|opinions?) (?:and (?:views?"
                r"|opinions?) )?expressed\b(?=.*\b(?:author|own|reflect|not necessarily))"
            ),
            r"disclaimer\s*:",
            r"(?:this|the) (?:website|site) uses cookies",
            r"we use cookies\b",
        ),
    ),
    (
        "note about the author",
        re.compile(
            (
                r"\W*(?:the (?:writer|author|columnist)s? (?:is|was|are|can be|may be|teaches"
                r"|works)\b|about the (?:author|writer)s?\W*$)"
            ),
            re.I,
        ),
    ),
    (
        "navigation",
        _compiled(
            r"(?:home|menu|search|skip to (?:main )?content|back to top|privacy policy"
            r"|terms (?:of (?:use|service)|and conditions)|contact us|about us"
            r"|advertise with us)(?:\s*[|»>/·]\s*.*)?\W*$"
        ),
    ),
)


def starts_form(line: str) -> bool:
    """Whether comments or the form for them begin here."""
    return len(line) <= LONGEST and bool(_FORM_START.match(line))


def starts_links(line: str) -> bool:
    """Whether a list of links to other articles begins here."""
    return len(line) <= LONGEST and bool(_LINKS_START.match(line))


def reason_to_drop(line: str) -> str | None:
    """Why `line` is no part of an article, None where it may be one.

    Example:
        >>> reason_to_drop("Your email address will not be published. Required fields are marked *")
        'comment form'
    """
    if len(line) > LONGEST:
        return None
    return next((reason for reason, pattern in _SINGLE if pattern.match(line)), None)
