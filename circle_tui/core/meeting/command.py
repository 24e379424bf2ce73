"""The type of the commands of a live meeting.

Invariant: a command is a pure function of the meeting, the moment and its arguments. It returns
events, or raises `RuleError`; it never changes anything itself.
"""

from collections.abc import Callable
from datetime import datetime
from functools import update_wrapper
from typing import Concatenate, Generic, ParamSpec

from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.meeting import Meeting

P = ParamSpec("P")


class MeetingCommand(Generic[P]):
    """A command, called with the meeting, the moment (aware UTC) and its own arguments."""

    __name__: str

    def __init__(self, rule: Callable[Concatenate[Meeting, datetime, P], Events]) -> None:
        update_wrapper(self, rule)
        self._rule = rule

    def __call__(
        self, meeting: Meeting, now: datetime, *args: P.args, **kwargs: P.kwargs
    ) -> Events:
        """The events that happen. Raises `RuleError` with the reason if it is refused."""
        return self._rule(meeting, now, *args, **kwargs)

    def __repr__(self) -> str:
        return f"<meeting command {self.__name__}>"
