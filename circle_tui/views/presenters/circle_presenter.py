"""What the places between two meetings share: they read the circle's state."""

from collections.abc import Callable

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views.places import other_places
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import Action

ReadCircle = Callable[[], CircleSnapshot]


class CirclePresenter(Presenter):
    """A place of one circle, between its meetings."""

    def __init__(self, read: ReadCircle) -> None:
        super().__init__()
        self.read = read

    def own_undo(self) -> tuple[bool, bool] | None:
        """Whether the place can undo and redo by itself; None where the circle does it."""
        return None

    def undo_offer(self, *, can_undo: bool, can_redo: bool) -> tuple[bool | None, bool]:
        return self.own_undo() or (can_undo, can_redo)

    def other_places(self, *, meeting_open: bool) -> tuple[Action, ...]:
        # Beside a meeting, esc goes back to it first.
        if meeting_open or self.asking:
            return ()
        return other_places(self.read().circle, self.PLACE)
