"""The names of changes, for undo and redo.

Invariant: every command and event has a name here, which says what it did and for whom.
"""

from collections.abc import Callable
from typing import Any

from circle_tui.core.circle import (
    checkins,
    commitments,
    correction,
    covenant,
    membership,
    paper_meeting,
    passing_up,
    reaching_out,
    rebooking,
    settings,
    trades,
)
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import events
from circle_tui.core.meeting.events import Event, Events
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.views import meeting_words
from circle_tui.views import paper_meeting as paper_meeting_view


def undone(name: str) -> str:
    """The sentence after undo."""
    return f"Undone: {name}. U to redo."


def redone(name: str) -> str:
    """The sentence after redo."""
    return f"Redone: {name}."


def meeting_change(before: Meeting, happened: Events) -> str:
    """The name of the events of one command in a meeting, as in "Ada's pass"."""
    last = happened[-1]
    # Somebody late who passes arrives with it; what they did is the pass.
    return _event_name(before, last if isinstance(last, events.Passed) else happened[0])


def circle_change(
    command: CircleCommand[...], args: tuple[Any, ...], before: CircleState, after: CircleState
) -> str:
    """The name of one command between meetings, as in "Maya's signature"."""
    if command not in _CIRCLE_NAMES:
        # Imported here, because a circle without contracts does not need their names.
        from circle_tui.views import contract_changes

        return contract_changes.NAMES[command](args, before, after)
    return _CIRCLE_NAMES[command](args, before, after)


def _event_name(meeting: Meeting, event: Event) -> str:
    speaker = meeting_words.speaker(meeting)

    def name(member: str) -> str:
        return meeting.person(member).name

    match event:
        case events.MeetingOpened():
            return "the gathering"
        case events.MeetingReopened():
            return "opening the meeting again"
        case events.AttendanceMarked(member=member, attendance=attendance):
            return f"{name(member)} marked {attendance}"
        case events.GuestsCounted():
            return "a guest"
        case events.ShareSet(share=share):
            return f"shares of {meeting_words.minutes(share)}"
        case events.RoundBegan():
            return "the beginning of the round"
        case events.ShareStarted():
            return f"the start of {speaker}'s share"
        case events.Paused():
            return "the hold"
        case events.Resumed():
            return "the end of the hold"
        case events.ShareLengthened(by=by):
            minutes = meeting_words.minutes(by)
            return f"{minutes} {'more' if by.total_seconds() > 0 else 'less'} for {speaker}"
        case events.ShareBackdated():
            return f"the earlier start of {speaker}'s share"
        case events.StepEnded():
            return f"{speaker}'s step"
        case events.Passed():
            return f"{speaker}'s pass"
        case events.ShareEnded():
            return f"the end of {speaker}'s share"
        case events.Responded(member=member):
            return f"{name(member)}'s response"
        case events.ResponsesEnded():
            return f"the end of the responses to {speaker}"
        case events.CommitmentAnswered(outcome=outcome):
            return f"{speaker}'s “{outcome}”"
        case events.ObstacleNoted():
            return f"what got in {speaker}'s way"
        case events.CommitmentReset(reset=reset):
            return f"{speaker}'s “{reset}”"
        case events.CommitmentChanged():
            return f"{speaker}'s new words"
        case events.CommitmentMade():
            return f"{speaker}'s new commitment"
        case events.TurnEnded():
            return f"the end of {speaker}'s turn"
        case events.MemberArrived(member=member):
            return f"{name(member)}'s arrival"
        case events.MemberLeavesSoon(member=member):
            return f"{name(member)} speaking next"
        case events.MemberLeft(member=member):
            return f"{name(member)}'s leaving"
        case events.LookBackAnswered():
            return "what you said looking back"
        case events.CycleChosen(choice=choice):
            return f"the choice to {choice}"
        case events.QuestionAnswered(answer=answer):
            return f"the answer “{answer}”"
        case events.NextMeetingSet():
            return "the next date"
        case events.ReachOutSettled(missing=missing):
            return f"who reaches out to {name(missing)}"
        case events.CutShort():
            return "the end of the round"
        case events.MeetingClosed():
            return "the end of the meeting"


