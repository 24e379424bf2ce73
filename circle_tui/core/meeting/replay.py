"""Replay: from a list of events to the state of the meeting.

Invariant: replaying the same events always gives the same meeting. `apply` does not check the
rules; `commands.py` does, before an event is written.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import schedule
from circle_tui.core.circle.record import CommitmentResult, NewCommitment, Outcome, Reset
from circle_tui.core.ids import CommitmentId, MemberId
from circle_tui.core.meeting import events
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.meeting import Meeting, MissedCommitment, Phase, Turn
from circle_tui.core.meeting.opening import open_meeting, reopen_meeting


def replay(happened: Iterable[events.Event]) -> Meeting:
    """The state of the meeting after all events.

    Raises `ValueError` if the first event is neither `MeetingOpened` nor `MeetingReopened`.
    """
    rest = iter(happened)
    match next(rest, None):
        case events.MeetingOpened() as opened:
            meeting = open_meeting(opened)
        case events.MeetingReopened() as reopened:
            meeting = reopen_meeting(reopened)
        case _:
            raise ValueError("these events do not begin with a meeting that opens")
    for event in rest:
        meeting = apply(meeting, event)
    return meeting


@singledispatch
def _apply(event: object, meeting: Meeting) -> Meeting:
    raise ValueError(f"{type(event).__name__} does not happen within a meeting")


def apply(meeting: Meeting, event: events.Event) -> Meeting:
    """The meeting after `event`. Raises `ValueError` for one that opens a meeting."""
    return _apply(event, meeting)


def _without(members: tuple[MemberId, ...], member: MemberId) -> tuple[MemberId, ...]:
    return tuple(other for other in members if other != member)


def _with_person(meeting: Meeting, member: MemberId, **changes: object) -> Meeting:
    people = tuple(
        replace(person, **changes) if person.id == member else person for person in meeting.people
    )
    return replace(meeting, people=people)


def _remove_from_round(meeting: Meeting, member: MemberId) -> Meeting:
    """Remove a member whose turn never began from the order and from every queue."""
    return replace(
        meeting,
        order=_without(meeting.order, member),
        offered=_without(meeting.offered, member),
        passed=_without(meeting.passed, member),
        waiting=_without(meeting.waiting, member),
        waiting_again=_without(meeting.waiting_again, member),
    )


def _require_turn(meeting: Meeting) -> Turn:
    if meeting.turn is None:
        raise ValueError("nobody has the turn")
    return meeting.turn


def _require_countdown(meeting: Meeting) -> Countdown:
    countdown = _require_turn(meeting).countdown
    if countdown is None:
        raise ValueError("no clock is running")
    return countdown


def _with_turn(meeting: Meeting, **changes: object) -> Meeting:
    return replace(meeting, turn=replace(_require_turn(meeting), **changes))


def _to_closing(meeting: Meeting, at: datetime) -> Meeting:
    return replace(
        meeting,
        phase=Phase.CLOSING,
        turn=None,
        waiting=(),
        waiting_again=(),
        closing_since=at,
        next=next_date(meeting, at),
    )


def next_date(meeting: Meeting, now: datetime) -> datetime:
    """The next date that the rhythm proposes (aware UTC); always after `now`."""
    context = meeting.context
    proposed = schedule.next_meeting(context.circle, context.anchor, meeting.opened)
    if proposed > now:
        return proposed
    return schedule.next_meeting(context.circle, context.anchor, now)


def _offer_next(meeting: Meeting, at: datetime) -> Meeting:
    """Offer the turn to the next who waits or passed once; with nobody left, begin the closing."""
    if not meeting.waiting and not meeting.waiting_again:
        return _to_closing(meeting, at)
    member = (*meeting.waiting, *meeting.waiting_again)[0]
    first_time = member not in meeting.offered
    return replace(
        meeting,
        phase=Phase.READY,
        turn=Turn(member, at, offered_again=member in meeting.passed),
        waiting=_without(meeting.waiting, member),
        waiting_again=_without(meeting.waiting_again, member),
        offered=(*meeting.offered, member) if first_time else meeting.offered,
    )


def _after_response(meeting: Meeting) -> Meeting:
    """Move to the commitments once everybody has responded."""
    if meeting.phase is Phase.RESPONSES and not meeting.responders:
        return replace(meeting, phase=Phase.COMMITMENTS)
    return meeting


def _answer_unsettled_missed(meeting: Meeting) -> Meeting:
    """Record a missed commitment that got no reset before the turn ended."""
    if meeting.turn is None or meeting.turn.missed is None:
        return meeting
    missed = meeting.turn.missed
    answered = CommitmentResult(missed.commitment, Outcome.MISSED, missed.words or "")
    return replace(meeting, answered=(*meeting.answered, answered))


def _add_commitment(
    meeting: Meeting, commitment: CommitmentId, text: str, *, previous: str = ""
) -> Meeting:
    """Add a commitment of the speaker's; it is daily if the `previous` one was."""
    daily = any(earlier.daily for earlier in meeting.context.open if earlier.id == previous)
    made = NewCommitment(commitment, _require_turn(meeting).member, text, daily=daily)
    return replace(meeting, made=(*meeting.made, made))


