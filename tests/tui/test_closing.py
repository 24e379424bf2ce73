"""The closing, by keys: the date, who reaches out, the record, and a disk that is full."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.store.storage import AtomicJSONStorage

from .sitting import MINUTE, make, meeting, sit, taken

TURN = (commands.start, commands.finish, commands.end_responses, commands.end_turn)
USUAL = datetime(2026, 3, 19, 10, 0, tzinfo=UTC)


def closing(
    folder: Path, clock: ManualClock, *marks: Any, people: str = "Maya, Tom, Priya"
) -> None:
    """A circle whose first meeting is at its closing."""
    with meeting(make(folder, clock, people), clock) as live:
        taken(live, *marks, commands.begin)
        while live.meeting.phase is not Phase.CLOSING:
            clock.move(8 * MINUTE)
            taken(live, *TURN)


def records(folder: Path) -> tuple[MeetingRecord, ...]:
    return CircleFile(folder / "harbour.json").read().records


async def test_three_keys_keep_the_date_and_close(folder: Path, clock: ManualClock) -> None:
    closing(folder, clock)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Closing"
        assert "Thursday 19 March, 10:00" in sitting.text
        await sitting.press("enter")
        assert sitting.meeting.closing_step is ClosingStep.CLOSE
        assert not records(folder)
        await sitting.press("enter")
        assert sitting.at == "Home"
        assert "Cycle 1, meeting 2" in sitting.headline
    (record,) = records(folder)
    assert record.next == USUAL
    assert record.number == 1
    assert not (folder / "harbour.live").exists()


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("2 April 10:30", datetime(2026, 4, 2, 9, 30, tzinfo=UTC)),
        ("2026-04-01", datetime(2026, 4, 1, 9, 0, tzinfo=UTC)),
        ("18:15", datetime(2026, 3, 19, 18, 15, tzinfo=UTC)),
    ],
)
async def test_another_date_is_typed_and_then_kept(
    folder: Path, clock: ManualClock, typed: str, when: datetime
) -> None:
    closing(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("d")
        await sitting.type(typed)
        await sitting.press("enter")
        assert not sitting.asking
        assert sitting.meeting.next == when
        assert sitting.meeting.closing_step is ClosingStep.DATE
        await sitting.press("enter", "enter")
        assert sitting.at == "Home"
    assert records(folder)[0].next == when


@pytest.mark.parametrize("typed", ["", "32 April", "9" * 400, "[red]"])
async def test_what_is_no_date_gets_one_sentence_and_keeps_what_was(
    folder: Path, clock: ManualClock, typed: str
) -> None:
    closing(folder, clock)
    async with sit(folder, clock) as sitting:
        before = sitting.meeting
        await sitting.press("d")
        await sitting.paste(typed)
        await sitting.press("enter")
        assert sitting.meeting == before
        assert sitting.asking
        assert sitting.typed == typed
        assert sitting.said.endswith(".")
        await sitting.press("escape")
        assert not sitting.asking
        await sitting.press("enter")
        assert sitting.meeting.next == USUAL


async def test_a_date_that_has_passed_meanwhile_is_grey_and_says_so(
    folder: Path, clock: ManualClock
) -> None:
    closing(folder, clock)
    clock.move(timedelta(days=21))
    async with sit(folder, clock) as sitting:
        await sitting.press("x" if sitting.at != "Resume" else "enter")
        assert sitting.at == "Closing"
        assert not sitting.app.screen.active_bindings["enter"].enabled
        before = sitting.meeting
        await sitting.press("enter")
        assert "has passed" in sitting.said
        assert sitting.meeting == before


async def test_a_date_can_be_changed_after_it_was_kept(folder: Path, clock: ManualClock) -> None:
    closing(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "d")
        await sitting.type("18:00")
        await sitting.press("enter")
        assert sitting.meeting.closing_step is ClosingStep.DATE
        await sitting.press("enter", "enter")
    assert records(folder)[0].next == USUAL.replace(hour=18)


async def test_somebody_reaches_out_to_each_who_was_missing(
    folder: Path, clock: ManualClock
) -> None:
    excused = (commands.mark_next, "m3")
    gone = (commands.mark_next, "m4")
    closing(folder, clock, excused, excused, gone, gone, gone, people="Maya, Tom, Priya, Lena, Sam")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        assert sitting.meeting.closing_step is ClosingStep.REACH_OUT
        assert "Priya" in sitting.line
        await sitting.press("down", "enter")
        assert "Lena" in sitting.line
        await sitting.press("up", "enter")
        assert sitting.meeting.reaches_out == {"m3": "m2", "m4": None}
        assert sitting.meeting.closing_step is ClosingStep.CLOSE
        await sitting.press("u", "enter", "enter")
        assert sitting.at == "Home"
    (record,) = records(folder)
    assert record.reaches_out == {"m3": "m2", "m4": "m1"}
    assert {key: str(value) for key, value in record.attendance.items()} == {
        "m1": "present",
        "m2": "present",
        "m3": "excused",
        "m4": "absent",
        "m5": "present",
    }


async def test_the_next_who_was_missing_is_chosen_for_from_the_beginning(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        with_two_missing = ("enter", "3", "3", "3", "4", "4", "4", "enter")
        await sitting.press(*with_two_missing)
        while sitting.at != "Closing":
            await sitting.press("p")
        await sitting.press("enter", "down", "down")
        assert "› ○ Sam" in sitting.text
        await sitting.press("enter")
        assert "Who reaches out to Lena?" in sitting.line
        assert "› ○ Maya" in sitting.text
        await sitting.press("enter")
        assert sitting.meeting.reaches_out == {"m3": "m5", "m4": "m1"}
        await sitting.press("u")
        assert "› ○ Maya" in sitting.text


async def test_the_record_is_plain_and_holds_no_time_anybody_spoke(
    folder: Path, clock: ManualClock
) -> None:
    closing(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
    with TinyDB(folder / "harbour.json") as db:
        (document,) = db.table("sessions").all()
    assert document["opener"] == "m1"
    assert document["order"] == ["m1", "m2", "m3"]
    assert document["started"] == "2026-03-05T10:00:00Z"
    assert document["ended"] == "2026-03-05T10:24:00Z"
    assert not {"share", "shares", "spoke", "held", "length"} & document.keys()
    assert json.loads((folder / "harbour.json").read_text())["sessions"]["1"] == document


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Say whether the disk takes a record."""
    real = AtomicJSONStorage.write_bytes

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def set_full(full: bool) -> None:
        monkeypatch.setattr(AtomicJSONStorage, "write_bytes", refuse if full else real)

    return set_full


