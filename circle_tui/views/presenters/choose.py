"""Choosing a circle out of several."""

from collections.abc import Sequence

from circle_tui.views import choose
from circle_tui.views.action_table import Place
from circle_tui.views.choose import ChooseView, CircleSummary
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import Intent, Local, View


class ChoosePresenter(Presenter):
    """The circles of a folder."""

    PLACE = Place.CHOOSE

    def __init__(self, folder: str, came_from: str | None = None) -> None:
        """`came_from` is the file of the circle that was open before."""
        super().__init__()
        self.circles: list[tuple[str, CircleSummary]] = []
        """Their files and what is said of each, by name."""
        self._folder, self._came_from = folder, came_from
        self.moved = False
        """Whether somebody has moved the cursor."""
        self.all_read = False
        self.waiting = False
        """Whether the chosen circle is to be opened once all files are read."""

    @property
    def chosen(self) -> str:
        """The file of the circle that the cursor is on."""
        return self.circles[self.cursor][0]

    def add(self, found: Sequence[tuple[str, CircleSummary]], *, all_read: bool) -> None:
        """Put what was read among the others; the cursor stays on its circle, once it has one."""
        self.all_read = all_read
        chosen = self.chosen if self.circles else None
        summaries = dict(self.circles)
        for path, circle in found:
            for copy in circle.instead_of:
                summaries.pop(copy, None)
            if chosen in circle.instead_of:
                chosen = path
            summaries[path] = circle
        self.circles = sorted(summaries.items(), key=lambda each: each[1].sort_key)
        paths = [path for path, _ in self.circles]
        if self.moved or chosen == self._came_from is not None:
            self.cursor = paths.index(chosen) if chosen in paths else 0
            return
        before = paths.index(self._came_from) if self._came_from in paths else None
        self.cursor = choose.first_row(self._choices, before)

    def choose_row(self, row: int) -> Intent | None:
        self.moved, self.waiting = True, False
        return super().choose_row(row)

    def local(self, does: Local) -> Intent | None:
        if does is Local.SELECT and not self.all_read:
            # It may be a copy, and the newest file of the circle still to come.
            self.moved = self.waiting = True
            return None
        return super().local(does)

    @property
    def _choices(self) -> tuple[CircleSummary, ...]:
        return tuple(circle for _, circle in self.circles)

    def view(self) -> ChooseView:
        return choose.choose_view(
            self._choices,
            cursor=self.cursor,
            folder=self._folder,
            came_from_circle=self._came_from is not None,
            reading=not self.all_read,
            waiting=self.waiting and not self.all_read,
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, ChooseView)
        return len(view.rows)
