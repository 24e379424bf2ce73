"""The open commitments of the group, and what was kept in this cycle."""

from circle_tui.views import open_commitments
from circle_tui.views.action_table import Place
from circle_tui.views.open_commitments import OpenCommitmentsView
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Ask, GoToCorrection, Intent, Local, Say, View


class OpenCommitmentsPresenter(CirclePresenter):
    """One of two lists, open and kept, and the history of the chosen one."""

    PLACE = Place.OPEN_COMMITMENTS

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._kept = False
        """Whether those are listed that were kept."""
        self.history = False
        """Whether the chosen one's history is read."""
        self.narrow = False
        """Whether there is little room for a row; the user interface says so."""
        self._before: OpenCommitmentsView | None = None

    def view(self) -> OpenCommitmentsView:
        self._before = open_commitments.open_commitments_view(
            self.read(),
            cursor=self.cursor,
            kept=self._kept,
            history=self.history,
            asking=self.asking,
            narrow=self.narrow,
        )
        self.cursor = self._before.cursor or 0
        return self._before

    def rows(self, view: View) -> int:
        assert isinstance(view, OpenCommitmentsView)
        return len(view.listed)

    def row_of_seat(self, seat: int) -> int | None:
        return open_commitments.cursor_of_seat(self.view(), self.read(), seat)

    def changed(self) -> Intent | None:
        """The cursor stays with its commitment; where that is gone, so is its history."""
        if self._before is None:
            return None
        cursor = open_commitments.cursor_after_change(
            self._before, self.read().state, kept=self._kept
        )
        if cursor is None:
            self.history = False
        else:
            self.cursor = cursor
        return None

    def typed(self, does: Ask) -> Intent | None:
        said = open_commitments.flash_after_typing(self.read(), does.command, does.args[0])
        return None if said is None else Say(said)

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.DETAILS:
                self.history = not self.history
            case Local.OTHER_LIST:
                self._kept, self.cursor = not self._kept, 0
            case Local.CORRECT:
                asked_at = self.view().asked_at
                return None if asked_at is None else GoToCorrection(*asked_at)
            case _:
                return does
        return None
