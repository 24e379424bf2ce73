"""What the keys of a screen do: what the actions say that are offered with its view.

Invariant: a key does what the view's action says, or says why not; no screen decides that itself.
"""

from abc import abstractmethod
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.keys import key_to_character

from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.views import every_screen, keyboard
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.clickable_keys import with_clickable_keys
from circle_tui.views.text import Text
from circle_tui.views.view import Action, ActionSpec, AvailableKey, Intent, View

if TYPE_CHECKING:
    from circle_tui.tui.base_app import BaseApp


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


class ActionScreen(DeferredPaintScreen[None]):
    """A screen with a view, whose actions its keys do."""

    PLACE: ClassVar[Place]
    """Which rows of the table of actions its keys are."""

    _specs: ClassVar[tuple[ActionSpec, ...]] = ()
    """The rows of the table, where those for everywhere are its keys as well."""

    lies_above: Hashable = None
    """What lies over the screen, and gives its keys another meaning; None for nothing."""

    def __init_subclass__(cls, **kwargs: bool) -> None:
        # Before Textual merges the bindings of a class with those of its bases.
        if "PLACE" in cls.__dict__:
            cls.BINDINGS = bindings_of(cls.PLACE)
            cls._specs = TABLE[cls.PLACE] + TABLE[Place.EVERYWHERE]
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self._actions: tuple[View, Hashable, tuple[Action, ...]] | None = None
        """The actions as worked out last, after the view and whatever else they follow from."""

    @property
    def base_app(self) -> "BaseApp":
        """The app, as this program has it."""
        return cast("BaseApp", self.app)

    @property
    @abstractmethod
    def view(self) -> View:
        """What is shown and offered now."""

    @abstractmethod
    def perform(self, does: Intent) -> None:
        """Do what an action says."""

    @abstractmethod
    def flash(self, sentence: str) -> None:
        """Say one sentence for a while."""

    # What is offered

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

    def with_clickable_keys(self, sentence: str) -> Text:
        """A sentence in which the keys that work now can be clicked."""
        return with_clickable_keys(sentence, self.actions)

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

    def press(self, key: str) -> bool:
        """Do what a key does where nothing has the focus; whether it does anything.

        As Textual does by the bindings, but at once.
        """
        for spec in self._specs:
            action = self.action_of(spec.id) if key in spec.keys else None
            if action is not None and action.disabled_reason is None:
                self.perform(action.does)
                return True
        return False

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
