"""An article comes in, its sentences with exact offsets go out: `article.text[s.start:s.end] == s.text`.

Rules, no model: a full stop is judged by the word before and the word after it, both of bounded length, so that the
time is linear in the text whatever it looks like. Newlines end a sentence unless the lines were wrapped by a machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from detente.read.abbreviations import BEFORE_NUMBER, MAYBE_LAST, NEVER_LAST, SPEAKING, STARTERS
from detente.records import Article, Sentence

MAX_SENTENCE = 2000  # characters; an encoder reads 512 pieces, and no writer needs more
WINDOW = 48  # how far a decision looks back and ahead; longer words are not abbreviations

CLOSERS = "\"'”’»›)]}"
OPENERS = "\"'“‘„«‹([{"
QUOTES_OPENING = "\"'“‘„«‹"
QUOTES_CLOSING = "\"'”’»"

_STOP = re.compile(
    rf"(?P<mark>[.!?…]+)(?P<close>[{re.escape(CLOSERS)}]*(?:[^\S\n]?\[\d{{1,3}}\])*)(?=\s)"
    rf"|(?P<wide>[。！？]+[」』”’]*)"
    rf"|(?<=[a-z]{{3}})(?P<glued>[.!?]+[”’\"]?)(?=[A-Z“])"
    rf"|(?P<bullet>(?<=\s)(?=[•▪●‣]\s))"
)
_WORD_BEFORE = re.compile(r"[\w.&'’/@-]+$")
_WORD_AFTER = re.compile(r"[^\W\d_][\w'’-]*")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})$")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]$")
_SAYS = re.compile(rf"(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:{SPEAKING})\b")
_NAME_IN_LOWER_CASE = re.compile(r"(?:al|el|an|as)-[A-Z]|[ie][A-Z]")
_PLACE_AND_DAY = re.compile(
    r"[A-Z][\w.’'-]*,?(?: (?:[A-Z][\w.’'-]*,?|\d{1,2}(?:st|nd|rd|th)?[,.]?|\([^()\n]{2,40}\)\.?)){0,7}"
)
_CLAUSE_END = re.compile(r"[;:,—–]\s")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


def split(article: Article) -> tuple[Sentence, ...]:
    """The sentences of `article`, in order, not overlapping, covering everything but space.

    Example:
        >>> import datetime as dt
        >>> article = Article(text="He left the U.S. The army stayed.", retrieved=dt.datetime.now(dt.UTC))
        >>> [s.text for s in split(article)]
        ['He left the U.S.', 'The army stayed.']
    """
    text = article.text
    return tuple(
        Sentence(article_id=article.id, sequence=i, start=start, end=end, text=text[start:end], paragraph=paragraph)
        for i, (start, end, paragraph) in enumerate(spans(text))
    )


def spans(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, paragraph) of every sentence in `text`, as half-open offsets."""
    for paragraph, (start, end) in enumerate(paragraphs(text)):
        for left, right in _within(text, start, end):
            for piece in _capped(text, left, right):
                yield (*piece, paragraph)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Trimmed spans between blank lines, and between lines that no machine has wrapped."""
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs of one block without blank lines."""
    lines = []
    position = start
    for line in text[start:end].split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    wrapped = _is_wrapped([text[a:b].strip() for a, b in lines])
    begin: int | None = None
    for i, (a, b) in enumerate(lines):
        if begin is None:
            begin = a
        last = i + 1 == len(lines)
        if last or not (wrapped or _runs_on(text[a:b], text[slice(*lines[i + 1])])):
            trimmed = _trim(text, begin, b)
            if trimmed:
                yield trimmed
            begin = None


def _runs_on(line: str, following: str) -> bool:
    """True where a sentence goes on in the next line: no end mark, then a small letter."""
    line, following = line.rstrip(), following.lstrip()
    return bool(line) and line[-1] not in ".!?…:;" + QUOTES_CLOSING[:1] and following[:1].islower()


