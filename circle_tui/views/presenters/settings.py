"""The settings of a circle."""

from circle_tui.views import settings
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.settings import SettingsView
from circle_tui.views.view import View


class SettingsPresenter(CirclePresenter):
    """A row for each setting of this circle's format."""

    PLACE = Place.SETTINGS

    dark = True
    """Whether the screen has its dark look."""

    def view(self) -> SettingsView:
        view = settings.settings_view(
            self.read(), cursor=self.cursor, asking=self.asking, dark=self.dark
        )
        self.cursor = min(self.cursor, len(view.rows) - 1)
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, SettingsView)
        return len(view.rows)
