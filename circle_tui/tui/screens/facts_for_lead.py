"""A circle's facts for its lead, shown before they leave."""

from collections.abc import Iterator
from pathlib import Path

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.circle.facts_for_leads import People
from circle_tui.service import handing_over
from circle_tui.service.circle_service import CircleService
from circle_tui.store.errors import SaveError, shown
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import facts_for_lead
from circle_tui.views.action_table import Place
from circle_tui.views.facts_for_lead import FactsForLeadView, facts_for_lead_view
from circle_tui.views.view import Local, View


class FactsForLeadScreen(CircleScreen):
    """What leaves, what stays, and where the file goes."""

    PLACE = Place.FACTS_FOR_LEAD

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._people, self._written = People.NAMES, False
        self._goal = handing_over.free_path(service.file.slug, service.snapshot)

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

    def build_view(self) -> FactsForLeadView:
        return facts_for_lead_view(
            self.snapshot,
            people=self._people,
            file=shown(Path(self._goal.name)),
            folder=shown(self._goal.parent),
            written=self._written,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, FactsForLeadView)
        self.query_one("#each", Card).set_title(view.each_title)
        for card, rows in (("file", view.file), ("leaves", view.leaves), ("each", view.each)):
            self.query_one(f"#{card} WrappedRows", WrappedRows).show(rows)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.NEXT_NAMES:
                each = list(People)
                self._people = each[(each.index(self._people) + 1) % len(each)]
                self.refresh_view()
            case Local.HAND_OVER:
                self._hand_over()
            case _:
                super().perform_local(does)

    def _hand_over(self) -> None:
        try:
            handing_over.hand_over(self.snapshot, self._people, self._goal)
        except SaveError as trouble:
            self.flash(str(trouble))
            self._goal = handing_over.free_path(self.service.file.slug, self.snapshot)
        else:
            self._written = True
        self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)
