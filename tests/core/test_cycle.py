"""Cycles: when one ends, when it is strong, and what can be chosen at its end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import cycle
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import MeetingRecord, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.events import MeetingOpened
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply, replay

from .meetings import START, attempt, circle_of, record

CAME = {"m1": Attendance.PRESENT, "m2": Attendance.LATE}
HALF = {"m1": Attendance.PRESENT, "m2": Attendance.ABSENT}
ALL_BUT_GRADUATE = (CycleChoice.RENEW, CycleChoice.REDESIGN, CycleChoice.REST)


def cycles(*attendances: dict[str, Attendance]) -> list[MeetingRecord]:
    """Records of cycles of six meetings each; everybody had the given attendance."""
    return [
        record(6 * at + meeting, cycle=at + 1, attendance=attendance)
        for at, attendance in enumerate(attendances)
        for meeting in range(1, 7)
    ]


def look_back(choice: CycleChoice) -> Retrospective:
    return Retrospective(choice=choice, worked="", change="")


# Numbers


def test_a_circle_begins_with_the_first_meeting_of_its_first_cycle() -> None:
    assert cycle.next_position([], 6) == (1, 1)


def test_meetings_are_counted_through_a_cycle_and_a_new_one_begins_after_its_last() -> None:
    held = [record(n, cycle=1) for n in range(1, 6)]
    assert cycle.next_position(held, 6) == (1, 6)
    assert cycle.next_position([*held, record(6, cycle=1)], 6) == (2, 1)


def test_a_retrospective_ends_its_cycle_even_if_the_cycle_length_is_changed_later() -> None:
    ended = record(3, cycle=1, looked_back=look_back(CycleChoice.RENEW))
    held = [record(1), record(2), ended]
    assert cycle.next_position(held, 3) == (2, 1)
    assert cycle.next_position(held, 6) == (2, 1)


def test_only_the_meetings_of_the_current_cycle_are_counted() -> None:
    held = [*cycles(CAME), record(7, cycle=2), record(8, cycle=2)]
    assert cycle.next_position(held, 6) == (2, 3)


# Strength


@pytest.mark.parametrize(
    ("came", "missed", "strong"), [(3, 1, True), (2, 1, False), (1, 0, True), (0, 1, False)]
)
def test_a_cycle_is_strong_if_at_least_three_quarters_of_those_expected_came(
    came: int, missed: int, strong: bool
) -> None:
    attendance = {f"m{n}": Attendance.PRESENT for n in range(came)} | {
        f"x{n}": Attendance.EXCUSED for n in range(missed)
    }
    assert cycle.strong([record(1, attendance=attendance)]) is strong


def test_late_and_left_early_count_as_coming() -> None:
    attendance = {"m1": Attendance.LATE, "m2": Attendance.LEFT_EARLY}
    assert cycle.strong([record(1, attendance=attendance)])


def test_a_cycle_without_meetings_is_not_strong() -> None:
    assert not cycle.strong([])


# Choices


def test_a_circle_cannot_graduate_after_its_first_cycle() -> None:
    assert cycle.choices(cycles(CAME)[:5], 1) == ALL_BUT_GRADUATE


def test_a_circle_may_graduate_at_the_end_of_its_second_strong_cycle() -> None:
    assert cycle.choices(cycles(CAME, CAME)[:11], 2) == tuple(CycleChoice)


@pytest.mark.parametrize("attendances", [(HALF, CAME), (CAME, HALF), (CAME, CAME, HALF)])
def test_a_circle_with_one_strong_cycle_or_a_weak_one_now_does_not_graduate(
    attendances: tuple[dict[str, Attendance], ...],
) -> None:
    assert cycle.choices(cycles(*attendances)[:-1], len(attendances)) == ALL_BUT_GRADUATE


def test_a_weak_cycle_between_two_strong_ones_does_not_prevent_graduating() -> None:
    assert CycleChoice.GRADUATE in cycle.choices(cycles(CAME, HALF, CAME)[:-1], 3)


def test_a_cycle_of_one_meeting_does_not_prevent_graduating() -> None:
    held = [record(n, cycle=n, attendance=CAME) for n in (1, 2)]
    assert cycle.choices(held, 3) == tuple(CycleChoice)
    assert cycle.choices(held[:1], 2) == ALL_BUT_GRADUATE


def test_a_choice_is_due_only_at_the_last_meeting_of_a_cycle() -> None:
    held = cycles(CAME)
    for number in range(6):
        state = CircleState(circle=circle_of(2), records=tuple(held[:number]))
        assert bool(meeting_context(state, START).choices) is (number == 5)


def test_the_last_choice_is_known_until_the_next_meeting() -> None:
    ended = record(1, looked_back=look_back(CycleChoice.GRADUATE))
    assert cycle.last_choice([]) is None
    assert cycle.last_choice([ended]) is CycleChoice.GRADUATE
    assert cycle.last_choice([ended, record(2)]) is None


# The closing of the last meeting


def at_closing(**changes: object) -> Meeting:
    """A meeting of three at its closing; `context` replaces fields of its context."""
    context = meeting_context(CircleState(circle=circle_of(3)), START)
    meeting = replay((MeetingOpened(at=START, id="now", context=replace(context, **changes)),))
    for command in (commands.begin, closing_commands.cut_short):
        meeting = after_command(meeting, command)
    return meeting


def after_command(meeting: Meeting, command: object, *said: object) -> Meeting:
    assert callable(command)
    for event in command(meeting, START + timedelta(hours=1), *said):
        meeting = apply(meeting, event)
    return meeting


def test_a_closing_within_a_cycle_asks_neither_for_a_retrospective_nor_for_a_choice() -> None:
    assert at_closing().closing_step is ClosingStep.DATE


def test_the_closing_asks_for_retrospective_then_choice_then_health_check() -> None:
    meeting = at_closing(choices=tuple(CycleChoice), check="week 6")
    seen = [meeting.closing_step]
    for command, said in (
        (closing_commands.look_back, "Listening"),
        (closing_commands.look_back, "Shorter shares"),
        (closing_commands.choose, CycleChoice.RENEW),
        *[(closing_commands.answer_question, "yes")] * 3,
        (closing_commands.keep_date, None),
        (closing_commands.close, None),
    ):
        meeting = after_command(meeting, command, *([] if said is None else [said]))
        if meeting.closing_step is not seen[-1]:
            seen.append(meeting.closing_step)
    assert seen == [*list(ClosingStep)[:5], ClosingStep.CLOSE]
    kept = record_of(meeting)
    assert kept.looked_back == Retrospective(
        choice=CycleChoice.RENEW, worked="Listening", change="Shorter shares"
    )
    assert kept.vitality is not None
    assert list(kept.vitality.answers.values()) == ["yes"] * 3


def test_each_closing_command_is_allowed_only_at_its_own_step() -> None:
    meeting = at_closing(choices=tuple(CycleChoice), check="week 6")
    command: dict[Callable[..., object], tuple[object, ...]] = {
        closing_commands.look_back: ("",),
        closing_commands.choose: (CycleChoice.RENEW,),
        closing_commands.answer_question: ("no",),
        closing_commands.keep_date: (),
        closing_commands.close: (),
    }
    seen: list[Callable[..., object]] = []
    while meeting.phase is Phase.CLOSING:
        (now_due,) = [
            command
            for command, said in command.items()
            if isinstance(attempt(after_command, meeting, command, *said), Meeting)
        ]
        seen.append(now_due)
        meeting = after_command(meeting, now_due, *command[now_due])
    assert list(dict.fromkeys(seen)) == list(command)
    assert len(seen) == 8


def test_an_unfinished_retrospective_cannot_be_continued_after_the_closing() -> None:
    meeting = after_command(
        at_closing(choices=ALL_BUT_GRADUATE), closing_commands.look_back, "Listening"
    )
    meeting = after_command(meeting, closing_commands.close_as_it_stands)
    with pytest.raises(RuleError, match="at the closing"):
        after_command(meeting, closing_commands.look_back, "Less talk")


def test_a_question_is_answered_with_yes_partly_or_no() -> None:
    meeting = at_closing(check="week 6")
    with pytest.raises(RuleError, match="yes, partly or no"):
        after_command(meeting, closing_commands.answer_question, "perhaps")


def test_a_circle_that_chose_to_rest_is_not_asked_for_a_date_and_cannot_set_one() -> None:
    meeting = at_closing(choices=ALL_BUT_GRADUATE)
    for said in ("", ""):
        meeting = after_command(meeting, closing_commands.look_back, said)
    meeting = after_command(meeting, closing_commands.choose, CycleChoice.REST)
    assert meeting.closing_step is ClosingStep.CLOSE
    with pytest.raises(RuleError, match="rests"):
        after_command(meeting, closing_commands.propose_date, "2 April")
    assert record_of(after_command(meeting, closing_commands.close)).next is None


def test_a_choice_that_is_not_offered_is_refused() -> None:
    meeting = at_closing(choices=ALL_BUT_GRADUATE)
    for said in ("", ""):
        meeting = after_command(meeting, closing_commands.look_back, said)
    with pytest.raises(RuleError, match="two strong cycles"):
        after_command(meeting, closing_commands.choose, CycleChoice.GRADUATE)


def test_closing_as_it_stands_leaves_out_retrospective_and_health_check() -> None:
    meeting = after_command(
        at_closing(choices=ALL_BUT_GRADUATE, check="week 6"), closing_commands.close_as_it_stands
    )
    assert meeting.phase is Phase.CLOSED
    kept = record_of(meeting)
    assert (kept.looked_back, kept.vitality) == (None, None)
