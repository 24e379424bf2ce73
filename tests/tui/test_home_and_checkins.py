"""Home and the gathering, between two meetings: what they say, and what others never see."""

from pathlib import Path

import pytest

from circle_tui.core.circle import checkins, covenant, membership, rebooking
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile

from .app_driver import ANY_SIZE, create_circle, run_app
from .past_meetings import (
    circle_that_met,
    execute_between_meetings,
    hold_meeting,
    move_to_next_meeting,
    read_state,
    run_closing,
    run_to_closing,
)

WORDS = "I asked the team what they would need to say no to."
LONG = " ".join([WORDS] * 9)


# A plain circle


async def test_a_plain_circles_home_is_as_short_as_it_was(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 2)
    async with run_app(folder, clock) as driver:
        lines = [line.strip(" │╭╮─╰╯") for line in driver.text.splitlines()[2:-2]]
        assert [line for line in lines if line] == [
            "Next meeting",
            "Thursday 2 April, 10:00  in 14 days",
            "● ● ◉ ○ ○ ○   meeting 3 of 6, cycle 1",
            "Priya opens: hasn't opened yet, and sits first.",
            "Open commitments",
            "None yet. You'll make them in a meeting.",
        ]
        assert not driver.app.screen.query_one("#to-do").display


async def test_help_and_leaving_are_in_sight_on_an_ordinary_terminal(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        footer = driver.text.splitlines()[-1]
        assert "? Help" in footer
        assert "q Quit" in footer


# Cancelled


async def test_a_meeting_under_way_cannot_be_cancelled(folder: Path, clock: ManualClock) -> None:
    file = circle_that_met(folder, clock, 1)
    move_to_next_meeting(file, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "escape")
        assert driver.screen_name == "Home"
        assert "under way" in driver.text
        await driver.press("b")
        assert driver.screen_name == "Home"
        assert "in a meeting" in driver.flashed


# Pairs


async def test_a_pair_is_told_once_that_three_is_safer(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        assert "is safer" not in driver.text
    hold_meeting(file, clock)
    async with run_app(folder, clock) as driver:
        assert "three is safer" in driver.text
        assert read_state(folder).circle.told_of_three
        await driver.press("p", "escape")
        assert driver.screen_name == "Home"
        assert "is safer" not in driver.text
    async with run_app(folder, clock) as driver:
        assert "is safer" not in driver.text


async def test_what_is_undone_afterwards_does_not_tell_them_again(
    folder: Path, clock: ManualClock
) -> None:
    file = circle_that_met(folder, clock, 1, members="Maya, Tom")
    service = CircleService(file, clock)
    service.execute(rebooking.cancel)
    service.apply_without_undo(membership.tell_of_three)
    service.undo()
    assert service.state.cancelled == ()
    assert service.state.circle.told_of_three
    service.close()


async def test_whoever_only_reads_is_not_taken_to_be_told(folder: Path, clock: ManualClock) -> None:
    file = circle_that_met(folder, clock, 1, members="Maya, Tom")
    holder = CircleService(file, clock)
    before = file.path.read_bytes()
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        assert "is safer" not in driver.text
    assert file.path.read_bytes() == before
    holder.close()


# Check-ins at the gathering


def checked_in(folder: Path, clock: ManualClock, words: str, *members: str) -> CircleFile:
    """A movement pod that has met, and in which some have checked in since."""
    file = circle_that_met(folder, clock, 1, format_key="movement-pod")
    for member in members:
        execute_between_meetings(file, clock, checkins.check_in, member, words)
    move_to_next_meeting(file, clock)
    return file


async def test_check_ins_stand_beside_the_plan_where_there_is_room(
    folder: Path, clock: ManualClock
) -> None:
    checked_in(folder, clock, WORDS, "m2")
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("enter")
        assert "Since last time" in driver.text
        assert "Tom  I asked the team" in driver.text
        assert "i Check-ins" not in driver.text


async def test_elsewhere_i_shows_them_alone_and_enter_goes_back_without_beginning(
    folder: Path, clock: ManualClock
) -> None:
    checked_in(folder, clock, LONG, "m1", "m2", "m4")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert "i Check-ins" in driver.text
        assert "Tom  I asked" not in driver.text
        before = driver.meeting
        await driver.press("i")
        assert "Maya  I asked" in driver.text
        assert "Who is here" not in driver.text
        await driver.press("space", "g", "f", "3", "plus")
        assert driver.meeting == before
        await driver.press("enter")
        assert driver.phase is Phase.GATHERING
        assert "Who is here" in driver.text
        await driver.press("i", "escape")
        assert driver.screen_name == "Gathering"
        assert "Who is here" in driver.text


async def test_all_of_them_can_be_reached_on_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    checked_in(folder, clock, LONG, "m1", "m2", "m4")
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("enter", "i")
        seen = driver.text
        for _ in range(60):
            await driver.press("down")
            seen += driver.text
        for name in ("Maya  ", "Tom  ", "Lena  "):
            assert name in seen


async def test_a_larger_terminal_makes_room_for_them(folder: Path, clock: ManualClock) -> None:
    checked_in(folder, clock, WORDS, "m1", "m2")
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("enter")
        assert "Tom  I asked" not in driver.text
        await driver.resize(110, 34)
        assert "Tom  I asked" in driver.text
        await driver.resize(40, 12)
        assert "Tom  I asked" not in driver.text


async def test_without_check_ins_the_gathering_says_nothing_of_them(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert "heck-in" not in driver.text
        assert "question" not in driver.text
        before = driver.meeting
        await driver.press("i")
        assert driver.meeting == before
        assert "does nothing here" in driver.flashed


async def test_checkins_are_gone_after_the_meeting_they_were_for(
    folder: Path, clock: ManualClock
) -> None:
    file = checked_in(folder, clock, WORDS, "m2")
    service = CircleService(file, clock)
    live: LiveMeeting = service.begin()
    run_to_closing(live, clock)
    run_closing(live)
    live.finish()
    service.close()
    move_to_next_meeting(file, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("enter")
        assert "I asked" not in driver.text


# Every size


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_home_and_gathering_work_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    file = checked_in(folder, clock, LONG, "m1", "m2")
    execute_between_meetings(file, clock, covenant.write)
    execute_between_meetings(file, clock, rebooking.cancel)
    execute_between_meetings(file, clock, rebooking.cancel)
    async with run_app(folder, clock, size) as driver:
        await driver.press("down", "down", "up", "enter")
        assert driver.screen_name == "Gathering"
        await driver.press("i", "down", "i", "down", "space", "enter")
