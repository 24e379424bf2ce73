"""What a machine does to an open circle: clocks set back, other zones, a folder that is gone."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from tests.core.laws import check_the_history, check_the_meeting
from tests.hostile import one_sentence

from .held import state
from .scenes import lay_out
from .sitting import MINUTE, SECOND, everything, sit

HOUR = timedelta(hours=1)


async def test_a_clock_set_back_by_an_hour_costs_nobody_time_and_the_meeting_ends_after_it_began(
    folder: Path, clock: ManualClock
) -> None:
    lay_out(folder, clock, "home")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        await sitting.tick(3 * MINUTE)
        left, before = sitting.left, sitting.meeting
    clock.move(-HOUR)
    async with sit(folder, clock) as sitting:
        assert sitting.meeting.finished == before.finished
        if sitting.at == "Resume":
            await sitting.press("enter")
        check_the_meeting(sitting.meeting, clock.now())
        assert timedelta() <= left - sitting.left <= 3 * MINUTE
        while sitting.phase is not Phase.CLOSING:
            await sitting.press("space" if sitting.phase is Phase.READY else "n", "escape", "enter")
            check_the_meeting(sitting.meeting, clock.now())
        while sitting.at != "Home":
            await sitting.press("enter")
    said = state(folder)
    assert [record.number for record in said.records] == [1, 2]
    check_the_history(said, clock.now())


async def test_a_machine_in_another_zone_moves_no_meeting(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(folder, clock, "share")
    async with sit(folder, clock) as sitting:
        before, shown = sitting.meeting, sitting.text
    try:
        for zone in ("America/New_York", "Asia/Kathmandu", "Pacific/Apia"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            async with sit(folder, clock) as sitting:
                assert sitting.meeting == before
                assert sitting.text == shown
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_a_folder_that_disappears_while_home_is_open_is_said_and_nothing_is_made_anew(
    folder: Path, clock: ManualClock
) -> None:
    lay_out(folder, clock, "home")
    before, away = everything(folder), folder.with_name("away")
    async with sit(folder, clock) as sitting:
        folder.rename(away)
        for keys in (("enter",), ("v", "w"), ("escape", "b", "x"), ("escape", "p", "a")):
            await sitting.press(*keys)
            assert "is gone: bring it back" in sitting.said
            assert one_sentence(sitting.said)
        assert not folder.exists()
        away.rename(folder)
        await sitting.press("escape", "enter")
        assert sitting.at == "Gathering"
        await sitting.press("escape", "q")
    assert everything(folder) == before


async def test_a_folder_that_disappears_in_a_meeting_loses_no_act_once_it_is_back(
    folder: Path, clock: ManualClock
) -> None:
    lay_out(folder, clock, "home")
    away = folder.with_name("away")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        folder.rename(away)
        for key in ("space", "space", "n", "t"):
            await sitting.press(key)
            await sitting.later(SECOND)
            assert "is gone: bring it back" in sitting.line
            assert one_sentence(sitting.line)
        assert not folder.exists()
        before = sitting.meeting
        away.rename(folder)
        await sitting.later(SECOND)
        assert "gone" not in sitting.line
    async with sit(folder, clock) as sitting:
        assert sitting.meeting == before


async def test_a_folder_that_is_gone_for_good_lets_one_leave_after_saying_what_is_lost(
    folder: Path, clock: ManualClock
) -> None:
    lay_out(folder, clock, "home")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        folder.rename(folder.with_name("away"))
        await sitting.press("space", "q")
        assert "would lose the last acts" in sitting.said
        assert not sitting.ended
        await sitting.press("q")
        assert sitting.ended
    assert not folder.exists()
