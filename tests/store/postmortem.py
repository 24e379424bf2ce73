"""Judge what is on a disk after an accident: does it match what the program acknowledged?

Invariant: the disk is looked at as its owner would look at it. A plain `tinydb.TinyDB` opens every
file; then the program itself is started again and goes on. Nothing is repaired here.
"""

from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random

from tinydb import TinyDB

from .random_life import NOTHING, SLUG, RandomLife, Snapshot

UNREADABLE = "unreadable"
LOST = "lost"
DOUBLED = "doubled"


class PossibleSnapshots:
    """Notes which snapshots the disk may hold: the acknowledged one, and any act begun since."""

    def __init__(self, *possible: Snapshot) -> None:
        self.possible = list(possible)
        self.failures: list[str] = []
        """The sentences in which the program reported a failure."""
        self.faults: list[str] = []
        """What the program showed or acknowledged although it was not possible."""

    def about_to(self, after: Snapshot) -> None:
        """See `Observer.about_to`."""
        self.possible.append(after)

    def done(self, now: Snapshot) -> None:
        """See `Observer.done`."""
        self.found(now, now)

    def found(self, now: Snapshot, without_pause: Snapshot) -> None:
        """See `Observer.found`."""
        if now not in self.possible and without_pause not in self.possible:
            self.faults.append(LOST)
        self.possible = [now]

    def failed(self, sentence: str) -> None:
        """See `Observer.failed`."""
        self.failures.append(sentence)


def find_fault(folder: Path, snapshots: PossibleSnapshots, now: datetime) -> str | None:
    """The first fault in what `folder` holds, as a word and a detail; None if there is none."""
    path = folder / f"{SLUG}.json"
    fault = _fault_for_tinydb(folder)
    if fault is not None:
        return fault
    if not path.exists() and NOTHING not in snapshots.possible:
        return f"{LOST}: the circle"
    life = RandomLife(folder, Random(0), now, snapshots)
    try:
        life.step()
        if snapshots.failures:
            return f"{UNREADABLE}: {snapshots.failures[0]}"
        for _ in range(2):
            life.step()
        life.close_as_if_killed()
        life.step()
    finally:
        life.close_as_if_killed()
    if snapshots.failures:
        return f"cannot go on: {snapshots.failures[0]}"
    fault = _fault_for_tinydb(folder)
    if fault is not None:
        return fault
    return snapshots.faults[0] if snapshots.faults else None


def _fault_for_tinydb(folder: Path) -> str | None:
    """The fault that a reader with nothing but TinyDB finds in the circle's files."""
    for path in folder.glob(f"{SLUG}.json*") if folder.is_dir() else ():
        try:
            with TinyDB(path, access_mode="r") as db:
                sessions = db.table("sessions").all()
                circles = len(db.table("circle"))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            return f"{UNREADABLE}: {path.name} ({type(error).__name__})"
        if circles != 1:
            return f"{UNREADABLE}: {path.name} holds {circles} circles"
        for identity in ("id", "number", "started"):
            if max(Counter(each[identity] for each in sessions).values(), default=1) > 1:
                return f"{DOUBLED}: a record in {path.name}"
    return None
