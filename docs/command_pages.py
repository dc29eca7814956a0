"""The program's own `--help` in, Markdown out: what cog writes into docs/reference/cli.md."""

from __future__ import annotations

import os
import re
import subprocess
import sys

PROGRAM = "import sys; from detente.cli import main; sys.exit(main())"


def _help(*words: str) -> str:
    """What `detente WORDS --help` prints at a fixed width, so that every machine writes the same page."""
    plain = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(  # noqa: S603  our own program, our own arguments
        [sys.executable, "-c", PROGRAM, *words, "--help"],
        capture_output=True,
        text=True,
        env=os.environ | plain,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()).replace(
        "Usage: -c", "Usage: detente"
    )


def page() -> str:
    """The overview, then one section for each command."""
    overview = _help()
    verbs = re.findall(r"^[│|]?\s*([a-z][a-z-]+)\s{2,}", overview.partition("Commands")[2], flags=re.MULTILINE)
    sections = [f"```text\n{overview}\n```"]
    sections += [f"## `detente {verb}`\n\n```text\n{_help(verb)}\n```" for verb in verbs]
    return "\n\n".join(sections)
