"""A circle as it is followed in a second terminal or on a page.

Invariant: every field that is marked as words is empty. Names, seats, phases, moments and the
circle's format are kept.
"""

from datetime import datetime, timedelta, tzinfo
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.circle.health_check import QUESTIONS
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.snapshot import MeetingSnapshot, with_present_settings
from circle_tui.core.words import without_words


class MeetingStatus(Enum):
    """Whether there is a meeting, and whether a program is running it."""

    NONE = "none"
    LIVE = "live"
    PARKED = "parked"
    """The meeting was set aside, to be continued later."""
    ABANDONED = "left"
    """The program that ran the meeting ended without closing it."""
    UNREADABLE = "unreadable"


class FollowedCircle(Struct, frozen=True, kw_only=True):
    """A circle, and its meeting if there is one, at `now` on the meeting's clock (aware UTC).

    `meeting` is None unless the status says that there is one. `open_elsewhere` says who has the
    circle open, as a sentence; it is empty if nobody has. `here` is the zone of the clock that
    people see beside the screen, None if times need no zone.
    """

    state: CircleState
    now: datetime
    status: MeetingStatus = MeetingStatus.NONE
    meeting: Meeting | None = None
    open_elsewhere: str = ""
    here: tzinfo | None = None

    @property
    def circle_snapshot(self) -> CircleSnapshot:
        """A snapshot of the circle for the views between two meetings."""
        return CircleSnapshot(self.state, self.now, here=self.here)

    @property
    def meeting_snapshot(self) -> MeetingSnapshot | None:
        """A snapshot of the meeting, with the circle's present settings; None if there is none."""
        if self.meeting is None:
            return None
        meeting = with_present_settings(self.meeting, self.state.circle)
        return MeetingSnapshot(meeting, self.now, self.here)

    @property
    def remaining(self) -> timedelta | None:
        """What is left of the share whose clock runs; None if none does."""
        countdown = None if self.meeting is None else self.meeting.countdown
        if countdown is None or countdown.is_paused or self.status is not MeetingStatus.LIVE:
            return None
        return countdown.remaining(self.now)


def meeting_without_words(meeting: Meeting) -> Meeting:
    """`meeting` without words, as it may be followed.

    The program's own questions of the health check are kept, without their answers.
    """
    answered = {question: "" for question in QUESTIONS if question in meeting.vitality}
    return replace(without_words(meeting), vitality=answered)


def state_without_words(state: CircleState) -> CircleState:
    """`state` without words, as it may be followed."""
    return without_words(state)
