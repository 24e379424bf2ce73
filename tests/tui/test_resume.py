"""It carries on: however a meeting was left, it is there again, and nothing ran meanwhile."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .sitting import MINUTE, SECOND, Sitting, make, sit

PHASES = {
    "gathering": ("enter", "space"),
    "ready": ("enter", "enter"),
    "share": ("enter", "enter", "enter"),
    "held": ("enter", "enter", "enter", "space"),
    "responses": ("enter", "enter", "enter", "n", "t"),
    "commitments": ("enter", "enter", "enter", "n", "n"),
    "closing": ("enter", "enter", "p", "p", "p", "p"),
}


async def leave_share(folder: Path, clock: ManualClock, after: timedelta) -> None:
    """A share that ran for `after`, and was left."""
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        await sitting.tick(after)
        await sitting.press("q")
        assert sitting.ended


async def goes_on(sitting: Sitting) -> None:
    if sitting.at == "Resume":
        await sitting.press("enter")


@pytest.mark.parametrize(
    ("keys", "parting"),
    [
        *((keys, "q") for keys in PHASES.values()),
        *((keys, "kill") for keys in PHASES.values()),
        (PHASES["share"], "ctrl+c"),
        (PHASES["share"], "ctrl+q"),
    ],
)
async def test_a_meeting_left_at_any_point_is_the_same_when_it_is_opened_again(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], parting: str
) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await sitting.press(*keys)
        at, left = sitting.at, sitting.meeting
        if parting != "kill":
            await sitting.press(parting)
            assert sitting.ended
    clock.move(5 * MINUTE)
    async with sit(folder, clock) as sitting:
        await goes_on(sitting)
        assert sitting.at == at
        if keys != PHASES["share"]:
            assert sitting.meeting == left
        else:
            assert sitting.speaker == "Maya"
            assert sitting.countdown.held
            assert sitting.left == 8 * MINUTE


async def test_the_same_person_has_the_same_time_left_and_the_gap_is_told(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    await leave_share(folder, clock, 3 * MINUTE)
    clock.move(12 * MINUTE)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        assert "12 minutes" in sitting.text
        assert "Maya" in sitting.text
        await sitting.later(4 * MINUTE)
        await sitting.press("enter")
        assert sitting.at == "Share"
        assert sitting.countdown.held
        assert sitting.left == 5 * MINUTE
        await sitting.press("space")
        await sitting.later(SECOND)
        assert sitting.left == 5 * MINUTE - SECOND


async def test_after_a_kill_not_more_than_the_last_second_is_lost(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        for _ in range(5):
            await sitting.later(SECOND)
        clock.move(SECOND * 0.9)
    clock.move(7 * MINUTE)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        assert abs(sitting.left - (8 * MINUTE - 5.9 * SECOND)) <= SECOND


async def test_c_lets_the_gap_count(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(2 * MINUTE)
    async with sit(folder, clock) as sitting:
        await sitting.press("c")
        assert sitting.at == "Share"
        assert not sitting.countdown.held
        assert sitting.left == 5 * MINUTE


async def test_c_lets_a_gap_count_that_took_all_the_time(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(20 * MINUTE)
    async with sit(folder, clock) as sitting:
        await sitting.press("c")
        assert sitting.at == "Share"
        assert sitting.ring.remaining == 0


@pytest.mark.parametrize("away", [("escape", "enter"), ("q",)])
async def test_the_question_is_asked_again_where_it_was_not_answered(
    folder: Path, clock: ManualClock, away: tuple[str, ...]
) -> None:
    make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(2 * MINUTE)
    async with sit(folder, clock) as sitting:
        await sitting.press(*away)
        if not sitting.ended:
            assert sitting.at == "Resume"
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        await sitting.press("c")
        assert sitting.left == 5 * MINUTE


async def test_after_more_than_an_hour_it_asks_first_and_then_about_the_gap(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=3))
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        assert "3 hours" in sitting.text
        before = sitting.meeting
        await sitting.press("c")
        assert sitting.meeting == before
        await sitting.press("enter")
        assert sitting.at == "Resume"
        await sitting.press("enter")
        assert sitting.at == "Share"
        assert sitting.left == 7 * MINUTE


async def test_after_more_than_an_hour_without_a_clock_one_enter_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "q")
    clock.move(timedelta(hours=3))
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        await sitting.press("enter")
        assert sitting.phase is Phase.READY


async def test_it_can_be_closed_as_it_stands(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(days=2))
    async with sit(folder, clock) as sitting:
        await sitting.press("s")
        assert sitting.at == "Home"
    (record,) = CircleFile(folder / "harbour.json").read().records
    assert record.order == ("m1",)
    assert record.number == 1
    assert not (folder / "harbour.live").exists()


async def test_a_gathering_cannot_be_closed_only_dropped(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space", "q")
    clock.move(timedelta(hours=2))
    async with sit(folder, clock) as sitting:
        await sitting.press("s")
        assert sitting.at == "Resume"
        assert "rop it" in sitting.said
        await sitting.press("x", "x")
        assert sitting.at == "Home"


async def test_dropping_takes_two_keys_and_sets_the_journal_aside(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=2))
    before = file.path.read_bytes()
    async with sit(folder, clock) as sitting:
        await sitting.press("x")
        assert sitting.at == "Resume"
        asked = sitting.line
        await sitting.press("escape")
        assert sitting.at == "Resume"
        assert sitting.line != asked
        await sitting.press("x")
        assert sitting.line == asked
        assert file.journal_path.exists()
        await sitting.press("x")
        assert sitting.at == "Home"
        assert not file.journal_path.exists()
        assert (folder / "harbour.dropped").exists()
        await sitting.press("enter")
        assert sitting.at == "Gathering"
        assert sitting.meeting.context.number == 1
    assert file.path.read_bytes() == before


@pytest.mark.parametrize("other", ["enter", "s", "c", "q"])
async def test_after_one_x_another_key_drops_nothing(
    folder: Path, clock: ManualClock, other: str
) -> None:
    file = make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=2))
    async with sit(folder, clock) as sitting:
        await sitting.press("x", other)
    assert not (folder / "harbour.dropped").exists()
    assert file.journal_path.exists() or len(file.read().records) == 1


async def test_the_question_can_be_left_for_home_with_the_meeting_still_parked(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=2))
    async with sit(folder, clock) as sitting:
        await sitting.press("escape")
        assert sitting.at == "Home"
        assert file.journal_path.exists()
        await sitting.press("enter")
        assert sitting.app.live is not None
        assert sitting.left == 7 * MINUTE


async def test_a_machine_that_slept_is_noticed_and_held(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        for _ in range(3):
            await sitting.later(SECOND)
        clock.move(25 * MINUTE)
        sitting.app.pulse()
        await sitting.settle()
        assert sitting.at == "Share"
        assert sitting.countdown.held
        assert sitting.left == 8 * MINUTE - 3 * SECOND
        assert "slept" in sitting.said
        await sitting.press("space")
        await sitting.later(SECOND)
        assert sitting.left == 8 * MINUTE - 4 * SECOND


@pytest.mark.parametrize("over", ["question_mark", "l", "ctrl+p"])
async def test_a_machine_that_slept_is_noticed_under_another_screen(
    folder: Path, clock: ManualClock, over: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", over)
        assert sitting.at != "Share"
        clock.move(25 * MINUTE)
        sitting.app.pulse()
        await sitting.settle()
        assert sitting.at == "Share"
        assert sitting.left == 8 * MINUTE


async def test_that_a_machine_slept_is_said_under_another_screen_too(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "question_mark")
        clock.move(25 * MINUTE)
        sitting.app.pulse()
        await sitting.settle()
        assert "slept" in sitting.text


@pytest.mark.parametrize("keys", [("enter",), ("enter", "enter"), PHASES["held"]])
async def test_a_machine_that_slept_while_no_clock_ran_says_nothing(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press(*keys)
        before = sitting.meeting
        await sitting.later(timedelta(hours=1))
        assert sitting.meeting == before
        assert not sitting.said


async def test_undo_of_the_hold_lets_the_sleep_count(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        await sitting.later(2 * MINUTE)
        assert sitting.countdown.held
        await sitting.press("u")
        assert sitting.left == 6 * MINUTE
        assert sitting.live.why_not(commands.hold) is None


async def test_a_gap_without_a_clock_is_said_and_nothing_is_asked(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "q")
    clock.move(12 * MINUTE)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Share"
        assert "12 minutes" in sitting.said
    async with sit(folder, clock) as sitting:
        assert not sitting.said
