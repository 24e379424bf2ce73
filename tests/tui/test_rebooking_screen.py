"""Cancelling, rebooking and waking, by keys; and too few people at a gathering."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import rebooking
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import MemoryJournal, SQLiteJournal
from circle_tui.tui.widgets.footer import Footer

from .held import amend, hold, met, state
from .sitting import SIZES, Sitting, make, sit

HOUR = timedelta(hours=1)


async def to_rebooking(sitting: Sitting) -> None:
    assert sitting.at == "Home"
    await sitting.press("b")
    assert sitting.at == "Rebooking"


# The screen


async def test_b_shows_the_coming_meeting_and_nothing_cancelled(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        await to_rebooking(sitting)
        assert "Thursday 19 March, 10:00" in sitting.text
        assert "ancelled" not in sitting.text
        await sitting.press("escape")
        assert sitting.at == "Home"
    assert state(folder).cancelled == ()


async def test_x_cancels_and_u_takes_it_back(folder: Path, clock: ManualClock) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        await to_rebooking(sitting)
        await sitting.press("x")
        assert len(state(folder).cancelled) == 1
        assert "Thursday 19 March, 10:00 is cancelled" in sitting.text
        assert "48" in sitting.text
        assert "Thursday 2 April, 10:00" in sitting.text
        assert "19 Mar, not rebooked" in sitting.text
        await sitting.press("u")
        assert state(folder).cancelled == ()
        assert "cancelled" not in sitting.text


async def test_undo_is_grey_until_there_is_something_to_take_back_and_after_it_was(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)

    def lit(sitting: Sitting) -> bool:
        keys = sitting.app.screen.query_one(Footer).keys
        return next(key.enabled for key in keys if key.does == "Undo")

    async with sit(folder, clock) as sitting:
        await to_rebooking(sitting)
        assert not lit(sitting)
        await sitting.press("u")
        assert sitting.said == "There is nothing to undo."
        await sitting.press("x")
        assert lit(sitting)
        # It is the circle's: another screen of it can take it back as well.
        await sitting.press("escape", "s")
        assert lit(sitting)
        await sitting.press("u")
        assert state(folder).cancelled == ()
        assert not lit(sitting)


async def test_d_finds_another_date_and_the_record_knows_that_it_was_in_time(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        await to_rebooking(sitting)
        await sitting.press("x")
        clock.move(47 * HOUR)
        await sitting.press("d")
        assert sitting.asking
        await sitting.type("24 March 18:00")
        await sitting.press("enter")
        assert not sitting.asking
        assert "Next meeting: Tuesday 24 March, 18:00" in sitting.text
        assert "19 Mar → 24 Mar within 48 hours" in sitting.text
        await sitting.press("escape")
        assert "Tuesday 24 March, 18:00" in sitting.text
        assert "Rebooked from Thursday 19 March" in sitting.text
    (cancelled,) = state(folder).cancelled
    assert cancelled.rebooked == datetime(2026, 3, 24, 18, 0, tzinfo=UTC)
    assert cancelled.within_48_hours


@pytest.mark.parametrize("typed", ["", "soon", "1 March 2026", "[red]", "9" * 300])
async def test_what_is_no_date_stays_in_the_field_with_one_sentence(
    folder: Path, clock: ManualClock, typed: str
) -> None:
    met(folder, clock, 1)
    amend_to_moved = rebooking.rebook
    from circle_tui.store.circle_file import CircleFile

    amend(CircleFile(folder / "harbour.json"), clock, amend_to_moved, "20 March")
    before = state(folder)
    async with sit(folder, clock) as sitting:
        await to_rebooking(sitting)
        await sitting.press("d")
        await sitting.paste(typed)
        await sitting.press("enter")
        assert sitting.asking
        assert sitting.typed == typed
        assert sitting.said.endswith(".")
        await sitting.press("escape")
        assert not sitting.asking
        assert sitting.at == "Rebooking"
    assert state(folder) == before


async def test_after_a_rebooked_meeting_nothing_waits_any_more(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1)
    amend(file, clock, rebooking.rebook, "20 March")
    hold(file, clock)
    async with sit(folder, clock) as sitting:
        assert "ebooked" not in sitting.text
        assert "Thursday 2 April" in sitting.text
        await to_rebooking(sitting)
        assert "19 Mar → 20 Mar" in sitting.text


@pytest.mark.parametrize("size", [*SIZES, (20, 6), (1, 1)])
async def test_it_works_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock, size) as sitting:
        await to_rebooking(sitting)
        await sitting.press("x", "d")
        await sitting.type("20 March")
        await sitting.press("enter", "down", "up", "escape")
        assert sitting.at == "Home"
    assert state(folder).cancelled[0].rebooked is not None


# The next gathering


async def test_two_cancellations_raise_one_question_at_the_next_gathering(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        await to_rebooking(sitting)
        await sitting.press("x", "escape", "enter")
        assert figures.QUESTION not in sitting.text
        await sitting.press("escape")
        await to_rebooking(sitting)
        await sitting.press("x", "escape", "enter")
        assert sitting.at == "Gathering"
        assert figures.QUESTION in sitting.text


@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_two_of_three_can_talk_as_a_pair(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock, size) as sitting:
        await sitting.press("enter")
        assert "Rebook" not in sitting.text
        await sitting.press("space", "space")
        assert "Two are here" in sitting.line
        assert "Talk as a pair" in sitting.text
        await sitting.press("enter")
        assert sitting.phase is Phase.READY
        assert sitting.meeting.order == ("m2", "m3")


async def test_or_they_rebook_and_the_gathering_leaves_no_record(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space", "space", "r")
        assert sitting.at == "Rebooking"
        assert sitting.app.live is None
        assert "Thursday 5 March, 10:00 is cancelled" in sitting.text
        await sitting.press("d")
        await sitting.type("7 March")
        await sitting.press("enter", "escape")
        assert "Saturday 7 March, 10:00" in sitting.text
        await sitting.press("enter")
        assert sitting.at == "Gathering"
        assert sitting.meeting.person("m1").attendance is Attendance.PRESENT
    kept = state(folder)
    assert kept.records == ()
    assert len(kept.cancelled) == 1
    assert kept.cancelled[0].within_48_hours


async def test_whoever_is_alone_can_only_rebook(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space", "space")
        assert "Too few" in sitting.line
        await sitting.press("enter")
        assert sitting.phase is Phase.GATHERING
        await sitting.press("r")
        assert sitting.at == "Rebooking"


async def test_a_pair_that_is_all_here_is_no_exception(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        before = sitting.meeting
        assert "as a pair" not in sitting.text
        await sitting.press("r")
        assert sitting.meeting == before
        assert sitting.at == "Gathering"


async def test_where_the_cancelling_cannot_be_kept_the_gathering_stays(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.storage import AtomicJSONStorage

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space", "space")
        with monkeypatch.context() as patch:
            patch.setattr(AtomicJSONStorage, "write_bytes", refuse)
            await sitting.press("r")
        assert sitting.at == "Gathering"
        assert "full" in sitting.said
        assert sitting.meeting.person("m1").attendance is Attendance.EXCUSED


async def test_where_the_gathering_cannot_be_put_away_nothing_is_cancelled(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_journal: SQLiteJournal) -> None:
        raise SaveError("The disk is full: make room.")

    file = make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space", "space")
        with monkeypatch.context() as patch:
            patch.setattr(SQLiteJournal, "set_aside", refuse)
            patch.setattr(MemoryJournal, "set_aside", refuse)
            await sitting.press("r")
        assert sitting.at == "Gathering"
        assert "full" in sitting.said
        assert file.read().cancelled == ()
        await sitting.press("r")
        assert sitting.at == "Rebooking"
    assert len(file.read().cancelled) == 1
