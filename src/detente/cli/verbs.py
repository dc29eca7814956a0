"""The verbs that read, code and answer; heavy parts are imported by the verb that needs them: `--help` is quick."""

from __future__ import annotations

import datetime as dt
import json
import sys
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.cli.options import (
    Actors,
    Confidence,
    Confirmed,
    Day,
    Format,
    Model,
    Outlets,
    Output,
    Source,
    StoreUrl,
    TableFormat,
    actors_app,
    app,
    clock,
    content,
    dates_app,
    day_of,
    lines,
    paths,
    say,
    store_app,
    write,
)  # fmt: skip
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.pipeline import Taken
    from detente.read.articles import Rejected
    from detente.records import Dossier

# -- reading and coding -------------------------------------------------------------------------------------------


@app.command
def read(
    *sources: Source,
    published: Day = None,
    outlet: str | None = None,
    store: StoreUrl = None,
    model: Model = "english",
    outlets: Outlets = None,
    actors: Actors = None,
) -> int:
    """Read articles (files, folders, URLs, `-`) into the store and code them."""
    from detente import pipeline

    if not sources:
        raise InputError("read: got nothing to read, wanted files, folders, addresses or - for standard input")
    day = day_of(published, what="--published")
    stdin = sys.stdin.buffer if "-" in sources else None
    with pipeline.open_store(store) as opened:
        maker = pipeline.coder(model=model, outlets=paths(outlets), actors=paths(actors))
        items = pipeline.read(sources, maker, opened, now=clock(), published=day, outlet=outlet, stdin=stdin)
        return counted(shown(items))


