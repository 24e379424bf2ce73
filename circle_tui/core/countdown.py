"""Time left, derived from moments and never ticked.

Law: a countdown knows when it began and how long it has stood still; how much is left is a
function of the moment asked about. Asking changes nothing (after scalachess' `Clock`).
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.refused import Refused


class Countdown(Struct, frozen=True):
    """`length` of time, running since `began` but for `stood`; all moments aware UTC."""

    length: timedelta
    began: datetime
    stood: timedelta = timedelta()
    held_since: datetime | None = None

    @property
    def held(self) -> bool:
        """Whether it stands still."""
        return self.held_since is not None

    def gone(self, now: datetime) -> timedelta:
        """How long it has run by `now`; never negative."""
        until = now if self.held_since is None else self.held_since
        return max(until - self.began - self.stood, timedelta())

    def left(self, now: datetime) -> timedelta:
        """How much is left at `now`; negative once the time is up."""
        return self.length - self.gone(now)

    def share_left(self, now: datetime) -> float:
        """The part of it that is left at `now`, from 1 down to 0."""
        return max(self.left(now) / self.length, 0.0)

    def hold(self, at: datetime) -> "Countdown":
        """Stopped at `at`. Raises `Refused` where it stands already."""
        if self.held:
            raise Refused("The clock is held already.")
        return replace(self, held_since=max(at, self.began))

    def go_on(self, at: datetime) -> "Countdown":
        """Running again from `at`. Raises `Refused` where it is not held."""
        if self.held_since is None:
            raise Refused("The clock is running.")
        stood = self.stood + max(at - self.held_since, timedelta())
        return replace(self, stood=stood, held_since=None)

    def lengthened(self, by: timedelta) -> "Countdown":
        """With `by` more time, or less where `by` is negative."""
        return replace(self, length=self.length + by)

    def backdated(self, by: timedelta) -> "Countdown":
        """As if it had begun `by` earlier."""
        return replace(self, began=self.began - by)
