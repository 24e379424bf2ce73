"""What all screens share: they draw a view, and do what its actions say.

Invariant: a key does what the view's action says, or says why not; no screen decides that itself.
"""

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.keys import key_to_character

from circle_tui.core.errors import AmbiguousError
from circle_tui.tui import messages
from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.footer import Footer
from circle_tui.tui.widgets.lines import Headline, StatusLine
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.ring import Ring
from circle_tui.tui.widgets.stage import SeatsLine, Stage
from circle_tui.views import every_screen, keyboard
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    Action,
    AvailableKey,
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
    from circle_tui.tui.base_app import BaseApp
    from circle_tui.views.question import Question


def bindings_of(place: Place, *, everywhere: bool = True) -> list[BindingType]:
    """Textual's bindings for a place in the table of actions, and for what works everywhere.

    Above another screen, with `everywhere` false, the place's own keys are all there are.
    """
    specs = TABLE[place] + (TABLE[Place.EVERYWHERE] if everywhere else ())
    return [
        Binding(
            ",".join(spec.keys),
            f"run('{spec.id}')",
            spec.label,
            show=spec.in_footer,
            key_display=spec.key_label or None,
        )
        for spec in specs
    ]


class BaseScreen(DeferredPaintScreen[None]):
    """A screen with its headline, its body, its status line and its keys."""

    CSS_PATH = "base.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (60, "-wide"), (100, "-roomy")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    PLACE: ClassVar[Place]
    """Which rows of the table of actions its keys are."""
    SHOWS_CIRCLE: ClassVar[bool] = False
    """Whether the ring is on the screen."""
    RING_ALONE: ClassVar[bool] = False
    """Whether the screen is about the ring, which has no page beside it then."""

    def __init_subclass__(cls, **kwargs: bool) -> None:
        # Before Textual merges the bindings of a class with those of its bases.
        if "PLACE" in cls.__dict__:
            cls.BINDINGS = bindings_of(cls.PLACE)
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self.set_class(self.RING_ALONE, "-ring-alone")
        self.status = StatusLine()
        self._view: View | None = None
        self._actions: tuple[View, Hashable, tuple[Action, ...]] | None = None
        """The actions as worked out last, after the view and whatever else they follow from."""

    def compose(self) -> ComposeResult:
        yield Headline()
        if self.SHOWS_CIRCLE and not self.RING_ALONE:
            yield SeatsLine()
        with Stage():
            if self.SHOWS_CIRCLE:
                yield Ring()
            yield from self.compose_body()
        yield self.status
        yield Footer(self.keys_in_footer)

    def compose_body(self) -> Iterator:  # type: ignore[type-arg]
        """The widgets beside the ring."""
        yield from ()

    @property
    def base_app(self) -> "BaseApp":
        """The app, as this program has it."""
        return cast("BaseApp", self.app)

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
        self.query_one(Ring).show(face)
        for line in self.query(SeatsLine):
            line.show(face.seats)

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
        self.query_one(Headline).show(self._view.headline)
        if self.SHOWS_CIRCLE:
            self.show_face(self.build_face())
        self.update_view(self._view)
        self.refresh_status()
        self.refresh_bindings()

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

    # Keys

    @property
    def undo_offer(self) -> tuple[bool | None, bool]:
        """Whether there is something to undo and to redo; None for undo where there never is."""
        return None, False

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done now, or says why not: the view's own actions, then the common ones."""
        view, undo_offer, beside = self.view, self.undo_offer, self.meeting_open
        # Each binding asks for them, and so do the footer and an unbound key.
        known = self._actions
        if known is None or known[0] is not view or known[1] != (undo_offer, beside):
            known = view, (undo_offer, beside), self.offered_with(view)
            self._actions = known
        return known[2]

    def offered_with(self, view: View) -> tuple[Action, ...]:
        """The actions of the screen while it shows `view`."""
        can_undo, can_redo = self.undo_offer
        return (*view.actions, *every_screen.actions(can_undo=can_undo, can_redo=can_redo))

    @property
    def meeting_open(self) -> bool:
        """Whether a meeting of the circle is under way, on this screen or beside it."""
        return False

    def action_of(self, action_id: str) -> Action | None:
        """The action of that id; None if it is not offered now."""
        return next((each for each in self.actions if each.spec.id == action_id), None)

    def keys_now(self) -> Iterator[AvailableKey]:
        """The keys of all actions but those that type a letter where the focus is."""
        focused = self.focused
        taken: set[str] = set()
        for action in self.actions:
            for key in action.spec.keys:
                if key in taken:
                    continue
                if focused is None or not focused.check_consume_key(key, key_to_character(key)):
                    taken.add(key)
                    label = action.spec.key_label if key == action.spec.keys[0] else ""
                    yield AvailableKey(key, label or self.base_app.name_of_key(key), action)

    def keys_in_footer(self) -> Iterator[AvailableKey]:
        """The keys for the footer: all of them, or the one that the view wants alone there."""
        only = self.view.only_action
        return (key for key in self.keys_now() if not only or key.action.spec.id == only)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what the view does not offer, and disable what it says why not of."""
        if action != "run":
            return True
        offered = self.action_of(str(parameters[0]))
        if offered is None:
            return False
        return None if offered.disabled_reason is not None else True

    def action_run(self, action_id: str) -> None:
        """Do what the view's action says."""
        action = self.action_of(action_id)
        if action is not None:
            self.perform(action.does)

    def perform_action(self, action: Action) -> None:
        """Do what an action says that was offered in another way than by its key.

        Since then it may have been done, or the screen been left: it does what it does now.
        """
        if self not in self.app.screen_stack:
            return
        now = self.action_of(action.spec.id)
        if now is not None and now.disabled_reason is not None:
            self.flash(now.disabled_reason)
        elif now is not None:
            self.perform(now.does)

    @property
    def signs(self) -> tuple[tuple[str, str], ...]:
        """The glyphs on the screen, and what each means."""
        return self.view.signs

    def on_unbound_key(self, key: events.Key) -> None:
        """Do what the key may have been meant as, or say why it does nothing."""
        for action in self.actions:
            if key.key in action.spec.keys and action.disabled_reason is not None:
                self.flash(every_screen.disabled(action.disabled_reason, key.character))
                return
        if not (key.is_printable and key.character) or self._is_bound(key.key):
            return
        for reading in keyboard.other_readings(key.character):
            meant = self._action_by_character(reading)
            if meant is not None:
                if meant.disabled_reason is None:
                    self.perform(meant.does)
                else:
                    self.flash(meant.disabled_reason)
                return
        self.flash(every_screen.unbound(key.character))

    def _is_bound(self, key: str) -> bool:
        # The view is asked first, because Textual asks it again for every binding there is.
        return (
            any(key in action.spec.keys for action in self.view.actions)
            or key in self.active_bindings
        )

    def _action_by_character(self, character: str) -> Action | None:
        """The first action that a character is the key of."""
        for action in self.actions:
            if any(key_to_character(key) == character for key in action.spec.keys):
                return action
        return None

    # Mouse

    @on(RowClicked)
    def _click_row(self, clicked: RowClicked) -> None:
        clicked.stop()
        self.choose_row(clicked.row)

    @on(Ring.SeatClicked)
    def _click_seat(self, clicked: Ring.SeatClicked) -> None:
        clicked.stop()
        self.choose_seat(clicked.seat)

    @on(Card.CardClicked)
    def _click_card(self, clicked: Card.CardClicked) -> None:
        clicked.stop()
        if not self.prompt_open:
            self.action_run(clicked.action_id)

    def choose_row(self, row: int) -> None:
        """Put the cursor on a row that was clicked. Subclasses with a list say how."""

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
        return any(each.open for each in self.walk_children(Prompt))
