"""What is found on a disk after an accident, and whether it is what was acknowledged.

Invariant: it is looked at as its owner would: a plain `tinydb.TinyDB` opens every file, and the
program itself is started again and goes on. Nothing is repaired here.
"""

from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random

from tinydb import TinyDB

from .seasons import NOTHING, SLUG, Picture, Season

UNREADABLE = "unreadable"
LOST = "lost"
DOUBLED = "doubled"


class Memory:
    """What was acknowledged, and what may have come through besides."""

    def __init__(self, *possible: Picture) -> None:
        self.possible = list(possible)
        self.troubles: list[str] = []
        """What the program said it could not do."""
        self.wrong: list[str] = []
        """What it showed or acknowledged although it cannot be so."""

    def about_to(self, after: Picture) -> None:
        """See `Witness.about_to`."""
        self.possible.append(after)

    def done(self, now: Picture) -> None:
        """See `Witness.done`."""
        self.found(now, now)

    def found(self, now: Picture, but_for_the_hold: Picture) -> None:
        """See `Witness.found`."""
        if now not in self.possible and but_for_the_hold not in self.possible:
            self.wrong.append(LOST)
        self.possible = [now]

    def failed(self, sentence: str) -> None:
        """See `Witness.failed`."""
        self.troubles.append(sentence)


def judged(folder: Path, memory: Memory, now: datetime) -> str | None:
    """What is wrong with what `folder` holds, in one word and a detail; None where nothing is."""
    path = folder / f"{SLUG}.json"
    wrong = _plainly(folder)
    if wrong is not None:
        return wrong
    if not path.exists() and NOTHING not in memory.possible:
        return f"{LOST}: the circle"
    season = Season(folder, Random(0), now, memory)
    try:
        season.step()
        if memory.troubles:
            return f"{UNREADABLE}: {memory.troubles[0]}"
        for _ in range(2):
            season.step()
        season.die()
        season.step()
    finally:
        season.die()
    if memory.troubles:
        return f"cannot go on: {memory.troubles[0]}"
    wrong = _plainly(folder)
    if wrong is not None:
        return wrong
    return memory.wrong[0] if memory.wrong else None


def _plainly(folder: Path) -> str | None:
    """What a stranger with nothing but TinyDB finds wrong with the circle's files."""
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
