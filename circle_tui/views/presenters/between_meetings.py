"""The places between two meetings, but for contracts."""

from collections.abc import Callable

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views import covenant, every_screen, open_commitments, people, settings
from circle_tui.views.action_table import Place
from circle_tui.views.checkins import CheckInsView, checkins_view
from circle_tui.views.correction import CorrectionView, correction_view
from circle_tui.views.covenant import CLAUSES, CovenantView
from circle_tui.views.home import HomeView, home_view
from circle_tui.views.open_commitments import OpenCommitmentsView
from circle_tui.views.people import PeopleView
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.rebooking import RebookingView, rebooking_view
from circle_tui.views.settings import SettingsView
from circle_tui.views.trades import TradesView, trades_view
from circle_tui.views.view import Ask, Execute, GoToCorrection, Intent, Local, Say, View

ReadCircle = Callable[[], CircleSnapshot]


class CirclePresenter(Presenter):
    """A place of one circle, between its meetings."""

    def __init__(self, read: ReadCircle) -> None:
        super().__init__()
        self.read = read


class HomePresenter(CirclePresenter):
    """When, who opens and why, and what is open."""

    PLACE = Place.HOME

    def __init__(
        self,
        read: ReadCircle,
        *,
        parked: str | None = None,
        unreadable: str | None = None,
        told_of_three: bool = False,
    ) -> None:
        """The arguments are those of `home_view`."""
        super().__init__(read)
        self._parked, self._unreadable = parked, unreadable
        self._told_of_three = told_of_three
        self._setting_aside = False

    def view(self) -> HomeView:
        view = home_view(
            self.read(),
            parked=self._parked,
            unreadable=self._unreadable,
            setting_aside=self._setting_aside,
            told_of_three=self._told_of_three,
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

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CONFIRM | Local.BACK:
                self._setting_aside = does is Local.CONFIRM
                return None
        return does


class PeoplePresenter(CirclePresenter):
    """Everybody who belongs to the circle, or did, in seat order."""

    PLACE = Place.PEOPLE

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._forgetting = False
        self._chosen = ""

    def view(self) -> PeopleView:
        snapshot = self.read()
        self.cursor = min(self.cursor, len(snapshot.circle.members) - 1)
        self._chosen = snapshot.circle.members[self.cursor].id
        return people.people_view(
            snapshot, cursor=self.cursor, asking=self.asking, forgetting=self._forgetting
        )

    def rows(self, view: View) -> int:
        return len(self.read().circle.members)

    def choose_seat(self, seat: int) -> Intent | None:
        row = people.row_of_seat(self.read().state, seat)
        return Say(every_screen.no_seat(seat)) if row is None else self.choose_row(row)

    def executed(self, does: Execute) -> Intent | None:
        """The cursor stays with whoever it was on, also upon another seat."""
        ids = [member.id for member in self.read().circle.members]
        if self._chosen in ids:
            self.cursor = ids.index(self._chosen)
        return None

    def typed(self, does: Ask) -> Intent | None:
        if does.command is people.JOIN:
            self.cursor = len(self.read().circle.members) - 1
        return None

    def changed(self) -> Intent | None:
        self._forgetting = False
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CONFIRM:
                self._forgetting = True
            case Local.BACK | Local.UNDO if self._forgetting or self.asking:
                self._forgetting = False
            case _:
                return does
        return None


class SettingsPresenter(CirclePresenter):
    """A row for each setting of this circle's format."""

    PLACE = Place.SETTINGS

    def view(self) -> SettingsView:
        return settings.settings_view(self.read(), cursor=self.cursor, asking=self.asking)

    def rows(self, view: View) -> int:
        assert isinstance(view, SettingsView)
        return len(view.rows)


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

    def choose_seat(self, seat: int) -> Intent | None:
        cursor = covenant.cursor_of_seat(self.view(), seat)
        return Say(every_screen.no_seat(seat)) if cursor is None else self.choose_row(cursor)

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


class RebookingPresenter(CirclePresenter):
    """The coming meeting, and what was cancelled in this cycle."""

    PLACE = Place.REBOOKING

    def view(self) -> RebookingView:
        return rebooking_view(self.read(), asking=self.asking)


class CheckInsPresenter(CirclePresenter):
    """What members have written since the last meeting."""

    PLACE = Place.CHECKINS

    def view(self) -> CheckInsView:
        view = checkins_view(self.read(), cursor=self.cursor, asking=self.asking)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, CheckInsView)
        return len(view.rows)


class TradesPresenter(CirclePresenter):
    """This week, and the weeks before."""

    PLACE = Place.TRADES

    def view(self) -> TradesView:
        view = trades_view(self.read(), cursor=self.cursor)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, TradesView)
        return len(view.partners)


class OpenCommitmentsPresenter(CirclePresenter):
    """One of two lists, open and kept, and the history of the chosen one."""

    PLACE = Place.OPEN_COMMITMENTS

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._kept = self._history = False
        self._before: OpenCommitmentsView | None = None

    def view(self) -> OpenCommitmentsView:
        self._before = open_commitments.open_commitments_view(
            self.read(),
            cursor=self.cursor,
            kept=self._kept,
            history=self._history,
            asking=self.asking,
        )
        return self._before

    def rows(self, view: View) -> int:
        assert isinstance(view, OpenCommitmentsView)
        return len(view.listed)

    def changed(self) -> Intent | None:
        """The cursor stays with its commitment; where that is gone, so is its history."""
        if self._before is None:
            return None
        cursor = open_commitments.cursor_after_change(
            self._before, self.read().state, kept=self._kept
        )
        if cursor is None:
            self._history = False
        else:
            self.cursor = cursor
        return None

    def typed(self, does: Ask) -> Intent | None:
        said = open_commitments.flash_after_typing(self.read(), does.command, does.args[0])
        return None if said is None else Say(said)

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.DETAILS:
                self._history = not self._history
            case Local.OTHER_LIST:
                self._kept, self.cursor = not self._kept, 0
            case Local.CORRECT:
                asked_at = self.view().asked_at
                return None if asked_at is None else GoToCorrection(*asked_at)
            case _:
                return does
        return None


class CorrectionPresenter(CirclePresenter):
    """The record of a finished meeting, to set right."""

    PLACE = Place.CORRECTION

    def __init__(self, read: ReadCircle, meeting: str, commitment: str | None = None) -> None:
        """`meeting` is the meeting's id; the cursor begins on `commitment` where it is given."""
        super().__init__(read)
        self._meeting = meeting
        ids = self.view().ids
        if commitment in ids:
            self.cursor = ids.index(commitment)

    def view(self) -> CorrectionView:
        view = correction_view(self.read(), self._meeting, cursor=self.cursor)
        self.cursor = min(self.cursor, max(len(view.rows) - 1, 0))
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, CorrectionView)
        return len(view.rows)
