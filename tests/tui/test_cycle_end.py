"""The end of a cycle, by keys: the look back, the choice, the questions to the circle."""

from pathlib import Path

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import covenant, health_check
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.state import Clause
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock

from .held import amend, at_closing, close, go_to_next, met, state, to_closing
from .sitting import MINUTE, SIZES, Sitting, meeting, sit

ABSENT = ((commands.mark_next, "m3"),) * 3
WORDS = "Listening, without fixing anything"


def at_the_end(folder: Path, clock: ManualClock, cycles: int = 1) -> None:
    """The closing of the last meeting of so many cycles, five people having come each time."""
    at_closing(met(folder, clock, 6 * cycles - 1), clock)


def at_week_6(folder: Path, clock: ManualClock) -> None:
    """The closing of the fourth meeting."""
    at_closing(met(folder, clock, 3), clock)


async def through_the_look_back(sitting: Sitting) -> None:
    await sitting.press("enter", "enter")
    assert sitting.meeting.closing_step is ClosingStep.CHOICE


# The look back


@pytest.mark.parametrize("held", [0, 1, 4])
async def test_a_meeting_in_the_middle_of_a_cycle_closes_as_it_always_did(
    folder: Path, clock: ManualClock, held: int
) -> None:
    at_closing(met(folder, clock, held), clock)
    async with sit(folder, clock) as sitting:
        assert sitting.meeting.closing_step is ClosingStep.DATE
        assert not sitting.asking
        await sitting.press("enter", "enter")
        assert sitting.at == "Home"
    assert state(folder).records[-1].looked_back is None


