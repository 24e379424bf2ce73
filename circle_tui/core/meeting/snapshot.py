"""A meeting at one moment: the input of every view of a meeting.

Invariant: a snapshot never changes, and `why_not` answers as the service would at that moment.
"""

from datetime import datetime, tzinfo
from typing import ParamSpec

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.circle.circle import Circle
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import Meeting

P = ParamSpec("P")


_SHOWN_AT_ONCE = ("digits", "bell", "overtime", "twelve_hours", "prompts")
"""The settings that change only what is shown or spoken, and no rule of the meeting."""


def with_present_settings(meeting: Meeting, circle: Circle) -> Meeting:
    """`meeting` with the present values of those `circle` settings that apply at once."""
    changed = {
        name: getattr(circle, name)
        for name in _SHOWN_AT_ONCE
        if getattr(circle, name) != getattr(meeting.circle, name)
    }
    if not changed:
        return meeting
    shown = replace(meeting.circle, **changed)
    return replace(meeting, context=replace(meeting.context, circle=shown))


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
