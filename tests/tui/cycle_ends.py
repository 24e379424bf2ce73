"""The closing of the last meeting of a cycle, and of the one that asks how the circle is."""

from pathlib import Path

from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.clock import ManualClock

from .app_driver import AppDriver
from .past_meetings import (
    circle_that_met,
    park_at_closing,
)


def at_the_end(folder: Path, clock: ManualClock, cycles: int = 1) -> None:
    """The closing of the last meeting of so many cycles, five people having come each time."""
    park_at_closing(circle_that_met(folder, clock, 6 * cycles - 1), clock)


def at_week_6(folder: Path, clock: ManualClock) -> None:
    """The closing of the fourth meeting."""
    park_at_closing(circle_that_met(folder, clock, 3), clock)


async def through_the_look_back(driver: AppDriver) -> None:
    await driver.press("enter", "enter")
    assert driver.meeting.closing_step is ClosingStep.CHOICE
