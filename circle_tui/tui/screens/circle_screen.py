"""What the screens between two meetings share: they show the circle's state.

Invariant: the screen shows what the file says.
"""

from datetime import datetime
from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.service_screen import ServiceScreen
from circle_tui.views import circle_face
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.ring import RingFace


class CircleScreen(ServiceScreen):
    """A screen of one circle, between its meetings."""

    SHOWS_CIRCLE = True
    PRESENTER: ClassVar[type[CirclePresenter]]
    """Makes the presenter out of the way to read the circle."""

    def __init__(self, service: CircleService, presenter: CirclePresenter | None = None) -> None:
        """`presenter` is given where more than the circle is needed to make it."""
        super().__init__(service, presenter or self.PRESENTER(lambda: service.snapshot))
        self._looked_at: datetime | None = None
        """The minute in which the view was last compared with what is shown."""

    def on_mount(self) -> None:
        self.refresh_view()
        self._looked_at = _minute(self.snapshot.now)
        rest = self.presenter.opened()
        if rest is not None:
            self.perform(rest)

    def renew(self, now: datetime) -> None:
        """Draw anew what time has changed, such as "in 14 days"; it may be called each second.

        It looks once a minute, and not while somebody types.
        """
        minute = _minute(now)
        typing = self.prompt_open or self.focused is not None
        if minute == self._looked_at or typing or not self.is_mounted:
            return
        self._looked_at = minute
        if self.build_view() != self.view:
            self.refresh_view()
        else:
            self.show_face(self.build_face())

    @property
    def snapshot(self) -> CircleSnapshot:
        """The circle as it is now."""
        return self.service.snapshot

    def build_face(self) -> RingFace:
        return circle_face.home_face(self.snapshot)

    def refresh_status(self) -> None:
        """Show the view's line, or why nothing can be written."""
        self.status.set_default(self.service.reading_only or self.understood or self.view.status)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
