"""Kill -9, again and again: a child runs a circle's random life, and another continues it.

Invariant: each kill is followed by a postmortem in a copy of the folder. The next child finds the
circle exactly as it was left, and may itself be killed while it repairs something. After a fault
the rounds go on with a new circle.
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

from .postmortem import PossibleSnapshots, find_fault
from .random_life import FIRST, NOTHING, Snapshot

KILLS_PER_CIRCLE = 40
"""How often the program is killed on one circle before a new circle is begun."""

Messages = list[list[Any]]
KillChild = Callable[..., Messages]


@contextmanager
def child_killer() -> Iterator[KillChild]:
    """Start the server that runs children; give the function that has one run and killed."""
    server = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("killed_child.py")],
        env={**os.environ, "PYTHONPATH": str(Path(circle_tui.__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def kill_child(**request: object) -> Messages:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(f"{json.dumps(request)}\n")
        server.stdin.flush()
        messages: Messages = json.loads(server.stdout.readline())
        return messages

    try:
        yield kill_child
    finally:
        server.communicate()


class KillRounds:
    """Counts kills and acknowledged acts, and notes the faults found after each kill."""

    def __init__(self, root: Path, chance: Random, **options: bool) -> None:
        self.killed = self.acknowledged = 0
        self.faults: list[str] = []
        self.failures: list[str] = []
        """The sentences in which the program reported a failure."""
        self._root = root
        self._chance = chance
        self._options = options
        self._begin_circle()

    def _begin_circle(self) -> None:
        self._folder = self._root / "circle" / "sessions"
        shutil.rmtree(self._folder.parent, ignore_errors=True)
        self._observer = PossibleSnapshots(NOTHING)
        self._last_moment = FIRST
        self._kills_of_circle = 0

    def run(self, kill_child: KillChild, count: int) -> None:
        """Do `count` more rounds."""
        for _ in range(count):
            fault = self._kill_once(kill_child)
            self._kills_of_circle += 1
            self.killed += 1
            if fault is not None:
                self.faults.append(fault)
            if fault is not None or self._kills_of_circle == KILLS_PER_CIRCLE:
                self._begin_circle()

    def _kill_once(self, kill_child: KillChild) -> str | None:
        messages = kill_child(
            folder=str(self._folder),
            seed=self._chance.randrange(1 << 32),
            now=self._last_moment.isoformat(),
            messages=self._chance.choice(
                (0, self._chance.randrange(20), self._chance.randrange(100))
            ),
            seconds=self._chance.random() * 0.008,
            **self._options,
        )
        if messages:
            self._last_moment = datetime.fromisoformat(messages[-1][0])
        # The child may have acted on after its last message.
        self._last_moment += timedelta(minutes=1)
        self._tell_observer(messages)
        copy = self._root / "copy"
        if self._folder.exists():
            shutil.copytree(self._folder, copy)
        try:
            fault = find_fault(copy, PossibleSnapshots(*self._observer.possible), self._last_moment)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
        return self._observer.faults[0] if self._observer.faults else fault

    def _tell_observer(self, messages: Messages) -> None:
        for _, what, *content in messages:
            if what == "failed":
                self.failures += content
            else:
                self.acknowledged += what == "done"
                snapshots = (Snapshot(state, tuple(acts)) for state, acts in content)
                getattr(self._observer, what)(*snapshots)
