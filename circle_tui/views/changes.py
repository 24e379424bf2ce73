"""What undo and redo say of a change.

Invariant: a change of a meeting is called by its events, and one between two meetings as the table
of commands calls its command; either says what was done and for whom.
"""

from typing import Any

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import events
from circle_tui.core.meeting.events import Event, Events
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.views import meeting_words
from circle_tui.views.command_table import row_of


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
    return row_of(command).name(args, before, after)


def _event_name(meeting: Meeting, event: Event) -> str:
    speaker = meeting_words.speaker(meeting)

    def name(member: MemberId) -> str:
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
