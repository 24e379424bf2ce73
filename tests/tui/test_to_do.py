"""What is to do between two meetings, on the home screen: seen, done, undone, and clicked."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.core.circle import covenant
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import AppDriver, run_app
from .past_meetings import circle_that_met, execute_between_meetings, read_state


def circle_with_missing(folder: Path, clock: ManualClock, **reaches_out: str) -> CircleFile:
    """A circle after a meeting, with who reaches out to whom."""
    file = circle_that_met(folder, clock, 1)
    state = file.read()
    file.save(replace(state, records=(replace(state.records[0], reaches_out=reaches_out),)))
    return file


async def click(driver: AppDriver, words: str) -> None:
    lines = driver.text.splitlines()
    y = next(at for at, line in enumerate(lines) if words in line)
    await driver.pilot.click(offset=(lines[y].index(words) + 2, y))
    await driver.settle()


async def test_reaching_out_is_done_with_one_key_undone_and_done_again(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_missing(folder, clock, m4="m2")
    async with run_app(folder, clock) as driver:
        assert "Tom reaches out to Lena." in driver.text
        assert "d Reached out" in driver.text
        await driver.press("d")
        assert "reaches out" not in driver.text
        assert driver.flashed.startswith("Tom has reached out to Lena.")
        assert read_state(folder).records[0].reached == ("m4",)
        await driver.press("u")
        assert "Tom reaches out to Lena." in driver.text
        assert driver.flashed == "Undone: reaching out to Lena. U to redo."
        await driver.press("U", "q")
    async with run_app(folder, clock) as driver:
        assert "reaches out" not in driver.text


async def test_of_several_the_second_can_be_done_first_by_key_or_by_click(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_missing(folder, clock, m4="m2", m1="m3")
    async with run_app(folder, clock) as driver:
        assert "› Priya reaches out to Maya." in driver.text
        await driver.press("tab", "d")
        assert read_state(folder).records[0].reached == ("m4",)
        await driver.press("u")
        await click(driver, "Tom reaches out")
        assert read_state(folder).records[0].reached == ("m4",)
        assert "Priya reaches out to Maya." in driver.text


async def test_a_click_on_a_thing_to_do_or_on_a_commitment_leads_there(
    folder: Path, clock: ManualClock
) -> None:
    file = circle_that_met(folder, clock, 1)
    execute_between_meetings(file, clock, covenant.write)
    execute_between_meetings(file, clock, covenant.set_review, "tomorrow")
    clock.move(timedelta(days=1))
    async with run_app(folder, clock) as driver:
        await click(driver, "Time to review")
        assert driver.screen_name == "Covenant"
        await driver.press("escape")
        await click(driver, "None yet")
        assert driver.screen_name == "OpenCommitments"
