"""A meeting that another program carries, as it is followed.

Invariant: nothing is remembered here; the view is what is followed now.
"""

from collections.abc import Callable

from circle_tui.core.meeting.followed import FollowedCircle
from circle_tui.views.action_table import Place
from circle_tui.views.followed import FollowedView
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.watch import watch_view


class WatchPresenter(Presenter):
    """The ring, and whether the meeting can be continued here."""

    PLACE = Place.WATCH

    def __init__(self, followed: Callable[[], FollowedCircle]) -> None:
        super().__init__()
        self._followed = followed

    def view(self) -> FollowedView:
        return watch_view(self._followed())
