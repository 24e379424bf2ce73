"""Many circles as their leads see them, a row each.

Invariant: it's made of facts about attendance alone. The cursor stays on its circle, whatever is
read meanwhile and in whatever order.
"""

from collections.abc import Sequence

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.views import review_of_many, review_rows
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.review_of_many import ReviewOfManyView
from circle_tui.views.review_rows import (
    CircleRow,
    FilePath,
    ReviewRow,
    RowFilter,
    RowOrder,
    UnreadableRow,
)
from circle_tui.views.view import Intent, Local, View


class ReviewOfManyPresenter(Presenter):
    """The circles that were read so far, in an order, and perhaps only some of them."""

    PLACE = Place.REVIEW_OF_MANY

    def __init__(self, within: DateRange = ALL_DATES, *, as_members: bool = False) -> None:
        super().__init__()
        self.within, self._as_members = within, as_members
        self.hidden_columns: tuple[str, ...] = ()
        """The columns that have no room; the user interface says so."""
        self.room = 0
        """The lines for the list and the card about the chosen row; the user interface says so."""
        self.circles: list[CircleRow] = []
        """What was read so far, in the order in which it was."""
        self._unread: list[UnreadableRow] = []
        self._endings: dict[FilePath, str] = {}
        self._order, self._name_filter, self._only = RowOrder.NAME, "", RowFilter.ALL
        self._listed: tuple[ReviewRow, ...] = ()
        self._reading = True
        self._stays_on: FilePath | None = None

    def view(self) -> ReviewOfManyView:
        return review_of_many.review_of_many_view(
            self._listed,
            cursor=self.cursor,
            order=self._order,
            within=self.within,
            name_filter=self._name_filter,
            only=self._only,
            endings=self._endings,
            hidden_columns=self.hidden_columns,
            room=self.room,
            as_members=self._as_members,
            reading=self._reading,
            asking=self.asking,
        )

    # Reading

    def begin_anew(self, within: DateRange) -> None:
        """Forget what was read: it is read again, for other days."""
        self._stay()
        self.within = within
        self.circles, self._unread, self._reading = [], [], True
        self._list()

    def add(self, found: Sequence[ReviewRow]) -> None:
        """Take what was read meanwhile."""
        for each in found:
            if isinstance(each, UnreadableRow):
                self._unread.append(each)
            else:
                self.circles.append(each)
        self._endings = review_rows.path_endings(self.circles)
        self._list()

    def end_reading(self) -> None:
        """Everything is read."""
        self._reading = False
        self._list()

    # Rows and cursor

    @property
    def chosen(self) -> FilePath:
        """The file of the row that the cursor is on."""
        return self._listed[self.cursor].path

    def rows(self, view: View) -> int:
        return len(self._listed)

    def move(self, by: int) -> Intent | None:
        return self.choose_row(max(0, min(self.cursor + by, len(self._listed) - 1)))

    def choose_row(self, row: int) -> Intent | None:
        self.cursor = row
        self._stay()
        return None

    def local(self, does: Local) -> Intent | None:
        order, only, letters = self._order, self._only, self._name_filter
        match does:
            case Local.REORDER:
                order = order.next
            case Local.SHOW_ONLY:
                only = only.next
            case Local.SHOW_ALL:
                only, letters = RowFilter.ALL, ""
            case _:
                return does
        self._stay()
        self._order, self._only, self._name_filter = order, only, letters
        self._list()
        return None

    def filter(self, letters: str) -> None:
        """Show only circles whose name has these letters."""
        self._name_filter = letters
        self._list()

    def _stay(self) -> None:
        """Stay on the chosen row, wherever it comes to stand."""
        if self._listed:
            self._stays_on = self.chosen

    def _list(self) -> None:
        """List the rows anew, with the cursor on the one it stays on."""
        self._listed = review_rows.filter_rows(
            self.circles,
            self._unread,
            order=self._order,
            name_filter=self._name_filter,
            only=self._only,
        )
        if self._stays_on is not None:
            paths = [each.path for each in self._listed]
            self.cursor = paths.index(self._stays_on) if self._stays_on in paths else 0
        self.cursor = max(0, min(self.cursor, len(self._listed) - 1))
