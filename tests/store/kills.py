"""kill -9, again and again: a child lives a circle's season, and another goes on where it died.

Invariant: whatever is wrong after one kill is noted, and another circle is begun; each kill is
judged in a copy, so that the next child finds the circle as it was left and may be killed
repairing it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import circle_tui

from .remains import Memory, judged
from .seasons import FIRST, NOTHING, Picture

LIVES = 40
"""How often one circle's program is killed before another circle is begun."""

Said = list[list[Any]]
Die = Callable[..., Said]


@contextmanager
def mortals() -> Iterator[Die]:
    """What lets a child live, kills it, and says what it said."""
    forge = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("mortal.py")],
        env={**os.environ, "PYTHONPATH": str(Path(circle_tui.__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def die(**order: object) -> Said:
        assert forge.stdin is not None
        assert forge.stdout is not None
        forge.stdin.write(f"{json.dumps(order)}\n")
        forge.stdin.flush()
        said: Said = json.loads(forge.stdout.readline())
        return said

    try:
        yield die
    finally:
        forge.communicate()


class Kills:
    """How often a child was killed, what was acknowledged before, and what was wrong then."""

    def __init__(self, root: Path, chance: Random, **way: bool) -> None:
        self.killed = self.acknowledged = 0
        self.wrong: list[str] = []
        self.troubles: list[str] = []
        """What the program said it could not do."""
        self._root = root
        self._chance = chance
        self._way = way
        self._begin()

    def _begin(self) -> None:
        self._folder = self._root / "circle" / "sessions"
        shutil.rmtree(self._folder.parent, ignore_errors=True)
        self._memory, self._now, self._lives = Memory(NOTHING), FIRST, 0

    def kill(self, die: Die, count: int) -> None:
        """So many more."""
        for _ in range(count):
            wrong = self._once(die)
            self._lives += 1
            self.killed += 1
            if wrong is not None:
                self.wrong.append(wrong)
            if wrong is not None or self._lives == LIVES:
                self._begin()

    def _once(self, die: Die) -> str | None:
        said = die(
            folder=str(self._folder),
            seed=self._chance.randrange(1 << 32),
            now=self._now.isoformat(),
            acts=self._chance.choice((0, self._chance.randrange(20), self._chance.randrange(100))),
            then=self._chance.random() * 0.008,
            **self._way,
        )
        if said:
            self._now = datetime.fromisoformat(said[-1][0])
        # Past whatever the child may have done without a word.
        self._now += timedelta(minutes=1)
        self._hear(said)
        copy = self._root / "copy"
        if self._folder.exists():
            shutil.copytree(self._folder, copy)
        try:
            wrong = judged(copy, Memory(*self._memory.possible), self._now)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        return self._memory.wrong[0] if self._memory.wrong else wrong

    def _hear(self, said: Said) -> None:
        for _, what, *about in said:
            if what == "failed":
                self.troubles += about
            else:
                self.acknowledged += what == "done"
                pictures = (Picture(state, tuple(acts)) for state, acts in about)
                getattr(self._memory, what)(*pictures)
