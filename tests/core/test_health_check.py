"""The health check: when it is due, what its answers suggest, and what attendance asks."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import Attendance, Cancelled
from circle_tui.core.circle import health_check
from circle_tui.core.circle.circle import Rhythm
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import HealthCheck, MeetingRecord
from circle_tui.core.circle.state import CircleState

from .meetings import START, circle_of, record

WEEK = timedelta(weeks=1)
ALL_YES = dict.fromkeys(health_check.QUESTIONS, "yes")


def state(*records: MeetingRecord, **changes: object) -> CircleState:
    return CircleState(circle=circle_of(3, **changes), records=records)


def absent(number: int, *members: str) -> MeetingRecord:
    came = {f"m{n}": Attendance.PRESENT for n in (1, 2, 3)}
    return record(number, attendance={**came, **dict.fromkeys(members, Attendance.ABSENT)})


def cancelled(number: int, at: datetime) -> Cancelled:
    return Cancelled(id=f"x{number}", cycle=1, planned=at + WEEK, at=at)


# When it is due


def test_no_check_is_due_before_the_first_meeting() -> None:
    assert health_check.due(state(), START + 60 * WEEK) is None


@pytest.mark.parametrize(
    ("when", "check"),
    [
        (START + 6 * WEEK - timedelta(days=1), None),
        (START + 6 * WEEK, "week 6"),
        (datetime(2026, 6, 4, 22, tzinfo=UTC), "week 6"),
        (datetime(2026, 6, 5, 9, tzinfo=UTC), "month 3"),
        (datetime(2026, 9, 4, 9, tzinfo=UTC), "month 3"),
        (datetime(2026, 9, 5, 9, tzinfo=UTC), "month 6"),
        (datetime(2028, 9, 5, 9, tzinfo=UTC), "month 6"),
    ],
)
def test_checks_are_due_at_week_6_and_months_3_and_6_from_the_first_meeting(
    when: datetime, check: str | None
) -> None:
    assert health_check.due(state(record(1)), when) == check


def test_a_clock_change_or_an_early_start_does_not_delay_a_check() -> None:
    # London's clocks change at the end of March, so ten o'clock comes an hour sooner.
    after_six_weeks = datetime(2026, 4, 16, 9, 0, tzinfo=UTC) - timedelta(minutes=4)
    assert health_check.due(state(record(1)), after_six_weeks) == "week 6"


def test_the_check_of_month_3_is_at_the_fourth_monthly_meeting() -> None:
    monthly = state(record(1), rhythm=Rhythm(1, "month"))
    moment = datetime(2026, 6, 5, 9, 0, tzinfo=UTC)
    assert meeting_context(monthly, moment).check == "month 3"


def test_each_check_is_asked_once() -> None:
    asked = record(4, vitality=HealthCheck("week 6", ALL_YES))
    held = state(record(1), asked)
    assert health_check.due(held, START + 8 * WEEK) is None
    assert health_check.due(held, START + 14 * WEEK) == "month 3"


def test_a_skipped_check_is_not_asked_after_a_later_one() -> None:
    held = state(record(1), record(8, vitality=HealthCheck("month 3", ALL_YES)))
    assert health_check.due(held, START + 15 * WEEK) is None


def test_there_are_at_most_three_questions() -> None:
    assert len(health_check.QUESTIONS) <= 3


# What the answers suggest


@pytest.mark.parametrize(
    ("answers", "pause"),
    [
        (("yes", "yes", "no"), False),
        (("partly", "partly", "partly"), False),
        (("yes", "no", "partly"), False),
        (("no", "partly", "partly"), True),
        (("yes", "no", "no"), True),
        ((), False),
    ],
)
def test_more_no_than_yes_at_week_6_suggests_a_pause(answers: tuple[str, ...], pause: bool) -> None:
    said = dict(zip(health_check.QUESTIONS, answers, strict=False))
    assert health_check.noes_outweigh_yeses(said) is pause
    assert (health_check.advice("week 6", said) is not None) is pause


def test_later_checks_suggest_nothing() -> None:
    said = dict.fromkeys(health_check.QUESTIONS, "no")
    assert health_check.advice("month 3", said) is None
    assert health_check.advice(None, {}) is None


# What attendance raises


def test_two_cancellations_in_a_row_lead_to_one_question() -> None:
    after = record(1).ended
    held = state(record(1))
    once = replace(held, cancelled=(cancelled(1, after + WEEK),))
    twice = replace(held, cancelled=(*once.cancelled, cancelled(2, after + 2 * WEEK)))
    assert figures.question(once) is None
    assert figures.question(twice) == figures.QUESTION
    assert meeting_context(twice, START).question == figures.QUESTION


def test_a_meeting_between_two_cancellations_prevents_the_question() -> None:
    one, two = record(1), record(2)
    held = replace(
        state(one, two),
        cancelled=(cancelled(1, one.ended + WEEK), cancelled(2, two.ended + WEEK)),
    )
    assert figures.question(held) is None


def test_a_circle_that_never_met_is_asked_as_well() -> None:
    held = replace(state(), cancelled=(cancelled(1, START), cancelled(2, START + WEEK)))
    assert figures.question(held) == figures.QUESTION


@pytest.mark.parametrize(
    ("records", "asked"),
    [
        ((absent(1, "m2"), absent(2, "m2")), True),
        ((absent(1, "m2"), absent(2, "m3")), False),
        ((absent(1, "m2"), absent(2), absent(3, "m2")), False),
        ((absent(1, "m2"), absent(2, "m2"), absent(3)), False),
        ((absent(1, "m2"),), False),
    ],
)
def test_a_member_absent_twice_in_a_row_leads_to_the_question(
    records: tuple[MeetingRecord, ...], asked: bool
) -> None:
    assert (figures.question(state(*records)) is not None) is asked


def test_an_excused_member_does_not_lead_to_the_question() -> None:
    excused = {"m1": Attendance.PRESENT, "m2": Attendance.EXCUSED}
    held = state(record(1, attendance=excused), record(2, attendance=excused))
    assert figures.question(held) is None


def test_a_member_who_is_away_or_has_left_does_not_lead_to_the_question() -> None:
    held = state(absent(1, "m2"), absent(2, "m2"))
    for gone in ({"away": START}, {"left": START}):
        members = tuple(
            replace(each, **gone) if each.id == "m2" else each for each in held.circle.members
        )
        changed = replace(held, circle=replace(held.circle, members=members))
        assert figures.question(changed) is None


def test_the_question_names_nobody() -> None:
    held = state(absent(1, "m2"), absent(2, "m2"))
    asked = figures.question(held)
    assert asked is not None
    assert not any(member.name in asked for member in held.circle.members)
