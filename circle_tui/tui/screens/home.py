"""The circle at a glance, between two meetings."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import home
from circle_tui.views.action_table import Place
from circle_tui.views.home import HomeView
from circle_tui.views.view import Local, View


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
        self._setting_aside = False
        self._just_happened, self._told_of_three = flash, told_of_three

    def compose_body(self) -> Iterator[Widget]:
        with Card(id="glance"):
            yield Static(id="next")
            yield Static(id="opener")
            yield Static(id="between")
            yield Static(Content(home.OPEN_COMMITMENTS), classes="label")
            yield Rows(id="open")

    def build_view(self) -> HomeView:
        return home.home_view(
            self.snapshot,
            parked=self._parked,
            unreadable=self._unreadable,
            setting_aside=self._setting_aside,
            flash=self._just_happened,
            told_of_three=self._told_of_three,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, HomeView)
        self.query_one("#next", Static).update(content(view.coming))
        self._fill("#opener", content(view.opener))
        self._fill("#between", Content("\n").join(map(Content, view.between)))
        self.query_one(".label").display = bool(view.commitments)
        rows = self.query_one(Rows)
        rows.display = bool(view.commitments)
        rows.show(view.commitments)
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

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.CONFIRM | Local.BACK:
                self._setting_aside = does is Local.CONFIRM
                self.refresh_view()
            case _:
                super().perform_local(does)

    def scroll_body(self, by: int) -> None:
        self.query_one(Card).scroll_relative(y=by, animate=False)
