"""What all screens share: they draw a view, and do what its actions say.

Invariant: all that can be read on a screen is its view's; a screen draws it and decides nothing.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult

from circle_tui.core.errors import AmbiguousError
from circle_tui.tui import messages
from circle_tui.tui.screens.action_screen import ActionScreen
from circle_tui.tui.widgets.action_text import ActionText
from circle_tui.tui.widgets.bare_background import BareBackground
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.footer import Footer
from circle_tui.tui.widgets.lines import Headline, StatusLine
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.ring import Ring
from circle_tui.tui.widgets.stage import SeatsLine, Stage
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    ChooseSeat,
    GoToContract,
    GoToCorrection,
    Intent,
    Local,
    Move,
    Request,
    Say,
    Scroll,
    View,
)

if TYPE_CHECKING:
    from circle_tui.views.question import Question


class BaseScreen(ActionScreen, BareBackground):
    """A screen with its headline, its body, its status line and its keys."""

    CSS_PATH = "base.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (60, "-wide"), (100, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    SHOWS_CIRCLE: ClassVar[bool] = False
    """Whether the ring is on the screen."""
    RING_ALONE: ClassVar[bool] = False
    """Whether the screen is about the ring, which has no page beside it then."""

    def __init__(self) -> None:
        super().__init__()
        self.set_class(self.RING_ALONE, "-ring-alone")
        # Looked for at every key.
        self.headline = Headline()
        self.seats_line = SeatsLine(self.can_click_seat)
        self.ring = Ring(self.can_click_seat)
        self.status = StatusLine(self.with_clickable_keys)
        self.footer = Footer(self.keys_in_footer)
        self._view: View | None = None
        self._prompt: Prompt | None = None

    def compose(self) -> ComposeResult:
        yield self.headline
        if self.SHOWS_CIRCLE:
            yield self.seats_line
        with Stage():
            if self.SHOWS_CIRCLE:
                yield self.ring
            for widget in self.compose_body():
                if isinstance(widget, Prompt):
                    self._prompt = widget
                yield widget
        yield self.status
        yield self.footer

    def compose_body(self) -> Iterator:  # type: ignore[type-arg]
        """The widgets beside the ring."""
        yield from ()

    # The view

    # Textual has a metaclass of its own, so that it is mypy that keeps to this.
    @abstractmethod
    def build_view(self) -> View:
        """The view as it is now. Subclasses say which."""

    def build_face(self) -> RingFace:
        """What the ring shows now. Screens that show the circle say what."""
        return RingFace()

    def show_face(self, face: RingFace) -> None:
        """Show the ring so, and the seats above the page."""
        self.ring.show(face)
        self.seats_line.show(face.seats)

    def update_view(self, view: View) -> None:
        """Draw the body. Subclasses say how."""

    @property
    def view(self) -> View:
        """What is shown and offered now."""
        if self._view is None:
            self._view = self.build_view()
        return self._view

    def refresh_view(self) -> None:
        """Draw the view anew, and the keys that work with it."""
        if self not in self.app.screen_stack:
            # It was left meanwhile, and its widgets are gone.
            return
        self._view = self.build_view()
        self.headline.show(self._view.headline)
        if self.SHOWS_CIRCLE:
            self.show_face(self.build_face())
        self.update_view(self._view)
        self.refresh_status()
        self.footer.look()

    def refresh_status(self) -> None:
        """Show what stands above the keys while nothing else is said."""
        self.status.set_default(self.view.status)

    def flash(self, sentence: str) -> None:
        """Say one sentence above the keys, for a while."""
        self.status.flash(sentence)

    @property
    def in_meeting(self) -> bool:
        """Whether the screen is one of a live meeting."""
        return False

    # Mouse

    @on(RowClicked)
    def _click_row(self, clicked: RowClicked) -> None:
        clicked.stop()
        self.choose_row(clicked.row)

    @on(Card.CardClicked)
    def _click_card(self, clicked: Card.CardClicked) -> None:
        clicked.stop()
        if not self.prompt_open:
            self.action_run(clicked.action_id)

    @on(ActionText.ActionClicked)
    def _click_action(self, clicked: ActionText.ActionClicked) -> None:
        clicked.stop()
        action = self.action_of(clicked.action_id)
        if action is not None:
            self.perform_action(action)

    def choose_row(self, row: int) -> None:
        """Put the cursor on a row that was clicked. Subclasses with a list say how."""

    def can_click_seat(self, seat: int) -> bool:
        """Whether a click on a seat chooses whoever has it. Subclasses say where."""
        return False

    # Questions

    def ask_which(
        self,
        asked: AmbiguousError,
        take: Callable[[str], object],
        which: "Question | None" = None,
    ) -> None:
        """Ask which reading of what was typed is meant, and take that one.

        `which` is the question, if it is to say more than the readings.
        """

        from circle_tui.views import question

        def answered(number: int | None) -> None:
            if number is not None:
                take(asked.readings[number - 1])

        self.base_app.ask_question(which or question.which_reading(asked), answered)

    # What actions do

    def perform(self, does: Intent) -> None:
        """Do what an action says. Screens whose actions execute or ask say how they do that."""
        match does:
            case Request() | GoToContract() | GoToCorrection():
                self.post_message(messages.Requested(does, self))
            case Move(by=by):
                self.move_cursor(by)
            case ChooseSeat(seat=seat):
                self.choose_seat(seat)
            case Scroll(by=by):
                self.scroll_body(by)
            case Say(sentence=sentence):
                self.flash(sentence)
            case Local.HELP:
                self.base_app.action_help()
            case Local.QUIT:
                self.base_app.leave()
            case Local.PALETTE:
                self.base_app.action_command_palette()
            case Local.SUSPEND:
                self.app.action_suspend_process()
            case Local():
                self.perform_local(does)

    def move_cursor(self, by: int) -> None:
        """Move the cursor by so many rows. Subclasses with a cursor say how."""

    def choose_seat(self, seat: int) -> None:
        """Put the cursor on a seat. Subclasses with seats say how."""

    def scroll_body(self, by: int) -> None:
        """Move through what has no room. Subclasses say how."""

    def perform_local(self, does: Local) -> None:
        """Do what concerns only this screen. Subclasses say how."""

    @property
    def prompt_open(self) -> bool:
        """Whether words are being asked for."""
        return self._prompt is not None and self._prompt.open
