"""Setting up a circle: its name, its members, its format."""

from circle_tui.views import first_run
from circle_tui.views.action_table import Place
from circle_tui.views.first_run import FORMAT_KEYS, FirstRunView, SetupField
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import Intent, Request, Say, View


class FirstRunPresenter(Presenter):
    """Setting up a circle, one field after the other."""

    PLACE = Place.FIRST_RUN

    def __init__(self, *, first: bool) -> None:
        """`first` is whether there is no circle yet, and so nothing to go back to."""
        super().__init__()
        self._first = first
        self.field: SetupField | None = SetupField.NAME
        self.name = self.members = ""
        self._draft_to_lose = ("", "")
        """What was typed when it was said that leaving would lose it."""

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

    def leaving(self, does: Intent) -> Intent:
        """What is done: `does`, or at first the sentence that it would lose what is typed."""
        draft = self.name, self.members
        loses = does is Request.DEMO or does is Request.CHOOSE_CIRCLE
        if loses and any(draft) and draft != self._draft_to_lose:
            self._draft_to_lose = draft
            return Say(first_run.LOSES_DRAFT)
        return does

    def rows(self, view: View) -> int:
        return len(FORMAT_KEYS) if self.field is SetupField.FORMAT else 0
