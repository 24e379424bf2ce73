"""Home and the gathering, between two meetings: what they say, and what others never see."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.circle import checkins, commitments, covenant, membership, rebooking, trades
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile

from .held import amend, close, go_to_next, hold, met, state, to_closing
from .sitting import SIZES, make, meeting, sit, taken

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
        assert not sitting.app.screen.query("#between")


async def test_help_and_leaving_are_in_sight_on_an_ordinary_terminal(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        footer = sitting.text.splitlines()[-1]
        assert "? Help" in footer
        assert "q Leave" in footer


async def test_people_who_left_or_are_away_neither_open_nor_count(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    amend(file, clock, membership.leave, "m1")
    amend(file, clock, membership.go_away, "m2")
    async with sit(folder, clock) as sitting:
        assert "Priya opens" in sitting.text
        assert "3 people, fortnightly" in sitting.headline


# What is open, now and later


async def test_what_comes_up_later_says_from_when(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock, "Maya, Tom")
    with meeting(file, clock) as live:
        taken(live, commands.begin, commands.start, commands.finish, commands.end_responses)
        taken(live, (commands.promise, "I read"), (commands.promise, "I write"), commands.end_turn)
        while live.meeting.phase is not Phase.CLOSING:
            taken(live, commands.start, commands.finish, commands.end_responses, commands.end_turn)
        close(live)
        live.finish()
    amend(file, clock, commitments.set_due, "c2", "4 April")
    async with sit(folder, clock) as sitting:
        rows = [row for row in sitting.text.splitlines() if "Maya: I" in row]
        assert "from" not in rows[0]
        assert "I write" in rows[1]
        assert "from 4 Apr" in rows[1]


# The covenant


async def test_the_covenants_review_is_said_when_it_is_due_and_not_before(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1)
    amend(file, clock, covenant.write)
    amend(file, clock, covenant.set_review, "10 March")
    async with sit(folder, clock) as sitting:
        assert "review" not in sitting.text
    clock.move(timedelta(days=5))
    async with sit(folder, clock) as sitting:
        assert "review is due" in sitting.text
        await sitting.press("v")
        assert sitting.at == "Covenant"


# Cancelled


async def test_a_cancelled_meeting_is_said_until_it_is_rebooked(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1)
    amend(file, clock, rebooking.cancel)
    async with sit(folder, clock) as sitting:
        assert "Cancelled: Thursday 19 March, 10:00." in sitting.text
        assert "48 hours" in sitting.text
    clock.move(timedelta(hours=49))
    async with sit(folder, clock) as sitting:
        assert "Cancelled: Thursday 19 March, 10:00. b rebooks." in sitting.text
    amend(file, clock, rebooking.rebook, "20 March")
    async with sit(folder, clock) as sitting:
        assert "Next meeting: Friday 20 March, 10:00" in sitting.text
        assert "Cancelled" not in sitting.text
        assert "Rebooked from Thursday 19 March" in sitting.text


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


async def test_four_are_told_who_meets_whom_until_the_next_meeting(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock, "Maya, Tom, Priya, Lena")
    seen = []
    for _ in range(4):
        async with sit(folder, clock) as sitting:
            seen.append([row.strip() for row in sitting.text.splitlines() if "In pairs" in row])
        hold(file, clock)
    assert seen == [
        [],
        ["In pairs until then: Maya and Tom, Priya and Lena."],
        ["In pairs until then: Maya and Priya, Tom and Lena."],
        ["In pairs until then: Maya and Lena, Tom and Priya."],
    ]


async def test_five_of_whom_one_is_away_are_four(folder: Path, clock: ManualClock) -> None:
    file = met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        assert "In pairs" not in sitting.text
    amend(file, clock, membership.go_away, "m5")
    async with sit(folder, clock) as sitting:
        assert "In pairs until then: Maya and Tom, Priya and Lena." in sitting.text


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


# A trading pair


async def test_a_trading_pairs_home_says_what_the_week_lacks_and_names_nobody(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock, "Maya, Tom", format_key="trading-pair")
    said = []
    for act in (("m1", "sent"), ("m1", "received"), None):
        async with sit(folder, clock) as sitting:
            assert "This week's trade" in sitting.text
            assert "t says what was sent and received" in sitting.line
            assert "Open commitments" not in sitting.text
            assert "Maya" not in sitting.text
            await sitting.press("enter")
            assert sitting.at == "Home"
            said.append(sitting.text)
        if act is not None:
            amend(file, clock, trades.toggle, *act)
    assert "Nothing is sent or received yet" in said[0]
    assert "still to come" in said[1]
    assert "complete" in said[2]
    async with sit(folder, clock) as sitting:
        await sitting.press("t")
        assert sitting.at == "Trades"


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
