"""`detente evaluate episodes`, `onsets` and `transitions`: verdicts, alarms and hazards against what history made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from detente.cli.evaluate import SEED, Seed, Shown, Tables, evaluate_app, show
from detente.cli.options import Output, day_of
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.foresight.episode_scores import Cases
    from detente.foresight.scores import Score

Labelled = Annotated[
    Path, Parameter(name="--episodes", help="CSV with iso_a, iso_b, onset, label: rupture, cooling or stable.")
]
LeaveOut = Annotated[
    bool,
    Parameter(
        name="--leave-dyad-out",
        help="Fit anew without each pair, as is done anyway where the shipped model was fitted on every pair.",
    ),
]


@evaluate_app.command
def episodes(
    *,
    data: Tables,
    episodes: Labelled,
    leave_dyad_out: LeaveOut = False,
    format: Shown = "text",
    output: Output = None,
    seed: Seed = SEED,
) -> int:
    """Rupture against cooling in hindsight (AUC), and the verdict six months ahead (log loss, ECE)."""
    import numpy as np

    from detente.exchange import histories
    from detente.foresight import episode_scores as task
    from detente.relation.fitted import HINDSIGHT, SIX_MONTHS, shipped

    held = histories.read_episodes(episodes)
    kinds = {path: histories.kind_of(path) for path in data}
    yearly = [path for path, kind in kinds.items() if kind != "daily"]
    daily = [path for path, kind in kinds.items() if kind == "daily"]
    years = histories.read_years(yearly) if yearly else None
    days = histories.read_days(daily) if daily else None
    rng = np.random.default_rng(seed)
    after = task.afterwards(held, years) if years is not None else None
    before = task.beforehand(held, years=years, days=days)
    scores: list[Score] = []
    notes: list[str] = []
    for name, fit, cases in ((HINDSIGHT, task.fit_afterwards, after), (SIX_MONTHS, task.fit_beforehand, before)):
        if cases is None or not len(cases):
            continue
        model = shipped(name)
        unseen, seen = task.unseen(cases, model)
        if leave_dyad_out or not len(unseen):
            values, rates = task.left_out(cases, fit)
            notes.append(f"{name}: fitted anew without each of {len(set(cases.pairs))} pairs; {_sizes(cases)}")
        else:
            cases = unseen
            values = model.scores(cases.features)
            rates = np.tile([float(model.card[f"rate of {kind}"]) for kind in model.outcomes], (len(cases), 1))
            notes += [f"{name}: left out, for it was fitted on them: {', '.join(seen)}"] if seen else []
            notes.append(f"{name}: as shipped; {_sizes(cases)}")
        if name == HINDSIGHT:
            scores += task.hindsight_scores(cases, values, rng=rng)
        else:
            scores += task.foresight_scores(cases, values, rates, rng=rng)
    found = task.evaluation(after=after, before=before, scored=scores, notes=notes)
    return show(found, format=format, output=output, dropped=0)


@evaluate_app.command
def onsets(
    *, data: Tables, episodes: Labelled, format: Shown = "text", output: Output = None, seed: Seed = SEED
) -> int:
    """Whether the onset of a quarrel is heard within three months: recall, false alarms, delay."""
    import numpy as np

    from detente.exchange import histories
    from detente.foresight import onset_scores as task
    from detente.relation.onsets import Detector

    held = histories.read_episodes(episodes)
    if not held:
        raise InputError(f"--episodes: got none in {episodes}, wanted at least one")
    told = histories.read_days(data)
    found = task.evaluate(told, held, detector=Detector(), rng=np.random.default_rng(seed))
    return show(found, format=format, output=output, dropped=0)


@evaluate_app.command
def transitions(
    *,
    data: Tables,
    train_until: Annotated[
        str | None, Parameter(help="Fit up to this day and score what follows; without it pairs are left out.")
    ] = None,
    format: Shown = "text",
    output: Output = None,
    seed: Seed = SEED,
) -> int:
    """The chance that a tie between two states is cut within 1, 3, 6 and 12 months, by fitted hazards."""
    import numpy as np

    from detente.exchange.event_tables import read_events
    from detente.foresight import transitions as task
    from detente.relation.weights import load_weights

    events, dropped = read_events(data)
    found = task.evaluate(
        events,
        train_until=day_of(train_until, what="--train-until"),
        rng=np.random.default_rng(seed),
        shape=load_weights().setting("horizon", "shape"),
    )
    return show(found, format=format, output=output, dropped=dropped)


def _sizes(cases: Cases) -> str:
    """How many cases there are of each kind, in words."""
    return ", ".join(f"{int((cases.outcomes == k).sum())} {kind}" for k, kind in enumerate(cases.kinds))
