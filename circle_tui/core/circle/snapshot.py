"""A circle at one moment: the input of every view between meetings.

Invariant: a snapshot never changes, and `why_not` answers as the service would at that moment.
"""

from datetime import datetime, tzinfo
from typing import ParamSpec

from msgspec import Struct

from circle_tui.core import dates
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.context import MeetingContext, meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

P = ParamSpec("P")


class CircleSnapshot(Struct, frozen=True):
    """The state at `now` (aware UTC).

    `reading_only` is the reason why nothing can be written, None if it can be; `under_way` is
    whether a meeting has begun and is not closed. `here` is the zone of the clock that people see
    beside the screen, None if times need no zone.
    """

    state: CircleState
    now: datetime
    reading_only: str | None = None
    under_way: bool = False
    here: tzinfo | None = None

    @property
    def circle(self) -> Circle:
        """The circle itself."""
        return self.state.circle

    @property
    def context(self) -> MeetingContext:
        """What the coming meeting starts from, but for the contracts that are due then."""
        return meeting_context(self.state, self.now, with_contracts=False)

    def spoken_date(self, when: datetime) -> str:
        """A moment (aware UTC) on the circle's clocks, with year and zone if they need saying."""
        return dates.spoken_date(when, self.circle, now=self.now, here=self.here)

    def why_not(self, command: CircleCommand[P], *args: P.args, **kwargs: P.kwargs) -> str | None:
        """Why the rules refuse a command now, as a sentence; None if they allow it.

        This does not consider whether the file can be written, because another program's lock may
        be free by the time the command is executed.
        """
        if (blocked := self.blocked_by_meeting(command)) is not None:
            return blocked
        try:
            command(self.state, self.now, *args, **kwargs)
        except RuleError as refused:
            return str(refused)
        return None

    def blocked_by_meeting(self, command: CircleCommand[...]) -> str | None:
        """Why a meeting under way blocks a command, whatever its arguments; None if it does not."""
        return command.blocked_by_meeting if self.under_way else None
