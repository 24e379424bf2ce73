"""The responses, by keys: each of the others in turn, two sentences, and no third."""

from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .sitting import make, meeting, sit, taken
from .test_share import PRINTABLE

HEARD = (commands.begin, commands.start, commands.finish)


async def test_each_of_the_others_responds_in_turn_around_the_circle(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    with meeting(file, clock) as live:
        taken(live, *HEARD)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Responses"
        for key, name in zip("twwt", ("Tom", "Priya", "Lena", "Sam"), strict=True):
            assert f"{name} to Maya" in sitting.text
            await sitting.press(key)
        assert sitting.at == "Commitments"
        assert sitting.speaker == "Maya"


@pytest.mark.parametrize("key", ["enter", "n"])
async def test_the_rest_can_be_left_out_at_once(folder: Path, clock: ManualClock, key: str) -> None:
    file = make(folder, clock)
    with meeting(file, clock) as live:
        taken(live, *HEARD)
    async with sit(folder, clock) as sitting:
        await sitting.press("t", key)
        assert sitting.at == "Commitments"


async def test_there_is_no_third_choice(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    with meeting(file, clock) as live:
        taken(live, *HEARD)
    async with sit(folder, clock) as sitting:
        for key in (*PRINTABLE, " ", "ä", "é", "あ"):
            if key in "twnlaqu:?":
                continue
            before = sitting.meeting
            await sitting.burst(key)
            assert sitting.meeting == before, key
            assert sitting.at == "Responses", key
            assert sitting.app.focused is None, key


async def test_undo_takes_a_response_back_and_then_the_share(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    with meeting(file, clock) as live:
        taken(live, *HEARD)
    async with sit(folder, clock) as sitting:
        before = sitting.meeting
        await sitting.press("t", "u")
        assert sitting.meeting == before
        await sitting.press("u")
        assert (sitting.at, sitting.phase) == ("Share", Phase.SHARE)
