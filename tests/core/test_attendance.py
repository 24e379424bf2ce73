"""What a lead sees of one circle, in small examples: dates, the next meeting, missed meetings.

The tests of the store compare random circles with an independent ledger and with SQL.
"""

from datetime import date, datetime, timedelta

import pytest

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import Attendance, Cancelled, CycleChoice
from circle_tui.core.attendance.figures import DateRange, read_range, review
from circle_tui.core.circle.record import MeetingRecord, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record

DAY = timedelta(days=1)
SECOND = START + 14 * DAY


def cancelled(
    at: datetime, planned: datetime, to: datetime | None = None, cycle: int = 1
) -> Cancelled:
    """A cancelled meeting, and its new date if it was rebooked in the same act."""
    return Cancelled(
        id=f"x{at:%m%d%H}",
        cycle=cycle,
        planned=planned,
        at=at,
        rebooked=to,
        rebooked_at=None if to is None else at,
    )


def held_and_planned(now: datetime, *what: Cancelled | MeetingRecord) -> tuple[int, int]:
    """How many meetings took place by then, and how many were planned."""
    made = review(
        CircleState(
            circle=circle_of(2),
            records=tuple(each for each in what if isinstance(each, MeetingRecord)),
            cancelled=tuple(each for each in what if isinstance(each, Cancelled)),
        ),
        now,
    )
    return made.held, made.planned


def meeting_record(number: int, started: datetime) -> MeetingRecord:
    return record(number, started=started, ended=started + timedelta(hours=1))


# Ranges of days


@pytest.mark.parametrize(
    ("typed", "within"),
    [
        ((None, None), DateRange()),
        (("5 March 2026", None), DateRange(start=date(2026, 3, 5))),
        ((None, "2026-03-05"), DateRange(end=date(2026, 3, 5))),
        (("2026-03-05", "2026-03-05"), DateRange(date(2026, 3, 5), date(2026, 3, 5))),
        (("2026-03-05", "2026-04-01"), DateRange(date(2026, 3, 5), date(2026, 4, 1))),
    ],
)
def test_a_range_can_be_open_on_either_side_or_a_single_day(
    typed: tuple[str | None, str | None], within: DateRange
) -> None:
    assert read_range(*typed) == within


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleError, match="the other way round"):
        read_range("2026-03-05", "2026-03-04")


# The next meeting


def test_the_next_meeting_is_overdue_once_its_time_is_over() -> None:
    state = CircleState(circle=circle_of(2))
    ends = START + state.circle.length
    assert review(state, START).next == START
    assert not review(state, ends).overdue
    assert review(state, ends + timedelta(seconds=1)).overdue


def test_a_circle_that_rests_or_never_meets_has_no_next_or_overdue_meeting() -> None:
    rest = Retrospective(choice=CycleChoice.REST, worked="", change="")
    for state in (
        CircleState(circle=circle_of(2), records=(record(1, next=SECOND, looked_back=rest),)),
        CircleState(circle=circle_of(2, "trading-pair")),
    ):
        made = review(state, START + 365 * DAY)
        assert (made.next, made.overdue) == (None, False)


# Meetings that did not take place


def test_a_cancelled_meeting_counts_as_planned_and_not_held() -> None:
    assert held_and_planned(SECOND, meeting_record(1, START), cancelled(START + DAY, SECOND)) == (
        1,
        2,
    )


def test_a_rebooked_meeting_counts_as_missed_only_after_its_new_date() -> None:
    other = SECOND + 2 * DAY
    took_place = meeting_record(1, START), cancelled(START + DAY, SECOND, other)
    assert held_and_planned(other - DAY, *took_place) == (1, 1)
    assert held_and_planned(other, *took_place) == (1, 2)
    assert held_and_planned(other + DAY, *took_place, meeting_record(2, other)) == (2, 2)


def test_a_meeting_that_was_rebooked_twice_counts_once() -> None:
    other = SECOND + 2 * DAY
    twice = cancelled(START + DAY, SECOND, other), cancelled(SECOND, other)
    assert held_and_planned(other + DAY, meeting_record(1, START), *twice) == (1, 2)
    again = twice[0], cancelled(SECOND, other, other + DAY)
    held = meeting_record(1, START), meeting_record(2, other + DAY)
    assert held_and_planned(other + 2 * DAY, *again, *held) == (2, 2)


def test_a_meeting_makes_up_for_one_cancelled_meeting_only() -> None:
    first = cancelled(START - DAY, START, START + DAY)
    second = cancelled(SECOND - DAY, SECOND, SECOND + DAY)
    third = cancelled(SECOND + 5 * DAY, SECOND + 14 * DAY)
    made_up = meeting_record(1, SECOND + DAY)
    assert held_and_planned(SECOND + 2 * DAY, first, second, made_up) == (1, 2)
    assert held_and_planned(SECOND + 27 * DAY, first, second, third, made_up) == (1, 3)


def test_cycles_are_in_order_even_if_nobody_met_in_the_first() -> None:
    state = CircleState(
        circle=circle_of(2),
        records=(record(1, cycle=2),),
        cancelled=(cancelled(START - 10 * DAY, START - 9 * DAY),),
    )
    assert [each.number for each in review(state, SECOND).cycles] == [1, 2]


def test_the_question_names_nobody_and_the_review_asks_it() -> None:
    state = CircleState(
        circle=circle_of(2),
        cancelled=(cancelled(START - DAY, START), cancelled(SECOND - DAY, SECOND)),
    )
    assert review(state, SECOND).question == figures.QUESTION


# Who opened the round


def test_uneven_openings_are_reported_for_the_range_but_judged_by_all_meetings() -> None:
    here = {f"m{n}": Attendance.PRESENT for n in (1, 2)}
    openers = ("m1", "m2", "m1", "m1")
    records = tuple(record(n, opener=each, attendance=here) for n, each in enumerate(openers, 1))
    state = CircleState(circle=circle_of(2), records=records)
    days = [each.started.date() for each in records]
    assert "at one meeting" in figures.openings(state)
    assert "at one meeting" in figures.openings(state, DateRange(start=days[3]))
    assert "evenly shared" in figures.openings(state, DateRange(end=days[2]))
    assert "No meeting" in figures.openings(state, DateRange(end=days[0] - DAY))


def test_a_cycle_is_in_part_only_where_the_range_leaves_something_of_it_out() -> None:
    circle = circle_of(2)
    first = meeting_record(1, START)
    later = record(3, cycle=2, started=START + 90 * DAY, ended=START + 90 * DAY)
    facts = CircleState(
        circle=circle, records=(first, later), cancelled=(cancelled(START + DAY, SECOND),)
    )

    def parts(within: DateRange) -> list[tuple[int, bool]]:
        made = review(facts, START + 100 * DAY, within)
        return [(cycle.number, cycle.part) for cycle in made.cycles]

    day = circle.day(START)
    assert parts(DateRange(day, day + 30 * DAY)) == [(1, False)]
    assert parts(DateRange(day, day)) == [(1, True)]
    assert parts(DateRange(day, day + 95 * DAY)) == [(1, False), (2, False)]
