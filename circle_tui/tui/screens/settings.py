"""The settings of a circle, and how it looks to you, on one screen."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import settings
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.settings import SettingsPresenter
from circle_tui.views.settings import SettingsView
from circle_tui.views.view import Execute, Local, View


class SettingsScreen(CircleScreen):
    """A card for each kind of setting, a row for each setting of this circle's format."""

    CSS_PATH = "settings.tcss"
    PLACE = Place.SETTINGS
    PRESENTER = SettingsPresenter

    ROW_ACTION = "change"
    ASKS_BELOW = "Card.-active"
    presenter: SettingsPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="settings"):
            for title in settings.CARDS:
                with Card(title):
                    yield Rows()
                    yield Static(classes="explained")
            yield Prompt()

    def on_mount(self) -> None:
        super().on_mount()
        # The palette can change the look as well.
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.refresh_view())

    def build_view(self) -> View:
        self.presenter.dark = self.app.current_theme.dark
        return super().build_view()

    def update_view(self, view: View) -> None:
        assert isinstance(view, SettingsView)
        first, cursor = 0, self.presenter.cursor
        for card, rows in zip(self.query(Card), view.cards, strict=True):
            current = first <= cursor < first + len(rows)
            card.display = bool(rows)
            card.set_class(current and not self.prompt_open, "-active")
            card.query_one(Rows).show(rows, cursor=cursor, first=first)
            explained = card.query_one(Static)
            explained.display = current
            explained.update(view.explained)
            if current:
                self.call_after_refresh(card.scroll_visible, animate=False)
            first += len(rows)

    def perform_local(self, does: Local) -> None:
        if does is Local.THEME:
            self.base_app.choose_theme(dark=not self.app.current_theme.dark)
        else:
            super().perform_local(does)

    def execute(self, does: Execute) -> bool:
        done = super().execute(does)
        if done and settings.turns_bell_on(does, self.service.circle):
            self.app.bell()
        return done
