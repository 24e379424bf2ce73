"""The circle at a glance, between two meetings."""

from circle_tui.views.action_table import Place
from circle_tui.views.home import HomeView, home_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Action, Execute, Intent, Local, View


class HomePresenter(CirclePresenter):
    """When, who opens and why, and what is open."""

    PLACE = Place.HOME

    def __init__(
        self,
        read: ReadCircle,
        *,
        parked: str | None = None,
        unreadable: str | None = None,
        flash: str | None = None,
        told_of_three: bool = False,
        dropped: bool = False,
    ) -> None:
        """The arguments are those of `home_view`."""
        super().__init__(read)
        self._parked, self._unreadable = parked, unreadable
        self._told_of_three, self._dropped = told_of_three, dropped
        self._setting_aside = False
        self.flash = flash
        """What is to be said above the keys, once."""

    def view(self) -> HomeView:
        view = home_view(
            self.read(),
            parked=self._parked,
            unreadable=self._unreadable,
            setting_aside=self._setting_aside,
            flash=self.flash,
            told_of_three=self._told_of_three,
            dropped=self._dropped,
            cursor=self.cursor,
        )
        self.cursor = view.cursor or 0
        return view

    def move(self, by: int) -> Intent | None:
        self.cursor += by
        return None

    def rows(self, view: View) -> int:
        assert isinstance(view, HomeView)
        return len(view.to_do)

    def choose_row(self, row: int) -> Intent | None:
        """What is to do: the cursor where there are several to reach, else what it's about."""
        view = self.view()
        does = view.to_do[row].does
        if isinstance(does, Execute):
            self.cursor = row
            return None
        return does

    def undo_offer(self, *, can_undo: bool, can_redo: bool) -> tuple[bool | None, bool]:
        """No key for it where there is nothing to undo or redo: home has keys enough."""
        return can_undo or (False if can_redo else None), can_redo

    def other_places(self, *, meeting_open: bool) -> tuple[Action, ...]:
        """None: home has a key for each."""
        return ()

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CONFIRM | Local.BACK:
                self._setting_aside = does is Local.CONFIRM
                return None
        return does
