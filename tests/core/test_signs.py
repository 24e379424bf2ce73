"""Silence, shrinking and excuses follow the guide's definitions: a second computation agrees."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.attendance import summary
from circle_tui.core.attendance.facts import Attendance, Cancelled, CycleChoice
from circle_tui.core.attendance.figures import QUESTION, DateRange, review
from circle_tui.core.attendance.signs import Sign, signs
from circle_tui.core.attendance.silence import MOST, silent_dates
from circle_tui.core.circle.circle import Rhythm
from circle_tui.core.circle.record import MeetingRecord, Retrospective
from circle_tui.core.circle.state import CircleState

from .meetings import START, circle_of, record

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FORTNIGHT, HALF = 14 * DAY, 7 * DAY
REST = Retrospective(choice=CycleChoice.REST, worked="", change="")
PRESENT, LATE, LEFT_EARLY, EXCUSED, ABSENT = Attendance


def meeting_record(
    number: int, started: datetime, *how: Attendance, rests: bool = False
) -> MeetingRecord:
    return record(
        number,
        started=started,
        ended=started + HOUR,
        next=None,
        attendance={f"m{seat}": each for seat, each in enumerate(how or (PRESENT, PRESENT), 1)},
        looked_back=REST if rests else None,
    )


def cancelled_meeting(planned: datetime, to: datetime | None = None) -> Cancelled:
    at = planned - DAY
    return Cancelled(
        id=f"x{planned:%y%m%d}",
        cycle=1,
        planned=planned,
        at=at,
        rebooked=to,
        rebooked_at=None if to is None else at,
    )


# Silence

SLOTS = st.sampled_from(["held", "held", "held", "silent", "silent", "off", "moved", "rests"])


@given(
    slots=st.lists(st.tuples(SLOTS, st.integers(-72, 72)), max_size=14),
    after=st.integers(0, 40 * 24),
    wake=st.none() | st.integers(24, 30 * 24),
)
def test_a_date_is_silent_without_a_meeting_a_cancellation_or_a_rest_near_it(
    slots: list[tuple[str, int]], after: int, wake: int | None
) -> None:
    """Dates are on a grid; each held meeting counts for the nearest one."""
    records: list[MeetingRecord] = []
    cancelled = []
    for at, (what, hours) in enumerate(slots):
        date = START + at * FORTNIGHT
        if what in {"held", "rests"}:
            started = date + hours * HOUR
            records.append(meeting_record(len(records) + 1, started, rests=what == "rests"))
        elif what == "off":
            cancelled.append(cancelled_meeting(date))
        elif what == "moved":
            cancelled.append(cancelled_meeting(date, date + 3 * DAY))
            records.append(meeting_record(len(records) + 1, date + 3 * DAY))
    now = START + len(slots) * FORTNIGHT + after * HOUR
    circle = replace(circle_of(2), zone="UTC")
    last = records[-1] if records else None
    rests = [
        (each, records[at] if at < len(records) else None)
        for at, each in enumerate(records, 1)
        if each.looked_back
    ]
    if last is not None and last.looked_back and wake is not None:
        woken = last.ended + wake * HOUR
        if woken <= now:
            circle = replace(circle, woken=woken)
    # Cancelling wakes a resting circle in reality, so no such history is made here.
    cancelled = [
        each
        for each in cancelled
        if not any(a.started < each.at and (b is None or each.at < b.started) for a, b in rests)
    ]
    expected = []
    grid = [START + at * FORTNIGHT for at in range(len(slots) + 5)]
    for date in grid:
        near = any(abs(date - each.started) < HALF for each in records)
        cut = any(each.planned == date for each in cancelled)
        later = any(each.started >= date + HALF for each in records)
        over = later or date + circle.length < now
        resting = any(
            a.started < date
            and (b is None or date < b.started)
            and (b is not None or circle.woken is None or date < circle.woken + HALF)
            for a, b in rests
        )
        if over and not (near or cut or resting):
            expected.append(date)
    facts = CircleState(circle=circle, records=tuple(records), cancelled=tuple(cancelled))
    found = silent_dates(facts, now)
    assert list(found) == expected
    made = review(facts, now)
    lost = sum(each.rebooked is None for each in cancelled)
    assert (made.held, made.planned) == (len(records), len(records) + lost + len(expected))
    in_a_row = sum(last is None or date > last.started for date in expected)
    assert (Sign.SILENCE in made.signs) == (in_a_row >= 2)


def test_a_date_that_passed_counts_as_planned_and_not_held() -> None:
    facts = CircleState(circle=circle_of(2), records=(meeting_record(1, START),))
    for days, planned in ((13, 1), (14, 1), (15, 2), (28, 2), (29, 3)):
        made = review(facts, START + days * DAY)
        assert (made.held, made.planned) == (1, planned), days
    spring = DateRange((START + 20 * DAY).date(), None)
    assert review(facts, START + 29 * DAY, spring).planned == 1


def test_a_silent_circle_is_asked_and_nobody_is_named() -> None:
    facts = CircleState(circle=circle_of(3), records=(meeting_record(1, START),))
    assert review(facts, START + 20 * DAY).question is None
    made = review(facts, START + 30 * DAY)
    assert (made.signs, made.question) == ((Sign.SILENCE,), QUESTION)
    said = list(summary.summary(made))
    assert said[-2:] == [summary.SIGNS[Sign.SILENCE], f"A question to the circle: {QUESTION}"]


def test_the_silent_dates_of_an_old_circle_are_counted_up_to_a_limit() -> None:
    circle = replace(circle_of(2), rhythm=Rhythm(1, "day"), first=datetime(1971, 1, 1, 10))  # noqa: DTZ001
    assert len(silent_dates(CircleState(circle=circle), START)) == MOST


def test_a_trading_pair_has_no_dates() -> None:
    assert silent_dates(CircleState(circle=circle_of(2, "trading-pair")), START + 99 * DAY) == ()


def test_a_rebooked_date_that_passes_is_counted_once() -> None:
    facts = CircleState(
        circle=circle_of(2),
        records=(meeting_record(1, START),),
        cancelled=(cancelled_meeting(START + FORTNIGHT, START + FORTNIGHT + 2 * DAY),),
    )
    made = review(facts, START + FORTNIGHT + 5 * DAY)
    assert (made.held, made.planned) == (1, 2)


# Shrinking and excuses

MARKS = st.lists(st.sampled_from(Attendance), min_size=0, max_size=6)


@given(meetings=st.lists(MARKS, max_size=16), members=st.integers(2, 6), left=st.integers(0, 5))
def test_shrinking_and_excuses_agree_with_a_second_computation(
    meetings: list[list[Attendance]], members: int, left: int
) -> None:
    circle = circle_of(members)
    people = tuple(
        replace(each, left=START) if seat < left else each
        for seat, each in enumerate(circle.members)
    )
    active = [each.id for each in people if each.left is None]
    records = tuple(
        meeting_record(number, START + number * FORTNIGHT, *how)
        if how
        else replace(meeting_record(number, START + number * FORTNIGHT), attendance={})
        for number, how in enumerate(meetings, 1)
    )
    found = signs(CircleState(circle=replace(circle, members=people), records=records))

    sizes = [len(how) for how in meetings][-12:]
    assert (Sign.SHRINKING in found) == (
        bool(sizes) and len(active) > 0 and len(active) <= max(sizes) / 2
    )
    marks = [{f"m{seat}": how for seat, how in enumerate(each, 1)} for each in meetings]
    two, three = marks[-2:], marks[-3:]
    assert (Sign.ABSENT in found) == (
        len(two) == 2 and any({each.get(who) for each in two} == {ABSENT} for who in active)
    )
    places = [how for each in three for how in each.values()]
    third = bool(places) and sum(how is EXCUSED for how in places) / len(places) >= 1 / 3
    always = any({each.get(who) for each in three} == {EXCUSED} for who in active)
    assert (Sign.EXCUSES in found) == (len(three) == 3 and (third or always))


def test_a_circle_that_goes_from_six_members_to_two_is_shrinking_at_full_attendance() -> None:
    circle = circle_of(6)
    members = tuple(
        replace(each, left=START + DAY) if seat > 1 else each
        for seat, each in enumerate(circle.members)
    )
    facts = CircleState(
        circle=replace(circle, members=members),
        records=(
            meeting_record(1, START, *[PRESENT] * 6),
            meeting_record(2, START + FORTNIGHT, PRESENT, PRESENT),
        ),
    )
    made = review(facts, START + FORTNIGHT + DAY)
    assert (made.signs, made.question) == ((Sign.SHRINKING,), QUESTION)


@pytest.mark.parametrize(
    ("third", "there"), [((EXCUSED, PRESENT, PRESENT), True), ((LATE, PRESENT, PRESENT), False)]
)
def test_a_member_excused_three_times_in_a_row_is_drifting(
    third: tuple[Attendance, ...], there: bool
) -> None:
    hows = ((EXCUSED, PRESENT, PRESENT), (EXCUSED, PRESENT, PRESENT), third)
    records = tuple(
        meeting_record(at, START + at * FORTNIGHT, *how) for at, how in enumerate(hows, 1)
    )
    facts = CircleState(circle=circle_of(3), records=records)
    # Two of nine are fewer than a third.
    assert (Sign.EXCUSES in signs(facts)) == there


def test_no_sign_names_or_counts_anybody() -> None:
    for said in summary.SIGNS.values():
        assert said.endswith(".")
        assert not any(letter.isdigit() for letter in said)
