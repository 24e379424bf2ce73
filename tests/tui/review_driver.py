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

from .app_driver import AppDriver, unpainted
from .past_meetings import circle_that_met, execute_between_meetings, hold_meeting, once

MARK_LATE = (commands.mark_next, "m2")
MARK_EXCUSED = ((commands.mark_next, "m3"), (commands.mark_next, "m3"))
MARK_ABSENT = ((commands.mark_next, "m1"),) * 3


def circle_with_every_attendance(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle of every kind of attendance: nine meetings in two cycles, and two cancelled."""
    return once(lambda: _meet_in_every_way(folder, clock), folder, clock)


def _meet_in_every_way(folder: Path, clock: ManualClock) -> CircleFile:
    file = circle_that_met(folder, clock, 2, members="Priya, Tom, Maya")
    hold_meeting(file, clock, MARK_LATE)
    hold_meeting(file, clock, *MARK_EXCUSED)
    execute_between_meetings(file, clock, membership.join, "Lena")
    hold_meeting(file, clock, MARK_LATE, commands.welcome_guest)
    clock.move(timedelta(days=1))
    execute_between_meetings(file, clock, rebooking.rebook, "1 June 2026 10:00")
    hold_meeting(file, clock)
    hold_meeting(file, clock, *MARK_ABSENT)
    execute_between_meetings(file, clock, rebooking.cancel)
    execute_between_meetings(file, clock, membership.leave, "m2")
    hold_meeting(file, clock)
    hold_meeting(file, clock)
    clock.move(timedelta(minutes=5))
    return file


@asynccontextmanager
async def run_review(
    *paths: Path, clock: ManualClock, size: tuple[int, int] = (80, 24), **more: Any
) -> AsyncIterator[AppDriver]:
    """Start the review of `paths`, with everything read."""
    app = ReviewApp(paths, clock, **more)
    with unpainted():
        async with app.run_test(size=size) as pilot:
            driver = AppDriver(app, pilot, clock)  # type: ignore[arg-type]
            await wait_until_read(driver)
            yield driver


async def wait_until_read(driver: AppDriver) -> None:
    """Wait until all files are read and shown."""
    await driver.settle()
    await driver.app.workers.wait_for_complete()
    await driver.settle()


def row_names(driver: AppDriver) -> list[str]:
    """The rows of the grid, or of the list, from the top: the beginning of each line."""
    return [line.strip(" ›│").split("  ")[0] for line in driver.text.splitlines()]
