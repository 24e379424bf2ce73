"""An objection to the result, from stage to stage."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.contract_step import ContractStepScreen, shown_as
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_dispute as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_dispute import DisputeView
from circle_tui.views.presenters.contract_dispute import DisputePresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class DisputeScreen(ContractStepScreen):
    """What is objected to, where that has come to, and whose key it waits for."""

    PLACE = Place.DISPUTE
    PRESENTER = DisputePresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="dispute"):
            with Card(views.OBJECTION, id="objection"):
                yield Static()
            yield Prompt()
            with Card(views.STAGES, id="rungs"):
                yield WrappedRows(id="rung-rows")
            with Card(views.PEOPLE, id="people", active=True):
                yield WrappedRows(id="rows", first_row=0)

    @property
    def _shown(self) -> DisputeView:
        return shown_as(self.view, DisputeView)

    def build_face(self) -> RingFace:
        return views.dispute_face(self.snapshot, self._shown)

    def update_view(self, view: View) -> None:
        shown = shown_as(view, DisputeView)
        self.query_one("#objection > Static", Static).update(content(shown.said))
        self.query_one("#rungs").display = bool(shown.stages)
        self.query_one("#rung-rows", WrappedRows).show(shown.stages)
        people = self.query_one("#people")
        people.display = bool(shown.rows)
        people.set_class(not self.prompt_open, "-active")
        self.query_one("#rows", WrappedRows).show(shown.rows, cursor=shown.cursor)

    def choose_row(self, row: int) -> None:
        if not self.prompt_open:
            self.presenter.choose_member(self._shown.people[row])
            self.perform_rest(None)
