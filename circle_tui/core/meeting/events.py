"""The events of a meeting, which its journal stores.

Invariant: replaying the same events gives the same meeting; a journal stores nothing else. `at` is
an aware UTC moment. Adding a kind of event, or a field with a default, keeps old journals readable;
changing one does not. A journal knows a kind by its tag, so a renamed class keeps its old tag.
"""

from datetime import timedelta
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from circle_tui.core.attendance.facts import MOST, Attendance, CycleChoice
from circle_tui.core.checked import checked
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.fields import (
    FieldError,
    IdOfCommitment,
    IdOfMeeting,
    IdOfParticipant,
    Moment,
    SharedWords,
    Words,
)


class _Event(Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    at: Moment


class MeetingOpened(_Event, frozen=True):
    """The gathering began. `id` is the meeting's id, `context` all that the rules need to know."""

    id: IdOfMeeting
    context: MeetingContext = msgspec.field(name="standing")


class MeetingReopened(_Event, frozen=True):
    """A meeting that was closed is open again at its closing, as its `record` says."""

    record: MeetingRecord
    context: MeetingContext = msgspec.field(name="standing")


class AttendanceMarked(_Event, frozen=True):
    """During the gathering, a member was marked present, late, excused or absent."""

    member: IdOfParticipant
    attendance: Attendance


class GuestsCounted(_Event, frozen=True):
    """The number of guests changed to `guests`."""

    guests: Annotated[int, Meta(ge=0, le=MOST)]


class ShareSet(_Event, frozen=True):
    """The length of every share that has not begun was set."""

    share: timedelta


class RoundBegan(_Event, frozen=True):
    """The gathering ended; `order` are the ids of the speakers, in order."""

    order: tuple[IdOfParticipant, ...]


class ShareStarted(_Event, frozen=True):
    """The speaker began at `since`, which may be before the key was pressed."""

    since: Moment


class Paused(_Event, frozen=True, tag="Held"):
    """The countdown was paused at `since`."""

    since: Moment


class Resumed(_Event, frozen=True, tag="WentOn"):
    """The countdown was resumed."""


class ShareLengthened(_Event, frozen=True):
    """The current share got `by` more time, or less if `by` is negative."""

    by: timedelta


class ShareBackdated(_Event, frozen=True):
    """The start of the current share was moved back by `by`."""

    by: timedelta


class StepEnded(_Event, frozen=True):
    """The speaker went on to the next step of the format."""


class Passed(_Event, frozen=True):
    """The member who has the turn passed."""


class ShareEnded(_Event, frozen=True):
    """The share ended; the responses begin."""


class Responded(_Event, frozen=True):
    """`member` responded. Which of the two responses it was is deliberately not stored."""

    member: IdOfParticipant


class ResponsesEnded(_Event, frozen=True):
    """The remaining responses were skipped."""


class CommitmentAnswered(_Event, frozen=True):
    """The speaker gave the outcome of one of their commitments."""

    commitment: IdOfCommitment
    outcome: Outcome


class ObstacleNoted(_Event, frozen=True, tag="GotInTheWay"):
    """The speaker said what got in the way of the missed commitment; `words` may be empty."""

    words: Words


class CommitmentReset(_Event, frozen=True):
    """The missed commitment was reset: it became `becomes`, or was let go."""

    reset: Reset
    text: Words = ""
    becomes: IdOfCommitment | None = None


class CommitmentChanged(_Event, frozen=True):
    """One of the speaker's commitments was renegotiated: it became `becomes`."""

    commitment: IdOfCommitment
    text: Words
    becomes: IdOfCommitment


class CommitmentMade(_Event, frozen=True):
    """The speaker made a new commitment."""

    id: IdOfCommitment
    text: Words


class TurnEnded(_Event, frozen=True):
    """The turn ended; the next member's turn or the closing begins."""


class MemberArrived(_Event, frozen=True):
    """A member arrived during the round and joins the end of the order; `share` is refitted."""

    member: IdOfParticipant
    share: timedelta


class MemberLeavesSoon(_Event, frozen=True):
    """A member has to leave early and speaks next."""

    member: IdOfParticipant


class MemberLeft(_Event, frozen=True):
    """A member left; `share` is refitted."""

    member: IdOfParticipant
    share: timedelta


class LookBackAnswered(_Event, frozen=True, tag="LookedBackOn"):
    """At the end of a cycle: first what worked, then what to change; `words` may be empty."""

    words: SharedWords


class CycleChosen(_Event, frozen=True):
    """At the end of a cycle: how the circle continues."""

    choice: CycleChoice


class QuestionAnswered(_Event, frozen=True):
    """The circle as a whole answered a question about itself."""

    question: SharedWords
    answer: SharedWords


class NextMeetingSet(_Event, frozen=True):
    """The next date was proposed (`when`, aware UTC), or confirmed if `kept`."""

    when: Moment
    kept: bool


class ReachOutSettled(_Event, frozen=True):
    """`by` will reach out to `missing`; nobody will if `by` is None."""

    missing: IdOfParticipant
    by: IdOfParticipant | None


class CutShort(_Event, frozen=True):
    """The round was ended early; the closing begins."""


class MeetingClosed(_Event, frozen=True):
    """The meeting is over."""


Event = (
    MeetingOpened
    | MeetingReopened
    | AttendanceMarked
    | GuestsCounted
    | ShareSet
    | RoundBegan
    | ShareStarted
    | Paused
    | Resumed
    | ShareLengthened
    | ShareBackdated
    | StepEnded
    | Passed
    | ShareEnded
    | Responded
    | ResponsesEnded
    | CommitmentAnswered
    | ObstacleNoted
    | CommitmentReset
    | CommitmentChanged
    | CommitmentMade
    | TurnEnded
    | MemberArrived
    | MemberLeavesSoon
    | MemberLeft
    | LookBackAnswered
    | CycleChosen
    | QuestionAnswered
    | NextMeetingSet
    | ReachOutSettled
    | CutShort
    | MeetingClosed
)

Events = tuple[Event, ...]
"""The events of one command."""

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def to_json(event: Event) -> str:
    """The event as one line of JSON, its kind under `type`."""
    return msgspec.json.encode(event).decode()


def from_json(line: str) -> Event:
    """The event that `to_json` wrote. Raises `ValueError` for anything else."""
    event: Event = _decoder.decode(line)
    try:
        return checked(event)
    except FieldError as error:
        raise ValueError(str(error)) from None
