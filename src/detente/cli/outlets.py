"""`detente outlets`: what the register knows of a publisher, and whether a user's own register is sound."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from detente.cli.options import Outlets, Output, TableFormat, outlets_app, paths, say, write
from detente.errors import InputError

UNKNOWN = "unknown"


@outlets_app.command(name="show")
def outlets_show(*names: str, outlets: Outlets = None) -> int:
    """Show what is known of outlets, by name, alias or domain; what is not known says `unknown`."""
    from detente import pipeline

    if not names:
        raise InputError("outlets show: got no name, wanted one or more, such as 'Voice of Russia'")
    known = pipeline.registers(outlets=paths(outlets))
    rows = []
    for name in names:
        found = known.outlet(name)
        document: dict[str, Any] = {k: UNKNOWN if v is None else v for k, v in asdict(found).items()}
        # A living outlet has no last year and no successor: only for one that is known is that an answer.
        is_known = found.country is not None or found.owner_kind is not None or found.since is not None
        if is_known:
            document |= {k: asdict(found)[k] for k in ("until", "successor")}
        rows.append(document | {"asked": name, "known": is_known})
    write(json.dumps(rows if len(rows) > 1 else rows[0], ensure_ascii=False, indent=2), None)
    missing = [row["asked"] for row in rows if not row["known"]]
    for name in missing:
        say(f"{name}: unknown; add it in a file of your own and pass --outlets FILE")
    return 1 if missing else 0


@outlets_app.command(name="list")
def outlets_list(
    *, country: str | None = None, outlets: Outlets = None, format: TableFormat = "text", output: Output = None
) -> int:
    """List the register, or the outlets of one country."""
    from detente import pipeline
    from detente.exchange.tables import write_table

    known = pipeline.registers(outlets=paths(outlets))
    code = known.state(country).code if country else None
    held = {o.name: o for o in known.outlets.values() if code is None or o.country == code}
    write_table([asdict(held[name]) for name in sorted(held)], format=format, output=output)
    return 0


@outlets_app.command(name="check")
def outlets_check(file: Path, /) -> int:
    """Check a register of your own before it is used; every fault is named by its row."""
    from detente import pipeline
    from detente.ontology.outlets import COLUMNS, faults_of, shared_names
    from detente.ontology.tables import read_table

    rows = read_table(str(file.resolve()), wanted=COLUMNS)
    faults = faults_of(rows, countries=pipeline.registers().states)
    notes = shared_names(rows)
    for line in (*faults, *notes):
        say(line)
    say(f"{len(rows)} outlets, {len(faults)} faults, {len(notes)} shared names")
    return 2 if faults else 1 if notes else 0
