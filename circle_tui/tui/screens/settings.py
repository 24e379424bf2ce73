"""The settings of a circle, on one screen."""

from collections.abc import Iterator

from textual.widget import Widget

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import settings
from circle_tui.views.action_table import Place
from circle_tui.views.settings import SettingsView
from circle_tui.views.view import Execute, View


class SettingsScreen(CircleScreen):
    """A row for each setting of this circle's format."""

    CSS_PATH = "settings.tcss"
    PLACE = Place.SETTINGS

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._count = 1

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="settings"):
            yield Rows()
            yield Prompt()

    def build_view(self) -> SettingsView:
        return settings.settings_view(self.snapshot, cursor=self._cursor, asking=self.prompt_open)

    def update_view(self, view: View) -> None:
        assert isinstance(view, SettingsView)
        self._count = len(view.rows)
        self.query_one(Rows).show(view.rows, cursor=self._cursor)

    def move_cursor(self, by: int) -> None:
        self._cursor = (self._cursor + by) % self._count
        self.refresh_view()

    def execute(self, does: Execute) -> bool:
        done = super().execute(does)
        if done and settings.turns_bell_on(does, self.service.circle):
            self.app.bell()
        return done
