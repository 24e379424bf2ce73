"""Checks that hold for every meeting and every circle state, whatever was done to reach it.

Invariant: each check is written once, here; all random tests of commands and of keys call it.
"""

from collections import Counter
from datetime import datetime, timedelta

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.commitments import open_commitments
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import MeetingRecord, Outcome
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting.meeting import ROUND, Meeting, Phase


def check_round(meeting: Meeting) -> None:
    """Everybody in the round is in exactly one place, and everybody here is in the round."""
    offered = () if meeting.turn is None else (meeting.turn.member,)
    places = (*meeting.waiting, *offered, *meeting.waiting_again, *meeting.finished)
    assert max(Counter(places).values(), default=1) == 1
    assert len(set(meeting.order)) == len(meeting.order)
    if meeting.phase in ROUND:
        # A member who leaves after speaking counts as finished, and stays in the order.
        assert set(places) == set(meeting.order)
        assert set(meeting.here) <= set(places)
        expected = {person.id for person in meeting.people if person.expected}
        assert set(places) <= set(meeting.here) | expected | set(meeting.finished)
        assert expected <= set(places)
    else:
        assert meeting.turn is None


def check_meeting(meeting: Meeting, now: datetime) -> None:
    """`check_round`; also the countdown, and the commitments made and answered in the meeting."""
    check_round(meeting)
    turn, countdown = meeting.turn, meeting.countdown
    people = {person.id for person in meeting.people}
    assert people == {member.id for member in meeting.context.members}
    assert meeting.share > timedelta()
    assert meeting.guests >= 0
    assert (countdown is not None) is (meeting.phase is Phase.SHARE)
    if countdown is not None:
        assert countdown.length > timedelta()
        assert countdown.paused_for >= timedelta()
        assert timedelta() <= countdown.elapsed(now)
        assert countdown.remaining(now) <= countdown.length
        assert 0.0 <= countdown.fraction_remaining(now) <= 1.0
    if meeting.phase is Phase.RESPONSES:
        assert turn is not None
        assert meeting.responders
        assert turn.member not in meeting.responders
    if turn is not None and turn.missed is not None:
        assert turn.missed.commitment in {
            each.id for each in meeting.open_commitments_of(turn.member)
        }
    assert {made.member for made in meeting.made} <= people
    made = [made.id for made in meeting.made]
    answered = [each.id for each in meeting.answered]
    assert len(set(made)) == len(made)
    assert len(set(answered)) == len(answered)
    assert set(answered) <= {each.id for each in meeting.context.open}
    assert {each.becomes for each in meeting.answered} - {None} <= set(made)
    for words in (made.text for made in meeting.made):
        assert words == text.words(words)
    assert (meeting.ended is not None) is (meeting.phase is Phase.CLOSED)


def check_state(state: CircleState, now: datetime) -> None:
    """The circle's records and changes agree with each other and give a meeting context."""
    circle = state.circle
    members = [member.id for member in circle.members]
    assert len(set(members)) == len(members)
    numbers = [record.number for record in state.records]
    assert numbers == sorted(set(numbers))
    assert len({record.id for record in state.records}) == len(numbers)
    for record in state.records:
        check_record(record, set(members))
    made = [each.id for record in state.records for each in record.made]
    made += [each.becomes for each in state.changes if each.becomes is not None]
    assert len(set(made)) == len(made)
    ended = [each.id for record in state.records for each in record.answered]
    ended += [each.commitment for each in state.changes]
    assert len(set(ended)) == len(ended)
    assert set(ended) <= set(made)
    assert {each.id for each in open_commitments(state)} <= set(made) - set(ended)
    assert [each.version for each in state.covenants] == list(range(1, len(state.covenants) + 1))
    for covenant in state.covenants:
        assert set(covenant.signatures) <= set(members)
    for things in (
        [(win.commitment, win.day) for win in state.wins],
        [(trade.week, trade.member) for trade in state.trades],
        [each.id for each in state.cancelled],
        [each.id for each in state.checkins],
    ):
        assert len(set(things)) == len(things)
    context = meeting_context(state, now)
    assert context.number == max(numbers, default=0) + 1
    assert context.number_in_cycle >= 1


def check_record(record: MeetingRecord, members: set[str]) -> None:
    """A record agrees with itself and names only `members`."""
    assert record.started <= record.ended
    assert len(set(record.order)) == len(record.order)
    assert set(record.attendance) <= members
    # A member who had a turn may have been marked as absent later.
    assert set(record.order) <= set(record.attendance)
    assert record.opener is None or record.attendance[record.opener].attended
    assert set(record.reaches_out) <= {
        member
        for member, how in record.attendance.items()
        if how in {Attendance.ABSENT, Attendance.EXCUSED}
    }
    for each in record.answered:
        assert (each.outcome is Outcome.MISSED) or (each.reset, each.got_in_the_way) == (None, "")