@_apply.register
def _(event: events.AttendanceMarked, meeting: Meeting) -> Meeting:
    late = event.attendance is Attendance.LATE
    return _with_person(
        meeting,
        event.member,
        attendance=event.attendance,
        here=event.attendance is Attendance.PRESENT,
        arrival=Attendance.LATE if late else Attendance.PRESENT,
    )


@_apply.register
def _(event: events.GuestsCounted, meeting: Meeting) -> Meeting:
    return replace(meeting, guests=event.guests)


@_apply.register
def _(event: events.ShareSet, meeting: Meeting) -> Meeting:
    return replace(meeting, share=event.share, chosen_share=event.share)


@_apply.register
def _(event: events.RoundBegan, meeting: Meeting) -> Meeting:
    begun = replace(meeting, began=event.at, order=event.order, waiting=event.order)
    return _offer_next(begun, event.at)


@_apply.register
def _(event: events.ShareStarted, meeting: Meeting) -> Meeting:
    turn = _require_turn(meeting)
    person = meeting.person(turn.member)
    if not person.here:
        meeting = _with_person(meeting, person.id, here=True)
    started = _with_turn(meeting, countdown=Countdown(meeting.share, event.since))
    return replace(started, phase=Phase.SHARE)


@_apply.register
def _(event: events.Paused, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_require_countdown(meeting).pause(event.since))


@_apply.register
def _(event: events.Resumed, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_require_countdown(meeting).resume(event.at))


@_apply.register
def _(event: events.ShareLengthened, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_require_countdown(meeting).lengthened(event.by))


@_apply.register
def _(event: events.ShareBackdated, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_require_countdown(meeting).backdated(event.by))


@_apply.register
def _(event: events.StepEnded, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, step=_require_turn(meeting).step + 1)


@_apply.register
def _(event: events.Passed, meeting: Meeting) -> Meeting:
    turn = _require_turn(meeting)
    person = meeting.person(turn.member)
    if not turn.offered_again:
        meeting = replace(
            meeting,
            waiting_again=(*meeting.waiting_again, person.id),
            passed=(*meeting.passed, person.id),
        )
    elif person.here:
        meeting = replace(meeting, finished=(*meeting.finished, person.id))
    else:
        meeting = _with_person(meeting, person.id, attendance=Attendance.ABSENT)
        meeting = _remove_from_round(meeting, person.id)
    return _offer_next(meeting, event.at)


@_apply.register
def _(event: events.ShareEnded, meeting: Meeting) -> Meeting:
    ended = _with_turn(meeting, share_ended=event.at)
    return _after_response(replace(ended, phase=Phase.RESPONSES))


@_apply.register
def _(event: events.Responded, meeting: Meeting) -> Meeting:
    return _after_response(
        _with_turn(meeting, responded=(*_require_turn(meeting).responded, event.member))
    )


@_apply.register
def _(_event: events.ResponsesEnded, meeting: Meeting) -> Meeting:
    return replace(meeting, phase=Phase.COMMITMENTS)


@_apply.register
def _(event: events.CommitmentAnswered, meeting: Meeting) -> Meeting:
    if event.outcome is Outcome.MISSED:
        return _with_turn(meeting, missed=MissedCommitment(event.commitment))
    answered = CommitmentResult(event.commitment, event.outcome)
    return replace(meeting, answered=(*meeting.answered, answered))


def _require_missed(meeting: Meeting) -> MissedCommitment:
    missed = _require_turn(meeting).missed
    if missed is None:
        raise ValueError("no missed commitment waits for its reset")
    return missed


@_apply.register
def _(event: events.ObstacleNoted, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, missed=replace(_require_missed(meeting), words=event.words))


@_apply.register
def _(event: events.CommitmentReset, meeting: Meeting) -> Meeting:
    missed = _require_missed(meeting)
    answered = CommitmentResult(
        missed.commitment, Outcome.MISSED, missed.words or "", event.reset, event.becomes
    )
    meeting = replace(meeting, answered=(*meeting.answered, answered))
    if event.becomes is not None:
        # "Different" starts a new commitment, so it does not inherit whether the old one was daily.
        previous = "" if event.reset is Reset.DIFFERENT else missed.commitment
        meeting = _add_commitment(meeting, event.becomes, event.text, previous=previous)
    return _with_turn(meeting, missed=None)


