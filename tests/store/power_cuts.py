"""A power cut at every boundary of a random life, and of the recovery from each, as deep as asked.

Invariant: at each boundary every disk that may be found is tried once, by really starting the
program on it. A program that was only killed finds everything that it wrote, but unsynced data
still is unsynced.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from .disk_model import Disk
from .postmortem import PossibleSnapshots, find_fault
from .random_life import FIRST, NOTHING, RandomLife
from .recording_disk import Boundary, DiskRecorder, FailureRule, no_failure

SESSIONS = "sessions"
"""Where the circles lie. The folder itself may be lost in a power cut, too."""


class PowerCuts:
    """Tries disks as they may be after a power cut, and notes the faults found on them."""

    def __init__(self, root: Path, chance: Random) -> None:
        self.tried: list[int] = []
        """The number of disks tried: after a life, after a recovery from those, and so on."""
        self.faults: list[str] = []
        self._root = root
        self._chance = chance
        self._ended = FIRST

    def record_life(
        self, seed: int, steps: int, failure_rule: FailureRule = no_failure
    ) -> list[Boundary]:
        """The boundaries of a random life that nothing interrupts."""
        with TemporaryDirectory(dir=self._root) as temporary:
            snapshots = PossibleSnapshots(NOTHING)
            recorder = DiskRecorder(
                Path(temporary), possible=lambda: snapshots.possible, failure_rule=failure_rule
            )
            life = RandomLife(Path(temporary) / SESSIONS, Random(seed), FIRST, snapshots)
            with recorder.recording():
                for _ in range(steps):
                    life.step()
                    recorder.add_boundary("act")
                self._ended = max(self._ended, life.clock.now())
                life.close_as_if_killed()
        self.faults += snapshots.faults
        return recorder.boundaries

    def cut_power(
        self,
        boundaries: list[Boundary],
        disks_per_depth: tuple[int, ...],
        stop_at: str | None = None,
    ) -> None:
        """Cut the power at these boundaries, then at those of the recoveries, and so on.

        `disks_per_depth` says how many disks are tried at each depth, in random order. Trying stops
        at the first fault that begins with `stop_at`.
        """
        for depth, count in enumerate(disks_per_depth):
            recoveries: list[Boundary] = []
            self.tried.append(0)
            for disk, boundary in islice(self._disks(boundaries), count):
                recoveries += self._start_program_on(disk, boundary, depth)
                self.tried[-1] += 1
                if stop_at is not None and any(each.startswith(stop_at) for each in self.faults):
                    return
            boundaries = recoveries

    def _disks(self, boundaries: list[Boundary]) -> Iterator[tuple[Disk, Boundary]]:
        seen = set()
        self._chance.shuffle(boundaries)
        for boundary in boundaries:
            # After a mere kill the whole disk is there, and what was unsynced is still unsynced.
            for disk in (boundary.disk, *boundary.disk.possible_after_power_cut(self._chance)):
                identity = hash((disk.identity(), boundary.possible))
                if identity not in seen:
                    seen.add(identity)
                    yield disk, boundary

    def _start_program_on(self, disk: Disk, boundary: Boundary, depth: int) -> list[Boundary]:
        """Start the program on this disk; return the boundaries of its recovery."""
        with TemporaryDirectory(dir=self._root) as temporary:
            root = Path(temporary)
            disk.write_to(root)
            snapshots = PossibleSnapshots(*boundary.possible)
            recorder = DiskRecorder(root, disk, lambda: snapshots.possible)
            now = self._ended + timedelta(minutes=1 + depth)
            with recorder.recording():
                fault = find_fault(root / SESSIONS, snapshots, now)
        if fault is not None:
            self.faults.append(f"{fault} (after {boundary.after})")
        return recorder.boundaries
