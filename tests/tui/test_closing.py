"""The closing, by keys: the date, who reaches out, the record, and a disk that is full."""

import json
import os
import threading
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

from .app_driver import MINUTE, create_circle, execute_all, meeting_under_way, run_app

TURN = (commands.start, commands.finish, commands.end_responses, commands.end_turn)
USUAL = datetime(2026, 3, 19, 10, 0, tzinfo=UTC)


def closing(
    folder: Path, clock: ManualClock, *marks: Any, people: str = "Maya, Tom, Priya"
) -> None:
    """A circle whose first meeting is at its closing."""
    with meeting_under_way(create_circle(folder, clock, people), clock) as live:
        execute_all(live, *marks, commands.begin)
        while live.meeting.phase is not Phase.CLOSING:
            clock.move(8 * MINUTE)
            execute_all(live, *TURN)


def records(folder: Path) -> tuple[MeetingRecord, ...]:
    return CircleFile(folder / "harbour.json").read().records


async def test_three_keys_keep_the_date_and_close(folder: Path, clock: ManualClock) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Closing"
        assert "Thursday 19 March, 10:00" in driver.text
        await driver.press("enter")
        assert driver.meeting.closing_step is ClosingStep.CLOSE
        assert not records(folder)
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert "Cycle 1, meeting 2" in driver.headline
    (record,) = records(folder)
    assert record.next == USUAL
    assert record.number == 1
    assert not (folder / "harbour.live").exists()


@pytest.mark.sampled(1)
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
    async with run_app(folder, clock) as driver:
        await driver.press("d")
        await driver.type(typed)
        await driver.press("enter")
        assert not driver.prompt_open
        assert driver.meeting.next == when
        assert driver.meeting.closing_step is ClosingStep.DATE
        await driver.press("enter", "enter")
        assert driver.screen_name == "Home"
    assert records(folder)[0].next == when


@pytest.mark.sampled(1)
@pytest.mark.parametrize("typed", ["", "32 April", "9" * 400, "[red]"])
async def test_what_is_no_date_gets_one_sentence_and_keeps_what_was(
    folder: Path, clock: ManualClock, typed: str
) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        await driver.press("d")
        await driver.paste(typed)
        await driver.press("enter")
        assert driver.meeting == before
        assert driver.prompt_open
        assert driver.prompt_value == typed
        assert driver.flashed.endswith(".")
        await driver.press("escape")
        assert not driver.prompt_open
        await driver.press("enter")
        assert driver.meeting.next == USUAL


async def test_a_date_that_has_passed_meanwhile_is_grey_and_says_so(
    folder: Path, clock: ManualClock
) -> None:
    closing(folder, clock)
    clock.move(timedelta(days=21))
    async with run_app(folder, clock) as driver:
        await driver.press("x" if driver.screen_name != "Resume" else "enter")
        assert driver.screen_name == "Closing"
        assert not driver.app.screen.active_bindings["enter"].enabled
        before = driver.meeting
        await driver.press("enter")
        assert "has passed" in driver.flashed
        assert driver.meeting == before


async def test_a_date_can_be_changed_after_it_was_kept(folder: Path, clock: ManualClock) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "d")
        await driver.type("18:00")
        await driver.press("enter")
        assert driver.meeting.closing_step is ClosingStep.DATE
        await driver.press("enter", "enter")
    assert records(folder)[0].next == USUAL.replace(hour=18)


async def test_somebody_reaches_out_to_each_who_was_missing(
    folder: Path, clock: ManualClock
) -> None:
    excused = (commands.mark_next, "m3")
    gone = (commands.mark_next, "m4")
    closing(folder, clock, excused, excused, gone, gone, gone, people="Maya, Tom, Priya, Lena, Sam")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert driver.meeting.closing_step is ClosingStep.REACH_OUT
        assert "Priya" in driver.status
        await driver.press("down", "enter")
        assert "Lena" in driver.status
        await driver.press("up", "enter")
        assert driver.meeting.reaches_out == {"m3": "m2", "m4": None}
        assert driver.meeting.closing_step is ClosingStep.CLOSE
        await driver.press("u", "enter", "enter")
        assert driver.screen_name == "Home"
    (record,) = records(folder)
    assert record.reaches_out == {"m3": "m2", "m4": "m1"}
    assert {key: str(value) for key, value in record.attendance.items()} == {
        "m1": "present",
        "m2": "present",
        "m3": "excused",
        "m4": "absent",
        "m5": "present",
    }


