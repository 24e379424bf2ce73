"""What was done, so that it can be undone, done again, and said in words.

Invariant: a change holds both sides of what it changed; nothing has to be looked up elsewhere.
"""

from typing import Any, NamedTuple

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.meeting import Meeting

Command = MeetingCommand[...] | CircleCommand[...]


class MeetingChange(NamedTuple):
    """One act in a meeting: the meeting before it, and the events that happened."""

    before: Meeting
    events: Events


class CircleChange(NamedTuple):
    """One act between meetings: the command with its arguments, and the states around it."""

    command: CircleCommand[...]
    args: tuple[Any, ...]
    before: CircleState
    after: CircleState


Change = MeetingChange | CircleChange
