"""How long the screen stands still: a run of the program that notes what holds up its event loop.

Invariant: the program is the real one in a real terminal; only the asking of the time before and
after each step of its event loop is added.
"""

import os
from pathlib import Path
from typing import NamedTuple

NOTED_IN = "CIRCLE_TUI_STALLS"
"""The file that steps of the event loop are noted in."""

PROGRAM = f"""
import asyncio.events, os, sys, threading, time
noted = os.open(os.environ[{NOTED_IN!r}], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
scheduled = os.open(f"/proc/self/task/{{threading.get_native_id()}}/schedstat", os.O_RDONLY)
step = asyncio.events.Handle._run
def waited():
    return int(os.pread(scheduled, 100, 0).split()[1]) / 1e9
def timed(handle):
    before, began = waited(), time.perf_counter()
    step(handle)
    took = time.perf_counter() - began
    if took > 0.005:
        what = " ".join(repr(handle).split())
        os.write(noted, f"{{took - waited() + before}} {{took}} {{what}}\\n".encode())
asyncio.events.Handle._run = timed
sys.argv[0] = "circle-tui"
from circle_tui.__main__ import main
sys.exit(main())
"""


class Stall(NamedTuple):
    """One step of the event loop, in seconds."""

    stood: float
    """How long the screen stood still, without what other programs had the processor meanwhile."""
    took: float
    """The same with it."""
    what: str


def begin(place: Path) -> None:
    """Forget what was noted before."""
    os.truncate(place, 0)


def noted(place: Path) -> list[Stall]:
    """The steps noted since `begin`, without the shortest."""
    found = []
    for line in place.read_text().splitlines():
        stood, took, what = line.split(" ", 2)
        found.append(Stall(float(stood), float(took), what))
    return found
