"""From events to the meeting they make.

Law: `apply` is a pure function and asks no questions: whether an event may happen is decided
before it is written (`moves.py`), so that a journal read back always gives the same meeting.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch

from msgspec.structs import replace

from circle_tui.core import cadence, events
from circle_tui.core.countdown import Countdown
from circle_tui.core.meeting import Meeting, Missed, Person, Phase, Turn
from circle_tui.core.record import Answered, Attendance, Made, Outcome


def fold(happened: Iterable[events.Event]) -> Meeting:
    """The meeting that the events make; the first of them opens it.

    Raises `ValueError` where they open none.
    """
    rest = iter(happened)
    match next(rest, None):
        case events.MeetingOpened() as opened:
            meeting = open_meeting(opened)
        case _:
            raise ValueError("these events do not begin with a meeting that opens")
    for event in rest:
        meeting = apply(meeting, event)
    return meeting


def open_meeting(event: events.MeetingOpened) -> Meeting:
    """The meeting at its very start: everybody here unless marked."""
    circle = event.standing.circle
    return Meeting(
        id=event.id,
        opened=event.at,
        standing=event.standing,
        people=tuple(Person(member.id, member.name) for member in circle.members),
        share=circle.share,
        chosen_share=circle.share,
    )


@singledispatch
def _apply(event: object, meeting: Meeting) -> Meeting:
    raise ValueError(f"{type(event).__name__} does not happen within a meeting")


def apply(meeting: Meeting, event: events.Event) -> Meeting:
    """The meeting after `event`. Raises `ValueError` for an event that opens another meeting."""
    return _apply(event, meeting)


def _without(members: tuple[str, ...], member: str) -> tuple[str, ...]:
    return tuple(each for each in members if each != member)


def _with_person(meeting: Meeting, member: str, attendance: Attendance, here: bool) -> Meeting:
    people = tuple(
        replace(person, attendance=attendance, here=here) if person.id == member else person
        for person in meeting.people
    )
    return replace(meeting, people=people)


def _turn(meeting: Meeting) -> Turn:
    if meeting.turn is None:
        raise ValueError("nobody has the turn")
    return meeting.turn


def _countdown(meeting: Meeting) -> Countdown:
    countdown = _turn(meeting).countdown
    if countdown is None:
        raise ValueError("no clock is running")
    return countdown


def _with_turn(meeting: Meeting, **changes: object) -> Meeting:
    return replace(meeting, turn=replace(_turn(meeting), **changes))


def _to_closing(meeting: Meeting, at: datetime) -> Meeting:
    standing = meeting.standing
    return replace(
        meeting,
        phase=Phase.CLOSING,
        turn=None,
        closing_since=at,
        next=cadence.next_meeting(standing.circle, standing.anchor, meeting.opened),
    )


def _offer_next(meeting: Meeting, at: datetime) -> Meeting:
    """On to whoever waits, then to whoever passed, then to the closing."""
    if meeting.waiting:
        member, *rest = meeting.waiting
        return replace(
            meeting,
            phase=Phase.READY,
            turn=Turn(member, at),
            waiting=tuple(rest),
            opener=meeting.opener or member,
        )
    if meeting.again:
        member, *rest = meeting.again
        turn = Turn(member, at, second=True)
        return replace(meeting, phase=Phase.READY, turn=turn, again=tuple(rest))
    return _to_closing(meeting, at)


def _after_heard(meeting: Meeting) -> Meeting:
    """On to the commitments once nobody is left to respond."""
    if meeting.phase is Phase.RESPONSES and not meeting.responders:
        return replace(meeting, phase=Phase.COMMITMENTS)
    return meeting


def _unsettled_missed(meeting: Meeting) -> Meeting:
    """A missed commitment whose reset was cut off still counts as answered."""
    if meeting.turn is None or meeting.turn.missed is None:
        return meeting
    missed = meeting.turn.missed
    answered = Answered(missed.commitment, Outcome.MISSED, missed.words or "")
    return _with_turn(replace(meeting, answered=(*meeting.answered, answered)), missed=None)


def _make(meeting: Meeting, commitment: str, text: str) -> Meeting:
    made = Made(commitment, _turn(meeting).member, text)
    return replace(meeting, made=(*meeting.made, made))


@_apply.register
def _(event: events.AttendanceMarked, meeting: Meeting) -> Meeting:
    here = event.attendance is Attendance.PRESENT
    return _with_person(meeting, event.member, event.attendance, here)


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
    turn = _turn(meeting)
    person = meeting.person(turn.member)
    if not person.here:
        meeting = _with_person(meeting, person.id, person.attendance, here=True)
    started = _with_turn(meeting, countdown=Countdown(meeting.share, event.since))
    return replace(started, phase=Phase.SHARE)


@_apply.register
def _(event: events.Held, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_countdown(meeting).hold(event.since))


@_apply.register
def _(event: events.WentOn, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_countdown(meeting).go_on(event.at))


@_apply.register
def _(event: events.ShareLengthened, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_countdown(meeting).lengthened(event.by))


@_apply.register
def _(event: events.ShareBackdated, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, countdown=_countdown(meeting).backdated(event.by))


@_apply.register
def _(event: events.StepEnded, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, step=_turn(meeting).step + 1)


@_apply.register
def _(event: events.Passed, meeting: Meeting) -> Meeting:
    turn = _turn(meeting)
    person = meeting.person(turn.member)
    if not turn.second:
        meeting = replace(meeting, again=(*meeting.again, turn.member))
    elif person.here:
        meeting = replace(meeting, done=(*meeting.done, turn.member))
    else:
        meeting = _with_person(meeting, person.id, Attendance.ABSENT, here=False)
        meeting = replace(meeting, order=_without(meeting.order, person.id))
    return _offer_next(meeting, event.at)


@_apply.register
def _(event: events.ShareEnded, meeting: Meeting) -> Meeting:
    ended = _with_turn(meeting, spoke_until=event.at)
    return _after_heard(replace(ended, phase=Phase.RESPONSES))


@_apply.register
def _(event: events.Responded, meeting: Meeting) -> Meeting:
    return _after_heard(_with_turn(meeting, heard=(*_turn(meeting).heard, event.member)))


@_apply.register
def _(_event: events.ResponsesEnded, meeting: Meeting) -> Meeting:
    return replace(meeting, phase=Phase.COMMITMENTS)


@_apply.register
def _(event: events.CommitmentAnswered, meeting: Meeting) -> Meeting:
    if event.outcome is Outcome.MISSED:
        return _with_turn(meeting, missed=Missed(event.commitment))
    answered = Answered(event.commitment, event.outcome)
    return replace(meeting, answered=(*meeting.answered, answered))


def _missed(meeting: Meeting) -> Missed:
    missed = _turn(meeting).missed
    if missed is None:
        raise ValueError("no missed commitment waits for its reset")
    return missed


@_apply.register
def _(event: events.GotInTheWay, meeting: Meeting) -> Meeting:
    return _with_turn(meeting, missed=replace(_missed(meeting), words=event.words))


@_apply.register
def _(event: events.CommitmentReset, meeting: Meeting) -> Meeting:
    missed = _missed(meeting)
    answered = Answered(
        missed.commitment, Outcome.MISSED, missed.words or "", event.reset, event.becomes
    )
    meeting = replace(meeting, answered=(*meeting.answered, answered))
    if event.becomes is not None:
        meeting = _make(meeting, event.becomes, event.text)
    return _with_turn(meeting, missed=None)


@_apply.register
def _(event: events.CommitmentChanged, meeting: Meeting) -> Meeting:
    answered = Answered(event.commitment, Outcome.CHANGED, becomes=event.becomes)
    meeting = replace(meeting, answered=(*meeting.answered, answered))
    return _make(meeting, event.becomes, event.text)


@_apply.register
def _(event: events.CommitmentMade, meeting: Meeting) -> Meeting:
    return _make(meeting, event.id, event.text)


@_apply.register
def _(event: events.TurnEnded, meeting: Meeting) -> Meeting:
    done = (*meeting.done, _turn(meeting).member)
    return _offer_next(replace(meeting, done=done), event.at)


@_apply.register
def _(event: events.MemberArrived, meeting: Meeting) -> Meeting:
    person = meeting.person(event.member)
    came_back = person.attendance is Attendance.LEFT_EARLY
    attendance = Attendance.PRESENT if came_back else Attendance.LATE
    meeting = _with_person(meeting, person.id, attendance, here=True)
    meeting = replace(meeting, share=event.share)
    if meeting.phase is Phase.CLOSING or person.id in meeting.order:
        return meeting
    return replace(
        meeting, order=(*meeting.order, person.id), waiting=(*meeting.waiting, person.id)
    )


@_apply.register
def _(event: events.MemberLeavesSoon, meeting: Meeting) -> Meeting:
    member = event.member
    meeting = _with_person(meeting, member, Attendance.LEFT_EARLY, here=True)
    return replace(
        meeting,
        waiting=(member, *_without(meeting.waiting, member)),
        again=_without(meeting.again, member),
    )


@_apply.register
def _(event: events.MemberLeft, meeting: Meeting) -> Meeting:
    member, turn = event.member, meeting.turn
    meeting = _with_person(meeting, member, Attendance.LEFT_EARLY, here=False)
    meeting = replace(
        meeting,
        share=event.share,
        waiting=_without(meeting.waiting, member),
        again=_without(meeting.again, member),
    )
    if turn is not None and turn.member == member:
        meeting = _unsettled_missed(meeting)
        if turn.countdown is not None:
            return _offer_next(replace(meeting, done=(*meeting.done, member)), event.at)
        opener = None if meeting.opener == member else meeting.opener
        meeting = replace(meeting, order=_without(meeting.order, member), opener=opener)
        return _offer_next(meeting, event.at)
    if member not in meeting.done:
        meeting = replace(meeting, order=_without(meeting.order, member))
    return _after_heard(meeting)


@_apply.register
def _(event: events.CutShort, meeting: Meeting) -> Meeting:
    turn = meeting.turn
    meeting = _unsettled_missed(meeting)
    if turn is not None and turn.countdown is not None:
        meeting = replace(meeting, done=(*meeting.done, turn.member))
    return _to_closing(meeting, event.at)


@_apply.register
def _(event: events.NextMeetingSet, meeting: Meeting) -> Meeting:
    return replace(meeting, next=event.when, next_kept=event.kept)


@_apply.register
def _(event: events.ReachOutSettled, meeting: Meeting) -> Meeting:
    return replace(meeting, reaches_out={**meeting.reaches_out, event.missing: event.by})


@_apply.register
def _(event: events.MeetingClosed, meeting: Meeting) -> Meeting:
    return replace(meeting, phase=Phase.CLOSED, ended=event.at)
