"""The gathering, by keys: who is here, in which order, and whether the time is enough."""

from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.service.clock import ManualClock

from .sitting import MINUTE, Sitting, make, sit


def marks(meeting: Meeting) -> list[str]:
    return [str(person.attendance) for person in meeting.people]


def changed(before: list[str], after: list[str]) -> set[int]:
    return {
        seat for seat, (one, two) in enumerate(zip(before, after, strict=True), 1) if one != two
    }


async def gather(sitting: Sitting) -> None:
    await sitting.press("enter")
    assert sitting.at == "Gathering"


async def test_space_goes_round_all_the_ways_to_come(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        seen = []
        for _ in range(5):
            seen.append(marks(sitting.meeting)[0])
            await sitting.press("space")
        assert seen == ["present", "late", "excused", "absent", "present"]


@pytest.mark.parametrize(
    ("keys", "seat"),
    [
        (("space",), 1),
        (("j", "down", "k", "space"), 2),
        (("up", "space"), 5),
        (("3", "3"), 3),
        (("5", "up", "space"), 4),
        (("2", "3", "2", "2"), 2),
        (("2", "down", "2", "2"), 2),
    ],
)
async def test_the_cursor_and_the_seat_numbers_choose_whom_a_mark_is_for(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], seat: int
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        before = marks(sitting.meeting)
        await sitting.press(*keys)
        assert changed(before, marks(sitting.meeting)) == {seat}


async def test_the_first_press_of_a_number_only_chooses(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        before = marks(sitting.meeting)
        await sitting.press("1", "2", "1", "down", "2")
        assert marks(sitting.meeting) == before


async def test_there_is_no_seat_nine_among_five(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        before = sitting.meeting
        await sitting.press("9", "9")
        assert sitting.meeting == before
        assert "9" in sitting.said


async def test_who_opens_and_why_follows_the_marks(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        assert "Maya opens" in sitting.text
        await sitting.press("space")
        assert "Tom opens" in sitting.text
        assert sitting.meeting.order_now() == ("m2", "m3", "m4", "m5", "m1")
        reason = sitting.meeting.opener_now()
        assert reason is not None
        assert reason.reason.split()[0] in sitting.text
        await sitting.press("space")
        assert sitting.meeting.order_now() == ("m2", "m3", "m4", "m5")


async def test_plus_and_minus_set_the_share_for_everybody(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        await sitting.press("plus", "plus", "minus")
        assert sitting.meeting.share == 9 * MINUTE
        # 5 + 5 × (9 + 1) + 4 = 59.
        assert "10:59" in sitting.headline[-1]
        await sitting.press("u")
        assert sitting.meeting.share == 10 * MINUTE


async def test_the_end_is_the_plans(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        assert "10:54" in sitting.headline[-1]
        await sitting.later(7 * MINUTE)
        assert "11:01" in sitting.headline[-1]


async def test_enter_begins_with_whoever_opens(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await gather(sitting)
        await sitting.press("space", "space", "enter")
        assert sitting.phase is Phase.READY
        assert sitting.at == "Share"
        assert sitting.speaker == "Tom"


async def test_twenty_members_can_all_be_reached_with_the_cursor(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, ", ".join(f"Person {number}" for number in range(1, 21)))
    async with sit(folder, clock, (40, 12)) as sitting:
        await gather(sitting)
        for number in range(1, 21):
            assert f"Person {number} " in sitting.text
            await sitting.press("space", "down")
        assert set(marks(sitting.meeting)) == {"late"}
