"""How far a second reader of the event corpus agrees with the first: raw agreement and Krippendorff's alpha (nominal).

    python training/agreement.py FIRST SECOND

Both files hold one answer a line: `SENTENCE PAIR TYPE[/mode] [STATUS] ...`; pairs that only one has are left out
and counted.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_LINE = re.compile(r"^(\d+) (?:author-\d+ )?(\S+) (?:\S+[>=]\S+ )?([A-Z]+)(?:/(\S+))?(?: ([a-z]+))?")


def answers(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(sentence, pair) to type and status; a mutual deed counts as its first direction."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _LINE.match(line.strip()):
            found[match[1], match[2].replace("=", ">")] = match[3], match[5] or ""
    return found


def alpha(first: Sequence[str], second: Sequence[str]) -> float:
    """Krippendorff's alpha of two readers, nominal scale, nothing missing (Krippendorff 2011)."""
    n = 2 * len(first)
    counts = Counter([*first, *second])
    observed = sum(a != b for a, b in zip(first, second, strict=True)) / len(first)
    expected = 1 - sum(c * (c - 1) for c in counts.values()) / (n * (n - 1))
    return 1 - observed / expected


def show(what: str, first: Sequence[str], second: Sequence[str]) -> None:
    alike = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    print(f"{what}: {len(first)} pairs, {alike:.3f} alike, alpha {alpha(first, second):.3f}")


def main() -> None:
    one, two = (answers(Path(p)) for p in sys.argv[1:3])
    shared = sorted(set(one) & set(two))
    print(f"{len(shared)} pairs in both; only in one of them: {len(set(one) ^ set(two))}")
    types = [one[k][0] for k in shared], [two[k][0] for k in shared]
    show("type", *types)
    deeds = [k for k in shared if "NONE" not in (one[k][0], two[k][0])]
    show("type where both see a deed", [one[k][0] for k in deeds], [two[k][0] for k in deeds])
    status = [one[k][1] for k in deeds], [two[k][1] for k in deeds]
    show("status", *status)
    print("most parted:", Counter((a, b) for a, b in zip(*types, strict=True) if a != b).most_common(15))
    print("statuses:", Counter((a, b) for a, b in zip(*status, strict=True) if a != b).most_common(8))


if __name__ == "__main__":
    main()
