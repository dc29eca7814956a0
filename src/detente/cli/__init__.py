"""The command line: words in, data on stdout, progress and complaints on stderr.

Exit code 0 is done, 1 is done with something dropped and reported, 2 is wrong input with one line that says what to do.
"""

from __future__ import annotations

import logging
import sys

from detente.cli import evaluate, evaluate_histories, exchanging, judging, outlets, verbs  # noqa: F401  registers their verbs
from detente.cli.options import app, say
from detente.errors import DetenteError


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; the exit code says how it went."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        result = app(arguments, exit_on_error=False, print_error=True, result_action="return_value")
        sys.stdout.flush()
    except DetenteError as error:
        say(f"detente: {error}")
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        say("detente: stopped")
        return 130
    except Exception as error:
        if type(error).__module__.startswith("cyclopts"):
            return 2
        logging.getLogger(__name__).exception("a fault of the program, please report it")
        return 2
    return result if isinstance(result, int) else 0
