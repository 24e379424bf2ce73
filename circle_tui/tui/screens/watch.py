"""A meeting that another terminal carries: its ring, as it is there.

Invariant: nothing is changed from here, and no words are shown. What is left is asked of the
followed clock whenever it is painted.
"""

import asyncio
from datetime import timedelta

from textual.timer import Timer

from circle_tui.service.follower import POLL_SECONDS, CircleFollower
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.views.action_table import Place
from circle_tui.views.followed import FollowedView
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View
from circle_tui.views.watch import watch_view

_LOOK_AGAIN_AT_LEAST = 0.05


class WatchScreen(BaseScreen):
    """The ring of a meeting that somebody else carries."""

    PLACE = Place.WATCH
    SHOWS_CIRCLE = True
    RING_ALONE = True

    def __init__(self, follower: CircleFollower) -> None:
        super().__init__()
        self._follower = follower
        self._polling: asyncio.TimerHandle | None = None
        self._second: Timer | None = None

    def on_mount(self) -> None:
        self.refresh_view()
        self.follow()

    def on_unmount(self) -> None:
        self.stop_following()

    def follow(self) -> None:
        """Look for changes from now on."""
        # Not a timer of Textual's: each would cost several times what a look costs.
        loop = asyncio.get_running_loop()
        self._polling = loop.call_later(POLL_SECONDS, self._poll_again)

    def _poll_again(self) -> None:
        self.follow()
        if self._follower.poll():
            self.call_later(self.show_changed)

    def stop_following(self) -> None:
        """Close the journal, before this process opens it to write."""
        if self._polling is not None:
            self._polling.cancel()
        if self._second is not None:
            self._second.stop()
        self._polling = self._second = None
        self._follower.close()

    def poll(self) -> None:
        """Look whether anything changed, and show it."""
        if self._follower.poll():
            self.show_changed()

    def show_changed(self) -> None:
        """Show the meeting as it is followed now."""
        if self._polling is not None and self.is_mounted:
            self.refresh_view()

    def build_view(self) -> FollowedView:
        return watch_view(self._follower.followed)

    def build_face(self) -> RingFace:
        view = self.view
        assert isinstance(view, FollowedView)
        return view.face

    def update_view(self, view: View) -> None:
        """Look again at the next full second of what is left, where a clock runs."""
        if self._second is not None:
            self._second.stop()
            self._second = None
        remaining = self._follower.followed.remaining
        if remaining is not None:
            beyond = remaining % timedelta(seconds=1) / timedelta(seconds=self._follower.speed)
            self._second = self.set_timer(max(beyond, _LOOK_AGAIN_AT_LEAST), self.show_changed)
