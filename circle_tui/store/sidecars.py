"""What lies beside a circle's file and belongs to it.

Invariant: whoever makes such a file, keeps clear of it or takes it away knows it by the names
that stand here.
"""

import re
from pathlib import Path

CIRCLE = ".json"
FACTS = ".facts"
"""In the names of the facts that a circle hands over, before their own ending."""

JOURNAL = ".live"
LOCK = ".lock"
DROPPED = ".dropped"
"""A journal that was set aside."""

BACKUP = ".bak"
"""Of the version before, after the whole name."""

MISSING = ".missing"
"""Of a version with what an older one, brought back by another program, has not."""

JOURNAL_TAILS = ("-wal", "-shm", "-journal")
"""Of what SQLite keeps beside a journal, after the whole name."""

LEFT_BEHIND = (CIRCLE, f"{CIRCLE}{BACKUP}", f"{CIRCLE}{MISSING}", JOURNAL, DROPPED)
"""What may be left of an earlier circle; a new one must not take it for its own."""

REMNANTS = (
    DROPPED,
    *(f"{journal}{tail}" for journal in (DROPPED, JOURNAL) for tail in JOURNAL_TAILS),
)
"""Where words may outlive the file they were taken from; a live meeting itself is none of them."""


def backup_of(path: Path) -> Path:
    """Where the version before lies, of the circle's file at `path`."""
    return path.with_name(f"{path.name}{BACKUP}")


def missing_of(path: Path) -> Path:
    """Where a version with what is missing lies, of the circle's file at `path`."""
    return path.with_name(f"{path.name}{MISSING}")


def beside(path: Path, tail: str) -> Path:
    """Where the journal or the lock lies of the circle's file at `path`.

    A link may lead to a file of any name: only its own ending is replaced, so that "team.v1" and
    "team.v2" share nothing.
    """
    return path.with_suffix(tail) if path.suffix == CIRCLE else path.with_name(path.name + tail)


def files_beside(path: Path) -> tuple[Path, ...]:
    """Where a circle's own files would lie if its file were `path`."""
    others = (beside(path, tail) for tail in (JOURNAL, LOCK, DROPPED))
    return (backup_of(path), missing_of(path), *others)


def is_beside(name: str) -> bool:
    """Whether a file of that name stands beside a circle's file and belongs to it."""
    whole = "|".join(map(re.escape, (f"{CIRCLE}{BACKUP}", f"{CIRCLE}{MISSING}", LOCK)))
    with_tails = "|".join(map(re.escape, (JOURNAL, DROPPED)))
    return re.search(rf"({whole}|({with_tails})(-\w+)?)$", name) is not None
