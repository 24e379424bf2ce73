"""Cancelling, rebooking and waking; and the limit of 48 hours."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Cancelled, CycleChoice
from circle_tui.core.circle import rebooking
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SECOND = START + 2 * WEEK
NOW = START + 3 * DAY


def circle_that_met(people: int = 3, **said: object) -> CircleState:
    """A circle that has met once, a fortnight before its second meeting."""
    return CircleState(circle=circle_of(people), records=(record(1, next=SECOND, **said),))


def resting() -> CircleState:
    looked_back = Retrospective(choice=CycleChoice.REST, worked="", change="")
    return CircleState(
        circle=circle_of(3), records=(record(1, next=None, looked_back=looked_back),)
    )


# Cancelling


def test_after_a_cancellation_the_next_meeting_is_the_usual_date_after_it() -> None:
    state = rebooking.cancel(circle_that_met(), NOW)
    (cancelled,) = state.cancelled
    assert (cancelled.planned, cancelled.at, cancelled.cycle) == (SECOND, NOW, 1)
    assert cancelled.rebooked is None
    assert not cancelled.within_48_hours
    assert rebooking.awaiting_new_date(state) == cancelled
    # The clocks have changed meanwhile, but it is still ten o'clock local time.
    assert meeting_context(state, NOW).planned == datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    assert meeting_context(state, NOW).number == 2


def test_two_meetings_can_be_cancelled_in_the_same_second() -> None:
    state = rebooking.cancel(rebooking.cancel(circle_that_met(), NOW), NOW)
    one, two = state.cancelled
    assert one.id != two.id
    assert two.planned == datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


def test_cancelling_long_after_the_planned_date_leaves_a_future_date() -> None:
    late = SECOND + 30 * WEEK
    assert meeting_context(rebooking.cancel(circle_that_met(), late), late).planned > late


def test_a_first_meeting_can_be_cancelled() -> None:
    state = rebooking.cancel(CircleState(circle=circle_of(3)), START - HOUR)
    assert state.cancelled[0].planned == START
    assert meeting_context(state, START).planned == START + 2 * WEEK


def test_a_cancellation_gets_an_unused_id_even_if_others_were_lost_from_the_file() -> None:
    (one,) = rebooking.cancel(circle_that_met(), NOW).cancelled
    kept = replace(circle_that_met(), cancelled=(replace(one, id="x2"),))
    assert [each.id for each in rebooking.cancel(kept, NOW + DAY).cancelled] == ["x2", "x3"]
    kept = replace(circle_that_met(), cancelled=(replace(one, id="x3"), replace(one, id="x4")))
    assert rebooking.cancel(kept, NOW + DAY).cancelled[-1].id == "x5"


def test_a_trading_pair_has_no_meeting_to_cancel() -> None:
    pair = CircleState(circle=circle_of(2, "trading-pair"))
    with pytest.raises(RuleError):
        rebooking.cancel(pair, NOW)
    with pytest.raises(RuleError):
        rebooking.rebook(pair, NOW, "2 April")


# Rebooking


@pytest.mark.parametrize(("after", "within"), [(48 * HOUR, True), (48 * HOUR + DAY / 24, False)])
def test_a_cancellation_records_whether_it_was_rebooked_within_48_hours(
    after: timedelta, within: bool
) -> None:
    state = rebooking.cancel(circle_that_met(), NOW)
    state = rebooking.rebook(state, NOW + after, "21 March 18:00")
    (cancelled,) = state.cancelled
    assert cancelled.rebooked == datetime(2026, 3, 21, 18, 0, tzinfo=UTC)
    assert cancelled.rebooked_at == NOW + after
    assert cancelled.within_48_hours is within
    assert meeting_context(state, NOW).planned == cancelled.rebooked
    assert rebooking.awaiting_new_date(state) is None
    assert rebooking.latest_rebooked(state) == cancelled


def test_moving_a_meeting_cancels_and_rebooks_it_in_one_act() -> None:
    state = rebooking.rebook(circle_that_met(), NOW, "20 March")
    (cancelled,) = state.cancelled
    assert cancelled.planned == SECOND
    assert cancelled.rebooked == SECOND + DAY
    assert cancelled.within_48_hours


def test_a_first_meeting_that_was_cancelled_waits_for_another_date() -> None:
    state = rebooking.cancel(CircleState(circle=circle_of(3)), START - DAY)
    assert rebooking.awaiting_new_date(state) == state.cancelled[0]
    state = rebooking.rebook(state, START - HOUR, "7 March")
    assert rebooking.awaiting_new_date(state) is None
    assert [each.rebooked for each in state.cancelled] == [START + 2 * DAY]


def test_of_several_cancelled_meetings_the_last_one_is_rebooked() -> None:
    state = rebooking.cancel(rebooking.rebook(circle_that_met(), NOW, "20 March"), NOW + DAY)
    first, last = state.cancelled
    assert rebooking.awaiting_new_date(state) == last
    assert rebooking.latest_rebooked(state) is None
    state = rebooking.rebook(state, NOW + 2 * DAY, "22 March")
    assert state.cancelled == (
        first,
        replace(last, rebooked=SECOND + 3 * DAY, rebooked_at=NOW + 2 * DAY),
    )
    assert rebooking.awaiting_new_date(state) is None
    assert rebooking.latest_rebooked(state) == state.cancelled[1]
    state = rebooking.rebook(state, NOW + 2 * DAY, "23 March")
    assert [each.rebooked for each in state.cancelled] == [SECOND + DAY, SECOND + 4 * DAY]


def test_a_time_without_a_day_means_the_meetings_current_day() -> None:
    at_six = timedelta(hours=8)
    cancelled = rebooking.cancel(circle_that_met(), NOW)
    state = rebooking.rebook(cancelled, NOW, "18:00")
    assert state.cancelled[0].rebooked == SECOND + at_six
    state = rebooking.rebook(rebooking.rebook(cancelled, NOW, "20 March"), NOW, "18:00")
    assert state.cancelled[0].rebooked == SECOND + DAY + at_six
    # That day has passed, so it means today.
    state = rebooking.rebook(cancelled, SECOND + 3 * DAY, "18:00")
    assert state.cancelled[0].rebooked == SECOND + 3 * DAY + at_six


def test_moving_a_meeting_to_its_current_date_is_refused() -> None:
    state = rebooking.rebook(circle_that_met(), NOW, "20 March")
    with pytest.raises(RuleError, match="already"):
        rebooking.rebook(state, NOW + HOUR, "20 March")


def test_a_date_counts_as_the_first_only_after_a_rest() -> None:
    state = rebooking.rebook(replace(circle_that_met(), records=(record(1),)), NOW, "20 March")
    assert [each.planned for each in state.cancelled] == [SECOND]
    assert state.records[0].next is None


def test_moving_a_meeting_again_does_not_cancel_it_twice() -> None:
    state = rebooking.rebook(rebooking.cancel(circle_that_met(), NOW), NOW + HOUR, "20 March")
    state = rebooking.rebook(state, NOW + 4 * DAY, "21 March")
    (cancelled,) = state.cancelled
    assert cancelled.rebooked == SECOND + 2 * DAY
    assert cancelled.rebooked_at == NOW + HOUR
    assert meeting_context(state, NOW).question is None


def test_a_rebooked_date_on_which_nobody_met_can_be_cancelled_too() -> None:
    state = rebooking.rebook(circle_that_met(), NOW, "20 March")
    state = rebooking.rebook(state, SECOND + 2 * DAY, "23 March")
    assert [each.planned for each in state.cancelled] == [SECOND, SECOND + DAY]


def test_a_meeting_cancelled_before_the_last_meeting_need_not_be_rebooked() -> None:
    state = rebooking.cancel(circle_that_met(), NOW)
    later = replace(state, records=(*state.records, record(2, next=START + 4 * WEEK)))
    assert rebooking.awaiting_new_date(later) is None
    assert rebooking.latest_rebooked(later) is None
    assert meeting_context(later, SECOND + DAY).planned == START + 4 * WEEK
    moved = rebooking.rebook(later, SECOND + DAY, "3 April 10:00")
    assert len(moved.cancelled) == 2
    assert moved.cancelled[0].rebooked is None


@pytest.mark.parametrize("typed", ["soon", "1 March 2026", "", "9" * 300])
def test_an_invalid_or_past_date_is_refused(typed: str) -> None:
    state = rebooking.rebook(circle_that_met(), NOW, "20 March")
    with pytest.raises(RuleError):
        rebooking.rebook(state, NOW, typed)


def test_a_cancelled_meeting_is_counted_in_its_own_cycle() -> None:
    state = rebooking.cancel(circle_that_met(), NOW)
    assert rebooking.cancelled_in_cycle(state, 1) == state.cancelled
    assert rebooking.cancelled_in_cycle(state, 2) == ()


# Resting


@pytest.mark.parametrize("choice", CycleChoice)
def test_a_circle_rests_only_if_it_chose_to_at_its_last_meeting(choice: CycleChoice) -> None:
    chosen = Retrospective(choice=choice, worked="", change="")
    last = record(2, next=None, looked_back=chosen)
    state = CircleState(circle=circle_of(3), records=(record(1, next=SECOND), last))
    assert meeting_context(state, last.ended).resting is (choice is CycleChoice.REST)
    later = replace(state, records=(replace(last, number=1), record(2, next=SECOND)))
    assert not meeting_context(later, last.ended).resting


def test_a_circle_can_rest_and_be_woken_again() -> None:
    once = rebooking.wake(resting(), NOW)
    last = replace(resting().records[0], number=2, started=NOW + WEEK, ended=NOW + WEEK + HOUR)
    again = replace(once, records=(*once.records, last))
    assert meeting_context(again, NOW + 2 * WEEK).resting
    assert not meeting_context(rebooking.wake(again, NOW + 2 * WEEK), NOW + 2 * WEEK).resting


def test_a_resting_circle_has_no_meeting_to_cancel_or_move() -> None:
    for refused in (rebooking.cancel, lambda *past: rebooking.rebook(*past, "2 April")):
        with pytest.raises(RuleError, match="resting"):
            refused(resting(), NOW)


def test_a_circle_that_is_awake_cannot_be_woken() -> None:
    with pytest.raises(RuleError, match="awake"):
        rebooking.wake(circle_that_met(), NOW)
    woken = rebooking.wake(resting(), NOW)
    with pytest.raises(RuleError, match="awake"):
        rebooking.wake(woken, NOW + DAY)


def test_a_woken_circle_continues_its_rhythm_on_a_later_date() -> None:
    woken_at = START + 20 * WEEK
    context = meeting_context(rebooking.wake(resting(), woken_at), woken_at)
    assert not context.resting
    assert (context.cycle, context.number_in_cycle) == (2, 1)
    assert woken_at + WEEK <= context.planned <= woken_at + 3 * WEEK


def test_the_first_date_after_a_rest_cancels_nothing() -> None:
    woken = rebooking.wake(resting(), NOW)
    dated = rebooking.rebook(woken, NOW, "10 March 18:00")
    assert dated.cancelled == ()
    assert meeting_context(dated, NOW).planned == datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    moved = rebooking.rebook(dated, NOW, "11 March")
    assert [each.planned.day for each in moved.cancelled] == [10]


def test_the_first_date_after_a_rest_is_set_only_on_the_last_record() -> None:
    before = (record(1, next=SECOND), record(2, next=SECOND + WEEK))
    rested = replace(resting().records[0], id="meeting-3", number=3)
    woken = rebooking.wake(replace(resting(), records=(*before, rested)), NOW)
    dated = rebooking.rebook(woken, NOW, "10 March 18:00")
    assert dated.cancelled == ()
    first = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    assert dated.records == (*before, replace(rested, next=first))


def test_a_meeting_cancelled_after_a_rest_can_be_rebooked() -> None:
    state = rebooking.cancel(rebooking.wake(resting(), NOW), NOW + DAY)
    state = rebooking.rebook(state, NOW + DAY, "10 March 18:00")
    assert [each.rebooked for each in state.cancelled] == [datetime(2026, 3, 10, 18, 0, tzinfo=UTC)]
    assert state.records == resting().records


# The limit of 48 hours


def test_rebooking_exactly_48_hours_later_is_in_time_and_a_second_later_is_not() -> None:
    cancelled = Cancelled(id="x1", cycle=1, planned=SECOND, at=NOW)
    assert cancelled.rebook_by == NOW + 48 * HOUR
    assert cancelled.in_time(cancelled.rebook_by)
    assert not cancelled.in_time(cancelled.rebook_by + timedelta(seconds=1))
