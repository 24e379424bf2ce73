"""Choosing a circle out of several."""

from collections.abc import Sequence

from circle_tui.views import choose
from circle_tui.views.action_table import Place
from circle_tui.views.choose import ChooseView, CircleSummary
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import View


class ChoosePresenter(Presenter):
    """The circles of a folder."""

    PLACE = Place.CHOOSE

    def __init__(
        self,
        circles: Sequence[tuple[str, CircleSummary]],
        folder: str,
        came_from: str | None = None,
    ) -> None:
        """`circles` are their files and what is said of each; `came_from` is the one before."""
        super().__init__()
        self.circles = sorted(circles, key=lambda each: each[1].sort_key)
        self._folder, self._came_from = folder, came_from
        paths = [path for path, _ in self.circles]
        before = paths.index(came_from) if came_from in paths else None
        self.cursor = choose.first_row(self._choices, before)

    @property
    def _choices(self) -> tuple[CircleSummary, ...]:
        return tuple(circle for _, circle in self.circles)

    def view(self) -> ChooseView:
        return choose.choose_view(
            self._choices,
            cursor=self.cursor,
            folder=self._folder,
            came_from_circle=self._came_from is not None,
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, ChooseView)
        return len(view.rows)
