"""Setting up a circle: its name, its members, its format.

Invariant: this screen only takes down what is typed; whether it makes a circle is for the rules
to say.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from circle_tui.core.circle.circle import FORMATS, Format
from circle_tui.tui import messages
from circle_tui.tui.screens.keys import UP_DOWN
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Field, Headline
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import meeting_words
from circle_tui.views.view import Row

_PRESETS = tuple(FORMATS.values())


class Members(TextArea):
    """Names by commas or lines; enter on an empty line, or tab, goes on."""

    def on_key(self, event: events.Key) -> None:
        """A text area makes a line of every enter; here an empty one ends the list."""
        row, _ = self.cursor_location
        if event.key == "enter" and self.text.strip() and not self.document.get_line(row).strip():
            event.prevent_default()
            event.stop()
            self.screen.focus_next()


class Formats(Rows, can_focus=True):
    """The presets, one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *UP_DOWN,
        Binding("enter", "screen.create", "Create the circle"),
    ]

    at = 0

    def on_mount(self) -> None:
        self.show_formats()

    def show_formats(self) -> None:
        """Show the presets with the cursor on the chosen one."""
        self.show(tuple(_format_row(preset) for preset in _PRESETS), cursor=self.at)

    def action_move(self, by: int) -> None:
        """Choose another."""
        self.at = (self.at + by) % len(_PRESETS)
        self.show_formats()


def _format_row(preset: Format) -> Row:
    each = f"{meeting_words.minutes(preset.share)} each"
    whole = meeting_words.minutes(preset.length) if preset.meets else "no meeting"
    details = " · ".join((preset.people, str(preset.rhythm), whole, each))
    return Row("", f"{preset.title:<14}{details}")


class FirstRunScreen(OldScreen):
    """One screen from nothing to a circle."""

    CSS_PATH = "first_run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "type_name", "Name it"),
        Binding("d", "demo", "Demo"),
        Binding("tab", "next_field", "Next field"),
    ]

    def __init__(self, *, first: bool) -> None:
        super().__init__()
        self._first = first

    def body(self) -> Iterator[Widget]:
        with Card(id="setup"):
            yield Static(Content("Name of the circle"), classes="label")
            yield Field("Harbour Circle", id="name")
            yield Static(Content("Members, with commas or one a line"), classes="label")
            yield Members(id="members", tab_behavior="focus", compact=True)
            yield Static(Content("Format"), classes="label")
            yield Formats(id="formats")

    def on_mount(self) -> None:
        self.query_one(Members).cursor_blink = False
        self.query_one(Headline).show(
            ("Welcome: set up your circle" if self._first else "A new circle",)
        )
        self.saying.set_default(
            "Type the circle's name, or press d to look at the demo first."
            if self._first
            else "Type the circle's name."
        )

    def stray(self, key: events.Key) -> None:
        """Whoever just begins to type means the name."""
        bound = key.key in self.active_bindings
        if self.focused is None and key.is_printable and key.character and not bound:
            field = self.query_one("#name", Input)
            self.set_focus(field)
            field.insert_text_at_cursor(key.character)
        else:
            super().stray(key)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted before anything has the focus is the name too."""
        if self.focused is None:
            event.stop()
            field = self.query_one("#name", Field)
            self.set_focus(field)
            field.insert_text_at_cursor(" ".join(event.text.split()))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        lines = {
            "name": "Enter goes on to the members.",
            "members": "Tab, or enter on an empty line, goes on to the format.",
            "formats": "↑ ↓ chooses; enter creates the circle.",
        }
        self.saying.set_default(lines.get(event.widget.id or "", ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action in {"type_name", "demo"} and self.focused is not None)

    def action_next_field(self) -> None:
        """On to the next field."""
        self.focus_next()

    def action_type_name(self) -> None:
        """To the first field."""
        self.set_focus(self.query_one("#name"))

    @on(Input.Submitted, "#name")
    def _name_typed(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.say("The circle has no name yet: type one.")
            return
        self.set_focus(self.query_one(Members))

    def action_create(self) -> None:
        """Ask for the circle."""
        self.post_message(
            messages.CircleRequested(
                self.query_one("#name", Input).value,
                self.query_one(Members).text,
                _PRESETS[self.query_one(Formats).at].key,
            )
        )

    def action_demo(self) -> None:
        """Ask for the demo."""
        self.post_message(messages.DemoRequested())

    def go_back(self) -> None:
        if self._first:
            super().go_back()
        else:
            self.post_message(messages.ChoiceRequested())
