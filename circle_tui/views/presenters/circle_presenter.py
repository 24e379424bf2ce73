"""What the places between two meetings share: they read the circle's state."""

from collections.abc import Callable

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views.presenters.presenter import Presenter

ReadCircle = Callable[[], CircleSnapshot]


class CirclePresenter(Presenter):
    """A place of one circle, between its meetings."""

    def __init__(self, read: ReadCircle) -> None:
        super().__init__()
        self.read = read
