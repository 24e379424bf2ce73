"""What can happen in a meeting, as facts in the past tense.

Invariant: an event is all that is ever written down of an act; whoever folds the same events gets
the same meeting. `at` is the aware UTC moment of the act. Adding a kind of event, or a field with
a default, keeps old journals readable; changing one does not.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.record import Outcome, Reset


class _Event(Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    at: datetime


class MeetingOpened(_Event, frozen=True):
    """The gathering began. `id` is the meeting's own, `standing` all the rules need to know."""

    id: str
    context: MeetingContext = msgspec.field(name="standing")


class AttendanceMarked(_Event, frozen=True):
    """At the gathering, somebody was said to be here, late, excused or absent."""

    member: str
    attendance: Attendance


class GuestsCounted(_Event, frozen=True):
    """How many guests are here now."""

    guests: int


class ShareSet(_Event, frozen=True):
    """Every share that has not begun takes this long."""

    share: timedelta


class RoundBegan(_Event, frozen=True):
    """The gathering is over; the members of `order` (ids) speak in that order."""

    order: tuple[str, ...]


class ShareStarted(_Event, frozen=True):
    """The one whose turn it is began to speak at `since`, perhaps before the key was pressed."""

    since: datetime


class Held(_Event, frozen=True):
    """The clock stood still from `since`."""

    since: datetime


class WentOn(_Event, frozen=True):
    """The clock ran again."""


class ShareLengthened(_Event, frozen=True):
    """The share under way got `by` more time, or less where `by` is negative."""

    by: timedelta


class ShareBackdated(_Event, frozen=True):
    """The share under way had begun `by` earlier than the clock knew."""

    by: timedelta


class StepEnded(_Event, frozen=True):
    """The speaker went on to the next step of the format."""


class Passed(_Event, frozen=True):
    """The one whose turn it is passed."""


class ShareEnded(_Event, frozen=True):
    """The speaker was done; the responses begin."""


class Responded(_Event, frozen=True):
    """`member` gave their response. Which of the two it was is nobody's business later."""

    member: str


class ResponsesEnded(_Event, frozen=True):
    """The responses were over, or left out."""


class CommitmentAnswered(_Event, frozen=True):
    """The speaker said how one of their commitments ended."""

    commitment: str
    outcome: Outcome


class GotInTheWay(_Event, frozen=True):
    """What got in the way of the missed commitment; empty where nothing was said."""

    words: str


class CommitmentReset(_Event, frozen=True):
    """The missed commitment starts again as `becomes`, or is let go."""

    reset: Reset
    text: str = ""
    becomes: str | None = None


class CommitmentChanged(_Event, frozen=True):
    """One of the speaker's commitments was renegotiated: it becomes another."""

    commitment: str
    text: str
    becomes: str


class CommitmentMade(_Event, frozen=True):
    """The speaker promised something new."""

    id: str
    text: str


class TurnEnded(_Event, frozen=True):
    """The turn is over; the next member's begins, or the closing."""


class MemberArrived(_Event, frozen=True):
    """Somebody came in during the round, and joins the end of the order. Shares are refitted."""

    member: str
    share: timedelta


class MemberLeavesSoon(_Event, frozen=True):
    """Somebody must leave early, and speaks next."""

    member: str


class MemberLeft(_Event, frozen=True):
    """Somebody left. Shares are refitted."""

    member: str
    share: timedelta


class LookedBackOn(_Event, frozen=True):
    """At the end of a cycle: first what worked, then what to change; perhaps nothing."""

    words: str


class CycleChosen(_Event, frozen=True):
    """At the end of a cycle: how the circle goes on."""

    choice: CycleChoice


class QuestionAnswered(_Event, frozen=True):
    """The circle as a whole answered a question about itself."""

    question: str
    answer: str


class NextMeetingSet(_Event, frozen=True):
    """When the circle meets next (aware UTC), and whether that is settled."""

    when: datetime
    kept: bool


class ReachOutSettled(_Event, frozen=True):
    """`by` reaches out to `missing`; nobody does where `by` is None."""

    missing: str
    by: str | None


class CutShort(_Event, frozen=True):
    """The round was ended where it stood; the closing begins."""


class MeetingClosed(_Event, frozen=True):
    """The meeting is over."""


Event = (
    MeetingOpened
    | AttendanceMarked
    | GuestsCounted
    | ShareSet
    | RoundBegan
    | ShareStarted
    | Held
    | WentOn
    | ShareLengthened
    | ShareBackdated
    | StepEnded
    | Passed
    | ShareEnded
    | Responded
    | ResponsesEnded
    | CommitmentAnswered
    | GotInTheWay
    | CommitmentReset
    | CommitmentChanged
    | CommitmentMade
    | TurnEnded
    | MemberArrived
    | MemberLeavesSoon
    | MemberLeft
    | LookedBackOn
    | CycleChosen
    | QuestionAnswered
    | NextMeetingSet
    | ReachOutSettled
    | CutShort
    | MeetingClosed
)

Events = tuple[Event, ...]
"""What one act makes happen."""

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def to_json(event: Event) -> str:
    """The event as one line of JSON, its kind under `type`."""
    return msgspec.json.encode(event).decode()


def from_json(line: str) -> Event:
    """The event that `to_json` wrote. Raises `ValueError` for anything else."""
    event: Event = _decoder.decode(line)
    return event
