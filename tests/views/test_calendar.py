"""What the calendar file says about a circle's dates, and what it never says."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.calendar import CalendarEvent
from circle_tui.core.circle import covenant, membership, rebooking
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.calendar import circle_calendar, why_empty
from tests.core.meetings import START, circle_of, record
from tests.planted_words import canaries_in, planted_state

DAY = timedelta(days=1)


def events(state: CircleState, *, only_next: bool = False) -> dict[str, CalendarEvent]:
    """The events by the last part of their UIDs."""
    calendar = circle_calendar(CircleSnapshot(state, START + DAY), START, only_next=only_next)
    found = {
        each.uid.removesuffix("@circle-tui").split("-", 1)[1]: each for each in calendar.events
    }
    assert len(found) == len(calendar.events)
    return found


def met(*records: object, **changes: object) -> CircleState:
    circle = circle_of(3, cycle=3, id="a1", **changes)
    return CircleState(circle=circle, records=records or (record(1),))  # type: ignore[arg-type]


def test_the_calendar_has_the_past_and_coming_meetings_of_the_cycle() -> None:
    found = events(met())
    assert list(found) == ["meeting-1", "meeting-2", "meeting-3"]
    assert found["meeting-1"].alarms == ()
    assert found["meeting-2"].description == "Meeting 2 of cycle 1. If everyone comes, Ben opens."
    assert found["meeting-3"].description == (
        "Meeting 3 of cycle 1. It's the last one of the cycle, so you'll look back together."
    )
    assert [len(found[each].alarms) for each in ("meeting-2", "meeting-3")] == [2, 2]


def test_the_next_meeting_can_be_exported_alone_with_the_same_id() -> None:
    found = events(met(), only_next=True)
    assert found == {"meeting-2": events(met())["meeting-2"]}


def test_a_rebooked_meeting_keeps_its_id_at_its_new_date() -> None:
    before = events(met())
    after = events(rebooking.cancel(met(), START + DAY))
    assert after.keys() == before.keys()
    assert after["meeting-2"].starts == before["meeting-3"].starts
    assert after["meeting-2"].uid == before["meeting-2"].uid
    assert not after["meeting-2"].cancelled


def test_a_resting_circle_cancels_the_meetings_that_a_calendar_may_have() -> None:
    rest = Retrospective(choice=CycleChoice.REST, worked="", change="")
    resting = met(record(1), record(2), record(3, looked_back=rest))
    found = events(resting)
    off = [each for each, event in found.items() if event.cancelled]
    assert off == ["meeting-4", "meeting-5", "meeting-6"]
    assert all(found[each].alarms == () for each in off)
    assert events(resting, only_next=True) == {}
    assert "resting" in why_empty(resting, only_next=True)
    woken = rebooking.wake(resting, START + 90 * DAY)
    assert not any(event.cancelled for event in events(woken).values())


def test_if_everyone_is_away_the_meetings_are_cancelled() -> None:
    state = met()
    away = tuple(replace(member, away=START) for member in state.circle.members)
    state = replace(state, circle=replace(state.circle, members=away))
    assert events(state)["meeting-2"].cancelled
    assert "Everyone" in why_empty(state, only_next=True)


def test_a_trading_pairs_calendar_has_the_covenants_review_but_no_meetings() -> None:
    pair = CircleState(circle=circle_of(2, "trading-pair", id="a1"))
    assert events(pair) == {}
    assert why_empty(pair).startswith("Thursday has no meeting")
    assert "doesn't meet" in why_empty(pair, only_next=True)
    written = covenant.set_review(covenant.write(pair, START), START, "2026-06-01")
    (review,) = events(written).values()
    assert (review.starts, review.ends) == (date(2026, 6, 1), date(2026, 6, 2))
    assert review.whole_day


def test_a_moved_review_keeps_its_event_id() -> None:
    state = covenant.set_review(covenant.write(met(), START), START, "2026-06-01")
    moved = covenant.set_review(state, START, "2026-07-01")
    assert events(moved)["covenant"].starts == date(2026, 7, 1)
    assert events(moved)["covenant"].uid == events(state)["covenant"].uid


def test_a_format_with_check_ins_has_an_event_for_them_halfway() -> None:
    state = CircleState(circle=circle_of(4, "movement-pod", id="a1"), records=(record(1),))
    found = events(state)
    assert found["checkin-2"].starts == date(2026, 3, 20)
    assert "checkin-1" not in found
    assert not any("checkin" in each for each in events(met()))


def test_a_meeting_far_in_the_future_can_be_exported() -> None:
    circle = circle_of(3, id="a1", cycle=60, first=circle_of().first.replace(year=9999, month=12))
    assert list(events(CircleState(circle=circle)))[:1] == ["meeting-1"]


@pytest.mark.parametrize("circle_id", ["", "Ada said: no", "a\r\nb"])
def test_an_edited_circle_id_is_not_exported(circle_id: str) -> None:
    state = CircleState(circle=circle_of(3, id=circle_id))
    (uid, *_) = [event.uid for event in circle_calendar(CircleSnapshot(state, START), START).events]
    assert "Ada" not in uid
    assert uid.isprintable()
    assert uid.split("-")[0].isalnum()


@pytest.mark.parametrize("format_key", ["pod", "movement-pod"])
def test_the_calendar_contains_no_words_and_no_contracts(format_key: str) -> None:
    state = planted_state(format_key)
    found = events(state)
    assert {"covenant", "meeting-3"} <= found.keys()
    assert any(each.startswith("contract-") for each in found)
    assert canaries_in(repr(found)) == []


def test_the_calendar_does_not_say_who_was_absent() -> None:
    came, missed = (
        met(record(1, attendance={"m1": Attendance.PRESENT, "m2": how}))
        for how in (Attendance.PRESENT, Attendance.ABSENT)
    )
    assert events(came) == events(missed)


def test_the_calendar_does_not_name_a_member_who_left_as_opener() -> None:
    left = membership.leave(met(), START + DAY, "m2")
    assert "Ben" not in events(left)["meeting-2"].description
