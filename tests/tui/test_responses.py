"""The responses, by keys: each of the others in turn, two sentences, and no third."""

from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import assert_large, create_circle, execute_all, meeting_under_way, run_app

HEARD = (commands.begin, commands.start, commands.finish)


async def test_each_of_the_others_responds_in_turn_around_the_circle(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Responses"
        for key, name in zip("twwt", ("Tom", "Priya", "Lena", "Sam"), strict=True):
            assert driver.ring.caption == f"{name} to Maya"
            assert_large(driver, name)
            assert "to Maya" in driver.text
            await driver.press(key)
        assert driver.screen_name == "Commitments"
        assert driver.speaker == "Maya"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["enter", "n"])
async def test_the_rest_can_be_left_out_at_once(folder: Path, clock: ManualClock, key: str) -> None:
    file = create_circle(folder, clock)
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        await driver.press("t", key)
        assert driver.screen_name == "Commitments"


async def test_undo_takes_a_response_back_and_then_the_share(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        await driver.press("t", "u")
        assert driver.meeting == before
        await driver.press("u")
        assert (driver.screen_name, driver.phase) == ("Share", Phase.SHARE)


async def test_who_responds_is_large_on_a_small_screen_too_and_both_sentences_have_room(
    folder: Path, clock: ManualClock
) -> None:
    with meeting_under_way(create_circle(folder, clock), clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock, (40, 12)) as driver:
        assert_large(driver, "Tom")
        for words in ("“Thank you”", "went?”"):
            assert words in driver.text, words
        # Beside the name, in as many lines as it has.
        beside = " ".join(driver.text_of("#to").split())
        assert beside == "to Maya then Priya, Lena and Sam"
