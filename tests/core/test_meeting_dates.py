"""The dates of a circle's meetings, held and coming, each with its place in its cycle."""

from circle_tui.core.circle import meeting_dates

from .meetings import circle_of, history_of, record


def test_a_held_meeting_has_its_place_in_its_own_cycle() -> None:
    state = history_of(
        [record(1), record(2), record(3, cycle=2), record(4, cycle=2)], circle_of(cycle=2)
    )
    found = [(each.number, each.cycle, each.at) for each in meeting_dates.held(state)]
    assert found == [(1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 2, 2)]


def test_meetings_of_cycles_long_gone_are_left_out() -> None:
    state = history_of([record(1), record(2, cycle=2), record(3, cycle=3)], circle_of())
    assert [each.number for each in meeting_dates.held(state)] == [2, 3]
