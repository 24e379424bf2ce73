"""What lies over the stage of a round, for everybody to read, until a key or a click.

Invariant: it hides the ring and the page, and nothing else: the headline, the seats, the line
above the keys and the keys stay. It takes no focus and no key.
"""

from textual.message import Message
from textual.widget import Widget


class Overlay(Widget):
    """A stage-wide sheet; subclasses say what stands on it."""

    DEFAULT_CSS = """
    Overlay {
        layer: overlay; dock: top; width: 100%; height: 100%;
        background: $background; color: $foreground; text-align: center;
    }
    """

    class Clicked(Message):
        """Somebody clicked on it."""

    def on_click(self) -> None:
        self.post_message(self.Clicked())
