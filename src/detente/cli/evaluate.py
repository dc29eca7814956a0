"""`detente evaluate`: how well the program foresees, measured on data that it is given; a table, or JSON."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from detente.cli.options import Day, Output, app, day_of, say, write
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.foresight.occurrences import Occurrences
    from detente.foresight.scores import Evaluation

evaluate_app = App(name="evaluate", help="Measure forecasts and verdicts against what came true.")
app.command(evaluate_app)

Tables = Annotated[
    list[Path], Parameter(name="--data", consume_multiple=True, help="Event tables (Parquet or CSV), taken together.")
]
Until = Annotated[str, Parameter(name="--train-until", help="Last day that is learned from; what follows is scored.")]
Shown = Literal["text", "json"]
Seed = Annotated[int, Parameter(help="Seed of all that is drawn.")]
SEED = 20111205


@evaluate_app.command
def counts(
    *, data: Tables, train_until: Until, format: Shown = "text", output: Output = None, seed: Seed = SEED
) -> int:
    """Next month's counts of each pair, by quad: log score and CRPS against climatology."""
    import numpy as np

    from detente.exchange.event_tables import read_events
    from detente.foresight import counts as task

    events, dropped = read_events(data)
    found = task.evaluate(events, train_until=_until(train_until), rng=np.random.default_rng(seed))
    return show(found, format=format, output=output, dropped=dropped)


@evaluate_app.command(name="any-event")
def any_event(
    *,
    data: Tables,
    train_until: Until,
    first_month: Day = None,
    format: Shown = "text",
    output: Output = None,
    seed: Seed = SEED,
) -> int:
    """The chance of anything of a quad next month, from event tables or one monthly .npz: Brier skill."""
    import numpy as np

    from detente.foresight import any_event as task

    day = _until(train_until)
    held, dropped = _occurrences(data, train_until=day, first_month=day_of(first_month, what="--first-month"))
    found = task.evaluate(held, train_until=day, rng=np.random.default_rng(seed))
    return show(found, format=format, output=output, dropped=dropped)


def _occurrences(data: list[Path], *, train_until: dt.date, first_month: dt.date | None) -> tuple[Occurrences, int]:
    from detente.exchange.event_tables import read_events
    from detente.exchange.monthly_arrays import read_occurrences
    from detente.foresight.occurrences import from_events

    arrays = [path for path in data if path.suffix.lower() == ".npz"]
    if arrays and len(data) > 1:
        raise InputError(f"--data: got {len(data)} files with an .npz among them, wanted that one alone")
    if arrays:
        return read_occurrences(arrays[0], first_month=first_month), 0
    events, dropped = read_events(data)
    return from_events(events, train_until=train_until), dropped


def _until(text: str) -> dt.date:
    day = day_of(text, what="--train-until")
    if day is None:
        raise InputError("--train-until: got nothing, wanted a date such as 2010-12-31")
    return day


def show(found: Evaluation, *, format: Shown, output: Path | None, dropped: int) -> int:
    """The scores as a table or as JSON; 1 where rows were dropped, which is said on stderr."""
    write(json.dumps(as_json(found), indent=2) if format == "json" else as_text(found), output)
    for note in found.notes:
        say(note)
    if dropped:
        say(f"{dropped} rows dropped: no date, no quad, or not two known states")
    sys.stdout.flush()
    return 1 if dropped else 0


def as_json(found: Evaluation) -> dict[str, object]:
    """The answer as the interface promises it."""
    return {
        "task": found.task,
        "train_until": found.train_until,
        "n": found.n,
        "scores": [
            {
                "name": s.name,
                "metric": s.metric,
                "value": _number(s.value),
                "low": _number(s.low),
                "high": _number(s.high),
                "baseline": s.baseline,
                "baseline_value": _number(s.baseline_value),
                "n": s.n,
            }
            for s in found.scores
        ],
        "notes": list(found.notes),
    }


def _number(value: float) -> float | None:
    """A number rounded to what it can bear, None for what is not known (JSON has no NaN)."""
    return round(value, 5) if value == value else None


def as_text(found: Evaluation) -> str:
    """A table for people; `gain` is by how much the value is better than the baseline."""
    lines = [f"{'name':42} {'metric':22} {'value':>8} {'90 % interval':>19} {'baseline':>9}  gain    against"]
    for s in found.scores:
        better = s.value - s.baseline_value if s.higher_is_better else s.baseline_value - s.value
        gain = better / abs(s.baseline_value) if s.baseline_value else float("nan")
        lines.append(
            f"{s.name:42} {s.metric:22} {s.value:8.4f} {s.low:9.4f} {s.high:9.4f} {s.baseline_value:9.4f} "
            f"{gain:+7.1%}  {s.baseline} (n = {s.n})"
        )
    return "\n".join(lines) + "\n"
