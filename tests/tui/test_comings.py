"""People who come late and leave early, by keys, on every screen of the round."""

from pathlib import Path

import pytest
from textual.events import Event

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .scenes import lay_out
from .sitting import MINUTE, Sitting, make, sit


async def speak(sitting: Sitting, *before: str) -> None:
    """From home through the gathering into the first share."""
    await sitting.press("enter", *before, "enter", "enter")
    assert sitting.phase is Phase.SHARE


def attendance(sitting: Sitting, seat: int) -> str:
    return str(sitting.meeting.people[seat - 1].attendance)


async def test_whoever_was_away_arrives_and_comes_last(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting, "3", "space", "space", "space")
        assert "m3" not in sitting.meeting.order
        await sitting.press("l")
        assert sitting.at == "Arrivals"
        await sitting.press("enter")
        assert sitting.at == "Share"
        assert attendance(sitting, 3) == "late"
        assert sitting.meeting.waiting == ("m2", "m4", "m5", "m3")


async def test_whoever_must_go_speaks_next_and_then_has_left(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("l", "5", "enter")
        assert attendance(sitting, 5) == "left early"
        assert sitting.meeting.person("m5").here
        assert sitting.meeting.waiting == ("m5", "m2", "m3", "m4")
        await sitting.press("l", "5", "enter")
        assert not sitting.meeting.person("m5").here
        assert sitting.meeting.waiting == ("m2", "m3", "m4")


async def test_the_speaker_may_leave_in_the_middle(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("l", "1", "enter")
        assert sitting.speaker == "Tom"
        assert sitting.phase is Phase.READY
        assert sitting.meeting.finished == ("m1",)


@pytest.mark.parametrize(
    ("keys", "seat"),
    [
        (("up", "space"), 5),
        (("down", "j", "k", "j", "enter"), 2),
        (("k", "down", "j", "j", "enter"), 3),
    ],
)
async def test_the_cursor_chooses_and_wraps(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], seat: int
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("l", *keys)
        assert [attendance(sitting, each) for each in range(1, 6)].index("left early") == seat - 1


@pytest.mark.parametrize("key", ["escape", "l", "q"])
async def test_it_can_be_left_without_anybody_coming_or_going(
    folder: Path, clock: ManualClock, key: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        before = sitting.meeting
        await sitting.press("l", "enter", "down", "9", "0", "w", key)
        assert sitting.at == "Share"
        assert sitting.meeting == before
        assert not sitting.ended


async def test_the_rest_is_refitted_without_a_word(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting, "5", "space", "space", "space")
        await sitting.later(6 * MINUTE, pulse=False)
        await sitting.press("space")
        await sitting.later(12 * MINUTE)
        # 10:18, two minutes left and one to respond: 10:21; 39 minutes less 4 for four turns.
        await sitting.press("l", "enter")
        assert sitting.meeting.share == 7.5 * MINUTE
        assert sitting.left == 2 * MINUTE
        assert sitting.headline[-1].endswith("10:59")


async def test_somebody_late_who_has_the_turn_is_here_when_they_start(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock) as sitting:
        await speak(sitting, "3", "space")
        for _ in range(2):
            await sitting.press("n", "n", "enter")
            if sitting.phase is Phase.READY and sitting.speaker == "Priya":
                break
            await sitting.press("enter")
        assert sitting.speaker == "Priya"
        assert "late" in sitting.line
        await sitting.press("enter")
        assert sitting.meeting.person("m3").here
        assert attendance(sitting, 3) == "late"


async def test_somebody_late_who_never_comes_was_absent(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock) as sitting:
        await speak(sitting, "3", "space")
        await sitting.press("n", "n", "enter", "enter", "n", "n", "enter", "p", "p")
        assert sitting.at == "Closing"
        assert attendance(sitting, 3) == "absent"
        assert sitting.meeting.finished == ("m1", "m2")


@pytest.mark.parametrize(
    ("keys", "screen"),
    [((), "Share"), (("n",), "Responses"), (("n", "n"), "Commitments")],
)
async def test_people_come_and_go_on_every_screen_of_the_round(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], screen: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting, "4", "space", "space")
        await sitting.press(*keys)
        assert sitting.at == screen
        await sitting.press("l", "enter")
        assert sitting.at == screen
        assert attendance(sitting, 4) == "late"
        await sitting.press("u")
        assert attendance(sitting, 4) == "excused"


async def test_when_the_last_but_one_leaves_during_the_responses_it_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("n")
        assert sitting.at == "Responses"
        await sitting.press("l", "2", "enter", "l", "2", "enter")
        assert sitting.at == "Commitments" or sitting.meeting.person("m2").here
        assert sitting.speaker == "Maya"


async def test_when_everybody_leaves_the_meeting_closes(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("l", "2", "enter", "l", "2", "enter", "l", "1", "enter")
        assert sitting.at == "Closing"
        await sitting.press("enter", "enter")
        assert sitting.at == "Home"


async def test_who_left_is_gone_from_the_screen_before_the_next_key_is_looked_at(
    folder: Path, clock: ManualClock
) -> None:
    lay_out(folder, clock, "responses")
    async with sit(folder, clock) as sitting:
        seen = []
        order = sitting.app._key_queue
        deliver = order._deliver

        async def looked(event: Event) -> None:
            seen.append(getattr(sitting.app.screen, "meeting", None) == sitting.meeting)
            await deliver(event)

        order._deliver = looked
        for key in ("l", "down", "enter", "t"):
            sitting.send(key)
        await sitting.settle()
        assert "left early" in {attendance(sitting, seat) for seat in (1, 2, 3)}
        assert seen == [True, False, False, True]
