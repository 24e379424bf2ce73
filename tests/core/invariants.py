"""Checks that hold for every meeting and every circle state, whatever was done to reach it.

Invariant: each check is written once, here; all random tests of commands and of keys call it.
"""

from collections import Counter
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.commitments import open_commitments
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.health_check import ANSWERS, QUESTIONS
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting.meeting import ROUND, ClosingStep, Meeting, Phase
from circle_tui.core.meeting.replay import replay

from .meetings import MeetingRunner


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
    # What was open before a meeting that is open again, its closing doesn't need.
    if meeting.reopened is None:
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


RECORD_FIELDS = set(MeetingRecord.__struct_fields__)


def check_kept_record(kept: MeetingRecord, before: CircleState, runner: MeetingRunner) -> None:
    """The record is complete, and contains nothing but its own fields."""
    context = runner.meeting.context
    members = {member.id for member in before.active}
    assert set(kept.attendance) == members
    check_record(kept, members)
    assert all(kept.attendance[member].attended for member in kept.order)
    assert kept.opener is not None or not kept.order
    for person in runner.meeting.people:
        if person.expected:
            assert kept.attendance[person.id] is Attendance.ABSENT
    assert set(msgspec.to_builtins(kept)) == RECORD_FIELDS
    assert kept.started.microsecond == kept.ended.microsecond == 0
    check_closing_questions(kept, runner)

    was_open = {each.id: each for each in open_commitments(before)}
    assert {each.id for each in (*context.open, *context.later)} == set(was_open)
    after = replace(before, records=(*before.records, kept))
    still_open = {each.id for each in open_commitments(after)}
    answered = [each.id for each in kept.answered]
    made = {each.id: each for each in kept.made}
    assert len(set(answered)) == len(answered)
    assert set(answered) <= {each.id for each in context.open}
    assert still_open == (set(was_open) - set(answered)) | set(made)
    for each in kept.answered:
        assert (each.becomes is None) == (
            each.outcome is not Outcome.CHANGED and each.reset in {None, Reset.LET_GO}
        )
        if each.becomes is not None:
            assert made[each.becomes].member == was_open[each.id].member
            if each.reset is Reset.AGAIN:
                assert made[each.becomes].text == was_open[each.id].text
                assert made[each.becomes].daily == was_open[each.id].daily
    ids = [each.id for past in after.records for each in past.made]
    ids += [each.becomes for each in before.changes if each.becomes is not None]
    assert len(set(ids)) == len(ids)


def check_closing_questions(kept: MeetingRecord, runner: MeetingRunner) -> None:
    """Retrospective and health check are in the record exactly if they were due."""
    context = runner.meeting.context
    before = replay(event for act in runner.acts[:-1] for event in act)
    settled = before.phase is Phase.CLOSING and before.closing_step is ClosingStep.CLOSE
    assert bool(context.choices) is (context.number_in_cycle >= context.circle.cycle)
    if kept.looked_back is None:
        assert not (context.choices and settled)
        assert kept.next is not None
    else:
        assert kept.looked_back.choice in context.choices
        for words in (kept.looked_back.worked, kept.looked_back.change):
            assert words == text.words(words)
        assert (kept.next is None) is (kept.looked_back.choice is CycleChoice.REST)
    if kept.vitality is None:
        assert context.check is None or not settled
    else:
        assert kept.vitality.check == context.check
        asked = tuple(kept.vitality.answers)
        assert asked == QUESTIONS[: len(asked)]
        assert asked == QUESTIONS or not settled
        assert set(kept.vitality.answers.values()) <= set(ANSWERS)
