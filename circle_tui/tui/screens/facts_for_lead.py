"""A circle's facts for its lead, shown before they leave."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.flow.handing_over import Handover
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import facts_for_lead
from circle_tui.views.action_table import Place
from circle_tui.views.facts_for_lead import FactsForLeadView
from circle_tui.views.presenters.facts_for_lead import FactsForLeadPresenter
from circle_tui.views.view import Local, View


class FactsForLeadScreen(CircleScreen):
    """What leaves, what stays, and where the file goes."""

    PLACE = Place.FACTS_FOR_LEAD
    PRESENTER = FactsForLeadPresenter

    presenter: FactsForLeadPresenter

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._handover = Handover(service, self.presenter)

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="facts"):
            with Card(facts_for_lead.FILE, id="file", active=True):
                yield WrappedRows()
            with Card(facts_for_lead.WHAT_LEAVES, id="leaves"):
                yield WrappedRows()
            with Card(facts_for_lead.WHAT_STAYS, id="stays"):
                yield Static(facts_for_lead.STAYS, markup=False)
            with Card(id="each"):
                yield WrappedRows()

    def update_view(self, view: View) -> None:
        assert isinstance(view, FactsForLeadView)
        self.query_one("#each", Card).set_title(view.each_title)
        for card, rows in (("file", view.file), ("leaves", view.leaves), ("each", view.each)):
            self.query_one(f"#{card} WrappedRows", WrappedRows).show(rows)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.FIND_FILE:
                self._handover.find()
                self.refresh_view()
            case Local.HAND_OVER:
                trouble = self._handover.write()
                self.refresh_view()
                if trouble is not None:
                    self.flash(trouble)
            case _:
                super().perform_local(does)

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)
