"""Help while it's shown: what is searched for, and the line that is chosen.

Invariant: nothing is chosen before somebody moves or types.
"""

from circle_tui.views.action_table import Place
from circle_tui.views.help import HelpView, help_view
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import AvailableKey, Intent, Local, View


class HelpPresenter(Presenter):
    """One cursor over all sections, and the words that lines are searched for."""

    PLACE = Place.HELP

    def __init__(
        self,
        keys: tuple[AvailableKey, ...],
        signs: tuple[tuple[str, str], ...],
        titles: tuple[str, ...],
    ) -> None:
        """`keys` and `signs` are those of the screen below, `titles` those of the guide's pages."""
        super().__init__()
        self._keys, self._signs, self._titles = keys, signs, titles
        self._search = ""
        self.line: int | None = None
        """The line that is chosen, counted over all sections; None for none yet."""

    def view(self) -> HelpView:
        return help_view(
            self._keys, self._signs, self._titles, cursor=self.line, search=self._search
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, HelpView)
        return sum(len(section.lines) for section in view.sections)

    def move(self, by: int) -> Intent | None:
        if self.line is None:
            # The first key chooses the first line.
            self._choose(by if by > 1 else 0 if by > 0 else None)
        else:
            at = self.line + by
            self._choose(None if at < 0 and by == -1 else at)
        return None

    def choose_row(self, row: int) -> Intent | None:
        self._choose(row)
        return None

    def _choose(self, line: int | None) -> None:
        last = self.row_count - 1
        self.line = None if line is None or last < 0 else max(0, min(line, last))

    def type(self, words: str) -> None:
        """Search for these words too."""
        self._find(f"{self._search}{words}")

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.ERASE:
                self._find(self._search[:-1])
            case Local.SHOW_ALL:
                self._find("")
            case _:
                return does
        return None

    def _find(self, search: str) -> None:
        """List what has these words, and choose the first of it."""
        self._search, self.line = search, 0 if search else None
        if not self.view().found:
            self.line = None