def shown(items: Iterable[Taken | Rejected]) -> Iterable[Taken | Rejected]:
    """Passes items on with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    return track(items, description="reading", console=Console(stderr=True), disable=not sys.stderr.isatty())


def counted(items: Iterable[Taken | Rejected]) -> int:
    """Counts what was taken and says it on stderr; the exit code."""
    from detente.pipeline import Taken

    articles = known = claims = refused = 0
    for item in items:
        if isinstance(item, Taken):
            articles += item.new_article
            known += not item.new_article
            claims += item.new_claims
        else:
            refused += 1
            say(str(item))
    say(f"{articles} new articles, {known} known before, {claims} new claims, {refused} refused")
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
    actors: Actors = None,
    min_confidence: Confidence = 0.0,
) -> int:
    """Code a text, or JSON lines of texts, into claims, links and predictions; touches no store."""
    from detente import desk

    lines = desk.Desk(model=model, outlets=paths(outlets), actors=paths(actors), now=clock(), explain=explain,
                      least=min_confidence)  # fmt: skip
    if jsonl:
        text = sys.stdin.buffer.read() if source == "-" else content(source)
        dropped = 0
        for answer in lines.records(text):
            dropped += answer["error"] is not None
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return 1 if dropped else 0
    stdin = sys.stdin.buffer if source == "-" else None
    found = lines.article(source, published=day_of(published, what="--published"), outlet=outlet, stdin=stdin)
    write(json.dumps(found, ensure_ascii=False, indent=2) if not explain else desk.explained(found), None)
    return 0


# -- answers ------------------------------------------------------------------------------------------------------


@app.command
def dossier(
    a: str,
    b: str,
    /,
    *,
    as_of: Day = None,
    confirmed: Confirmed = "any",
    format: Format = "text",
    output: Output = None,
    store: StoreUrl = None,
) -> int:
    """The dossier of two states: divorce, or just a cooling?"""
    found, first = found_dossier(a, b, as_of=as_of, store=store, confirmed=confirmed)
    render(found, first, format=format, output=output)
    return 0


def found_dossier(
    a: str, b: str, *, as_of: str | None, store: str | None, confirmed: Confirmed = "any"
) -> tuple[Dossier, str]:
    """The dossier of a pair, and the state that was named first."""
    from detente import pipeline

    day = day_of(as_of, what="--as-of")
    known = pipeline.registers()
    pair = pipeline.pair_of(a, b, known=known)
    with pipeline.open_store(store) as opened:
        return pipeline.dossier(opened, pair, known=known, as_of=day, confirmed_by=confirmed), pair[0]


def render(found: Dossier, first: str, *, format: Format, output: Path | None) -> None:
    """A dossier in the form asked for."""
    from detente import pipeline
    from detente.dossier import document, markdown, page, terminal

    names = {code: state.name for code, state in pipeline.registers().states.items()}
    if format == "json":
        write(json.dumps(document.document(found), ensure_ascii=False, indent=2), output)
    elif format == "html":
        write(page.page(found, lead=first, names=names), output)
    elif format == "md":
        write(markdown.markdown(found, lead=first, names=names), output)
    else:
        from io import StringIO

        from rich.console import Console

        shown = terminal.terminal(found, lead=first, names=names)
        if output is None:
            Console().print(shown)
        else:
            text = StringIO()
            Console(file=text, width=100).print(shown)
            write(text.getvalue(), output)


def _table(
    a: str,
    b: str,
    kind: str,
    *,
    as_of: str | None,
    store: str | None,
    confirmed: Confirmed,
    format: TableFormat,
    output: Path | None,
) -> int:
    from detente.dossier import document
    from detente.exchange.tables import write_table

    found, _ = found_dossier(a, b, as_of=as_of, store=store, confirmed=confirmed)
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
        confirmed: Confirmed = "any",
        format: TableFormat = "text",
        output: Output = None,
        store: StoreUrl = None,
    ) -> int:
        return _table(a, b, kind, as_of=as_of, store=store, confirmed=confirmed, format=format, output=output)

    listing.__doc__ = summary
    return listing


app.command(_listing("events", "What happened between two states, as a table."), name="events")
app.command(_listing("ties", "Which ties hold between two states, as a table."), name="ties")
app.command(_listing("predictions", "What was foretold of two states, as a table."), name="predictions")
app.command(_listing("periods", "The series of both directions, month by month, as a table."), name="series")
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

    day = day_of(as_of, what="--as-of") or dt.date(2011, 12, 31)
    folder = Path(tempfile.mkdtemp(prefix="detente-demo-"))
    with pipeline.open_store(store or folder / "chronicle.db") as opened:
        maker = pipeline.coder()
        now = clock()
        counted(shown(pipeline.taken(pipeline.sample(now=now), maker, opened, now=now)))
        known = pipeline.registers()
        found = pipeline.dossier(opened, ("USA", "PAK"), known=known, as_of=day)
    render(found, "USA", format="text", output=None)
    target = output or folder / "dossier.html"
    render(found, "USA", format="html", output=target)
    sys.stdout.write(f"{target}\n")
    if open:
        webbrowser.open(target.resolve().as_uri())
    return 0


# -- single phrases -----------------------------------------------------------------------------------------------


@actors_app.command(name="resolve")
def actors_resolve(source: Source, *, jsonl: bool = False, model: Model = "english", actors: Actors = None) -> int:
    """Say who a phrase stands for: JSON lines of id and text in, code, sectors and name out."""
    from detente import desk

    del jsonl  # the only form there is; the option keeps scripts plain
    return lines(source, desk.actor_answers(model=model, actors=paths(actors)))


@dates_app.command(name="resolve")
def dates_resolve(source: Source, *, jsonl: bool = False) -> int:
    """Say which day a phrase stands for: JSON lines of id, text and published in, date, end and precision out."""
    from detente import desk

    del jsonl
    return lines(source, desk.date_answers())


# -- the store ----------------------------------------------------------------------------------------------------


@store_app.command(name="show")
def store_show(*, store: StoreUrl = None, as_of: Day = None) -> int:
    """Count what the store holds, and name the pairs it knows most of."""
    from dataclasses import asdict

    from detente import pipeline

    with pipeline.open_store(store, read_only=True) as opened:
        day = day_of(as_of, what="--as-of")
        pairs = [{"dyad": list(pair), "claims": n} for pair, n in opened.dyads(day)[:20]]
        imported = [{"dyad": list(pair), "rows": n} for pair, n in opened.imported_dyads(day)[:20]]
        counts = asdict(opened.counts(day))
        write(json.dumps({"store": opened.where, **counts, "dyads": pairs, "imported": imported}, indent=2), None)
    return 0


@store_app.command(name="verify")
def store_verify(*, store: StoreUrl = None) -> int:
    """Check that the store is whole."""
    from detente import pipeline

    with pipeline.open_store(store, read_only=True) as opened:
        faults = opened.verify()
    for fault in faults:
        say(fault)
    say("the store is whole" if not faults else f"{len(faults)} faults: restore a backup")
    return 2 if faults else 0
