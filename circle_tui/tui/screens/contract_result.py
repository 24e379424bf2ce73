"""The result of judging a contract, and who is content with it."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.contract_step import ContractStepScreen, shown_as
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_result as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_result import ResultView
from circle_tui.views.presenters.contract_result import ResultPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View

_PEOPLE_FROM = 100
"""The number of the first row of those in it; what was judged has the numbers before."""


class ResultScreen(ContractStepScreen):
    """What comes back for each, how it was found, and what comes now."""

    PLACE = Place.RESULT
    PRESENTER = ResultPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="result"):
            with Card(views.FOUND, id="found", active=True):
                yield WrappedRows(id="rows")
            yield Prompt()
            with Card(views.HOW, id="how"):
                yield Static()
            with Card(views.CONTENT, id="content"):
                yield WrappedRows(id="people", first_row=_PEOPLE_FROM)
            with Card(views.STAKES, id="stakes"):
                yield WrappedRows(id="put-in")

    @property
    def _shown(self) -> ResultView:
        return shown_as(self.view, ResultView)

    def build_face(self) -> RingFace:
        return views.result_face(self.snapshot, self._shown)

    def update_view(self, view: View) -> None:
        shown = shown_as(view, ResultView)
        self.query_one("#found").set_class(not self.prompt_open, "-active")
        self.query_one("#rows", WrappedRows).show(shown.rows, cursor=shown.cursor)
        self.query_one("#how").display = bool(shown.how)
        self.query_one("#how > Static", Static).update(content(shown.how))
        self.query_one("#people", WrappedRows).show(shown.content, cursor=shown.content_cursor)
        self.query_one("#stakes").display = bool(shown.stakes)
        self.query_one("#put-in", WrappedRows).show(shown.stakes)

    def choose_row(self, row: int) -> None:
        if row < _PEOPLE_FROM:
            super().choose_row(row)
        elif not self.prompt_open:
            self.presenter.choose_member(self._shown.people[row - _PEOPLE_FROM])
            self.perform_rest(None)
