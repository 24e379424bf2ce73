"""A power cut at every boundary of a season, and of the recovery from each, as deep as asked.

Invariant: of every boundary each disk that may be found is tried once; the program is started on
it for real. A program that is killed finds everything, and what was unsynced still is.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from .disks import Disk
from .recorder import Fails, Moment, Recorder, never
from .remains import Memory, judged
from .seasons import FIRST, NOTHING, Season

SESSIONS = "sessions"
"""Where the circles lie; the folder is part of what may be lost."""


class Cuts:
    """The disks that were tried, and what was wrong with which."""

    def __init__(self, root: Path, chance: Random) -> None:
        self.tried: list[int] = []
        """How many disks: after a season, after a recovery from those, and so on."""
        self.wrong: list[str] = []
        self._root = root
        self._chance = chance
        self._ended = FIRST

    def season(self, seed: int, steps: int, fails: Fails = never) -> list[Moment]:
        """The boundaries of a season that nothing interrupts."""
        with TemporaryDirectory(dir=self._root) as made:
            memory = Memory(NOTHING)
            recorder = Recorder(Path(made), possible=lambda: memory.possible, fails=fails)
            season = Season(Path(made) / SESSIONS, Random(seed), FIRST, memory)
            with recorder.recording():
                for _ in range(steps):
                    season.step()
                    recorder.boundary("act")
                self._ended = max(self._ended, season.clock.now())
                season.die()
        self.wrong += memory.wrong
        return recorder.moments

    def cut(self, moments: list[Moment], most: tuple[int, ...], until: str | None = None) -> None:
        """Cut the power at these boundaries, then at those of the recoveries, and so on.

        Of each depth as many disks are tried as `most` says, in an order of chance; none any more
        once something is wrong that begins like `until`.
        """
        for depth, count in enumerate(most):
            recoveries: list[Moment] = []
            self.tried.append(0)
            for disk, moment in islice(self._disks(moments), count):
                recoveries += self._started_on(disk, moment, depth)
                self.tried[-1] += 1
                if until is not None and any(each.startswith(until) for each in self.wrong):
                    return
            moments = recoveries

    def _disks(self, moments: list[Moment]) -> Iterator[tuple[Disk, Moment]]:
        seen = set()
        self._chance.shuffle(moments)
        for moment in moments:
            # Whoever is only killed finds everything; what was unsynced still is.
            for disk in (moment.disk, *moment.disk.after_a_power_cut(self._chance)):
                key = hash((disk.key(), moment.possible))
                if key not in seen:
                    seen.add(key)
                    yield disk, moment

    def _started_on(self, disk: Disk, moment: Moment, depth: int) -> list[Moment]:
        """What is wrong, and the boundaries of the recovery."""
        with TemporaryDirectory(dir=self._root) as made:
            root = Path(made)
            disk.lay_out(root)
            memory = Memory(*moment.possible)
            recorder = Recorder(root, disk, lambda: memory.possible)
            now = self._ended + timedelta(minutes=1 + depth)
            with recorder.recording():
                wrong = judged(root / SESSIONS, memory, now)
        if wrong is not None:
            self.wrong.append(f"{wrong} (after {moment.after})")
        return recorder.moments
