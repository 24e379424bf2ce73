"""Children that live a season until they are killed: `python mortal.py`, orders on stdin.

Invariant: the child is killed with SIGKILL and nothing else, at a moment it knows nothing of; it
is forked with everything imported, so that a death costs milliseconds. What it announced and what
it was told is answered as one line of JSON.
"""

import json
import os
import resource
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random

import filelock  # noqa: F401 - before the fork, so that no child has to
import stock as stock_storage
from seasons import Picture, Season


class Messenger:
    """A witness at the other end of a pipe."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self.season: Season

    def about_to(self, after: Picture) -> None:
        """See `Witness.about_to`."""
        self._say("about_to", after)

    def done(self, now: Picture) -> None:
        """See `Witness.done`."""
        self._say("done", now)

    def found(self, now: Picture, but_for_the_hold: Picture) -> None:
        """See `Witness.found`."""
        self._say("found", now, but_for_the_hold)

    def failed(self, sentence: str) -> None:
        """See `Witness.failed`."""
        self._say("failed", sentence)

    def _say(self, *said: object) -> None:
        line = json.dumps([self.season.clock.now().isoformat(), *said])
        os.write(self._pipe, f"{line}\n".encode())


def live(pipe: int, folder: str, seed: int, now: str, stock: bool, narrow: bool) -> None:
    """Live until killed: with TinyDB's own storage, or on a disk that is full now and then."""
    if stock:
        stock_storage.use()
    messenger = Messenger(pipe)
    messenger.season = Season(Path(folder), Random(seed), datetime.fromisoformat(now), messenger)
    room = Random(seed)
    while True:
        if narrow:
            _let_files_grow(room.choice((0, 4096, 30_000, 100_000, 100_000)))
        for _ in range(room.randrange(1, 12)):
            messenger.season.step()
        if narrow:
            _let_files_grow(resource.RLIM_INFINITY)
            for _ in range(room.randrange(1, 12)):
                messenger.season.step()


def _let_files_grow(to: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (to, resource.RLIM_INFINITY))


def die(
    folder: str,
    seed: int,
    now: str,
    acts: int,
    then: float,
    stock: bool = False,
    narrow: bool = False,
) -> list[list[object]]:
    """Let a child live for so many messages and `then` seconds; all that it said."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        try:
            live(writes, folder, seed, now, stock, narrow)
        finally:
            os._exit(1)
    os.close(writes)
    said = b""
    while said.count(b"\n") < acts:
        more = os.read(reads, 65536)
        if not more:
            raise RuntimeError("the child ended by itself")
        said += more
    until = time.perf_counter() + then
    while time.perf_counter() < until:
        pass
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError("the child ended by itself")
    while more := os.read(reads, 65536):
        said += more
    os.close(reads)
    # A line that was cut off was written by nobody.
    return [json.loads(line) for line in said.split(b"\n")[:-1]]


if __name__ == "__main__":
    for order in sys.stdin:
        sys.stdout.write(f"{json.dumps(die(**json.loads(order)))}\n")
        sys.stdout.flush()
