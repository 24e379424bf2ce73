"""The gathering: who is here and the plan of the round, or the check-ins alone.

Invariant: check-ins stand below the plan where everything has room, else they wait for a key.
"""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.action_text import ActionStatic
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import gathering
from circle_tui.views.action_table import Place
from circle_tui.views.gathering import GatheringView
from circle_tui.views.presenters.gathering import GatheringPresenter
from circle_tui.views.view import View

_WIDE = 60
"""Columns from which check-ins may stand below the plan: see `BaseScreen`."""

_BORDER = 4
"""Columns of a card's border and padding."""


class GatheringScreen(MeetingScreen):
    """Everybody here unless marked."""

    CSS_PATH = "gathering.tcss"
    PLACE = Place.GATHERING
    PRESENTER = GatheringPresenter

    presenter: GatheringPresenter

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._was_reading = False
        self._has_checkins = False

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="gathering"):
            with Card(gathering.WHO_IS_HERE, id="people", active=True):
                yield Rows()
            yield Card(gathering.QUESTION, id="question")
            with Card(gathering.THE_ROUND, id="round"):
                yield Static(id="order")
                yield ActionStatic(id="minutes")
            yield Card(gathering.CONTRACTS, id="contracts")
            yield Card(gathering.SINCE_LAST_TIME, id="checkins")

    def build_view(self) -> GatheringView:
        place = self.presenter
        place.checkins_beside = True
        view = place.view()
        self._has_checkins = bool(view.checkins)
        if not view.checkins or place.reading or self._has_room_for(view):
            return view
        place.checkins_beside = False
        return place.view()

    def _has_room_for(self, view: GatheringView) -> bool:
        """Whether the whole page is seen at once, with the check-ins at its end."""
        size = self.size
        if size.width < _WIDE:
            return False
        page = self.query_one(Page)
        width = max(min(page.size.width, 76) - _BORDER, 1)
        cards = (view.question, view.order, view.minutes, view.contracts, view.checkins)
        lines = sum(len(content(part).wrap(width)) for part in cards if part) + len(view.rows)
        return lines + 4 * (_BORDER - 1) <= page.size.height

    def update_view(self, view: View) -> None:
        assert isinstance(view, GatheringView)
        self.query_one("#people").display = bool(view.rows)
        self.query_one(Rows).show(view.rows, cursor=self.presenter.cursor)
        self.query_one("#round").display = bool(view.order)
        self.query_one("#order", Static).update(content(view.order))
        self.query_one("#minutes", Static).update(content(view.minutes))
        for name, text in (
            ("question", view.question),
            ("contracts", view.contracts),
            ("checkins", view.checkins),
        ):
            card = self.query_one(f"#{name}", Card)
            card.display = bool(text)
            card.show(content(text))
        if self.presenter.reading is not self._was_reading:
            self._was_reading = self.presenter.reading
            self.query_one(Page).scroll_home(animate=False)

    def on_resize(self) -> None:
        """There may be more room for the check-ins now, or less."""
        if self._has_checkins:
            self.refresh_view()

    def choose_row(self, row: int) -> None:
        """A click is the number of the seat."""
        self.action_run(f"seat_{row + 1}")
