"""What is entered of a meeting held on paper, one step after the other, before it's recorded.

Invariant: each step is a pure function that returns the meeting with one thing changed; nothing is
in the circle before `paper_meeting.record`.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import date_reading, text
from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import commitments, record_place, schedule
from circle_tui.core.circle.paper_meeting import (
    PaperCommitment,
    PaperMeeting,
    PaperResult,
    members_then,
    next_date,
)
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import CommitmentId, MemberId


def blank(state: CircleState, started: datetime) -> PaperMeeting:
    """A meeting at `started` (aware UTC) with everybody present whom it expected."""
    attendance = {
        member.id: Attendance.PRESENT
        for member in members_then(state, started)
        if member.away is None or member.away > started
    }
    return PaperMeeting(started=started, attendance=attendance)


def usual_moment(state: CircleState, now: datetime) -> datetime:
    """The last date before `now` (aware UTC): the planned one, or one counted back from it."""
    planned = schedule.planned(state)
    while planned >= now:
        planned = schedule.earlier_by_rhythm(state.circle, planned)
    return planned


def move(
    meeting: PaperMeeting, state: CircleState, usual: datetime, now: datetime, typed: str
) -> PaperMeeting:
    """The meeting at another date, as typed; those who were members then keep their attendance.

    Raises `RuleError`.
    """
    started = date_reading.read_past_moment(state.circle, typed, usual, now)
    attendance = {
        member: meeting.attendance.get(member, usually)
        for member, usually in blank(state, started).attendance.items()
    }
    opener = meeting.opener if meeting.opener in attendance else None
    moved = replace(meeting, started=started, attendance=attendance, opener=opener)
    if record_place.ends_cycle(state, started):
        return moved
    return replace(moved, choice=None, worked="", change="")


def mark_next(meeting: PaperMeeting, member: MemberId) -> PaperMeeting:
    """The meeting with a member's attendance changed to the next possible one."""
    marks = list(Attendance)
    before = meeting.attendance.get(member)
    after = marks[0] if before is None else marks[(marks.index(before) + 1) % len(marks)]
    opener = meeting.opener if member != meeting.opener or after.attended else None
    return replace(meeting, attendance={**meeting.attendance, member: after}, opener=opener)


def set_opener(meeting: PaperMeeting, member: MemberId) -> PaperMeeting:
    """The meeting with `member` as its opener, and therefore present."""
    came = meeting.attendance.get(member)
    attendance = meeting.attendance
    if came is None or not came.attended:
        attendance = {**attendance, member: Attendance.PRESENT}
    return replace(meeting, opener=member, attendance=attendance)


def settle(
    meeting: PaperMeeting,
    commitment: CommitmentId,
    outcome: Outcome,
    reset: Reset | None = None,
    words: str | None = None,
) -> PaperMeeting:
    """The meeting with a commitment's outcome; setting the same one again removes it.

    `words` are the new text, if the reset has one. Raises `RuleError` if they are empty then.
    """
    new_words = "" if words is None else commitments.parse_commitment(words)
    result = PaperResult(outcome, reset, new_words)
    results = {each: found for each, found in meeting.results.items() if each != commitment}
    if meeting.results.get(commitment) != result:
        results[commitment] = result
    return replace(meeting, results=results)


def promise(meeting: PaperMeeting, member: MemberId, words: str) -> PaperMeeting:
    """The meeting with a new commitment of a member's. Raises `RuleError`."""
    made = PaperCommitment(member, commitments.parse_commitment(words))
    return replace(meeting, made=(*meeting.made, made))


def change_promise(meeting: PaperMeeting, at: int, words: str) -> PaperMeeting:
    """The meeting with another text for the new commitment at the index `at`."""
    made = replace(meeting.made[at], text=commitments.parse_commitment(words))
    return replace(meeting, made=(*meeting.made[:at], made, *meeting.made[at + 1 :]))


def take_out_promise(meeting: PaperMeeting, at: int) -> PaperMeeting:
    """The meeting without the new commitment at the index `at`."""
    return replace(meeting, made=(*meeting.made[:at], *meeting.made[at + 1 :]))


def choose_next(meeting: PaperMeeting, choices: Sequence[CycleChoice]) -> PaperMeeting:
    """The meeting with the next possible choice at the end of its cycle, or with none."""
    ways: list[CycleChoice | None] = [None, *choices]
    at = ways.index(meeting.choice) if meeting.choice in ways else 0
    return replace(meeting, choice=ways[(at + 1) % len(ways)])


def set_worked(meeting: PaperMeeting, words: str) -> PaperMeeting:
    """The meeting with what worked in the cycle that it ended. Raises `RuleError`."""
    return replace(meeting, worked=text.words(words))


def set_change(meeting: PaperMeeting, words: str) -> PaperMeeting:
    """The meeting with what should change after the cycle that it ended. Raises `RuleError`."""
    return replace(meeting, change=text.words(words))


def set_next(meeting: PaperMeeting, state: CircleState, now: datetime, typed: str) -> PaperMeeting:
    """The meeting with the date of the next one, as typed. Raises `RuleError`."""
    usual = max(next_date(state, now, meeting) or now, now)
    return replace(
        meeting, next=date_reading.read_moment(state.circle, text.clean(typed), usual, now)
    )
