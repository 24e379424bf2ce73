"""Home and the gathering, between two meetings: what they say, and what others never see."""

from pathlib import Path

import pytest

from circle_tui.core.circle import checkins, covenant, membership, rebooking
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile

from .held import amend, close, go_to_next, hold, met, state, to_closing
from .sitting import SIZES, make, sit

WORDS = "I asked the team what they would need to say no to."
LONG = " ".join([WORDS] * 9)


# A plain circle


async def test_a_plain_circles_home_is_as_short_as_it_was(folder: Path, clock: ManualClock) -> None:
    met(folder, clock, 2)
    async with sit(folder, clock) as sitting:
        lines = [line.strip() for line in sitting.text.splitlines()[1:-2] if line.strip()]
        assert lines == [
            "Next meeting: Thursday 2 April, 10:00",
            "in 14 days",
            "Priya opens: has not opened yet and comes first by seat.",
            "Open commitments",
            "None yet: they are made in a meeting.",
        ]
        assert not sitting.app.screen.query_one("#between").display


async def test_help_and_leaving_are_in_sight_on_an_ordinary_terminal(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        footer = sitting.text.splitlines()[-1]
        assert "? Help" in footer
        assert "q Leave" in footer


# Cancelled


async def test_a_meeting_under_way_cannot_be_cancelled(folder: Path, clock: ManualClock) -> None:
    file = met(folder, clock, 1)
    go_to_next(file, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space", "escape")
        assert sitting.at == "Home"
        assert "under way" in sitting.text
        await sitting.press("b")
        assert sitting.at == "Home"
        assert "under way" in sitting.said


# Pairs


async def test_a_pair_is_told_once_that_three_is_sturdier(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        assert "sturdier" not in sitting.text
    hold(file, clock)
    async with sit(folder, clock) as sitting:
        assert "three is sturdier" in sitting.text
        assert state(folder).circle.told_of_three
        await sitting.press("p", "escape")
        assert sitting.at == "Home"
        assert "sturdier" not in sitting.text
    async with sit(folder, clock) as sitting:
        assert "sturdier" not in sitting.text


async def test_what_is_undone_afterwards_does_not_tell_them_again(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1, members="Maya, Tom")
    opened = CircleService(file, clock)
    opened.execute(rebooking.cancel)
    opened.apply_without_undo(membership.tell_of_three)
    opened.undo()
    assert opened.state.cancelled == ()
    assert opened.state.circle.told_of_three
    opened.close()


async def test_whoever_only_reads_is_not_taken_to_be_told(folder: Path, clock: ManualClock) -> None:
    file = met(folder, clock, 1, members="Maya, Tom")
    holder = CircleService(file, clock)
    before = file.path.read_bytes()
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Home"
        assert "sturdier" not in sitting.text
    assert file.path.read_bytes() == before
    holder.close()


# Check-ins at the gathering


def checked_in(folder: Path, clock: ManualClock, words: str, *members: str) -> CircleFile:
    """A movement pod that has met, and in which some have checked in since."""
    file = met(folder, clock, 1, format_key="movement-pod")
    for member in members:
        amend(file, clock, checkins.check_in, member, words)
    go_to_next(file, clock)
    return file


async def test_check_ins_stand_beside_the_plan_where_there_is_room(
    folder: Path, clock: ManualClock
) -> None:
    checked_in(folder, clock, WORDS, "m2")
    async with sit(folder, clock, (110, 34)) as sitting:
        await sitting.press("enter")
        assert "Since we last met" in sitting.text
        assert "Tom: I asked the team" in sitting.text
        assert "i Check-ins" not in sitting.text


async def test_elsewhere_i_shows_them_alone_and_enter_goes_back_without_beginning(
    folder: Path, clock: ManualClock
) -> None:
    checked_in(folder, clock, LONG, "m1", "m2", "m4")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        assert "i shows them" in sitting.text
        assert "Tom: I asked" not in sitting.text
        before = sitting.meeting
        await sitting.press("i")
        assert "Maya: I asked" in sitting.text
        assert "opens" not in sitting.text
        await sitting.press("space", "g", "f", "3", "plus")
        assert sitting.meeting == before
        await sitting.press("enter")
        assert sitting.phase is Phase.GATHERING
        assert "opens" in sitting.text
        await sitting.press("i", "escape")
        assert sitting.at == "Gathering"
        assert "opens" in sitting.text


async def test_all_of_them_can_be_reached_on_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    checked_in(folder, clock, LONG, "m1", "m2", "m4")
    async with sit(folder, clock, (40, 12)) as sitting:
        await sitting.press("enter", "i")
        seen = sitting.text
        for _ in range(60):
            await sitting.press("down")
            seen += sitting.text
        for name in ("Maya: ", "Tom: ", "Lena: "):
            assert name in seen


async def test_a_larger_terminal_makes_room_for_them(folder: Path, clock: ManualClock) -> None:
    checked_in(folder, clock, WORDS, "m1", "m2")
    async with sit(folder, clock, (40, 12)) as sitting:
        await sitting.press("enter")
        assert "Tom: I asked" not in sitting.text
        await sitting.resize(110, 34)
        assert "Tom: I asked" in sitting.text
        await sitting.resize(40, 12)
        assert "Tom: I asked" not in sitting.text


async def test_without_check_ins_the_gathering_says_nothing_of_them(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        assert "heck-in" not in sitting.text
        assert "question" not in sitting.text
        before = sitting.meeting
        await sitting.press("i")
        assert sitting.meeting == before
        assert "does nothing here" in sitting.said


async def test_they_are_gone_after_the_meeting_they_were_for(
    folder: Path, clock: ManualClock
) -> None:
    file = checked_in(folder, clock, WORDS, "m2")
    opened = CircleService(file, clock)
    live: LiveMeeting = opened.begin()
    to_closing(live, clock)
    close(live)
    live.finish()
    opened.close()
    go_to_next(file, clock)
    async with sit(folder, clock, (110, 34)) as sitting:
        await sitting.press("enter")
        assert "I asked" not in sitting.text


# Every size


@pytest.mark.parametrize("size", [*SIZES, (20, 6), (1, 1)])
async def test_home_and_gathering_work_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    file = checked_in(folder, clock, LONG, "m1", "m2")
    amend(file, clock, covenant.write)
    amend(file, clock, rebooking.cancel)
    amend(file, clock, rebooking.cancel)
    async with sit(folder, clock, size) as sitting:
        await sitting.press("down", "down", "up", "enter")
        assert sitting.at == "Gathering"
        await sitting.press("i", "down", "i", "down", "space", "enter")
