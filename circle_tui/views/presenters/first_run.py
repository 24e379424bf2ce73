"""Setting up a circle: its name, its members, its format."""

from circle_tui.views import first_run
from circle_tui.views.action_table import Place
from circle_tui.views.first_run import FORMAT_KEYS, FirstRunView, SetupField
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import View


class FirstRunPresenter(Presenter):
    """Setting up a circle, one field after the other."""

    PLACE = Place.FIRST_RUN

    def __init__(self, *, first: bool) -> None:
        """`first` is whether there is no circle yet, and so nothing to go back to."""
        super().__init__()
        self._first = first
        self.field: SetupField | None = SetupField.NAME
        self.name = self.members = ""

    @property
    def format_key(self) -> str:
        """The format that is chosen."""
        return FORMAT_KEYS[self.cursor]

    def view(self) -> FirstRunView:
        return first_run.first_run_view(
            first=self._first,
            field=self.field,
            name=self.name,
            members=self.members,
            cursor=self.cursor,
        )

    def rows(self, view: View) -> int:
        return len(FORMAT_KEYS) if self.field is SetupField.FORMAT else 0
