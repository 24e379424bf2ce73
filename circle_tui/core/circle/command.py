"""The type of the commands that change a circle between its meetings.

Invariant: a command is a pure function of the circle's state, the moment and its arguments. It
returns the next state, or raises `RuleError`; it never changes anything itself.
"""

from collections.abc import Callable
from datetime import datetime
from functools import update_wrapper
from typing import Concatenate, Generic, ParamSpec

from circle_tui.core.circle.state import CircleState

P = ParamSpec("P")


class CircleCommand(Generic[P]):
    """A command, called with the circle's state, the moment (aware UTC) and its own arguments.

    `blocked_by_meeting` is the reason why it is refused during a meeting; None if a meeting does
    not block it. An `irreversible` command cannot be undone, and no earlier version stays on the
    disk. After a command that `settles`, neither it nor anything before it can be undone.
    """

    __name__: str

    def __init__(
        self,
        rule: Callable[Concatenate[CircleState, datetime, P], CircleState],
        *,
        blocked_by_meeting: str | None = None,
        irreversible: bool = False,
        settles: bool = False,
    ) -> None:
        update_wrapper(self, rule)
        self._rule = rule
        self.blocked_by_meeting = blocked_by_meeting
        self.irreversible = irreversible
        self.settles = settles

    def __call__(
        self, state: CircleState, now: datetime, *args: P.args, **kwargs: P.kwargs
    ) -> CircleState:
        """The next state. Raises `RuleError` with the reason if it is refused."""
        return self._rule(state, now, *args, **kwargs)

    def __repr__(self) -> str:
        return f"<circle command {self.__name__}>"


def blocked_by_meeting(
    reason: str, *, irreversible: bool = False
) -> Callable[[Callable[Concatenate[CircleState, datetime, P], CircleState]], CircleCommand[P]]:
    """Decorator for a command that a meeting under way blocks; `reason` is a sentence."""

    def decorate(
        rule: Callable[Concatenate[CircleState, datetime, P], CircleState],
    ) -> CircleCommand[P]:
        return CircleCommand(rule, blocked_by_meeting=reason, irreversible=irreversible)

    return decorate


def settles(
    rule: Callable[Concatenate[CircleState, datetime, P], CircleState],
) -> CircleCommand[P]:
    """Decorator for a command that can't be undone, nor anything done before it."""
    return CircleCommand(rule, settles=True)
