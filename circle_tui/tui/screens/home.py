"""The circle at a glance, between two meetings."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import home
from circle_tui.views.action_table import Place
from circle_tui.views.home import HomeView
from circle_tui.views.view import View


class HomeScreen(CircleScreen):
    """When, who opens and why, and what is open."""

    CSS_PATH = "home.tcss"
    PLACE = Place.HOME

    def __init__(
        self,
        service: CircleService,
        *,
        parked: str | None = None,
        unreadable: str | None = None,
        flash: str | None = None,
        told_of_three: bool = False,
    ) -> None:
        """The arguments are those of `home_view`."""
        super().__init__(service)
        self._parked, self._unreadable = parked, unreadable
        self._just_happened, self._told_of_three = flash, told_of_three

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="glance"):
            yield Static(id="cycle")
            with Card(home.NEXT_MEETING, id="coming"):
                yield Static(id="next")
            with Card(home.TO_DO, id="to-do", active=True):
                yield Static()
            with Card(home.OPEN_COMMITMENTS, id="commitments"):
                yield Rows()
            yield Static(id="opener")

    def build_view(self) -> HomeView:
        return home.home_view(
            self.snapshot,
            parked=self._parked,
            unreadable=self._unreadable,
            flash=self._just_happened,
            told_of_three=self._told_of_three,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, HomeView)
        self.query_one("#next", Static).update(content(view.coming))
        self._fill("#cycle", content(view.cycle))
        self._fill("#opener", content(view.opener))
        self.query_one("#to-do").display = bool(view.to_do)
        self.query_one("#to-do > Static", Static).update(
            Content("\n").join(map(Content, view.to_do))
        )
        self.query_one("#commitments").display = bool(view.commitments)
        self.query_one(Rows).show(view.commitments)
        if view.flash is not None:
            self.flash(view.flash)
            self._just_happened = None

    def _fill(self, selector: str, words: Content) -> None:
        static = self.query_one(selector, Static)
        static.display = bool(words)
        static.update(words)

    @property
    def can_undo(self) -> bool | None:
        """Home shows nothing that was done: what is undone is undone where it is seen."""
        return None

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)
