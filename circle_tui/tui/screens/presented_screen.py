"""What the screens of all places share: a presenter keeps the place's cursor, and what is open.

Invariant: what another user interface would have to remember as well is the presenter's; a screen
keeps only what a terminal alone has, such as what is scrolled to.
"""

from typing import ClassVar

from textual import on

from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.widgets.clickable_seats import ClickableSeats
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views import every_screen
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import Action, Answer, Intent, Local, Request, View


class PresentedScreen(BaseScreen):
    """A screen that draws what its presenter shows, and performs what remains to be done."""

    ROW_ACTION: ClassVar[str] = ""
    """What a click on the row does that the cursor is on already: the id of an action."""

    TYPED_IS_SAVED: ClassVar[bool] = True
    """Whether words that are typed are saved, rather than an answer that leads on."""

    def __init__(self, presenter: Presenter) -> None:
        super().__init__()
        self.presenter = presenter

    @property
    def current_presenter(self) -> Presenter:
        """The presenter, once it knows what is shown and whether words are being typed."""
        self.presenter.asking, self.presenter.shown = self.prompt_open, self._view
        return self.presenter

    def build_view(self) -> View:
        return self.current_presenter.view()

    def offered_with(self, view: View) -> tuple[Action, ...]:
        actions = super().offered_with(view)
        if not self.prompt_open:
            return actions
        return every_screen.while_typing(actions, saves=self.TYPED_IS_SAVED)

    def perform_rest(self, rest: Intent | None) -> None:
        """Draw what the presenter has changed, and perform what remains to be done, if anything."""
        self.status.clear()
        if not isinstance(rest, Request):
            # Otherwise what the place is about may be gone.
            self.refresh_view()
        if rest is not None:
            self.perform(rest)

    def perform(self, does: Intent) -> None:
        match does:
            case Answer(number=number):
                self.perform_rest(self.current_presenter.answer(number))
            case Local.HAND_OVER_WORDS:
                self.query_one(Prompt).hand_over()
            case Local():
                rest = self.current_presenter.local(does)
                if rest is does:
                    super().perform(does)
                else:
                    self.perform_rest(rest)
            case _:
                super().perform(does)

    def move_cursor(self, by: int) -> None:
        self.perform_rest(self.current_presenter.move(by))

    def choose_seat(self, seat: int) -> None:
        if not self.prompt_open:
            self.perform_rest(self.current_presenter.choose_seat(seat))

    def can_click_seat(self, seat: int) -> bool:
        presenter = self.current_presenter
        return not presenter.asking and presenter.can_click_seat(seat)

    @on(ClickableSeats.SeatClicked)
    def _click_seat(self, clicked: ClickableSeats.SeatClicked) -> None:
        clicked.stop()
        self.perform_rest(self.current_presenter.click_seat(clicked.seat))

    @property
    def row_action(self) -> str:
        """What a click on the cursor's row does. Subclasses may say that it depends on the row."""
        return self.ROW_ACTION

    def choose_row(self, row: int) -> None:
        """A click puts the cursor on a row; a second one does what the row's first key does."""
        presenter = self.current_presenter
        if presenter.asking or not presenter.row_count:
            return
        if row == presenter.cursor and self.row_action:
            self.action_run(self.row_action)
        else:
            self.perform_rest(presenter.choose_row(row))
