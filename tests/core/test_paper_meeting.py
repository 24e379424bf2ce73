"""A meeting held on paper gets its place in the history, whenever it is recorded."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import (
    commitments,
    cycle,
    paper_entry,
    paper_meeting,
    rebooking,
    record_place,
    rotation,
    schedule,
)
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.record import Outcome, Reset, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, history_of, record
from .on_paper import LATER, PEOPLE, WEEKS, four_of, on_paper, recorded


def comparable_records(state: CircleState) -> list[tuple[object, ...]]:
    """The records without the moments at which they were written down."""
    return [
        (
            *(each.number, each.cycle, each.started, each.ended, each.opener, each.order),
            *(each.attendance, [made.text for made in each.made], len(each.answered)),
        )
        for each in state.records
    ]


def reviewed(state: CircleState) -> list[object]:
    """What leads see: the meetings of each cycle, and who came."""
    return [
        (found.number, [(each.number, each.started, each.attendance) for each in found.held])
        for found in figures.review(state, LATER).cycles
    ]


def open_commitments(state: CircleState) -> set[tuple[str, str]]:
    """Whose commitments are open, and their words."""
    return {(each.member, each.text) for each in commitments.open_commitments(state)}


def histories(state: CircleState) -> set[tuple[tuple[str, object, object], ...]]:
    """The chain of every open commitment, in words."""
    return {
        tuple((link.text, link.outcome, link.reset) for link in commitments.chain(state, each.id))
        for each in commitments.open_commitments(state)
    }


came = st.dictionaries(
    st.sampled_from(PEOPLE), st.sampled_from(list(Attendance)), min_size=1
).filter(lambda found: any(each.attended for each in found.values()))


@st.composite
def meetings_as_held(draw: st.DrawFn) -> tuple[int, list[PaperMeeting]]:
    """A cycle length, and meetings in the order they were held, with their openers written down."""
    meetings = []
    for number, attendance in enumerate(draw(st.lists(came, min_size=1, max_size=9)), 1):
        attended = [each for each, how in attendance.items() if how.attended]
        meetings.append(
            on_paper(number, attendance=attendance, opener=draw(st.sampled_from(attended)))
        )
    return draw(st.integers(1, 4)), meetings


@settings(deadline=None)
@given(meetings_as_held(), st.randoms(use_true_random=False))
def test_the_order_in_which_meetings_are_recorded_does_not_matter(
    held_meetings: tuple[int, list[PaperMeeting]], chance: Any
) -> None:
    length, meetings = held_meetings
    in_order = recorded(four_of(length), *meetings)
    mixed = list(meetings)
    chance.shuffle(mixed)
    later = recorded(four_of(length), *mixed)
    assert comparable_records(later) == comparable_records(in_order)
    assert [each.number for each in later.records] == list(range(1, len(meetings) + 1))
    assert rotation.last_openings(later.records) == rotation.last_openings(in_order.records)
    assert schedule.planned(later) == schedule.planned(in_order)
    assert cycle.next_position(later.records, length) == cycle.next_position(
        in_order.records, length
    )
    assert reviewed(later) == reviewed(in_order)


_RESULTS = (
    (Outcome.KEPT, None, None),
    (Outcome.MISSED, None, None),
    (Outcome.MISSED, Reset.AGAIN, None),
    (Outcome.MISSED, Reset.SMALLER, "less of it"),
    (Outcome.MISSED, Reset.DIFFERENT, "something else"),
    (Outcome.CHANGED, None, "in other words"),
    (Outcome.RELEASED, None, None),
)


@settings(deadline=None)
@given(
    st.integers(2, 5),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 9)), max_size=5),
    st.lists(st.sampled_from((None, *_RESULTS)), min_size=3, max_size=3),
)
def test_a_meeting_recorded_later_gives_the_same_commitments_as_in_order(
    missing: int,
    made: list[tuple[str, int]],
    results: Sequence[tuple[Outcome, Reset | None, str | None] | None],
) -> None:
    """The later meetings asked only about commitments made in them."""
    first = on_paper(1)
    for member in PEOPLE[:3]:
        first = paper_entry.promise(first, member, f"what {member} promised first")

    def missing_meeting(state: CircleState) -> PaperMeeting:
        meeting = on_paper(missing, opener="m2")
        for asked, result in zip(
            paper_meeting.asked_then(state, meeting.started), results, strict=False
        ):
            if result is not None:
                meeting = paper_entry.settle(meeting, asked.id, *result)
        for member, words in made:
            meeting = paper_entry.promise(meeting, member, f"promise {words}")
        return meeting

    others = [on_paper(number, opener="m3") for number in range(missing + 1, 7)]
    late = recorded(four_of(), first, *others)
    late = recorded(late, missing_meeting(late))
    in_order = recorded(four_of(), first)
    in_order = recorded(in_order, missing_meeting(in_order))
    in_order = recorded(in_order, *others)
    assert open_commitments(late) == open_commitments(in_order)
    assert histories(late) == histories(in_order)
    assert comparable_records(late) == comparable_records(in_order)


def test_recording_an_earlier_meeting_renumbers_the_later_ones() -> None:
    state = recorded(four_of(), on_paper(1), on_paper(3), on_paper(2, opener="m3"))
    assert [(each.number, each.opener) for each in state.records] == [
        (1, "m1"),
        (2, "m3"),
        (3, "m2"),
    ]
    assert rotation.last_openings(state.records) == {"m1": 1, "m2": 3, "m3": 2}


def test_a_gap_in_the_numbers_is_filled_without_renumbering() -> None:
    state = history_of([record(1), record(3)], circle_of(4))
    state = paper_meeting.record(state, LATER, on_paper(2))
    assert [each.number for each in state.records] == [1, 2, 3]
    assert state.records[2] == record(3)


def looked_back(number: int, cycle_number: int) -> Any:
    end = Retrospective(choice=CycleChoice.RENEW, worked="", change="")
    return record(number, cycle=cycle_number, looked_back=end)


def test_a_cycle_still_ends_with_its_retrospective_after_a_meeting_is_added() -> None:
    state = history_of([record(1), looked_back(3, 1), record(4, cycle=2)], circle_of(4, cycle=2))
    state = paper_meeting.record(state, LATER, on_paper(2))
    assert [each.cycle for each in state.records] == [1, 1, 1, 2]
    state = recorded(state, on_paper(5), on_paper(6))
    assert [each.cycle for each in state.records] == [1, 1, 1, 2, 2, 3]


def test_a_meeting_between_two_cycles_belongs_to_the_later_one() -> None:
    state = history_of([looked_back(1, 1), record(3, cycle=2)], circle_of(4))
    state = paper_meeting.record(state, LATER, on_paper(2))
    assert [each.cycle for each in state.records] == [1, 2, 2]


def test_the_last_meeting_of_a_cycle_can_be_recorded_with_its_choice() -> None:
    state = recorded(four_of(2), on_paper(1))
    second = on_paper(2)
    assert record_place.cycle_choices_at(state, second.started) == (
        CycleChoice.RENEW,
        CycleChoice.REDESIGN,
        CycleChoice.REST,
    )
    resting = recorded(state, replace(second, choice=CycleChoice.REST))
    assert schedule.resting(resting)
    with pytest.raises(RuleError, match="resting then"):
        recorded(resting, on_paper(3))
    with pytest.raises(RuleError, match="No cycle ended with that meeting"):
        recorded(four_of(2), replace(on_paper(1), choice=CycleChoice.RENEW))


def test_the_rhythm_counts_from_the_first_date_the_circle_chose() -> None:
    chosen = START + WEEKS + timedelta(hours=8)
    state = history_of([record(2, next=chosen + WEEKS)], circle_of(4))
    before = schedule.planned(state)
    assert schedule.planned(paper_meeting.record(state, LATER, on_paper(1))) == before
    assert schedule.anchor(paper_meeting.record(state, LATER, on_paper(1))) == schedule.anchor(
        state
    )


def test_what_was_said_at_the_end_of_a_cycle_is_kept_with_its_choice() -> None:
    state = recorded(four_of(2), on_paper(1))
    said = paper_entry.set_worked(on_paper(2), " we  listened ")
    said = paper_entry.set_change(said, "start on time")
    with pytest.raises(RuleError, match="say what you chose"):
        recorded(state, said)
    end = recorded(state, replace(said, choice=CycleChoice.RENEW)).records[-1].looked_back
    assert end == Retrospective(
        choice=CycleChoice.RENEW, worked="we listened", change="start on time"
    )


def test_what_was_said_is_left_out_at_a_date_that_ended_no_cycle() -> None:
    state = recorded(four_of(2), on_paper(1))
    said = replace(on_paper(2), choice=CycleChoice.RENEW, worked="we listened")
    moved = paper_entry.move(said, state, said.started, LATER, "1 January 2026 10:00")
    assert moved == replace(on_paper(2), started=moved.started)


def test_the_next_date_is_the_rhythms_unless_another_was_set() -> None:
    state = recorded(four_of(), on_paper(1))
    second = on_paper(2)
    by_rhythm = paper_meeting.next_date(state, LATER, second)
    assert by_rhythm == datetime(2026, 4, 2, 9, tzinfo=UTC), "at the same hour by the clock"
    assert schedule.planned(recorded(state, second)) == by_rhythm
    assert recorded(state, second).records[-1].next is None
    asked = paper_entry.set_next(second, state, LATER, "3 February 2030 18:00")
    after = recorded(state, asked)
    assert asked.next == datetime(2030, 2, 3, 18, tzinfo=UTC)
    assert schedule.planned(after) == asked.next
    with pytest.raises(RuleError, match="has passed"):
        paper_entry.set_next(second, state, LATER, "3 February 2026 18:00")


def test_an_hour_alone_as_the_next_date_is_meant_for_the_rhythms_day() -> None:
    early = START + WEEKS + timedelta(days=1)
    asked = paper_entry.set_next(on_paper(2), recorded(four_of(), on_paper(1)), early, "18:00")
    assert asked.next == datetime(2026, 4, 2, 17, tzinfo=UTC)


def test_a_date_that_the_circle_had_chosen_survives_an_extra_meeting_before_it() -> None:
    far = START + 6 * WEEKS + timedelta(hours=3)
    state = history_of([record(1, next=far)], circle_of(4))
    extra = on_paper(2)
    assert paper_meeting.next_date(state, LATER, extra) == far
    assert schedule.planned(paper_meeting.record(state, LATER, extra)) == far
    # A meeting some days before its own date was that meeting.
    early = replace(extra, started=far - timedelta(days=3))
    assert schedule.planned(paper_meeting.record(state, LATER, early)) > far


def test_the_next_date_is_not_asked_for_where_something_else_has_settled_it() -> None:
    state = recorded(four_of(), on_paper(3))
    assert paper_meeting.next_date(state, LATER, on_paper(2)) is None
    cancelled = rebooking.cancel(state, START + 4 * WEEKS - timedelta(hours=1))
    assert paper_meeting.next_date(cancelled, LATER, replace(on_paper(4), started=START)) is None
    assert (
        paper_meeting.next_date(state, LATER, replace(on_paper(4), choice=CycleChoice.REST)) is None
    )
    missing = replace(on_paper(3), started=START + 2 * WEEKS + timedelta(days=2))
    assert paper_meeting.next_date(cancelled, LATER, missing) is None
