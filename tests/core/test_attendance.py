"""What a lead sees of one circle, by hand: its days, its next date, and what did not take place.

What a ledger and SQL make of the same circles is compared in the tests of the store.
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


def put_off(
    at: datetime, planned: datetime, to: datetime | None = None, cycle: int = 1
) -> Cancelled:
    """A meeting that was cancelled, and rebooked in the same act if it was."""
    return Cancelled(
        id=f"x{at:%m%d%H}",
        cycle=cycle,
        planned=planned,
        at=at,
        rebooked=to,
        rebooked_at=None if to is None else at,
    )


def counted(now: datetime, *what: Cancelled | MeetingRecord) -> tuple[int, int]:
    """How many meetings took place by then, of how many that were planned."""
    made = review(
        CircleState(
            circle=circle_of(2),
            records=tuple(each for each in what if isinstance(each, MeetingRecord)),
            cancelled=tuple(each for each in what if isinstance(each, Cancelled)),
        ),
        now,
    )
    return made.held, made.planned


def met(number: int, started: datetime) -> MeetingRecord:
    return record(number, started=started, ended=started + timedelta(hours=1))


# Which days


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
def test_a_range_may_be_open_on_either_side_and_may_be_one_day(
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


def test_a_circle_that_rests_or_never_meets_has_no_next_meeting_and_is_not_late_for_it() -> None:
    rest = Retrospective(choice=CycleChoice.REST, worked="", change="")
    for state in (
        CircleState(circle=circle_of(2), records=(record(1, next=SECOND, looked_back=rest),)),
        CircleState(circle=circle_of(2, "trading-pair")),
    ):
        made = review(state, START + 365 * DAY)
        assert (made.next, made.overdue) == (None, False)


# What did not take place


def test_what_was_cancelled_was_planned_and_did_not_take_place() -> None:
    assert counted(SECOND, met(1, START), put_off(START + DAY, SECOND)) == (1, 2)


def test_what_was_rebooked_is_lost_once_its_other_date_has_passed_and_not_before() -> None:
    other = SECOND + 2 * DAY
    happened = met(1, START), put_off(START + DAY, SECOND, other)
    assert counted(other - DAY, *happened) == (1, 1)
    assert counted(other, *happened) == (1, 2)
    assert counted(other + DAY, *happened, met(2, other)) == (2, 2)


def test_what_was_put_off_twice_is_one_meeting() -> None:
    other = SECOND + 2 * DAY
    twice = put_off(START + DAY, SECOND, other), put_off(SECOND, other)
    assert counted(other + DAY, met(1, START), *twice) == (1, 2)
    again = twice[0], put_off(SECOND, other, other + DAY)
    held = met(1, START), met(2, other + DAY)
    assert counted(other + 2 * DAY, *again, *held) == (2, 2)


def test_a_meeting_after_another_was_cancelled_makes_up_for_that_one_alone() -> None:
    first = put_off(START - DAY, START, START + DAY)
    second = put_off(SECOND - DAY, SECOND, SECOND + DAY)
    third = put_off(SECOND + 5 * DAY, SECOND + 14 * DAY)
    made_up = met(1, SECOND + DAY)
    assert counted(SECOND + 2 * DAY, first, second, made_up) == (1, 2)
    assert counted(SECOND + 27 * DAY, first, second, third, made_up) == (1, 3)


def test_cycles_come_in_order_also_where_nobody_met_in_the_first() -> None:
    state = CircleState(
        circle=circle_of(2),
        records=(record(1, cycle=2),),
        cancelled=(put_off(START - 10 * DAY, START - 9 * DAY),),
    )
    assert [each.number for each in review(state, SECOND).cycles] == [1, 2]


def test_the_question_names_nobody_and_the_review_asks_it() -> None:
    state = CircleState(
        circle=circle_of(2),
        cancelled=(put_off(START - DAY, START), put_off(SECOND - DAY, SECOND)),
    )
    assert review(state, SECOND).question == figures.QUESTION


# Who opened


def test_of_openings_only_those_in_the_range_are_spoken_of_but_all_are_known() -> None:
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
    first = met(1, START)
    later = record(3, cycle=2, started=START + 90 * DAY, ended=START + 90 * DAY)
    facts = CircleState(
        circle=circle, records=(first, later), cancelled=(put_off(START + DAY, SECOND),)
    )

    def parts(within: DateRange) -> list[tuple[int, bool]]:
        made = review(facts, START + 100 * DAY, within)
        return [(cycle.number, cycle.part) for cycle in made.cycles]

    day = circle.day(START)
    assert parts(DateRange(day, day + 30 * DAY)) == [(1, False)]
    assert parts(DateRange(day, day)) == [(1, True)]
    assert parts(DateRange(day, day + 95 * DAY)) == [(1, False), (2, False)]
