"""One tree of errors. Each leaf is named for what the user has to mend.

    DetenteError
    ├── InputError       a text, a date, a code or an option is not what was wanted
    │   ├── ArticleError     no article could be read from what was given
    │   └── StateError       a name is not a state
    ├── OntologyError    a file of codes, scales or registers is broken
    ├── ModelError       a language model is missing or does not fit
    └── StoreError       a store cannot be opened, read or written

Every message says what was got, what was wanted and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class DetenteError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(DetenteError):
    """A text, a date, a code or an option is not what was wanted."""


class ArticleError(InputError):
    """No article could be read from what was given."""


class StateError(InputError):
    """A name is not a state known to the register."""


class OntologyError(DetenteError):
    """A file of codes, scales or registers is broken; names file and line."""


class ModelError(DetenteError):
    """A language model is missing or does not fit."""


class StoreError(DetenteError):
    """A store cannot be opened, read or written."""


def require(faults: Sequence[str], *, what: str) -> None:
    """Raises one `InputError` that lists all `faults`; does nothing when there are none."""
    if faults:
        raise InputError(f"{what}: " + "; ".join(faults))
