"""The names of the files that are stored beside a circle's file.

Invariant: all code that creates, avoids or deletes such a file takes its name from here.
"""

import os
import re
from itertools import chain, count
from pathlib import Path

CIRCLE = ".json"
FACTS = ".facts"
"""In the names of the facts that a circle hands over, before their own ending."""

JOURNAL = ".live"
LOCK = ".lock"
DROPPED = ".dropped"
"""Suffix of a journal that was set aside."""

BACKUP = ".bak"
"""Added to the whole name for the version before the last change."""

MISSING = ".missing"
"""Added to the whole name for a version that has more than the older one that another program
brought back."""

DAMAGED = ".damaged"
"""Added to the whole name for what stood in a file before a repair; later ones are numbered."""

JOURNAL_TAILS = ("-wal", "-shm", "-journal")
"""Added to a journal's whole name for SQLite's own files."""

LEFT_BEHIND = (
    CIRCLE,
    *(f"{CIRCLE}{tail}" for tail in (BACKUP, MISSING, DAMAGED)),
    JOURNAL,
    DROPPED,
)
"""Files that an earlier circle may have left; a new circle must not get the same slug."""

REMNANTS = (
    DROPPED,
    *(f"{journal}{tail}" for journal in (DROPPED, JOURNAL) for tail in JOURNAL_TAILS),
)
"""Files in which words may remain after they were deleted from the circle's file, except for the
journal of a meeting that is under way."""


def backup_of(path: Path) -> Path:
    """The path of the backup of the circle's file at `path`."""
    return path.with_name(f"{path.name}{BACKUP}")


def missing_of(path: Path) -> Path:
    """The path of the version with what is missing in the circle's file at `path`."""
    return path.with_name(f"{path.name}{MISSING}")


def damaged_of(path: Path) -> tuple[Path, ...]:
    """What repairs of the circle's file at `path` have kept. Raises `OSError`."""
    kept = re.compile(rf"{re.escape(path.name + DAMAGED)}(-\d+)?")
    return tuple(sorted(each for each in path.parent.iterdir() if kept.fullmatch(each.name)))


def is_kept_damaged(name: str) -> bool:
    """Whether `name` is one that only what a repair has kept has."""
    return re.search(rf"{re.escape(CIRCLE + DAMAGED)}(-\d+)?$", name) is not None


def next_damaged(path: Path) -> Path:
    """A path for what stands in the circle's file at `path` before a repair, which nothing has."""
    first = path.with_name(f"{path.name}{DAMAGED}")
    later = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(each for each in chain([first], later) if not os.path.lexists(each))


def sidecar_path(path: Path, tail: str) -> Path:
    """The path of the journal or lock (by its suffix `tail`) of the circle's file at `path`.

    A link may lead to a file of any name. Only ".json" is replaced by `tail`, so that "team.v1" and
    "team.v2" do not share their journal.
    """
    return path.with_suffix(tail) if path.suffix == CIRCLE else path.with_name(path.name + tail)


def sidecar_paths(path: Path) -> tuple[Path, ...]:
    """The paths of all files beside a circle's file at `path`, whether or not they exist."""
    others = (sidecar_path(path, tail) for tail in (JOURNAL, LOCK, DROPPED))
    return (backup_of(path), missing_of(path), *others)


def is_sidecar(name: str) -> bool:
    """Whether `name` is one that only a file beside a circle's file has."""
    whole = "|".join(map(re.escape, (f"{CIRCLE}{BACKUP}", f"{CIRCLE}{MISSING}", LOCK)))
    with_tails = "|".join(map(re.escape, (JOURNAL, DROPPED)))
    beside_whole = re.search(rf"({whole}|({with_tails})(-\w+)?)$", name) is not None
    return beside_whole or is_kept_damaged(name)
