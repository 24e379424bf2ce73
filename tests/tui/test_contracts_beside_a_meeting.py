"""Contracts beside a meeting: named as it begins, opened at its closing, shown after it."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import (
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)
from .contract_steps import contracts, make_signed

TWO = "Maya, Tom"


async def test_a_due_contract_is_named_as_a_meeting_begins_and_opened_at_its_closing(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    make_signed(file, clock, "m1", "m4")
    clock.move(timedelta(days=28))
    async with run_app(folder, clock) as driver:
        assert "A contract is due: Design feedback. Press h to open it." in driver.text
        await driver.press("enter")
        said = " ".join(driver.text_of("#contracts").split()).replace("│ ", "")
        assert "Due today: Design feedback (Maya, Lena)." in said
        assert driver.meeting.context.contracts_due == ("Design feedback (Maya, Lena)",)
        await driver.press("enter")
        while driver.phase is not Phase.CLOSING:
            await driver.press("p")
        assert "Due: Design feedback (Maya, Lena)." in " ".join(driver.text_of("#closing").split())
        await driver.press("h", "enter", "l", "escape", "escape", "escape")
        assert driver.screen_name == "Contracts"
        await driver.press("escape")
        assert driver.screen_name == "Closing"
        while driver.screen_name == "Closing":
            await driver.press("enter")
        assert driver.screen_name == "Contract"
        assert "Now the contract of Maya and Lena" in driver.flashed
        await driver.press("escape", "escape")
        assert driver.screen_name == "Home"


async def test_one_ended_at_the_closing_does_not_come_again_after_it(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    make_signed(file, clock, "m1", "m4")
    clock.move(timedelta(days=28))
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
        while live.meeting.phase is not Phase.CLOSING:
            execute_all(live, commands.pass_turn)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Closing"
        await driver.press("h", "enter", "l", "enter", "enter", "e", "escape")
        assert contracts(folder)[0].ended is not None
        while driver.screen_name == "Closing":
            await driver.press("enter")
        assert driver.screen_name == "Home"


@pytest.mark.full
async def test_after_a_meeting_all_that_are_due_come_one_after_another_and_each_can_be_left(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    for people in (("m1", "m4"), ("m2", "m3"), ("m3", "m5")):
        make_signed(file, clock, *people)
    clock.move(timedelta(days=28))
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
        while live.meeting.phase is not Phase.CLOSING:
            execute_all(live, commands.pass_turn)
    async with run_app(folder, clock) as driver:
        while driver.screen_name == "Closing":
            await driver.press("enter")
        said = []
        # The first is left for later, the second is ended, the third left again.
        for keys in (("escape",), ("l", "enter", "enter", "e"), ("escape",)):
            assert driver.screen_name == "Contract"
            said.append(driver.flashed)
            await driver.press(*keys)
        assert [each.partition(" · ")[0].partition("of ")[2] for each in said] == [
            "Maya and Lena, then 2 more",
            "Tom and Priya, then 1 more",
            "Priya and Sam",
        ]
        assert [each.ended is not None for each in contracts(folder)] == [False, True, False]
        assert driver.screen_name == "Contracts"
        # Whoever opens one later and leaves it is back at the list.
        await driver.press("enter", "escape")
        assert driver.screen_name == "Contracts"
        await driver.press("escape")
        assert driver.screen_name == "Home"


@pytest.mark.full
async def test_going_home_leaves_all_that_would_come_after_a_meeting(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    make_signed(file, clock, "m1", "m4")
    make_signed(file, clock, "m2", "m3")
    clock.move(timedelta(days=28))
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
        while live.meeting.phase is not Phase.CLOSING:
            execute_all(live, commands.pass_turn)
    async with run_app(folder, clock) as driver:
        while driver.screen_name == "Closing":
            await driver.press("enter")
        await driver.press("colon", *"people", "enter")
        await driver.press("escape")
        assert driver.screen_name == "Home"
        await driver.press("h")
        assert driver.screen_name == "Contracts"
