"""The circle at a glance, between two meetings."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import home
from circle_tui.views.action_table import Place
from circle_tui.views.home import HomeView
from circle_tui.views.presenters.home import HomePresenter
from circle_tui.views.view import Intent, Request, Row, View


class HomeScreen(CircleScreen):
    """When, who opens and why, and what is open."""

    CSS_PATH = "home.tcss"
    PLACE = Place.HOME
    PRESENTER = HomePresenter
    presenter: HomePresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="glance"):
            yield Card(id="coming")
            with Card(home.TO_DO, id="to-do", active=True):
                yield WrappedRows()
            with Card(home.OPEN_COMMITMENTS, id="commitments"):
                yield WrappedRows()

    def update_view(self, view: View) -> None:
        assert isinstance(view, HomeView)
        # Not `set_title`: on a small screen it would take a line from what it is the title of.
        self.query_one("#coming", Card).border_title = view.title
        self._show_coming(view)
        self.query_one("#to-do").display = bool(view.to_do)
        to_do = tuple(Row("", each.sentence) for each in view.to_do)
        self.query_one("#to-do WrappedRows", WrappedRows).show(to_do, view.cursor)
        self.query_one("#commitments").display = bool(view.commitments)
        commitments = self.query_one("#commitments WrappedRows", WrappedRows)
        commitments.show(view.commitments, first=len(to_do))
        if view.flash is not None:
            self.flash(view.flash)
            self.presenter.flash = None

    def on_resize(self) -> None:
        """On a small screen there is no room for blank lines, nor for the ring."""
        view = self.view
        assert isinstance(view, HomeView)
        self._show_coming(view)

    def _show_coming(self, view: HomeView) -> None:
        ring_says_it = view.on_ring and self.has_class("-roomy", "-tall")
        between = Content("\n" if self.has_class("-short") else "\n\n")
        parts = (() if ring_says_it else view.coming, view.cycle, view.opener)
        lines = between.join(content(part) for part in parts if part)
        self.query_one("#coming", Card).show(lines)

    def choose_row(self, row: int) -> None:
        """Do what a row is about: what is to do, or the commitments."""
        view = self.view
        assert isinstance(view, HomeView)
        does: Intent | None = Request.COMMITMENTS
        if row < len(view.to_do):
            does = view.to_do[row].does
        if does is not None:
            self.perform(does)