async def test_a_full_disk_at_the_end_loses_nothing_and_enter_tries_again(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    closing(folder, clock)
    before = (folder / "harbour.json").read_bytes()
    async with sit(folder, clock) as sitting:
        full_disk(True)
        await sitting.press("enter", "enter")
        assert sitting.at == "Closing"
        assert "full" in sitting.said
        assert (folder / "harbour.json").read_bytes() == before
        assert (folder / "harbour.live").exists()
        await sitting.press("enter")
        assert sitting.at == "Closing"
        full_disk(False)
        await sitting.press("enter")
        assert sitting.at == "Home"
    assert len(records(folder)) == 1


async def test_leaving_while_the_record_is_not_kept_keeps_it_the_next_time(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    closing(folder, clock)
    full_disk(True)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "q")
        assert sitting.ended
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Home"
        assert "full" in sitting.said
    full_disk(False)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Home"
        assert "Cycle 1, meeting 2" in sitting.headline
    assert len(records(folder)) == 1
    assert not (folder / "harbour.live").exists()


async def test_undo_still_works_while_the_record_is_not_kept(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    closing(folder, clock)
    async with sit(folder, clock) as sitting:
        full_disk(True)
        await sitting.press("enter", "enter", "u")
        assert sitting.phase is Phase.CLOSING
        full_disk(False)
        await sitting.press("enter")
        assert sitting.at == "Home"


async def test_closing_as_it_stands_can_be_tried_again_too(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    with meeting(make(folder, clock), clock) as live:
        taken(live, commands.begin, commands.start)
    clock.move(120 * MINUTE)
    async with sit(folder, clock) as sitting:
        full_disk(True)
        await sitting.press("s")
        assert not records(folder)
        full_disk(False)
        await sitting.press("enter")
        assert sitting.at == "Home"
    assert len(records(folder)) == 1


async def test_a_journal_that_cannot_be_removed_after_closing_is_said(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.journal import SQLiteJournal

    closing(folder, clock)

    def refuse(_: SQLiteJournal) -> None:
        raise SaveError("It cannot be removed.")

    async with sit(folder, clock) as sitting:
        with monkeypatch.context() as patch:
            patch.setattr(SQLiteJournal, "remove", refuse)
            await sitting.press("enter", "enter")
            assert sitting.said
        await sitting.press("enter")
        assert sitting.at == "Home"
    assert len(records(folder)) == 1
