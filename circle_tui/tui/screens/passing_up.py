"""What is passed up to the circle above, line by line."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import passing_up
from circle_tui.views.action_table import Place
from circle_tui.views.passing_up import PassingUpView
from circle_tui.views.presenters.passing_up import PassingUpPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class PassingUpScreen(CircleScreen):
    """The lines of the last meeting, each off until somebody switches it on."""

    CSS_PATH = "passing_up.tcss"
    PLACE = Place.PASSING_UP
    PRESENTER = PassingUpPresenter
    ROW_ACTION = "switch"

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="passing-up"):
            with Card(passing_up.TITLE, active=True):
                yield WrappedRows()
                yield Static(classes="explained")
            yield Prompt()

    def build_face(self) -> RingFace:
        return passing_up.passing_up_face(self.snapshot)

    def update_view(self, view: View) -> None:
        assert isinstance(view, PassingUpView)
        self.query_one(Card).set_class(not self.prompt_open, "-active")
        rows = self.query_one(WrappedRows)
        rows.display = bool(view.rows)
        rows.show(view.rows, view.cursor)
        self.query_one(".explained", Static).update(view.explained)
        if view.cursor is not None:
            self.call_after_refresh(self.query_one(Page).show_cursor, rows)