async def test_the_last_meeting_of_a_cycle_begins_its_closing_with_the_look_back(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Closing"
        assert "Cycle 1 ends here" in sitting.text
        assert "What worked?" in sitting.text
        assert "Next meeting?" not in sitting.text
        assert sitting.asking
        await sitting.type(WORDS)
        await sitting.press("enter")
        assert sitting.meeting.worked == WORDS
        assert WORDS in sitting.text
        assert "What should change?" in sitting.text
        assert sitting.typed == ""
        await sitting.type("Begin on time")
        await sitting.press("enter")
        assert sitting.meeting.change == "Begin on time"
        assert not sitting.asking
        await sitting.press("r", "enter", "enter")
        assert sitting.at == "Home"
    kept = state(folder).records[-1].looked_back
    assert kept is not None
    assert (kept.worked, kept.change, kept.choice) == (WORDS, "Begin on time", CycleChoice.RENEW)


async def test_what_was_typed_is_there_after_a_crash(folder: Path, clock: ManualClock) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.type(WORDS)
        await sitting.press("enter")
        await sitting.type("half a thou")
    async with sit(folder, clock) as sitting:
        assert sitting.meeting.worked == WORDS
        assert sitting.meeting.closing_step is ClosingStep.CHANGE
        assert sitting.asking
        assert sitting.typed == ""


async def test_every_step_of_it_can_be_taken_back(folder: Path, clock: ManualClock) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        before = [sitting.meeting]
        for keys in (("enter",), ("enter",), ("r",), ("enter",)):
            await sitting.press(*keys)
            before.append(sitting.meeting)
        for earlier in reversed(before[:-1]):
            if sitting.asking:
                await sitting.press("escape")
            await sitting.press("u")
            assert sitting.meeting == earlier
        assert sitting.asking


async def test_esc_leaves_the_field_so_that_keys_work_and_enter_opens_it_again(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        before = sitting.meeting
        await sitting.press("escape")
        assert not sitting.asking
        await sitting.press("a")
        assert sitting.rule_shown
        await sitting.press("a", "r", "y", "d", "z")
        assert sitting.meeting == before
        assert not sitting.asking
        await sitting.press("l", "5", "enter")
        assert sitting.meeting != before
        assert not sitting.asking
        await sitting.press("enter")
        assert sitting.asking
        assert sitting.meeting.worked is None


async def test_redo_while_a_field_is_open_asks_the_next_question_in_it(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "escape", "u")
        assert "What worked?" in sitting.text
        await sitting.type("half a thou")
        await sitting.press("ctrl+y")
        assert sitting.meeting.closing_step is ClosingStep.CHANGE
        assert sitting.asking
        assert "What should change?" in sitting.text
        assert sitting.typed == ""


async def test_words_that_are_too_many_are_refused_and_stay_in_the_field(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.paste("x" * 400)
        await sitting.press("enter")
        assert sitting.meeting.closing_step is ClosingStep.WORKED
        assert sitting.typed == "x" * 400
        assert "shorten" in sitting.said


async def test_markup_in_the_words_is_shown_as_it_is(folder: Path, clock: ManualClock) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.paste("[red]Ann[/] and [@click=app.quit]")
        await sitting.press("enter")
        assert "[red]Ann[/] and [@click=app.quit]" in sitting.text


# The choice


async def test_only_what_is_offered_can_be_chosen_and_enter_chooses_nothing(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        assert "graduate" not in sitting.text
        before = sitting.meeting
        await sitting.press("g", "enter", "d", "y", "n")
        assert sitting.meeting == before
        assert not sitting.asking


async def test_renewing_begins_the_next_cycle(folder: Path, clock: ManualClock) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        await sitting.press("r")
        assert sitting.meeting.closing_step is ClosingStep.DATE
        assert "Next meeting?" in sitting.text
        await sitting.press("enter", "enter")
        assert sitting.at == "Home"
        assert "Cycle 2, meeting 1" in sitting.headline


async def test_redesigning_opens_the_covenant_once_the_record_is_kept(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        await sitting.press("e", "enter", "enter")
        assert sitting.at == "Covenant"
        assert "Meeting 6 is kept" in sitting.said
        await sitting.press("escape")
        assert sitting.at == "Home"
        assert "You chose to redesign" in sitting.text
    looked_back = state(folder).records[-1].looked_back
    assert looked_back is not None
    assert looked_back.choice is CycleChoice.REDESIGN


async def test_a_circle_that_rests_is_asked_for_no_date_and_home_says_how_to_wake_it(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        await sitting.press("z")
        assert sitting.meeting.closing_step is ClosingStep.CLOSE
        assert "Next meeting?" not in sitting.text
        before = sitting.meeting
        await sitting.press("d")
        assert not sitting.asking
        assert sitting.meeting == before
        await sitting.press("enter")
        assert sitting.at == "Home"
        assert "This circle rests" in sitting.text
        await sitting.press("enter")
        assert sitting.at == "Home"
        assert sitting.app.live is None
        await sitting.press("w")
        assert sitting.at == "Rebooking"
        assert "Next meeting: Thursday 28 May" in sitting.text
        await sitting.press("escape", "enter")
        assert sitting.at == "Gathering"
        assert sitting.meeting.context.number_in_cycle == 1
    assert state(folder).records[-1].next is None


async def test_a_circle_is_woken_from_the_rebooking_place_too_and_can_be_let_rest_on(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        await sitting.press("z", "enter", "b")
        assert "This circle rests" in sitting.text
        await sitting.press("x", "d")
        assert not sitting.asking
        assert state(folder).cancelled == ()
        await sitting.press("w")
        assert "Next meeting: Thursday 28 May" in sitting.text
        await sitting.press("d")
        await sitting.type("20 May")
        await sitting.press("enter")
        assert "Next meeting: Wednesday 20 May" in sitting.text
        assert state(folder).cancelled == ()
        await sitting.press("u", "u")
        assert "This circle rests" in sitting.text


def test_no_meeting_begins_while_a_circle_rests(folder: Path, clock: ManualClock) -> None:
    file = met(folder, clock, 5)
    go_to_next(file, clock)
    with meeting(file, clock) as live:
        to_closing(live, clock)
        close(live, CycleChoice.REST)
        live.finish()
    opened = CircleService(file, clock)
    with pytest.raises(RuleError, match="rests"):
        opened.begin()
    assert not file.journal_path.exists()
    opened.close()


async def test_resting_can_be_taken_back_and_the_date_is_there_again(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        proposed = sitting.meeting.next
        await sitting.press("z", "u", "r")
        assert sitting.meeting.next == proposed
        assert sitting.meeting.closing_step is ClosingStep.DATE


async def test_after_two_strong_cycles_a_circle_can_graduate(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock, cycles=2)
    async with sit(folder, clock) as sitting:
        await through_the_look_back(sitting)
        assert "graduate" in sitting.text
        await sitting.press("g", "enter", "enter")
        assert sitting.at == "Home"
        assert "longer rhythm" in sitting.text
        assert "new partners" in sitting.text
    looked_back = state(folder).records[-1].looked_back
    assert looked_back is not None
    assert looked_back.choice is CycleChoice.GRADUATE


@pytest.mark.parametrize("choice", ["r", "e", "z"])
async def test_a_whole_cycle_is_played_through_by_keys(
    folder: Path, clock: ManualClock, choice: str
) -> None:
    file = met(folder, clock, 0, members="Maya, Tom, Priya")
    for number in range(1, 7):
        go_to_next(file, clock)
        with meeting(file, clock) as live:
            to_closing(live, clock)
        async with sit(folder, clock) as sitting:
            while sitting.app.live is not None:
                key = {
                    ClosingStep.CHOICE: choice,
                    ClosingStep.VITALITY: "y",
                }.get(sitting.meeting.closing_step, "enter")
                await sitting.press(key)
            assert sitting.at == ("Covenant" if choice == "e" and number == 6 else "Home")
    records = state(folder).records
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
    stands = meeting_context(state(folder), clock.now())
    assert (stands.cycle, stands.number_in_cycle) == (2, 1)
    assert stands.resting is (choice == "z")


# The questions


async def test_the_circle_is_asked_one_question_at_a_time_at_week_6(
    folder: Path, clock: ManualClock
) -> None:
    at_week_6(folder, clock)
    async with sit(folder, clock) as sitting:
        for answer, question in zip("ypn", health_check.QUESTIONS, strict=True):
            shown = [each for each in health_check.QUESTIONS if each in sitting.text]
            assert shown == [question]
            assert "Next meeting?" not in sitting.text
            await sitting.press(answer)
        assert sitting.meeting.closing_step is ClosingStep.DATE
        assert health_check.REDESIGN_ADVICE not in sitting.text
        await sitting.press("enter", "enter")
    kept = state(folder).records[-1].vitality
    assert kept is not None
    assert (kept.check, list(kept.answers.values())) == ("week 6", ["yes", "partly", "no"])


async def test_enter_answers_no_question_and_a_wrong_answer_is_taken_back(
    folder: Path, clock: ManualClock
) -> None:
    at_week_6(folder, clock)
    async with sit(folder, clock) as sitting:
        before = sitting.meeting
        await sitting.press("enter", "d", "r", "z")
        assert sitting.meeting == before
        await sitting.press("n", "u")
        assert sitting.meeting == before


async def test_decay_at_week_6_gets_one_calm_sentence(folder: Path, clock: ManualClock) -> None:
    at_week_6(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("n", "n", "p")
        assert health_check.REDESIGN_ADVICE in sitting.text
        await sitting.press("u", "u", "y", "y")
        assert health_check.REDESIGN_ADVICE not in sitting.text


async def test_the_check_is_not_asked_again_at_the_next_meeting(
    folder: Path, clock: ManualClock
) -> None:
    at_closing(met(folder, clock, 4), clock)
    async with sit(folder, clock) as sitting:
        assert sitting.meeting.closing_step is ClosingStep.DATE


# Closing as it stands, and what the covenant says of missing


async def test_closing_it_as_it_stands_leaves_look_back_and_questions_out(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    clock.move(120 * MINUTE)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        await sitting.press("s")
        assert sitting.at == "Home"
    assert state(folder).records[-1].looked_back is None


async def test_a_closed_meeting_whose_record_was_not_kept_is_only_asked_to_be_kept(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.storage import AtomicJSONStorage

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    at_the_end(folder, clock)
    clock.move(120 * MINUTE)
    async with sit(folder, clock) as sitting:
        with monkeypatch.context() as patch:
            patch.setattr(AtomicJSONStorage, "write_bytes", refuse)
            await sitting.press("s")
            assert len(state(folder).records) == 5
        assert sitting.at == "Closing"
        assert not sitting.asking
        await sitting.press("enter")
        assert sitting.at == "Home"
    assert len(state(folder).records) == 6


async def test_the_covenants_rule_about_missing_is_shown_when_somebody_was_missing(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1)
    amend(file, clock, covenant.write)
    rule = state(folder).covenants[-1].clauses[Clause.MISSED]
    at_closing(file, clock, *ABSENT)
    async with sit(folder, clock, (110, 34)) as sitting:
        assert rule[:40] in sitting.text
        await sitting.press("enter")
        assert rule[:40] in sitting.text


@pytest.mark.parametrize("size", [*SIZES, (20, 6), (1, 1)])
async def test_the_end_of_a_cycle_works_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    at_the_end(folder, clock)
    async with sit(folder, clock, size) as sitting:
        await sitting.type(WORDS)
        await sitting.press("enter", "enter", "r", "enter", "enter")
        assert sitting.at == "Home"


async def test_on_a_small_terminal_the_choices_can_all_be_read(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock, cycles=2)
    async with sit(folder, clock, (40, 12)) as sitting:
        await through_the_look_back(sitting)
        for choice in CycleChoice:
            assert f"{choice.value[0] if choice is not CycleChoice.REDESIGN else 'e'} " in (
                sitting.text
            )
            assert f"{choice}:" in sitting.text
        assert "…" not in sitting.text


async def test_whoever_reaches_out_can_be_chosen_on_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1, members=", ".join(f"Person {n}" for n in range(1, 13)))
    amend(file, clock, covenant.write)
    at_closing(file, clock, *ABSENT)
    async with sit(folder, clock, (40, 12)) as sitting:
        await sitting.press("enter")
        for _ in range(12):
            assert any("›" in row for row in sitting.text.splitlines())
            await sitting.press("down")
