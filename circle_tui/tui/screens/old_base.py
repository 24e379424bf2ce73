"""What all screens share: the headline, the saying, the footer, and one way for a key.

Invariant: a key is bound to an action; the action is refused or done by the rules, never by the
screen. A refused key says why in one line, and a key that means nothing says so.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from circle_tui.tui.narrow import NarrowCompositor
from circle_tui.tui.widgets.footer import Footer
from circle_tui.tui.widgets.lines import Headline, StatusLine
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views.view import Action, ActionSpec, KeyNow, Local


class OldScreen(Screen[None]):
    """A screen with its headline, its body, its saying and its keys."""

    CSS_PATH = "base.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        self.saying = StatusLine()

    def compose(self) -> ComposeResult:
        yield Headline()
        yield from self.body()
        yield self.saying
        yield Footer(self.keys_now)

    def body(self) -> Iterator:  # type: ignore[type-arg]
        """The widgets between headline and saying."""
        yield from ()

    def say(self, sentence: str) -> None:
        """Say one sentence above the keys."""
        self.saying.flash(sentence)

    def say_no_seat(self, seat: int) -> None:
        """Say that a number which was pressed is nobody's."""
        self.say(f"There is no seat {seat}.")

    @property
    def asking(self) -> bool:
        """Whether words are being asked for."""
        return any(each.open for each in self.query(Prompt))

    @property
    def signs(self) -> tuple[tuple[str, str], ...]:
        """Signs that stand on it, and what each means."""
        return ()

    @property
    def can_undo(self) -> bool | None:
        """Whether there is something here to take back; None where it was, or will be."""
        return False

    def undo(self) -> None:
        """Take back the last act."""

    flash = say

    def keys_now(self) -> Iterator[KeyNow]:
        """As of a screen that draws a view."""
        hidden = ("command_palette", "move(", "mark_seat(")
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.system or binding.action.startswith(("screen.", "app.focus")):
                continue
            if not binding.description:
                continue
            spec = ActionSpec(
                binding.action,
                (binding.key,),
                binding.description,
                binding.show,
                not binding.action.startswith(hidden),
            )
            action = Action(
                spec, Local.NOWHERE, binding.description, None if active.enabled else "?"
            )
            shown = "enter" if binding.key == "enter" else self.app.get_key_display(binding)
            yield KeyNow(binding.key, shown, action)

    async def perform_action(self, action: Action) -> None:
        """As of a screen that draws a view."""
        await self.run_action(action.spec.id)

    def why_not(self, action: str) -> str | None:
        """Why a bound action is refused now, as a sentence; None where nothing is known."""
        return "There is nothing to undo." if action == "undo" else None

    def action_back(self) -> None:
        """Out of what has the focus, or one screen back."""
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.go_back()

    def go_back(self) -> None:
        """One screen back, where there is one."""
        self.say("There is nothing to go back to; q leaves.")

    def on_unbound_key(self, key: events.Key) -> None:
        """See `stray`."""
        self.stray(key)

    def stray(self, key: events.Key) -> None:
        """A key that is refused now says why; one that nothing is bound to says so."""
        bound = self.active_bindings.get(key.key)
        if bound is None:
            if key.is_printable and key.character:
                self.say(f"“{key.character}” does nothing here; ? shows the keys that do.")
        elif not bound.enabled and (reason := self.why_not(bound.binding.action)):
            self.say(reason)
