"""Records a meeting that was held on paper, or is missing in the file.

Invariant: a recorded meeting is placed by its date. Numbers, cycles and who opens next are then
what they would be if it had been held with the program, as far as rules decide them.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import commitments, continuity, record_place, rotation, schedule
from circle_tui.core.circle.circle import Member, check_meets
from circle_tui.core.circle.command import blocked_by_meeting
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
    Retrospective,
)
from circle_tui.core.circle.state import CircleState, require_member
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import CommitmentId, MeetingId, MemberId, numbered_id

_BLOCKED_BY_MEETING = "You're in a meeting. Record an earlier one when it's saved."
"""A meeting under way has its number already, and its own copy of who opened when."""

_NEW_WORDS = {Reset.SMALLER, Reset.DIFFERENT}


class PaperResult(Struct, frozen=True):
    """How a commitment went; `words` are its new text, if its reset has one."""

    outcome: Outcome
    reset: Reset | None = None
    words: str = ""


class PaperCommitment(Struct, frozen=True):
    """A commitment that a member (an id) made."""

    member: MemberId
    text: str


class PaperMeeting(Struct, frozen=True, kw_only=True):
    """What is known of a meeting. `started` is aware UTC; members and commitments are ids.

    `opener` is None while nobody has said who opened: then it's whoever's turn it was. `choice` is
    how the circle's cycle ended with it, if it did, and `worked` and `change` what was said then.
    `next` is the date (aware UTC) that was set for the next meeting, None if nobody set one.
    """

    started: datetime
    attendance: dict[MemberId, Attendance]
    opener: MemberId | None = None
    results: dict[CommitmentId, PaperResult] = {}
    made: tuple[PaperCommitment, ...] = ()
    choice: CycleChoice | None = None
    worked: str = ""
    change: str = ""
    next: datetime | None = None


# What follows from the circle


def members_then(state: CircleState, started: datetime) -> tuple[Member, ...]:
    """The members at `started`, in seat order, without those forgotten since."""
    return tuple(
        member for member in state.circle.members if _why_not_member(state, member, started) is None
    )


def _why_not_member(state: CircleState, member: Member, started: datetime) -> str | None:
    """Why a member cannot have come to a meeting at `started`; None if they can."""
    circle = state.circle
    if member.forgotten:
        return "Someone who was forgotten can't be added to a meeting."
    if member.left is not None and member.left <= started:
        return f"{member.name} had left before that meeting."
    # The members at the time the file was made may have met for years before.
    founded = min(each.joined for each in circle.members)
    if member.joined != founded and circle.day(member.joined) > circle.day(started):
        return f"{member.name} joined after that meeting."
    return None


def asked_then(state: CircleState, started: datetime) -> tuple[Commitment, ...]:
    """The open commitments that a meeting at `started` asked for, oldest first."""
    day = state.circle.day(started)
    return tuple(
        each
        for each in commitments.open_commitments(state)
        if each.since <= started and each.is_due(day)
    )


def who_opened(state: CircleState, meeting: PaperMeeting) -> MemberId | None:
    """The opener: as entered, or else by the rule among those who came."""
    if meeting.opener is not None:
        return meeting.opener
    came = [each for each in _seats(state, meeting) if meeting.attendance[each].attended]
    in_time = [each for each in came if meeting.attendance[each] is not Attendance.LATE]
    before = state.records[: record_place.index_at(state.records, meeting.started)]
    chosen = rotation.opener(in_time or came, rotation.last_openings(before))
    return None if chosen is None else chosen.member


def _seats(state: CircleState, meeting: PaperMeeting) -> list[MemberId]:
    return [each.id for each in state.circle.members if each.id in meeting.attendance]


def next_date(state: CircleState, now: datetime, meeting: PaperMeeting) -> datetime | None:
    """When the circle meets next (aware UTC): as entered, else as planned, else by its rhythm.

    None if this meeting does not decide that, because the circle rests after it, or has met or
    cancelled since.
    """
    records, started = state.records, meeting.started
    if record_place.index_at(records, started) < len(records) or meeting.choice is CycleChoice.REST:
        return None
    if any(each.at > _ended(state, now, started) for each in state.cancelled):
        return None
    if meeting.next is not None:
        return meeting.next
    planned = schedule.planned(state)
    if schedule.is_later_date(state.circle, planned, started):
        return planned
    return schedule.by_rhythm(state, started)


def _ended(state: CircleState, now: datetime, started: datetime) -> datetime:
    later = (each.started for each in state.records if each.started > started)
    return min((started + state.circle.length, now, *later))


# Recording it


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def record(state: CircleState, now: datetime, meeting: PaperMeeting) -> CircleState:
    """Add a meeting that was held without the program, at the place that its date gives it."""
    _check_moment(state, now, meeting.started)
    _check_people(state, meeting)
    if meeting.choice is not None and meeting.choice not in record_place.cycle_choices_at(
        state, meeting.started
    ):
        raise RuleError("No cycle ended with that meeting, so there's nothing to choose.")
    if meeting.choice is None and (meeting.worked or meeting.change):
        raise RuleError("You looked back on your cycle: say what you chose, too.")
    made, answered = _commitments(state, now, meeting)
    at = record_place.index_at(state.records, meeting.started)
    following = next_date(state, now, meeting)
    if meeting.next is None and following == schedule.by_rhythm(state, meeting.started):
        # Nobody chose this date, so the rhythm keeps counting from the first date that was chosen.
        following = None
    looked_back = None
    if meeting.choice is not None:
        looked_back = Retrospective(
            choice=meeting.choice, worked=meeting.worked, change=meeting.change
        )
    added = MeetingRecord(
        id=MeetingId(now.isoformat()),
        number=1 + max((each.number for each in state.records[:at]), default=0),
        cycle=1,
        started=meeting.started.replace(microsecond=0),
        ended=_ended(state, now, meeting.started).replace(microsecond=0),
        next=following,
        opener=who_opened(state, meeting),
        order=_order(state, meeting),
        attendance={member: meeting.attendance[member] for member in _seats(state, meeting)},
        made=made,
        answered=answered,
        looked_back=looked_back,
    )
    records = record_place.with_cycles(state.records, at, added, state.circle.cycle)
    return continuity.extended(replace(state, records=record_place.numbered(records)))


def _check_moment(state: CircleState, now: datetime, started: datetime) -> None:
    check_meets(state.circle)
    if started >= now:
        raise RuleError("That's in the future. Record a meeting after you've held it.")
    ends = started + min(state.circle.length, now - started)
    for each in state.records:
        if each.started == started or (each.started < ends and started < each.ended):
            when = dates.spoken_date(each.started, state.circle, now=now)
            raise RuleError(f"Meeting {each.number} is recorded for then: {when}.")
    if schedule.resting(state) and started > state.records[-1].started:
        raise RuleError("The circle was resting then. Press w at home to wake it first.")


def _check_people(state: CircleState, meeting: PaperMeeting) -> None:
    for member in meeting.attendance:
        why_not = _why_not_member(state, require_member(state, member), meeting.started)
        if why_not is not None:
            raise RuleError(why_not)
    came = {each for each, how in meeting.attendance.items() if how.attended}
    if not came:
        raise RuleError("Someone came to that meeting. Leave at least one of you as here.")
    if meeting.opener is not None and meeting.opener not in came:
        name = require_member(state, meeting.opener).name
        raise RuleError(f"{name} wasn't there, so someone else opened.")
    asked = {each.id: each.member for each in asked_then(state, meeting.started)}
    if meeting.results.keys() - asked.keys():
        raise RuleError("That meeting didn't ask about one of these commitments.")
    for each in (*(asked[result] for result in meeting.results), *(m.member for m in meeting.made)):
        if each not in came:
            name = require_member(state, each).name
            raise RuleError(f"{name} wasn't there: leave {name}'s commitments for the next time.")


def _order(state: CircleState, meeting: PaperMeeting) -> tuple[MemberId, ...]:
    """The speaking order by the rules: around the circle from the opener, latecomers last."""
    came = [each for each in _seats(state, meeting) if meeting.attendance[each].attended]
    opener = who_opened(state, meeting)
    if opener is None:
        return ()
    around = rotation.seats_from(came, opener)
    late = [each for each in around[1:] if meeting.attendance[each] is Attendance.LATE]
    return tuple(dict.fromkeys((*(each for each in around if each not in late), *late)))


def _commitments(
    state: CircleState, now: datetime, meeting: PaperMeeting
) -> tuple[tuple[NewCommitment, ...], tuple[CommitmentResult, ...]]:
    """What was promised and what was answered, by the commitments' own ids."""
    made: list[NewCommitment] = []
    answered: list[CommitmentResult] = []
    first = commitments.next_id(state)

    def add(member: MemberId, words: str, *, daily: bool = False) -> CommitmentId:
        made_id = CommitmentId(numbered_id("c", first + len(made), now))
        made.append(NewCommitment(made_id, member, words, daily=daily))
        return made_id

    for before in asked_then(state, meeting.started):
        result = meeting.results.get(before.id)
        if result is None:
            continue
        becomes = None
        if result.reset is Reset.AGAIN:
            becomes = add(before.member, before.text, daily=before.daily)
        elif result.reset in _NEW_WORDS or result.outcome is Outcome.CHANGED:
            # "Different" starts anew, so it isn't asked daily because the old one was.
            daily = before.daily and result.reset is not Reset.DIFFERENT
            becomes = add(before.member, text.words(result.words), daily=daily)
        answered.append(
            CommitmentResult(before.id, result.outcome, reset=result.reset, becomes=becomes)
        )
    for new in meeting.made:
        add(new.member, new.text)
    return tuple(made), tuple(answered)
