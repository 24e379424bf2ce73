"""A meeting that another program carries, followed line by line.

Invariant: it's only read.
"""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from circle_tui.core.meeting.countdown import Countdown
from circle_tui.flow.app_flow import AppFlow
from circle_tui.plain.circle_loop import CircleLoop
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.views.followed_in_words import followed_in_words, time_of, turn_in_words
from circle_tui.views.seats_in_words import seats_in_words

if TYPE_CHECKING:
    from circle_tui.service.follower import CircleFollower


class Watching(CircleLoop):
    """The loop around a circle that may be followed."""

    def __init__(self, lines: LineInput, output: LineOutput, flow: AppFlow) -> None:
        super().__init__(lines, output, flow)
        self._told: tuple[str, ...] = ()

    @property
    def follower(self) -> "CircleFollower | None":
        """What follows the circle, where another program carries its meeting."""
        return self.flow.follower

    def show_followed(self, follower: "CircleFollower") -> None:
        """Say what is followed, from now on."""
        from circle_tui.views.presenters.watch import WatchPresenter

        self._about_turn = None
        self.presenter = WatchPresenter(lambda: follower.followed)

    # What is said

    def about_turn(self) -> list[str]:
        """What is new in the meeting that is followed."""
        if self.follower is None:
            return super().about_turn()
        followed = self.follower.followed
        meeting = followed.meeting
        about: tuple[Hashable, ...] = (followed.status,)
        if meeting is not None:
            about = (followed.status, meeting.phase, meeting.turn, meeting.countdown)
        before, self._about_turn = self._about_turn, about
        turn = () if about == before else turn_in_words(followed)
        known = () if before is None else self._told
        self._told = followed_in_words(followed)
        self._marks.set_to(self._clock_there, followed.now)
        return [*turn, *(line for line in self._told if line not in known)]

    @property
    def _clock_there(self) -> Countdown | None:
        """The clock of the share that is followed, while it runs."""
        followed = None if self.follower is None else self.follower.followed
        if followed is None or followed.remaining is None or followed.meeting is None:
            return None
        return followed.meeting.countdown

    def seats_told(self) -> tuple[str, ...]:
        if self.follower is None:
            return super().seats_told()
        snapshot = self.follower.followed.meeting_snapshot
        return () if snapshot is None else seats_in_words(snapshot)

    def time_told(self) -> str:
        return super().time_told() if self.follower is None else time_of(self.follower.followed)

    # Time

    def read_timeout(self) -> float | None:
        if self.follower is None:
            return super().read_timeout()
        from circle_tui.service.follower import POLL_SECONDS

        return POLL_SECONDS

    def pulse(self) -> None:
        follower = self.follower
        if follower is None:
            super().pulse()
            return
        if follower.poll():
            self.refresh()
        said = self._marks.crossed(self._clock_there, follower.now)
        if said is not None:
            self.say(said)
