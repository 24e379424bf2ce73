"""Looking at a review: the app of leads and members, on circles that have really met."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from circle_tui.core.circle import membership, rebooking
from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.review_app import ReviewApp

from .held import amend, hold, met
from .sitting import Sitting

LATE = (commands.mark_next, "m2")
EXCUSED = ((commands.mark_next, "m3"), (commands.mark_next, "m3"))
ABSENT = ((commands.mark_next, "m1"),) * 3


def harbour(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle of every kind of attendance: nine meetings in two cycles, and two cancelled."""
    file = met(folder, clock, 2, members="Priya, Tom, Maya")
    hold(file, clock, LATE)
    hold(file, clock, *EXCUSED)
    amend(file, clock, membership.join, "Lena")
    hold(file, clock, LATE, commands.welcome_guest)
    clock.move(timedelta(days=1))
    amend(file, clock, rebooking.rebook, "1 June 2026 10:00")
    hold(file, clock)
    hold(file, clock, *ABSENT)
    amend(file, clock, rebooking.cancel)
    amend(file, clock, membership.leave, "m2")
    hold(file, clock)
    hold(file, clock)
    clock.move(timedelta(minutes=5))
    return file


@asynccontextmanager
async def look(
    *paths: Path, clock: ManualClock, size: tuple[int, int] = (80, 24), **more: Any
) -> AsyncIterator[Sitting]:
    """Start the review of `paths`, with everything read."""
    app = ReviewApp(paths, clock, **more)
    async with app.run_test(size=size) as pilot:
        sitting = Sitting(app, pilot, clock)  # type: ignore[arg-type]
        await read(sitting)
        yield sitting


async def read(sitting: Sitting) -> None:
    """Wait until all files are read and shown."""
    await sitting.settle()
    await sitting.app.workers.wait_for_complete()
    await sitting.settle()


def names(sitting: Sitting) -> list[str]:
    """The rows of the grid, or of the list, from the top: the beginning of each line."""
    return [line.strip(" ›").split("  ")[0] for line in sitting.text.splitlines()]
