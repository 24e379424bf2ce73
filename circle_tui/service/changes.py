"""Changes that commands made, for undo, redo and their names in words.

Invariant: a change has the state before it and what leads to the state after it, so that undo and
redo need nothing else.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState

if TYPE_CHECKING:
    # The rules of a meeting are loaded where there is one.
    from circle_tui.core.meeting.command import MeetingCommand
    from circle_tui.core.meeting.events import Events
    from circle_tui.core.meeting.meeting import Meeting

Command: TypeAlias = "MeetingCommand[...] | CircleCommand[...]"


class MeetingChange(Struct, frozen=True):
    """One command in a meeting: the meeting before it, and the events that it caused."""

    before: "Meeting"
    events: "Events"


class CircleChange(Struct, frozen=True):
    """One command between meetings: its arguments, and the states before and after it."""

    command: CircleCommand[...]
    args: tuple[Any, ...]
    before: CircleState
    after: CircleState


Change = MeetingChange | CircleChange
