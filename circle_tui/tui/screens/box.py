"""A box above the screen that opened it, with its own keys in the footer.

Invariant: it changes nothing; it hands over what was chosen, or None.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.tui.widgets.footer import Footer
from circle_tui.views.view import AvailableKey, Intent, Local, View

if TYPE_CHECKING:
    from circle_tui.tui.base_app import BaseApp


def first_keys(view: View, app: "BaseApp") -> Iterator[AvailableKey]:
    """The first key of each action of a view, as `app` calls it."""
    for action in view.actions:
        key = action.spec.keys[0]
        yield AvailableKey(key, action.spec.key_label or app.name_of_key(key), action)


class BoxScreen(DeferredPaintScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """What a view says, in a box. Subclasses give the view, what is in the box, and what to do."""

    AUTO_FOCUS = ""
    view: View

    def compose(self) -> ComposeResult:
        yield from self.compose_box()
        yield Footer(self.keys_now)

    def compose_box(self) -> Iterator[Widget]:
        """The widgets of the box."""
        yield from ()

    def keys_now(self) -> Iterator[AvailableKey]:
        """The first key of each action."""
        return first_keys(self.view, cast("BaseApp", self.app))

    def action_run(self, action_id: str) -> None:
        """Do what the view's action says; what it does not offer does nothing."""
        action = self.view.action(action_id)
        if action is None:
            return
        if action.does is Local.HELP:
            cast("BaseApp", self.app).action_help()
        else:
            self.perform(action.does)

    def perform(self, does: Intent) -> None:
        """Do what an action says. Subclasses say how."""