@_apply.register
def _(event: events.CommitmentChanged, meeting: Meeting) -> Meeting:
    answered = CommitmentResult(event.commitment, Outcome.CHANGED, becomes=event.becomes)
    meeting = replace(meeting, answered=(*meeting.answered, answered))
    return _add_commitment(meeting, event.becomes, event.text, previous=event.commitment)


@_apply.register
def _(event: events.CommitmentMade, meeting: Meeting) -> Meeting:
    return _add_commitment(meeting, event.id, event.text)


@_apply.register
def _(event: events.TurnEnded, meeting: Meeting) -> Meeting:
    finished = (*meeting.finished, _require_turn(meeting).member)
    return _offer_next(replace(meeting, finished=finished), event.at)


@_apply.register
def _(event: events.MemberArrived, meeting: Meeting) -> Meeting:
    member = event.member
    person = meeting.person(member)
    arrival = person.arrival if person.attendance is Attendance.LEFT_EARLY else Attendance.LATE
    meeting = _with_person(meeting, member, attendance=arrival, arrival=arrival, here=True)
    reaches_out = {missing: by for missing, by in meeting.reaches_out.items() if missing != member}
    meeting = replace(meeting, share=event.share, reaches_out=reaches_out)
    if meeting.phase is Phase.CLOSING or member in meeting.order:
        return meeting
    return replace(meeting, order=(*meeting.order, member), waiting=(*meeting.waiting, member))


@_apply.register
def _(event: events.MemberLeavesSoon, meeting: Meeting) -> Meeting:
    member = event.member
    others = _without(meeting.waiting, member)
    # Among those who leave early, whoever said so first speaks first.
    soon = tuple(
        other for other in others if meeting.person(other).attendance is Attendance.LEFT_EARLY
    )
    rest = tuple(other for other in others if other not in soon)
    meeting = _with_person(meeting, member, attendance=Attendance.LEFT_EARLY)
    return replace(
        meeting,
        waiting=(*soon, member, *rest),
        waiting_again=_without(meeting.waiting_again, member),
    )


@_apply.register
def _(event: events.MemberLeft, meeting: Meeting) -> Meeting:
    member, turn = event.member, meeting.turn
    meeting = _with_person(meeting, member, attendance=Attendance.LEFT_EARLY, here=False)
    meeting = replace(meeting, share=event.share)
    if turn is None or turn.member != member:
        if member not in meeting.finished:
            meeting = _remove_from_round(meeting, member)
        return _after_response(meeting)
    meeting = _answer_unsettled_missed(meeting)
    if turn.countdown is None:
        meeting = _remove_from_round(meeting, member)
        if not meeting.offered:
            waiting = meeting.order_without_opener()
            meeting = replace(meeting, order=waiting, waiting=waiting)
    else:
        meeting = replace(meeting, finished=(*meeting.finished, member))
    return _offer_next(meeting, event.at)


@_apply.register
def _(event: events.CutShort, meeting: Meeting) -> Meeting:
    turn = meeting.turn
    meeting = _answer_unsettled_missed(meeting)
    if turn is not None and turn.countdown is not None:
        meeting = replace(meeting, finished=(*meeting.finished, turn.member))
    return _to_closing(meeting, event.at)


@_apply.register
def _(event: events.LookBackAnswered, meeting: Meeting) -> Meeting:
    if meeting.worked is None:
        return replace(meeting, worked=event.words)
    return replace(meeting, change=event.words)


@_apply.register
def _(event: events.CycleChosen, meeting: Meeting) -> Meeting:
    resting = event.choice is CycleChoice.REST
    return replace(meeting, choice=event.choice, next=None if resting else meeting.next)


@_apply.register
def _(event: events.QuestionAnswered, meeting: Meeting) -> Meeting:
    return replace(meeting, vitality={**meeting.vitality, event.question: event.answer})


@_apply.register
def _(event: events.NextMeetingSet, meeting: Meeting) -> Meeting:
    return replace(meeting, next=event.when, next_is_settled=event.kept)


@_apply.register
def _(event: events.ReachOutSettled, meeting: Meeting) -> Meeting:
    return replace(meeting, reaches_out={**meeting.reaches_out, event.missing: event.by})


@_apply.register
def _(event: events.MeetingClosed, meeting: Meeting) -> Meeting:
    ended = event.at if meeting.reopened is None else meeting.reopened.ended
    return replace(meeting, phase=Phase.CLOSED, ended=ended)
