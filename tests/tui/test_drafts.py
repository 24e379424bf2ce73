"""Words that were typed and left come back with their field, and with no other."""

from pathlib import Path

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.app import CircleApp

from .app_driver import (
    TO_COMMITMENTS,
    begin_round,
    create_circle,
    folder_contents,
    run_app,
)


async def test_words_left_by_esc_come_back_and_go_on(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.COMMITMENTS
        await driver.press("n")
        await driver.type("I call the")
        await driver.press("escape", "n")
        assert driver.prompt_value == "I call the"
        await driver.type(" printer")
        await driver.press("enter", "n")
        assert [each.text for each in driver.meeting.made] == ["I call the printer"]
        assert driver.prompt_value == ""


async def test_nobody_finds_anothers_words_in_the_field(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.COMMITMENTS
        await driver.press("n")
        await driver.type("Mayas own")
        await driver.press("escape", "enter", "enter", "n", "enter", "n")
        assert driver.phase is Phase.COMMITMENTS
        assert driver.prompt_value == ""


async def test_a_draft_is_kept_from_home_but_on_no_disk_and_not_after_the_circle_is_left(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "n")
        await driver.type("Zoltan")
        await driver.press("ctrl+c", "escape", "p", "n")
        assert driver.prompt_value == "Zoltan"
        assert not any(b"Zoltan" in each for each in folder_contents(folder).values())
        await driver.press("escape")
        assert isinstance(driver.app, CircleApp)
        assert driver.app.drafts
        driver.app.let_go()
        assert not driver.app.drafts


async def test_what_is_there_already_is_replaced_by_typing_and_stays_without(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "r")
        assert driver.prompt_value == "Maya"
        await driver.press("escape", "r")
        assert driver.prompt_value == "Maya"
        await driver.type("Mia")
        assert driver.prompt_value == "Mia"


async def test_ctrl_c_goes_before_a_flood_of_other_keys(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        queue = driver.app._key_queue
        queue._started = False  # As while the keys before it take all the time there is.
        for _ in range(1_000):
            driver.send("j")
        driver.send("ctrl+c")
        await driver.settle()
        assert len(queue._waiting) == 1_001
        queue._started = True
        queue._take_at_once(queue._waiting[-1])
        await driver.settle()
        assert driver.exited
