"""Choosing a circle out of several."""

from collections.abc import Iterator
from pathlib import Path

from textual.widget import Widget

from circle_tui.tui import messages
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import choose
from circle_tui.views.action_table import Place
from circle_tui.views.choose import ChooseView, CircleSummary
from circle_tui.views.view import Local, View


class ChooseScreen(BaseScreen):
    """The circles of the folder."""

    PLACE = Place.CHOOSE

    def __init__(
        self,
        circles: tuple[tuple[Path, CircleSummary], ...],
        folder: Path,
        first_said: str | None = None,
        came_from: Path | None = None,
    ) -> None:
        """`first_said` is flashed at first; `came_from` is the file of the circle open before."""
        super().__init__()
        self._paths = tuple(path for path, _ in circles)
        self._choices = tuple(choice for _, choice in circles)
        self._folder = folder
        self._first_said = first_said
        self._came_from = came_from
        before = self._paths.index(came_from) if came_from in self._paths else None
        self._cursor = choose.first_row(self._choices, before)

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="choices"):
            yield Rows()

    def on_mount(self) -> None:
        self.refresh_view()
        if self._first_said:
            self.flash(self._first_said)

    def build_view(self) -> ChooseView:
        return choose.choose_view(
            self._choices,
            cursor=self._cursor,
            folder=str(self._folder),
            came_from_circle=self._came_from is not None,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, ChooseView)
        self.query_one(Rows).show(view.rows, cursor=self._cursor)

    def move_cursor(self, by: int) -> None:
        if self._choices:
            self._cursor = (self._cursor + by) % len(self._choices)
            self.refresh_view()

    def perform_local(self, does: Local) -> None:
        if does is Local.SELECT:
            self.post_message(messages.CircleChosen(self._paths[self._cursor]))
        elif does is Local.BACK and self._came_from is not None:
            self.post_message(messages.CircleChosen(self._came_from))
