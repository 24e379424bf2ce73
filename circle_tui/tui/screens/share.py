"""A share: the ring, the seats around it, and whoever speaks.

Invariant: what is left is asked of the countdown whenever it is painted; the timer only says when
to look again, at the next full second of what is left.
"""

from datetime import timedelta

from textual.timer import Timer

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.round import RoundScreen
from circle_tui.views import share
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.share import SharePresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Local, View

_LOOK_AGAIN_AT_LEAST = 0.05


class ShareScreen(RoundScreen):
    """Before and during one member's share."""

    PLACE = Place.SHARE
    PRESENTER = SharePresenter
    RING_ALONE = True
    presenter: SharePresenter

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._timer: Timer | None = None
        self._was_left: timedelta | None = None

    def on_mount(self) -> None:
        # Before the bases' own, which draw.
        self.presenter.digits = self.live.meeting.circle.digits

    def build_face(self) -> RingFace:
        assert isinstance(self.view, share.ShareView)
        return self.view.face

    def update_view(self, view: View) -> None:
        self._was_left = None
        self._look_again()

    def paint(self) -> None:
        """Show the ring as it is at this moment, and look again at the next full second."""
        self.ring.show(share.share_face(self.snapshot, digits=self.presenter.digits))
        self._look_again()

    def tick_face(self) -> None:
        """Nothing: it is painted at each full second of what is left."""

    def _look_again(self) -> None:
        """Paint at the next full second of what is left, if time runs."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        snapshot = self.snapshot
        countdown = snapshot.meeting.countdown
        if countdown is not None and not countdown.is_paused:
            left = countdown.remaining(snapshot.now)
            self._ring_bell(left)
            beyond = left % timedelta(seconds=1) / timedelta(seconds=1)
            self._timer = self.set_timer(
                max((beyond or 1.0) / self.live.speed, _LOOK_AGAIN_AT_LEAST), self.paint
            )

    def _ring_bell(self, left: timedelta) -> None:
        """Once, when the end is crossed, and only for circles that want it."""
        was, self._was_left = self._was_left, left
        if was is not None and share.bell_is_due(self.snapshot.meeting, was, left):
            self.app.bell()

    def perform_local(self, does: Local) -> None:
        if does is Local.DIGITS:
            said = self.presenter.switch_digits()
            if said is not None:
                self.perform(said)
            self.paint()
        else:
            super().perform_local(does)
