"""Whole meetings by keys, one after the other: what is carried over, and to whom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from circle_tui.core.circle.record import Outcome
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import MINUTE, AppDriver, create_circle, run_app

FORTNIGHT = timedelta(weeks=2)


async def turn(driver: AppDriver, *keys: str) -> str:
    """One whole turn: the share, no responses, `keys` among the commitments. Who had it."""
    who = driver.speaker
    await driver.press("enter")
    driver.clock.move(6 * MINUTE)
    await driver.press("n", "n")
    for key in keys:
        await (driver.type(key[1:]) if key.startswith(".") else driver.press(key))
    await driver.press("enter")
    return who


async def test_the_second_meeting_has_the_right_opener_number_and_commitments(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        order = [await turn(driver, "n", f".promise {at}", "enter") for at in range(3)]
        assert order == ["Maya", "Tom", "Priya"]
        await driver.press("enter", "enter")
        assert "Cycle 1, meeting 2" in driver.headline
        assert all(f"promise {at}" in driver.text for at in range(3))
        await driver.press("q")
    clock.move(FORTNIGHT - MINUTE * 30)
    async with run_app(folder, clock) as driver:
        assert "Cycle 1, meeting 2" in driver.headline
        assert "Tom" in driver.text
        await driver.press("enter", "enter")
        assert [await turn(driver, key) for key in "kpx"] == ["Tom", "Priya", "Maya"]
        outcomes = {each.id: each.outcome for each in driver.meeting.answered}
        assert outcomes == {"c2": Outcome.KEPT, "c3": Outcome.PARTLY, "c1": Outcome.RELEASED}
        await driver.press("enter", "enter")
    first, second = CircleFile(folder / "harbour.json").read().records
    assert (first.number, second.number) == (1, 2)
    assert (first.opener, second.opener) == ("m1", "m2")
    # The same wall time in London, on the other side of the change of clocks.
    assert first.next == datetime(2026, 3, 19, 10, 0, tzinfo=UTC)
    assert second.next == datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


async def test_who_missed_their_opening_has_not_lost_it(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom, Priya")
    openers = []
    for away in ("", "2", "", ""):
        async with run_app(folder, clock) as driver:
            await driver.press("enter")
            if away:
                await driver.press(away, "space", "space")
            await driver.press("enter", "enter")
            openers.append(driver.speaker)
            for _ in range(20):
                if driver.phase is Phase.CLOSING:
                    break
                await driver.press("p" if driver.phase is Phase.READY else "n")
                if driver.screen_name == "Commitments":
                    await driver.press("enter")
            for _ in range(8):
                if driver.screen_name == "Closing":
                    asked = driver.meeting.closing_step is ClosingStep.VITALITY
                    await driver.press("y" if asked else "enter")
            assert driver.screen_name == "Home"
            await driver.press("q")
        clock.move(FORTNIGHT)
    assert openers == ["Maya", "Priya", "Tom", "Maya"]


async def test_the_seventh_meeting_begins_the_second_cycle(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Maya, Tom", cycle=2)
    for expected in ((1, 1, 1), (2, 1, 2), (3, 2, 1)):
        async with run_app(folder, clock) as driver:
            await driver.press("enter", "enter")
            context = driver.meeting.context
            assert (context.number, context.cycle, context.number_in_cycle) == expected
            await driver.press("p", "p", "p", "p")
            if context.choices:
                await driver.press("enter", "enter", "r")
            await driver.press("enter", "enter", "q")
        clock.move(FORTNIGHT)


async def test_a_commitment_that_was_reset_comes_up_as_its_new_self_alone(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        await turn(driver, "n", ".I run daily", "enter")
        await driver.press("p", "p", "enter", "enter", "q")
    clock.move(FORTNIGHT)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "p")
        await turn(driver, "m", "enter", "s", ".!", "enter")
        await driver.press("p", "enter", "enter")
        assert "I run daily!" in driver.text
        assert driver.text.count("I run daily") == 1
        await driver.press("q")
    clock.move(FORTNIGHT)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        assert [each.text for each in driver.meeting.open_of("m1")] == ["I run daily!"]