def _name(state: CircleState, member: str) -> str:
    return state.member(member).name


def _constant(name: str) -> Callable[[tuple[Any, ...], CircleState, CircleState], str]:
    return lambda _args, _before, _after: name


def _member(
    pattern: str, *, at: int = 0
) -> Callable[[tuple[Any, ...], CircleState, CircleState], str]:
    """Names a command whose argument `at` is a member's id."""
    return lambda args, before, _after: pattern.format(name=_name(before, args[at]))


def _commitment(pattern: str) -> Callable[[tuple[Any, ...], CircleState, CircleState], str]:
    """Names a command whose first argument is a commitment's id."""

    def named(args: tuple[Any, ...], before: CircleState, _after: CircleState) -> str:
        open_ones = commitments.open_commitments(before)
        owner = next(commitment.member for commitment in open_ones if commitment.id == args[0])
        return pattern.format(name=_name(before, owner))

    return named


_SWITCHES = {
    "digits": "digits",
    "bell": "bell",
    "overtime": "overtime",
    "twelve_hours": "clock",
    "passes_up": "passing up",
}

_CIRCLE_NAMES: dict[
    CircleCommand[...], Callable[[tuple[Any, ...], CircleState, CircleState], str]
] = {
    membership.join: lambda _args, _before, after: f"{after.circle.members[-1].name} joining",
    membership.leave: _member("{name} leaving for good"),
    membership.go_away: _member("{name} being away"),
    membership.come_back: _member("{name} being back"),
    membership.rename: _member("{name}'s new name"),
    membership.move_seat: _member("{name}'s new seat"),
    membership.forget: _constant("forgetting someone"),
    membership.tell_of_three: _constant("the note about three people"),
    commitments.renegotiate: _commitment("new words for {name}'s commitment"),
    commitments.release: _commitment("letting go of {name}'s commitment"),
    commitments.set_due: _commitment("when {name}'s commitment comes up"),
    commitments.set_daily: _commitment("whether {name}'s commitment is daily"),
    commitments.record_win: _commitment("{name}'s day"),
    correction.correct_attendance: _member("how {name} came", at=1),
    correction.correct_opener: _member("{name} as the opener", at=1),
    correction.correct_outcome: lambda args, _before, _after: f"the outcome “{args[2]}”",
    paper_meeting.record: lambda _args, before, after: paper_meeting_view.name_of_change(
        before, after
    ),
    passing_up.switch: _constant("what goes up"),
    passing_up.write: _constant("your line for the circle above"),
    covenant.write: _constant("the first covenant"),
    covenant.change: lambda args, _before, _after: f"new words for “{args[0]}”",
    covenant.set_review: _constant("the review date"),
    covenant.sign: _member("{name}'s signature"),
    settings.rename: _constant("the circle's new name"),
    settings.set_share: _constant("the length of a share"),
    settings.set_length: _constant("the length of a meeting"),
    settings.set_response: _constant("the time for responses"),
    settings.set_rhythm: _constant("the rhythm"),
    settings.set_cycle: _constant("the length of a cycle"),
    settings.set_zone: _constant("the time zone"),
    settings.switch: lambda args, _before, _after: f"the setting “{_SWITCHES[args[0]]}”",
    settings.set_judged_a_month: _constant("how much one person judges in a month"),
    settings.set_prompt: _constant("the wording of a response"),
    reaching_out.reach: _member("reaching out to {name}"),
    rebooking.cancel: _constant("the cancellation"),
    rebooking.rebook: _constant("the new date"),
    rebooking.wake: _constant("waking the circle"),
    checkins.check_in: _member("{name}'s check-in"),
    trades.toggle: lambda args, before, _after: f"{_name(before, args[0])}'s “{args[1]}”",
}
