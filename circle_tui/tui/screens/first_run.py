"""Setting up a circle: its name, its members, its format.

Invariant: this screen only takes down what is typed; the rules say whether it makes a circle.
"""

from collections.abc import Iterator

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from circle_tui.tui import messages
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Field
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import first_run
from circle_tui.views.action_table import Place
from circle_tui.views.first_run import LABELS, FirstRunView, SetupField
from circle_tui.views.view import Local, View


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
    """The formats, one chosen."""


class FirstRunScreen(BaseScreen):
    """One screen from nothing to a circle."""

    CSS_PATH = "first_run.tcss"
    PLACE = Place.FIRST_RUN

    def __init__(self, *, first: bool) -> None:
        """`first` is whether there is no circle yet, and so nothing to go back to."""
        super().__init__()
        self._first = first
        self._cursor = 0

    def compose_body(self) -> Iterator[Widget]:
        with Card(id="setup"):
            yield Static(Content(LABELS[SetupField.NAME]), classes="label")
            yield Field(first_run.EXAMPLE_NAME, id=SetupField.NAME.value)
            yield Static(Content(LABELS[SetupField.MEMBERS]), classes="label")
            yield Members(id=SetupField.MEMBERS.value, tab_behavior="focus", compact=True)
            yield Static(Content(LABELS[SetupField.FORMAT]), classes="label")
            yield Formats(id=SetupField.FORMAT.value)

    def on_mount(self) -> None:
        self.query_one(Members).cursor_blink = False
        self.refresh_view()

    def build_view(self) -> FirstRunView:
        focused = self.focused
        field = None if focused is None else SetupField(focused.id)
        return first_run.first_run_view(
            first=self._first, field=field, members=self.query_one(Members).text
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, FirstRunView)
        self.query_one(Formats).show(view.formats, cursor=self._cursor)

    def watch_focused(self) -> None:
        """Each field has its own keys, and its own line above them."""
        if self.is_mounted:
            self.refresh_view()
            if isinstance(self.focused, Formats):
                self._ask_who_is_meant()

    @on(TextArea.Changed)
    def _say_who_is_understood(self) -> None:
        self.status.clear()
        self.refresh_view()

    def _ask_who_is_meant(self) -> bool:
        """Ask, where the names can mean several circles; whether that is so."""
        members = self.query_one(Members)
        asked = first_run.doubtful(members.text)
        if asked is not None:
            self.ask_which(asked, members.load_text, first_run.ask_who_is_meant(asked))
        return asked is not None

    # What is typed before a field is in use is the name

    def on_unbound_key(self, key: events.Key) -> None:
        bound = key.key in self.active_bindings
        if self.focused is None and key.is_printable and key.character and not bound:
            self._focused_name().insert_text_at_cursor(key.character)
        else:
            super().on_unbound_key(key)

    def on_paste(self, event: events.Paste) -> None:
        """Lines pasted at once become one, as in the field itself."""
        if self.focused is None:
            event.stop()
            self._focused_name().insert_text_at_cursor(" ".join(event.text.split()))

    def _focused_name(self) -> Field:
        """The field for the name, with the focus on it."""
        field = self.query_one(Field)
        self.set_focus(field)
        return field

    @on(Input.Submitted)
    def _name_typed(self, event: Input.Submitted) -> None:
        why_not = first_run.why_not_name(event.value)
        if why_not is None:
            self.set_focus(self.query_one(Members))
        else:
            self.flash(why_not)

    # What actions do

    def move_cursor(self, by: int) -> None:
        self._cursor = (self._cursor + by) % len(first_run.FORMAT_KEYS)
        self.refresh_view()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.NEXT_FIELD:
                self.focus_next()
            case Local.BACK:
                self.set_focus(None)
            case Local.SELECT if not self._ask_who_is_meant():
                self.post_message(
                    messages.CircleRequested(
                        self.query_one(Field).value,
                        self.query_one(Members).text,
                        first_run.FORMAT_KEYS[self._cursor],
                    )
                )
