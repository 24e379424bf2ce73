"""The marks of a share, each noticed once as its moment is crossed.

Invariant: nothing is crossed while the clock stands, nor by a change of the clock itself.
"""

from datetime import datetime, timedelta

from circle_tui.core.meeting.countdown import Countdown
from circle_tui.views import time_in_words


class Marks:
    """What was left of a share at the last look."""

    def __init__(self) -> None:
        self._was_left: timedelta | None = None

    def set_to(self, countdown: Countdown | None, now: datetime) -> None:
        """Begin anew from what is left `now`."""
        self._was_left = None if countdown is None else countdown.remaining(now)

    def crossed(self, countdown: Countdown | None, now: datetime) -> str | None:
        """What is to be said since the last look; None where nothing is."""
        if countdown is None or countdown.is_paused:
            self._was_left = None
            return None
        before, left = self._was_left, countdown.remaining(now)
        self._was_left = left
        return None if before is None else time_in_words.crossed(countdown.length, before, left)
