"""What is passed up to the circle above, line by line."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import passing_up
from circle_tui.views.action_table import Place
from circle_tui.views.passing_up import PassingUpView
from circle_tui.views.ring import Face
from circle_tui.views.view import View


class PassingUpScreen(CircleScreen):
    """The lines of the last meeting, each off until somebody switches it on."""

    CSS_PATH = "passing_up.tcss"
    PLACE = Place.PASSING_UP

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="passing-up"):
            with Card(passing_up.TITLE, active=True):
                yield Rows()
                yield Static(classes="explained")
            yield Prompt()

    def build_view(self) -> PassingUpView:
        return passing_up.passing_up_view(
            self.snapshot, cursor=self._cursor, asking=self.prompt_open
        )

    def build_face(self) -> Face:
        return passing_up.passing_up_face(self.snapshot)

    @property
    def _shown(self) -> PassingUpView:
        assert isinstance(self.view, PassingUpView)
        return self.view

    def update_view(self, view: View) -> None:
        assert isinstance(view, PassingUpView)
        self._cursor = view.cursor or 0
        self.query_one(Card).set_class(not self.prompt_open, "-active")
        rows = self.query_one(Rows)
        rows.display = bool(view.rows)
        rows.show(view.rows, view.cursor)
        self.query_one(".explained", Static).update(view.explained)
        if view.cursor is not None:
            self.call_after_refresh(self.query_one(Page).show_line, rows, view.cursor)

    def move_cursor(self, by: int) -> None:
        if self._shown.rows:
            self._choose((self._cursor + by) % len(self._shown.rows))

    def choose_row(self, row: int) -> None:
        """A click chooses a line; a second one switches it."""
        if self.prompt_open:
            return
        if row == self._cursor:
            self.action_run("switch")
        else:
            self._choose(row)

    def _choose(self, row: int) -> None:
        self._cursor = row
        self.status.clear()
        self.refresh_view()
