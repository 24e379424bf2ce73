"""A countdown that stores moments instead of ticking.

Invariant: a countdown stores its start and how long it was paused; the remaining time is a function
of the moment passed in (modelled on scalachess' `Clock`).
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.errors import RuleError


class Countdown(Struct, frozen=True):
    """A countdown of `length` from `began`, less the time `paused_for`; moments are aware UTC."""

    length: timedelta
    began: datetime
    paused_for: timedelta = timedelta()
    paused_since: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether it is paused."""
        return self.paused_since is not None

    def elapsed(self, now: datetime) -> timedelta:
        """How long it has run by `now`; never negative."""
        until = now if self.paused_since is None else self.paused_since
        return max(until - self.began - self.paused_for, timedelta())

    def remaining(self, now: datetime) -> timedelta:
        """How much is left at `now`; negative once the time is up."""
        return self.length - self.elapsed(now)

    def fraction_remaining(self, now: datetime) -> float:
        """The fraction that is left at `now`, from 1 down to 0."""
        if not self.length:
            return 0.0
        return max(self.remaining(now) / self.length, 0.0)

    def pause(self, at: datetime) -> "Countdown":
        """Paused from `at` on. Raises `RuleError` if it is paused already."""
        if self.is_paused:
            raise RuleError("You're on hold already.")
        return replace(self, paused_since=max(at, self.began))

    def resume(self, at: datetime) -> "Countdown":
        """Running again from `at` on. Raises `RuleError` if it is not paused."""
        if self.paused_since is None:
            raise RuleError("The clock is running.")
        paused_for = self.paused_for + max(at - self.paused_since, timedelta())
        return replace(self, paused_for=paused_for, paused_since=None)

    def lengthened(self, by: timedelta) -> "Countdown":
        """With `by` more time, or less if `by` is negative."""
        return replace(self, length=self.length + by)

    def backdated(self, by: timedelta) -> "Countdown":
        """As if it had begun `by` earlier."""
        return replace(self, began=self.began - by)
