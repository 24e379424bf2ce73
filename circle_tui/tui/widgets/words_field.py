"""The field for words that a prompt asks for, which takes several lines where they are long.

Invariant: what it holds is one paragraph. Enter hands it over and never breaks a line; lines pasted
at once become one, so that no word is lost.
"""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from circle_tui.tui.widgets.prompt import WordsEntered, WordsTyped


class TextAreaOfApp(TextArea, inherit_bindings=False):
    """A text area in which redo and suspend stay the app's, as its keys page says.

    Textual's own undo and redo of letters would take ctrl+z and ctrl+y from them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in Binding.make_bindings(TextArea.BINDINGS)
        if binding.action not in {"undo", "redo"}
    ]


class WordsField(TextAreaOfApp):
    """Words, wrapped; as tall as they are, up to a few lines."""

    DEFAULT_CSS = """
    WordsField, WordsField:focus {
        width: 100%; height: auto; min-height: 1; max-height: 6;
        padding: 0; border: none; background: $background; color: $foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__(
            soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True
        )
        # A blinking cursor repaints twice a second for nothing.
        self.cursor_blink = False

    @property
    def value(self) -> str:
        """What is typed."""
        return self.text

    def ask(self, value: str, *, selected: bool) -> None:
        """Start from `value`, which typing replaces if it is `selected`."""
        self.load_text(value)
        if selected:
            self.select_all()
        else:
            self.move_cursor(self.document.end)

    def on_key(self, event: events.Key) -> None:
        """Enter is the end of the words, and no new line."""
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.post_message(WordsEntered(self.text))

    # The words are one line, however many rows they take.

    def action_delete_to_start_of_line(self) -> None:
        """Delete all before the cursor."""
        self.delete((0, 0), self.cursor_location)

    async def action_delete_to_end_of_line_or_delete_line(self) -> None:
        """Delete all after the cursor."""
        self.delete(self.cursor_location, self.document.end)

    def on_paste(self, event: events.Paste) -> None:
        self.replace(" ".join(event.text.split()), *self.selection)
        event.prevent_default()
        event.stop()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(WordsTyped(self.text))
