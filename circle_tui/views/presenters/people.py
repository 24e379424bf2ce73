"""The members: who joins, leaves, is away, and where they sit."""

from circle_tui.core.ids import MemberId
from circle_tui.views import people
from circle_tui.views.action_table import Place
from circle_tui.views.people import PeopleView
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Ask, Intent, Local, View


class PeoplePresenter(CirclePresenter):
    """Everybody who belongs to the circle, or did, in seat order."""

    PLACE = Place.PEOPLE

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._forgetting = False
        self._chosen: MemberId | None = None

    def view(self) -> PeopleView:
        snapshot = self.read()
        self.cursor = min(self.cursor, len(snapshot.circle.members) - 1)
        self._chosen = snapshot.circle.members[self.cursor].id
        return people.people_view(
            snapshot, cursor=self.cursor, asking=self.asking, forgetting=self._forgetting
        )

    def rows(self, view: View) -> int:
        # While forgetting is explained there is no list.
        return 0 if self._forgetting else len(self.read().circle.members)

    def row_of_seat(self, seat: int) -> int | None:
        return None if self._forgetting else people.row_of_seat(self.read().state, seat)

    def changed(self) -> Intent | None:
        """The cursor stays with whoever it was on, also upon another seat."""
        self._forgetting = False
        ids = [member.id for member in self.read().circle.members]
        if self._chosen in ids:
            self.cursor = ids.index(self._chosen)
        return None

    def typed(self, does: Ask) -> Intent | None:
        if does.command is people.JOIN:
            self.cursor = len(self.read().circle.members) - 1
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CONFIRM:
                self._forgetting = True
            case Local.BACK | Local.UNDO if self._forgetting or self.asking:
                self._forgetting = False
                return Local.BACK if self.asking else None
            case _:
                return does
        return None
