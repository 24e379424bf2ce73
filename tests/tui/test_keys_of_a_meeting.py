"""How many keys a meeting takes: the fewer, the less anybody looks at the screen."""

from pathlib import Path

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import FIVE, AppDriver, add_first_meeting, create_circle, run_app

ORDINARY, BARE = 54, 30
"""The most keys for five people: with every response, last time's commitment kept and a new one
each, whose words don't count; and without anything of these."""


async def meet(driver: AppDriver, *, bare: bool) -> int:
    """Hold a meeting from home to home; how many keys it took."""
    keys = 0

    async def press(*pressed: str) -> None:
        nonlocal keys
        keys += len(pressed)
        await driver.press(*pressed)

    await press("enter", "enter")
    for _ in range(len(FIVE.split(", "))):
        await press("enter", "enter")
        assert driver.phase is Phase.RESPONSES
        await press(*(["enter"] if bare else ["t"] * 4))
        assert driver.phase is Phase.COMMITMENTS
        if not bare:
            await press("k", "n")
            await driver.type("I call the printer")
            await press("enter")
        await press("enter")
    while driver.app.live is not None:
        await press("enter")
    return keys


async def test_an_ordinary_meeting_of_five_takes_at_most_54_keys(
    folder: Path, clock: ManualClock
) -> None:
    add_first_meeting(create_circle(folder, clock), "I rest on Sunday")
    async with run_app(folder, clock) as driver:
        assert await meet(driver, bare=False) <= ORDINARY
        assert driver.screen_name == "Home"


async def test_a_bare_meeting_of_five_takes_at_most_30_keys(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert await meet(driver, bare=True) <= BARE
        assert driver.screen_name == "Home"