def _is_wrapped(lines: list[str]) -> bool:
    """True where every line is as full as the next line's first word allows: a machine broke them.

    One line must also stop in the middle of a sentence, or a list of items of like length would pass.
    """
    if len(lines) < 2:
        return False
    width = max(map(len, lines))
    if not 40 <= width <= 140:
        return False
    full = all(len(line) + 1 + len(following[:width].split(" ", 1)[0]) > width for line, following in pairwise(lines))
    return full and any(line[-1:] not in '.!?…:;”"' for line in lines[:-1])


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of one paragraph."""
    begin = start
    for match in _STOP.finditer(text, start, end):
        stop = match.end()
        if stop <= begin or not _ends(text, match, begin=begin, limit=end):
            continue
        trimmed = _trim(text, begin, stop)
        if trimmed:
            yield trimmed
        begin = stop
    trimmed = _trim(text, begin, end)
    if trimmed:
        yield trimmed


def _ends(text: str, match: re.Match[str], *, begin: int, limit: int) -> bool:
    """Whether the mark that was found ends the sentence that began at `begin`."""
    if match["wide"] or match["bullet"] is not None:
        return True
    after = text[match.end() : min(limit, match.end() + WINDOW)].lstrip()
    before = text[max(begin, match.start() - WINDOW) : match.start()]
    if match["glued"]:
        return _glued_end(before, after)
    if not after:
        return True
    if (
        after[0] in "-–—"
        and match.end() - begin < 2 * WINDOW
        and _PLACE_AND_DAY.fullmatch(text[begin : match.end()].strip())
    ):
        return False  # `HONG KONG, Friday (AAP-Reuter). - Gunboats fired`
    opened = after[0] in QUOTES_OPENING
    following = after.lstrip(OPENERS + " ")
    if not following or following[0] in ".!?…,;:":
        return False
    if following[0].islower() and not _NAME_IN_LOWER_CASE.match(following):
        return False
    mark, close = match["mark"], match["close"]
    if mark != ".":
        quoted_question = bool(close) and close[0] in QUOTES_CLOSING and mark[-1] in "!?"
        return not (quoted_question and _SAYS.match(after))
    if close:
        return opened or close != ")" or not _abbreviation(before, following, opened=False)
    if _LIST_NUMBER.match(text[begin : min(match.start(), begin + WINDOW)].lstrip()):
        return False
    return not _abbreviation(before, following, opened=opened)


def _abbreviation(before: str, following: str, *, opened: bool) -> bool:
    """Whether the full stop after `before` belongs to the word and not to the sentence."""
    found = _WORD_BEFORE.search(before)
    if not found:
        return False
    written = found[0].strip("'’-")
    word = written.lower()
    if word in BEFORE_NUMBER and following[0].isdigit():
        return True
    if word in NEVER_LAST and (len(word) > 3 or written[:1].isupper() or "." in word or word in ("vs", "ca", "cf")):
        return True
    letters = bool(_LETTERS_WITH_STOPS.match(written)) and (len(written) > 1 or written.isupper())
    if not letters and not (word in MAYBE_LAST and _looks_short(written, before)):
        return False
    if opened:
        return following[0].isdigit()
    starter = _WORD_AFTER.match(following)
    return not (starter and starter[0].replace("’", "'").lower() in STARTERS)


def _looks_short(written: str, before: str) -> bool:
    """False for whole words that happen to be spelled like an abbreviation (`am`, `mass`, `sun`, `ill`)."""
    if written.islower() and written.lower() in _ALSO_WORDS:
        return written in ("am", "pm") and bool(re.search(r"\d\s*[ap]m$", before))
    return True


_ALSO_WORDS = frozenset(
    "am pm la ga pa ma mo ill ind del mar mass miss mon sat sun ore ed co al est wash trans".split()
)


def _glued_end(before: str, after: str) -> bool:
    """A missing space after a full stop (`is over.The army`): only with a typical first word, and in no address."""
    token = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    if any(sign in token for sign in "/@:") or token.startswith("www") or token.lower() in NEVER_LAST:
        return False
    if after[0] == "“":
        return True
    word = _WORD_AFTER.match(after)
    return word is not None and word[0].lower() in STARTERS and after[word.end() : word.end() + 1] in (" ", ",")


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts what is longer than `MAX_SENTENCE` at the end of a clause, else at a space, else anywhere."""
    while end - start > MAX_SENTENCE:
        half, full = start + MAX_SENTENCE // 2, start + MAX_SENTENCE
        cut = full
        clauses = [m.end() - 1 for m in _CLAUSE_END.finditer(text, half, full)]
        if clauses:
            cut = clauses[-1]
        else:
            space = max(text.rfind(" ", half, full), text.rfind("\n", half, full))
            if space > 0:
                cut = space
        trimmed = _trim(text, start, cut)
        if trimmed:
            yield trimmed
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without space at its ends, None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
