"""What every verb shares: the application, its options, and how words come in and data goes out."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from detente import __version__
from detente.errors import InputError

Format = Literal["text", "html", "json", "md"]
TableFormat = Literal["text", "json", "csv", "parquet"]
Output = Annotated[Path | None, Parameter(help="Write here instead of stdout.")]
StoreUrl = Annotated[str | None, Parameter(name="--store", help="Path or URL of the store; default: DETENTE_STORE.")]
Day = Annotated[str | None, Parameter(help="A date, YYYY-MM-DD: only what was known then.")]
Model = Annotated[str, Parameter(help="`english`, or the name of an installed spaCy pipeline.")]
Confidence = Annotated[float, Parameter(help="Leave out claims of which the coder is less sure than this chance.")]
Source = Annotated[str, Parameter(allow_leading_hyphen=True, help="A file, or - for standard input.")]
Confirmed = Annotated[
    Literal["both", "third", "any"],
    Parameter(help="Count only events that both states say, or that a third party says."),
]
Outlets = Annotated[
    list[Path] | None, Parameter(name="--outlets", help="Your own outlet file, put before the register.")
]
Actors = Annotated[
    list[Path] | None, Parameter(name="--actors", help="Your own file of persons and groups; its rows win.")
]

app = App(name="detente", help="Divorce or cooling? Reads the news about two states and answers with evidence.",
          version=__version__)  # fmt: skip
actors_app = App(name="actors", help="Who is meant by a phrase.")
dates_app = App(name="dates", help="Which day is meant by a phrase.")
store_app = App(name="store", help="Looks after the store.")
judge_app = App(name="judge", help="Say of events whether they were read and merged rightly; every number follows.")
outlets_app = App(name="outlets", help="Who publishes: owner, country, years.")
for _sub in (actors_app, dates_app, store_app, judge_app, outlets_app):
    app.command(_sub)


def clock() -> dt.datetime:
    """The time now, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def day_of(text: str | None, *, what: str) -> dt.date | None:
    """A date given on the command line.

    Raises:
        InputError: It is not one.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{what}: got {text!r}, wanted a date such as 2011-12-05") from error


def say(line: str) -> None:
    """One line on stderr, for people."""
    print(line, file=sys.stderr)


def write(text: str, output: Path | None) -> None:
    """Data to stdout, or into a file."""
    if output is None or str(output) == "-":
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"output: got {output} ({error.strerror}), wanted a file that can be written") from error


def paths(outlets: list[Path] | None) -> tuple[str, ...]:
    """Absolute paths of the user's own register files."""
    return tuple(str(p.resolve()) for p in outlets or ())


def content(source: str) -> bytes:
    """The bytes of a file."""
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise InputError(f"file: got {source} ({error.strerror}), wanted a readable file or -") from error


def lines(source: str, answers: Callable[[bytes], Iterable[dict[str, Any]]]) -> int:
    """JSON lines in, one answer a line out; 1 where one of them is an error."""
    text = sys.stdin.buffer.read() if source == "-" else content(source)
    dropped = 0
    for answer in answers(text):
        dropped += "error" in answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if dropped else 0
