"""A meeting at one moment: the input of every view of a meeting.

Invariant: a snapshot never changes, and `why_not` answers as the service would at that moment.
"""

from datetime import datetime, tzinfo
from typing import ParamSpec

from msgspec import Struct

from circle_tui.core.errors import RuleError
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import Meeting

P = ParamSpec("P")


class MeetingSnapshot(Struct, frozen=True):
    """The meeting at `now` (aware UTC, on the meeting's own clock).

    `here` is the zone of the clock that people see beside the screen, None if times need no zone.
    """

    meeting: Meeting
    now: datetime
    here: tzinfo | None = None

    def why_not(self, command: MeetingCommand[P], *args: P.args, **kwargs: P.kwargs) -> str | None:
        """Why a command is refused now, as a sentence; None if it is allowed."""
        try:
            command(self.meeting, self.now, *args, **kwargs)
        except RuleError as refused:
            return str(refused)
        return None
