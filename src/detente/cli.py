"""The command line: words in, data on stdout, progress and complaints on stderr.

Exit code 0 is done, 1 is done with something dropped and reported, 2 is wrong input with one line that says what to do.
Heavy parts are imported by the verb that needs them, so that `--help` is quick.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from detente import __version__
from detente.errors import DetenteError, InputError

if TYPE_CHECKING:
    from detente.pipeline import Taken
    from detente.read.articles import Rejected
    from detente.records import Dossier

Format = Literal["text", "html", "json", "md"]
TableFormat = Literal["text", "json", "csv", "parquet"]
Output = Annotated[Path | None, Parameter(help="Write here instead of stdout.")]
StoreUrl = Annotated[str | None, Parameter(name="--store", help="Path or URL of the store; default: DETENTE_STORE.")]
Day = Annotated[str | None, Parameter(help="A date, YYYY-MM-DD: only what was known then.")]
Model = Annotated[str, Parameter(help="`english`, or the name of an installed spaCy pipeline.")]
Source = Annotated[str, Parameter(allow_leading_hyphen=True, help="A file, or - for standard input.")]
Outlets = Annotated[
    list[Path] | None, Parameter(name="--outlets", help="Your own outlet file, put before the register.")
]

app = App(name="detente", help="Divorce or cooling? Reads the news about two states and answers with evidence.",
          version=__version__)  # fmt: skip
actors_app = App(name="actors", help="Who is meant by a phrase.")
dates_app = App(name="dates", help="Which day is meant by a phrase.")
store_app = App(name="store", help="Looks after the store.")
for _sub in (actors_app, dates_app, store_app):
    app.command(_sub)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _day(text: str | None, *, what: str) -> dt.date | None:
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


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"output: got {output} ({error.strerror}), wanted a file that can be written") from error


def _paths(outlets: list[Path] | None) -> tuple[str, ...]:
    return tuple(str(p.resolve()) for p in outlets or ())


# -- reading and coding -------------------------------------------------------------------------------------------


@app.command
def read(
    *sources: Source,
    published: Day = None,
    outlet: str | None = None,
    store: StoreUrl = None,
    model: Model = "english",
    outlets: Outlets = None,
) -> int:
    """Read articles (files, folders, URLs, `-`) into the store and code them."""
    from detente import pipeline

    if not sources:
        raise InputError("read: got nothing to read, wanted files, folders, addresses or - for standard input")
    day = _day(published, what="--published")
    stdin = sys.stdin.buffer if "-" in sources else None
    with pipeline.open_store(store) as opened:
        maker = pipeline.coder(model=model, outlets=_paths(outlets))
        items = pipeline.read(sources, maker, opened, now=_now(), published=day, outlet=outlet, stdin=stdin)
        return _count(_shown(items))


def _shown(items: Iterable[Taken | Rejected]) -> Iterable[Taken | Rejected]:
    """Passes items on with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    return track(items, description="reading", console=Console(stderr=True), disable=not sys.stderr.isatty())


def _count(items: Iterable[Taken | Rejected]) -> int:
    from detente.pipeline import Taken

    articles = known = claims = refused = 0
    for item in items:
        if isinstance(item, Taken):
            articles += item.new_article
            known += not item.new_article
            claims += item.new_claims
        else:
            refused += 1
            _say(str(item))
    _say(f"{articles} new articles, {known} known before, {claims} new claims, {refused} refused")
    if refused and not articles + known:
        return 2
    return 1 if refused else 0


@app.command
def code(
    source: Source,
    *,
    jsonl: bool = False,
    explain: bool = False,
    published: Day = None,
    outlet: str | None = None,
    model: Model = "english",
    outlets: Outlets = None,
) -> int:
    """Code a text, or JSON lines of texts, into claims, links and predictions; touches no store."""
    from detente import desk

    lines = desk.Desk(model=model, outlets=_paths(outlets), now=_now(), explain=explain)
    if jsonl:
        text = sys.stdin.buffer.read() if source == "-" else _bytes(source)
        dropped = 0
        for answer in lines.records(text):
            dropped += answer["error"] is not None
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return 1 if dropped else 0
    stdin = sys.stdin.buffer if source == "-" else None
    found = lines.article(source, published=_day(published, what="--published"), outlet=outlet, stdin=stdin)
    _write(json.dumps(found, ensure_ascii=False, indent=2) if not explain else desk.explained(found), None)
    return 0


def _bytes(source: str) -> bytes:
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise InputError(f"file: got {source} ({error.strerror}), wanted a readable file or -") from error


# -- answers ------------------------------------------------------------------------------------------------------


@app.command
def dossier(
    a: str,
    b: str,
    /,
    *,
    as_of: Day = None,
    format: Format = "text",
    output: Output = None,
    store: StoreUrl = None,
) -> int:
    """The dossier of two states: divorce, or just a cooling?"""
    found, first = _dossier(a, b, as_of=as_of, store=store)
    _render(found, first, format=format, output=output)
    return 0


def _dossier(a: str, b: str, *, as_of: str | None, store: str | None) -> tuple[Dossier, str]:
    from detente import pipeline

    day = _day(as_of, what="--as-of")
    known = pipeline.registers()
    pair = pipeline.pair_of(a, b, known=known)
    with pipeline.open_store(store) as opened:
        return pipeline.dossier(opened, pair, known=known, as_of=day), pair[0]


