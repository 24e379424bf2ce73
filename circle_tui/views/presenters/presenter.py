"""The base of all presenters: the cursor, and what a user interface asks of a place.

Invariant: a method returns what is left to do as an intent, and None where nothing is.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable
from typing import Any, ClassVar

from circle_tui.views import every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.view import Action, Ask, Command, Execute, Intent, Local, Say, View


class Presenter(ABC):
    """One place while it's shown."""

    PLACE: ClassVar[Place]
    """Whose rows of the table of actions its keys are."""
    NUMBERS_ARE_SEATS: ClassVar[bool] = False
    """Whether a number means somebody's seat here, rather than the row of that number."""

    def __init__(self) -> None:
        self.cursor = 0
        self.asking = False
        """Whether words are being typed; the user interface says so."""
        self.shown: View | None = None
        """What the user interface shows, so that it needn't be made again for every key."""

    @abstractmethod
    def view(self) -> View:
        """What is shown and offered now."""

    def undo_offer(self, *, can_undo: bool, can_redo: bool) -> tuple[bool | None, bool]:
        """Whether undo and redo have something to do here; None for undo offers neither.

        `can_undo` and `can_redo` are whether they have in the circle and its meeting.
        """
        return None, False

    def other_places(self, *, meeting_open: bool) -> tuple[Action, ...]:
        """The places that have no key here, and are gone to by their name."""
        return ()

    def opened(self) -> Intent | None:
        """What the user interface has to do as the place is opened."""
        return None

    def asks(self) -> Ask | None:
        """What is asked at once, without a key."""
        return None

    def rows(self, view: View) -> int:
        """How many rows the cursor moves over."""
        return 0

    @property
    def row_count(self) -> int:
        """How many rows the cursor moves over in what is shown."""
        return self.rows(self.view() if self.shown is None else self.shown)

    def move(self, by: int) -> Intent | None:
        """Move the cursor by so many rows, around the ends."""
        rows = self.row_count
        return self.choose_row((self.cursor + by) % rows) if rows else None

    def choose_row(self, row: int) -> Intent | None:
        """Put the cursor on a row."""
        self.cursor = row
        return None

    def row_of_seat(self, seat: int) -> int | None:
        """The row of whoever has that seat, counted from 1.

        None where nobody is chosen by their seat, or nobody who has that one.
        """
        return None

    def choose_seat(self, seat: int) -> Intent | None:
        """Put the cursor on whoever has that seat, counted from 1."""
        row = self.row_of_seat(seat)
        return Say(every_screen.no_seat(seat)) if row is None else self.choose_row(row)

    def can_click_seat(self, seat: int) -> bool:
        """Whether a click on that seat of the ring chooses whoever has it."""
        return self.row_of_seat(seat) is not None

    def click_seat(self, seat: int) -> Intent | None:
        """Choose whoever has a seat of the ring that was clicked; else do and say nothing."""
        return self.choose_seat(seat) if self.can_click_seat(seat) else None

    def local(self, does: Local) -> Intent | None:
        """Do what concerns only the place; `does` itself comes back where it isn't the place's.

        So it does where a field for words is open that `does` is to close.
        """
        return does

    def answer(self, number: int) -> Intent | None:
        """Take an answer to a question of the place's own, counted from 1."""
        return None

    def mark(self, command: Command, *args: Any) -> Intent | None:
        """Do what is only marked so far and not saved, as a `DraftChange` says.

        A place that offers no `DraftChange` has nothing to mark.
        """
        return None

    def draft_key(self, does: Ask) -> Hashable:
        """What words are typed for: those that were left come back only with the same one."""
        return does.question, does.about or repr(does.args), does.value

    def executed(self, does: Execute) -> Intent | None:
        """A command was executed."""
        return None

    def typed(self, does: Ask) -> Intent | None:
        """What was typed for `does` was taken."""
        return None

    def changed(self) -> Intent | None:
        """The circle or its meeting has changed."""
        return None
