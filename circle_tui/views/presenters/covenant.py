"""The covenant: its clauses, its review date, its signatures."""

from circle_tui.views import covenant, every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.covenant import CLAUSES, CovenantView
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Intent, Local, Say, View


class CovenantPresenter(CirclePresenter):
    """What the circle agreed on, and who has signed it."""

    PLACE = Place.COVENANT

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._earlier: int | None = None
        """Which earlier version is looked at, by its place; None for the present one."""

    def view(self) -> CovenantView:
        view = covenant.covenant_view(
            self.read(), cursor=self.cursor, earlier=self._earlier, asking=self.asking
        )
        if view.cursor is not None:
            # Members may have gone.
            self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, CovenantView)
        return 0 if view.cursor is None else CLAUSES + len(view.signers)

    def row_of_seat(self, seat: int) -> int | None:
        view = self.view()
        return None if view.cursor is None else covenant.cursor_of_seat(view, seat)

    def choose_seat(self, seat: int) -> Intent | None:
        cursor = self.row_of_seat(seat)
        if cursor is not None:
            return self.choose_row(cursor)
        if self.cursor >= CLAUSES:
            # Whoever was chosen before must not sign in somebody else's place.
            self.choose_row(0)
        return Say(every_screen.no_seat(seat))

    def changed(self) -> Intent | None:
        self._earlier = None
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.EARLIER_VERSIONS:
                self._earlier = covenant.version_before(self.read().state, self._earlier)
            case Local.BACK if not self.asking:
                self._earlier = None
            case _:
                return does
        return None