def _render(found: Dossier, first: str, *, format: Format, output: Path | None) -> None:
    from detente import pipeline
    from detente.dossier import document, markdown, page, terminal

    names = {code: state.name for code, state in pipeline.registers().states.items()}
    if format == "json":
        _write(json.dumps(document.document(found), ensure_ascii=False, indent=2), output)
    elif format == "html":
        _write(page.page(found, lead=first, names=names), output)
    elif format == "md":
        _write(markdown.markdown(found, lead=first, names=names), output)
    else:
        from io import StringIO

        from rich.console import Console

        shown = terminal.terminal(found, lead=first, names=names)
        if output is None:
            Console().print(shown)
        else:
            text = StringIO()
            Console(file=text, width=100).print(shown)
            _write(text.getvalue(), output)


def _table(
    a: str, b: str, kind: str, *, as_of: str | None, store: str | None, format: TableFormat, output: Path | None
) -> int:
    from detente.dossier import document
    from detente.exchange.tables import write_table

    found, _ = _dossier(a, b, as_of=as_of, store=store)
    rows: Any = document.document(found)[kind]
    write_table(rows, format=format, output=output)
    return 0


def _listing(kind: str, summary: str) -> Callable[..., int]:
    def listing(
        a: str,
        b: str,
        /,
        *,
        as_of: Day = None,
        format: TableFormat = "text",
        output: Output = None,
        store: StoreUrl = None,
    ) -> int:
        return _table(a, b, kind, as_of=as_of, store=store, format=format, output=output)

    listing.__doc__ = summary
    return listing


app.command(_listing("events", "What happened between two states, as a table."), name="events")
app.command(_listing("ties", "Which ties hold between two states, as a table."), name="ties")
app.command(_listing("predictions", "What was foretold of two states, as a table."), name="predictions")
app.command(_listing("contested", "What one says and the other denies, as a table."), name="contested")


@app.command
def demo(
    *,
    open: bool = True,
    output: Output = None,
    as_of: Day = None,
    store: StoreUrl = None,
) -> int:
    """Read the bundled chronicle into a store of its own, and show the dossier of the United States and Pakistan."""
    import tempfile

    from detente import pipeline

    day = _day(as_of, what="--as-of") or dt.date(2011, 12, 31)
    folder = Path(tempfile.mkdtemp(prefix="detente-demo-"))
    with pipeline.open_store(store or folder / "chronicle.db") as opened:
        maker = pipeline.coder()
        now = _now()
        taken = (pipeline.take(article, maker, opened, now=now) for article in pipeline.sample(now=now))
        _count(_shown(taken))
        known = pipeline.registers()
        found = pipeline.dossier(opened, ("USA", "PAK"), known=known, as_of=day)
    _render(found, "USA", format="text", output=None)
    target = output or folder / "dossier.html"
    _render(found, "USA", format="html", output=target)
    sys.stdout.write(f"{target}\n")
    if open:
        webbrowser.open(target.resolve().as_uri())
    return 0


# -- single phrases -----------------------------------------------------------------------------------------------


@actors_app.command(name="resolve")
def actors_resolve(source: Source, *, jsonl: bool = False, model: Model = "english") -> int:
    """Say who a phrase stands for: JSON lines of id and text in, code, sectors and name out."""
    from detente import desk

    del jsonl  # the only form there is; the option keeps scripts plain
    return _lines(source, desk.actor_answers(model=model))


@dates_app.command(name="resolve")
def dates_resolve(source: Source, *, jsonl: bool = False) -> int:
    """Say which day a phrase stands for: JSON lines of id, text and published in, date, end and precision out."""
    from detente import desk

    del jsonl
    return _lines(source, desk.date_answers())


def _lines(source: str, answers: Callable[[bytes], Iterable[dict[str, Any]]]) -> int:
    text = sys.stdin.buffer.read() if source == "-" else _bytes(source)
    dropped = 0
    for answer in answers(text):
        dropped += "error" in answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if dropped else 0


# -- the store ----------------------------------------------------------------------------------------------------


@store_app.command(name="show")
def store_show(*, store: StoreUrl = None, as_of: Day = None) -> int:
    """Count what the store holds, and name the pairs it knows most of."""
    from dataclasses import asdict

    from detente import pipeline

    with pipeline.open_store(store, read_only=True) as opened:
        day = _day(as_of, what="--as-of")
        pairs = [{"dyad": list(pair), "claims": n} for pair, n in opened.dyads(day)[:20]]
        _write(json.dumps({"store": opened.where, **asdict(opened.counts(day)), "dyads": pairs}, indent=2), None)
    return 0


@store_app.command(name="verify")
def store_verify(*, store: StoreUrl = None) -> int:
    """Check that the store is whole."""
    from detente import pipeline

    with pipeline.open_store(store, read_only=True) as opened:
        faults = opened.verify()
    for fault in faults:
        _say(fault)
    _say("the store is whole" if not faults else f"{len(faults)} faults: restore a backup")
    return 2 if faults else 0


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; the exit code says how it went."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        result = app(arguments, exit_on_error=False, print_error=True, result_action="return_value")
        sys.stdout.flush()
    except DetenteError as error:
        _say(f"detente: {error}")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        _say("detente: stopped")
        return 130
    except Exception as error:
        if type(error).__module__.startswith("cyclopts"):
            return 2
        logging.getLogger(__name__).exception("a fault of the program, please report it")
        return 2
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
