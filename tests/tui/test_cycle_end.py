"""The end of a cycle, by keys: the look back, the choice, the questions to the circle."""

from pathlib import Path

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import covenant, health_check
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.clock import ManualClock

from .app_driver import ANY_SIZE, MINUTE, meeting_under_way, run_app
from .cycle_ends import at_the_end, at_week_6, through_the_look_back
from .past_meetings import (
    circle_that_met,
    execute_between_meetings,
    hold_meeting,
    move_to_next_meeting,
    park_at_closing,
    read_state,
    run_to_closing,
)

ABSENT = ((commands.mark_next, "m3"),) * 3
WORDS = "Listening"


# The look back


@pytest.mark.sampled(1)
@pytest.mark.parametrize("held", [0, 1, 4])
async def test_a_meeting_in_the_middle_of_a_cycle_closes_as_it_always_did(
    folder: Path, clock: ManualClock, held: int
) -> None:
    park_at_closing(circle_that_met(folder, clock, held), clock)
    async with run_app(folder, clock) as driver:
        assert driver.meeting.closing_step is ClosingStep.DATE
        assert not driver.prompt_open
        await driver.press("enter", "enter")
        assert driver.screen_name == "Home"
    assert read_state(folder).records[-1].looked_back is None


async def test_the_last_meeting_of_a_cycle_begins_its_closing_with_the_look_back(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Closing"
        assert "Cycle 1 ends here" in driver.text
        assert "What worked?" in driver.text
        assert "Next meeting?" not in driver.text
        assert driver.prompt_open
        await driver.type(WORDS)
        await driver.press("enter")
        assert driver.meeting.worked == WORDS
        assert WORDS in driver.text
        assert "What should change?" in driver.text
        assert driver.prompt_value == ""
        await driver.type("Begin on time")
        await driver.press("enter")
        assert driver.meeting.change == "Begin on time"
        assert not driver.prompt_open
        await driver.press("r", "enter", "enter")
        assert driver.screen_name == "Home"
    kept = read_state(folder).records[-1].looked_back
    assert kept is not None
    assert (kept.worked, kept.change, kept.choice) == (WORDS, "Begin on time", CycleChoice.RENEW)


async def test_what_was_typed_is_there_after_a_crash(folder: Path, clock: ManualClock) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.type(WORDS)
        await driver.press("enter")
        await driver.type("half a thou")
    async with run_app(folder, clock) as driver:
        assert driver.meeting.worked == WORDS
        assert driver.meeting.closing_step is ClosingStep.CHANGE
        assert driver.prompt_open
        assert driver.prompt_value == ""


async def test_every_step_of_it_can_be_taken_back(folder: Path, clock: ManualClock) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        before = [driver.meeting]
        for keys in (("enter",), ("enter",), ("r",), ("enter",)):
            await driver.press(*keys)
            before.append(driver.meeting)
        for earlier in reversed(before[:-1]):
            if driver.prompt_open:
                await driver.press("escape")
            await driver.press("u")
            assert driver.meeting == earlier
        assert not driver.prompt_open


async def test_esc_leaves_the_field_so_that_keys_work_and_enter_opens_it_again(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        await driver.press("escape")
        assert not driver.prompt_open
        await driver.press("a")
        assert driver.listening_rule_shown
        await driver.press("a", "r", "y", "d", "z")
        assert driver.meeting == before
        assert not driver.prompt_open
        await driver.press("l", "5", "enter")
        assert driver.meeting != before
        assert not driver.prompt_open
        await driver.press("enter")
        assert driver.prompt_open
        assert driver.meeting.worked is None


async def test_redo_while_a_field_is_open_does_not_open_the_next_one(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "escape", "u")
        assert not driver.prompt_open
        await driver.press("enter")
        assert "What worked?" in driver.text
        await driver.type("half a thou")
        await driver.press("ctrl+y")
        assert driver.meeting.closing_step is ClosingStep.CHANGE
        assert not driver.prompt_open
        await driver.press("enter")
        assert "What should change?" in driver.text
        assert driver.prompt_value == ""


async def test_words_that_are_too_many_are_refused_and_stay_in_the_field(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.paste("x" * 400)
        await driver.press("enter")
        assert driver.meeting.closing_step is ClosingStep.WORKED
        assert driver.prompt_value == "x" * 400
        assert "shorten" in driver.flashed


# The choice


async def test_redesigning_opens_the_covenant_once_the_record_is_kept(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        await through_the_look_back(driver)
        await driver.press("e", "enter", "enter")
        assert driver.screen_name == "Covenant"
        assert "Meeting 6 saved" in driver.flashed
        await driver.press("escape")
        assert driver.screen_name == "Home"
        assert "You chose to redesign" in driver.text
    looked_back = read_state(folder).records[-1].looked_back
    assert looked_back is not None
    assert looked_back.choice is CycleChoice.REDESIGN


@pytest.mark.full
async def test_after_two_strong_cycles_a_circle_can_graduate(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock, cycles=2)
    async with run_app(folder, clock) as driver:
        await through_the_look_back(driver)
        assert "graduate" in driver.text
        await driver.press("g", "enter", "enter")
        assert driver.screen_name == "Home"
        assert "longer rhythm" in driver.text
        assert "new partners" in driver.text
    looked_back = read_state(folder).records[-1].looked_back
    assert looked_back is not None
    assert looked_back.choice is CycleChoice.GRADUATE


@pytest.mark.sampled(1)
@pytest.mark.parametrize("choice", [pytest.param("r", marks=pytest.mark.full), "e", "z"])
async def test_a_whole_cycle_is_played_through_by_keys(
    folder: Path, clock: ManualClock, choice: str
) -> None:
    """The meetings in which nothing is asked are held without a screen, but for the first."""
    file = circle_that_met(folder, clock, 0, members="Maya, Tom, Priya")
    for number in range(1, 7):
        if number in {2, 3, 5}:
            hold_meeting(file, clock)
            continue
        move_to_next_meeting(file, clock)
        with meeting_under_way(file, clock) as live:
            run_to_closing(live, clock)
        async with run_app(folder, clock) as driver:
            while driver.app.live is not None:
                key = {
                    ClosingStep.CHOICE: choice,
                    ClosingStep.VITALITY: "y",
                }.get(driver.meeting.closing_step, "enter")
                await driver.press(key)
            assert driver.screen_name == ("Covenant" if choice == "e" and number == 6 else "Home")
    records = read_state(folder).records
    assert [each.cycle for each in records] == [1] * 6
    assert [each.looked_back is not None for each in records] == [False] * 5 + [True]
    assert [each.vitality.check if each.vitality else None for each in records] == [
        None,
        None,
        None,
        "week 6",
        None,
        None,
    ]
    context = meeting_context(read_state(folder), clock.now())
    assert (context.cycle, context.number_in_cycle) == (2, 1)
    assert context.resting is (choice == "z")


# The questions


async def test_the_circle_is_asked_one_question_at_a_time_at_week_6(
    folder: Path, clock: ManualClock
) -> None:
    at_week_6(folder, clock)
    async with run_app(folder, clock) as driver:
        for answer, question in zip("ypn", health_check.QUESTIONS, strict=True):
            shown = [each for each in health_check.QUESTIONS if each in driver.text]
            assert shown == [question]
            assert "Next meeting?" not in driver.text
            await driver.press(answer)
        assert driver.meeting.closing_step is ClosingStep.DATE
        assert health_check.REDESIGN_ADVICE not in driver.text
        await driver.press("enter", "enter")
    kept = read_state(folder).records[-1].vitality
    assert kept is not None
    assert (kept.check, list(kept.answers.values())) == ("week 6", ["yes", "partly", "no"])


# Closing as it stands, and what the covenant says of missing


@pytest.mark.full
async def test_closing_it_as_it_stands_leaves_look_back_and_questions_out(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    clock.move(120 * MINUTE)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        await driver.press("s")
        assert driver.screen_name == "Home"
    assert read_state(folder).records[-1].looked_back is None


@pytest.mark.full
async def test_a_closed_meeting_whose_record_was_not_kept_is_only_asked_to_be_kept(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.storage import AtomicJSONStorage

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    at_the_end(folder, clock)
    clock.move(120 * MINUTE)
    async with run_app(folder, clock) as driver:
        with monkeypatch.context() as patch:
            patch.setattr(AtomicJSONStorage, "write_bytes", refuse)
            await driver.press("s")
            assert len(read_state(folder).records) == 5
        assert driver.screen_name == "Closing"
        assert not driver.prompt_open
        await driver.press("enter")
        assert driver.screen_name == "Home"
    assert len(read_state(folder).records) == 6


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_the_end_of_a_cycle_works_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock, size) as driver:
        await driver.type(WORDS)
        await driver.press("enter", "enter", "r", "enter", "enter")
        assert driver.screen_name == "Home"


async def test_on_a_small_terminal_the_choices_can_all_be_read(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock, cycles=2)
    async with run_app(folder, clock, (40, 12)) as driver:
        await through_the_look_back(driver)
        for choice in CycleChoice:
            assert f"{choice.value[0] if choice is not CycleChoice.REDESIGN else 'e'} " in (
                driver.text
            )
            assert f"{choice}:" in driver.text
        assert "…" not in driver.text


@pytest.mark.full
async def test_whoever_reaches_out_can_be_chosen_on_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    file = circle_that_met(folder, clock, 1, members=", ".join(f"Person {n}" for n in range(1, 13)))
    execute_between_meetings(file, clock, covenant.write)
    park_at_closing(file, clock, *ABSENT)
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("enter")
        for _ in range(12):
            assert any("›" in row for row in driver.text.splitlines())
            await driver.press("down")
