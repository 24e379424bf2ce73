"""Run random lives in child processes and kill them: `python killed_child.py`, requests on stdin.

Invariant: the child is killed only with SIGKILL, at a moment that it cannot know. It is forked with
everything imported, so that a kill takes milliseconds. The answer to a request is one line of JSON:
every message that the child sent.
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

import filelock  # noqa: F401 - imported before the fork, so that no child has to import it
import tinydb_storage
from random_life import RandomLife, Snapshot


class PipeObserver:
    """An observer that sends what it is told through a pipe."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self.life: RandomLife

    def about_to(self, after: Snapshot) -> None:
        """See `Observer.about_to`."""
        self._send("about_to", after)

    def done(self, now: Snapshot) -> None:
        """See `Observer.done`."""
        self._send("done", now)

    def found(self, now: Snapshot, without_pause: Snapshot) -> None:
        """See `Observer.found`."""
        self._send("found", now, without_pause)

    def failed(self, sentence: str) -> None:
        """See `Observer.failed`."""
        self._send("failed", sentence)

    def _send(self, *output: object) -> None:
        line = json.dumps([self.life.clock.now().isoformat(), *output])
        os.write(self._pipe, f"{line}\n".encode())


def run_until_killed(
    pipe: int, folder: str, seed: int, now: str, plain_tinydb: bool, disk_fills_up: bool
) -> None:
    """Act until killed: with TinyDB's own storage, or on a disk that is full now and then."""
    if plain_tinydb:
        tinydb_storage.replace_our_storage()
    observer = PipeObserver(pipe)
    observer.life = RandomLife(Path(folder), Random(seed), datetime.fromisoformat(now), observer)
    chance = Random(seed)
    while True:
        if disk_fills_up:
            _limit_file_size(chance.choice((0, 4096, 30_000, 100_000, 100_000)))
        for _ in range(chance.randrange(1, 12)):
            observer.life.step()
        if disk_fills_up:
            _limit_file_size(resource.RLIM_INFINITY)
            for _ in range(chance.randrange(1, 12)):
                observer.life.step()


def _limit_file_size(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def run_and_kill(
    folder: str,
    seed: int,
    now: str,
    messages: int,
    seconds: float,
    plain_tinydb: bool = False,
    disk_fills_up: bool = False,
) -> list[list[object]]:
    """Kill a child after `messages` messages and `seconds` more; return all its messages."""
    read_end, write_end = os.pipe()
    start_python = os.fork()
    if start_python == 0:
        os.close(read_end)
        try:
            run_until_killed(write_end, folder, seed, now, plain_tinydb, disk_fills_up)
        finally:
            os._exit(1)
    os.close(write_end)
    output = b""
    while output.count(b"\n") < messages:
        chunk = os.read(read_end, 65536)
        if not chunk:
            raise RuntimeError("the child ended by itself")
        output += chunk
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass
    os.kill(start_python, signal.SIGKILL)
    _, status = os.waitpid(start_python, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError("the child ended by itself")
    while chunk := os.read(read_end, 65536):
        output += chunk
    os.close(read_end)
    # The last line may be cut off: the child was killed while it wrote it.
    return [json.loads(line) for line in output.split(b"\n")[:-1]]


if __name__ == "__main__":
    for request in sys.stdin:
        sys.stdout.write(f"{json.dumps(run_and_kill(**json.loads(request)))}\n")
        sys.stdout.flush()
