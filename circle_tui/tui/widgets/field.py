"""The field to type one line in."""

from textual import events
from textual.widgets import Input


class Field(Input):
    """One line to type into. Lines pasted at once become one, so that no word is lost."""

    def __init__(self, placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        # A blinking cursor repaints twice a second for nothing.
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        self.replace(" ".join(event.text.split()), *self.selection)
        event.prevent_default()
        event.stop()
