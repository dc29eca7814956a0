"""Bytes come in, text goes out: byte order mark, then UTF-8, then what the page declares, then a guess.

What is not text at all (a picture, a PDF, an archive) is refused with a line that says what it looks like.
"""

from __future__ import annotations

import codecs
import logging
import re

import charset_normalizer

from detente.errors import ArticleError, InputError

logger = logging.getLogger(__name__)

SAMPLE = 65_536  # bytes looked at to tell text from binary and to guess an encoding

_MAGIC = (
    (b"%PDF", "a PDF document"), (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"SQLite format 3", "an SQLite database"), (b"PAR1", "a Parquet table"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a rich-text document"),
)  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\v") + b"\x7f"


def decode(raw: bytes, *, encoding: str | None = None, declared: str | None = None) -> str:
    r"""The text in `raw`.

    Args:
        raw: A whole file.
        encoding: Taken as it is when given, whatever the bytes look like.
        declared: What a server said; believed only after UTF-8 has failed.

    Raises:
        ArticleError: Nothing is in it, it is not text, or it is not in `encoding`.
        InputError: No such encoding is known.

    Example:
        >>> decode(b"caf\xe9")
        'café'
    """
    if not raw.strip():
        raise ArticleError("got an empty file, wanted a text, an HTML page or JSON lines")
    if encoding is not None:
        return _decode_as(raw, encoding)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, errors="replace").lstrip("\ufeff")
    wide = _wide(raw[:SAMPLE])
    if wide:
        return raw.decode(wide, errors="replace")
    _refuse_binary(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(raw, declared=declared)


def _decode_as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding).lstrip("\ufeff")
    except LookupError:
        raise InputError(f"got encoding {encoding!r}, wanted a known one such as utf-8 or cp1252") from None
    except UnicodeDecodeError as error:
        raise ArticleError(f"byte {error.start} is not {encoding}; leave the encoding out to have it found") from None


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Latin text is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _refuse_binary(raw: bytes) -> None:
    for magic, what in _MAGIC:
        if raw.startswith(magic) and (magic != b"MZ" or b"\0" in raw[:SAMPLE]):
            raise ArticleError(f"got {what}, wanted a text, an HTML page or JSON lines; convert it first")
    sample = raw[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in sample or controls > 0.02 * len(sample):
        raise ArticleError("got a binary file, wanted a text, an HTML page or JSON lines")


def _guess(raw: bytes, *, declared: str | None) -> str:
    """Not UTF-8: nearly so, as declared, Western European, as the statistics say, in this order."""
    loose = raw.decode("utf-8", errors="replace")
    broken = loose.count("\ufffd")
    wide_characters = sum(1 for char in loose[:SAMPLE] if ord(char) > 127 and char != "\ufffd")
    if wide_characters > 10 * loose[:SAMPLE].count("\ufffd"):
        logger.warning("%d bytes are not UTF-8 and were replaced by U+FFFD", broken)
        return loose
    sample = raw[:SAMPLE]
    found = _DECLARED.search(sample)
    names = [declared, (found[1] or found[2]).decode("ascii") if found else None]
    high = sum(byte > 127 for byte in sample)
    if high <= max(2, 0.1 * len(sample)):
        names.append("cp1252")  # few accents: letters of a Western text; a guess from so little would be worse
    for name in names:
        text = _try(raw, name)
        if text is not None:
            return text
    best = charset_normalizer.from_bytes(sample).best()
    text = _try(raw, best.encoding) if best else None
    if text is None and high > 0.3 * len(sample):
        raise ArticleError("got bytes in no known encoding, wanted text; name the encoding or convert it to UTF-8")
    return text if text is not None else _try(raw, "cp1252") or raw.decode("latin-1")


def _try(raw: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