@pytest.mark.full
async def test_the_next_who_was_missing_is_chosen_for_from_the_beginning(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        with_two_missing = ("enter", "3", "3", "3", "4", "4", "4", "enter")
        await driver.press(*with_two_missing)
        while driver.screen_name != "Closing":
            await driver.press("p")
        await driver.press("enter", "down", "down")
        assert "› Sam" in driver.text
        await driver.press("enter")
        assert "Who reaches out to Lena?" in driver.status
        assert "› Maya" in driver.text
        await driver.press("enter")
        assert driver.meeting.reaches_out == {"m3": "m5", "m4": "m1"}
        await driver.press("u")
        assert "› Maya" in driver.text


async def test_the_record_is_plain_and_holds_no_time_anybody_spoke(
    folder: Path, clock: ManualClock
) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
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
    async with run_app(folder, clock) as driver:
        full_disk(True)
        await driver.press("enter", "enter")
        assert driver.screen_name == "Closing"
        assert "full" in driver.flashed
        assert (folder / "harbour.json").read_bytes() == before
        assert (folder / "harbour.live").exists()
        await driver.press("enter")
        assert driver.screen_name == "Closing"
        full_disk(False)
        await driver.press("enter")
        assert driver.screen_name == "Home"
    assert len(records(folder)) == 1


async def test_leaving_while_the_record_is_not_kept_keeps_it_the_next_time(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    closing(folder, clock)
    full_disk(True)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "q")
        assert driver.exited
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        assert "full" in driver.status
        assert "x sets the meeting aside" in driver.status
    full_disk(False)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        assert "Cycle 1, meeting 2" in driver.headline
    assert len(records(folder)) == 1
    assert not (folder / "harbour.live").exists()


async def test_undo_still_works_while_the_record_is_not_kept(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        full_disk(True)
        await driver.press("enter", "enter", "u")
        assert driver.phase is Phase.CLOSING
        full_disk(False)
        await driver.press("enter")
        assert driver.screen_name == "Home"


async def test_closing_as_it_stands_can_be_tried_again_too(
    folder: Path, clock: ManualClock, full_disk: Callable[[bool], None]
) -> None:
    with meeting_under_way(create_circle(folder, clock), clock) as live:
        execute_all(live, commands.begin, commands.start)
    clock.move(120 * MINUTE)
    async with run_app(folder, clock) as driver:
        full_disk(True)
        await driver.press("s")
        assert not records(folder)
        full_disk(False)
        await driver.press("enter")
        assert driver.screen_name == "Home"
    assert len(records(folder)) == 1


async def test_a_journal_that_cannot_be_removed_after_closing_is_reported(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.journal import SQLiteJournal

    closing(folder, clock)

    def refuse(_: SQLiteJournal) -> None:
        raise SaveError("It cannot be removed.")

    async with run_app(folder, clock) as driver:
        with monkeypatch.context() as patch:
            patch.setattr(SQLiteJournal, "remove", refuse)
            await driver.press("enter", "enter")
            assert driver.flashed
        await driver.press("enter")
        assert driver.screen_name == "Home"
    assert len(records(folder)) == 1


async def test_nothing_that_closing_does_on_the_disk_holds_up_the_screen(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing(folder, clock)
    synced: list[str] = []

    def noting(act: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any) -> Any:
            synced.append(threading.current_thread().name)
            return act(*args)

        return noted

    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        for place, name in ((os, "fsync"), (os, "unlink"), (os, "rename"), (os, "replace")):
            monkeypatch.setattr(place, name, noting(getattr(place, name)))
        await driver.press("enter")
        assert driver.screen_name == "Home"
    assert synced
    assert threading.main_thread().name not in synced


@pytest.mark.full
async def test_u_at_home_opens_the_meeting_again_at_its_closing(
    folder: Path, clock: ManualClock
) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        before = records(folder)
        assert "u opens it again" in driver.flashed
        await driver.press("u")
        assert driver.screen_name == "Closing"
        assert driver.flashed == (
            "The meeting of 5 March is open again, at its closing. x leaves it as it was."
        )
        assert driver.headline[-1] == "open again, held on 5 March"
        await driver.press("u", "d")
        await driver.type("20 March 10:00")
        await driver.press("enter", "enter", "enter")
        assert driver.screen_name == "Home"
        assert "20 March" in driver.text
    (record,) = records(folder)
    assert record.next == datetime(2026, 3, 20, 10, tzinfo=UTC)
    assert record.ended == before[0].ended


async def test_x_leaves_the_meeting_that_u_opened_as_it_was(
    folder: Path, clock: ManualClock
) -> None:
    closing(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        before = records(folder)
        await driver.press("u", "u", "x")
        assert driver.screen_name == "Home"
        assert driver.flashed == "The meeting of 5 March stays as it was."
    assert records(folder) == before


async def test_before_the_first_meeting_u_at_home_does_nothing(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("u")
        assert driver.screen_name == "Home"
