"""Corrects the record of a finished meeting: who came, who opened, how commitments went.

Invariant: a correction never deletes words, and the opener of a meeting was always present.
"""

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import commitments, continuity
from circle_tui.core.circle.command import blocked_by_meeting
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.record import CommitmentResult, MeetingRecord, Outcome
from circle_tui.core.circle.state import CircleState, require_member
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import CommitmentId, MeetingId, MemberId

_BLOCKED_BY_MEETING = "You're in a meeting. Correct an earlier one when it's saved."
"""A meeting under way has its own copy of who opened when."""


class OutcomeAtMeeting(NamedTuple):
    """A commitment that a meeting asked for; `result` is None where it was left open."""

    commitment: Commitment
    result: CommitmentResult | None


class CommitmentAtMeeting(NamedTuple):
    """A commitment and the meeting that asked for it, both by id."""

    meeting: MeetingId
    commitment: CommitmentId


def require_record(state: CircleState, meeting: MeetingId) -> MeetingRecord:
    """The record of the meeting with that id. Raises `RuleError` if there is none."""
    for record in state.records:
        if record.id == meeting:
            return record
    raise RuleError("That meeting isn't recorded any more.")


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def correct_attendance(
    state: CircleState, now: datetime, meeting: MeetingId, member: MemberId, attendance: Attendance
) -> CircleState:
    """Set how a member came to a meeting that expected them."""
    record = require_record(state, meeting)
    name = require_member(state, member).name
    if member not in record.attendance:
        raise RuleError(f"{name} wasn't expected at that meeting.")
    if member == record.opener and not attendance.attended:
        raise RuleError(f"{name} opened that meeting: first say who opened it instead.")
    came = {**record.attendance, member: attendance}
    if not any(each.attended for each in came.values()):
        raise RuleError("Someone came to that meeting. Leave at least one of you as here.")
    # Nobody reaches out to whoever came, and only who came does.
    reaches_out = {
        missing: by
        for missing, by in record.reaches_out.items()
        if not came[missing].attended and came[by].attended
    }
    return _with_record(state, replace(record, attendance=came, reaches_out=reaches_out))


def next_attendance(record: MeetingRecord, member: MemberId) -> Attendance:
    """The next attendance in turn for a member; an opener stays among those who came."""
    marks = [each for each in Attendance if each.attended or member != record.opener]
    return marks[(marks.index(record.attendance[member]) + 1) % len(marks)]


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def correct_opener(
    state: CircleState, now: datetime, meeting: MeetingId, member: MemberId
) -> CircleState:
    """Set who opened a meeting."""
    record = require_record(state, meeting)
    name = require_member(state, member).name
    if record.opener == member:
        raise RuleError(f"{name} is already recorded as the opener.")
    attendance = record.attendance.get(member)
    if attendance is None or not attendance.attended:
        raise RuleError(f"{name} wasn't there, so someone else opened.")
    return _with_record(state, replace(record, opener=member))


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def correct_outcome(
    state: CircleState,
    now: datetime,
    meeting: MeetingId,
    commitment: CommitmentId,
    outcome: Outcome,
) -> CircleState:
    """Set the outcome of a commitment that a meeting asked for; the one that followed it stays."""
    record = require_record(state, meeting)
    if outcome is Outcome.CHANGED:
        raise RuleError(
            "A changed commitment needs its new words. Press e in the list of open commitments."
        )
    for each in outcomes(state, record):
        if each.commitment.id == commitment:
            before = each.result
            break
    else:
        raise RuleError("That meeting didn't ask about that commitment.")
    if before is None:
        answered = (*record.answered, CommitmentResult(commitment, outcome))
        return _with_record(state, replace(record, answered=answered))
    if before.outcome is outcome:
        raise RuleError(f"It's recorded as {outcome} already.")
    after = CommitmentResult(commitment, outcome, before.got_in_the_way, becomes=before.becomes)
    answered = tuple(after if each is before else each for each in record.answered)
    return _with_record(state, replace(record, answered=answered))


def outcomes(state: CircleState, record: MeetingRecord) -> tuple[OutcomeAtMeeting, ...]:
    """The commitments the meeting asked for: first those with a result, then those still open."""
    promised = commitments.all_promised(state)
    answered = tuple(
        OutcomeAtMeeting(promised[each.id], each) for each in record.answered if each.id in promised
    )
    left_open = tuple(
        OutcomeAtMeeting(each, None)
        for each in commitments.open_commitments(state)
        if each.since <= record.started and each.is_due(state.circle.day(record.started))
    )
    return (*answered, *left_open)


def outcome_to_correct(state: CircleState, commitment: CommitmentId) -> CommitmentAtMeeting | None:
    """The meeting at which a commitment's outcome, or its predecessor's, can be corrected.

    None if no meeting has asked for either yet.
    """
    if not state.records:
        return None
    last = state.records[-1]
    left_open = (each.commitment.id for each in outcomes(state, last) if each.result is None)
    if commitment in left_open:
        return CommitmentAtMeeting(last.id, commitment)
    for record in reversed(state.records):
        for each in record.answered:
            if commitment in {each.id, each.becomes}:
                return CommitmentAtMeeting(record.id, each.id)
    return None


def _with_record(state: CircleState, record: MeetingRecord) -> CircleState:
    records = tuple(record if each.id == record.id else each for each in state.records)
    return continuity.extended(replace(state, records=records))
