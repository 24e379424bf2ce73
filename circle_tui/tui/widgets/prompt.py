"""The place where words are typed.

Invariant: it is shown only while something is asked, has the focus then, and gives it back. Typed
text does nothing until enter, and is kept as a draft without it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from circle_tui.tui.widgets.words_field import WordsField


class WordsEntered(Message):
    """Enter was pressed in the field."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value


class WordsTyped(Message):
    """The words in the field have changed."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value


class Prompt(Vertical):
    """A question and the field for its answer above the status line; enter hands it over."""

    DEFAULT_CSS = """
    Prompt {
        height: auto; padding: 0 1; margin-bottom: 1; display: none;
        border: round $primary; border-title-color: $primary;
    }
    Prompt > Static { width: 100%; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._taken: Callable[[str], object] | None = None
        self._left: Callable[[str], object] | None = None
        self._handing_over = False

    @property
    def field(self) -> "WordsField":
        """Where words are typed."""
        from circle_tui.tui.widgets.words_field import WordsField

        return self.query_one(WordsField)

    @on(WordsEntered)
    def _hand_over(self, event: WordsEntered) -> None:
        event.stop()
        if self._taken is not None:
            self._handing_over = True
            try:
                self._taken(event.value)
            finally:
                self._handing_over = False

    def hand_over(self) -> None:
        """Do what enter does in the field."""
        self.field.post_message(WordsEntered(self.field.value))

    @property
    def open(self) -> bool:
        """Whether something is being asked."""
        return bool(self.display)

    def ask(
        self,
        question: str,
        taken: Callable[[str], object],
        value: str = "",
        *,
        draft: str | None = None,
        left: Callable[[str], object] | None = None,
    ) -> None:
        """Ask; `taken` gets what is typed at each enter.

        The field stays until `stop`, so that what was refused need not be typed again. What is
        typed takes the place of `value`, or goes on after `draft`, which somebody has typed before.
        `left` gets what is in the field when it is put away without enter.
        """
        from circle_tui.tui.widgets.words_field import WordsField

        self._taken, self._left = taken, left
        self.display = True
        if self.children:
            self.query_one(Static).update(Content(question))
        else:
            # Not before: what edits text takes a while to load and to style.
            self.mount(Static(Content(question)), WordsField())
        field = self.field
        field.ask(value if draft is None else draft, selected=draft is None)
        # Not `focus()`, which waits: keys that are typed at once must find the field.
        self.screen.set_focus(field)

    def leave(self) -> None:
        """Hand what is in the field to `left`, unless it is being taken."""
        if self.display and self._left is not None and not self._handing_over:
            self._left(self.field.value)
        self._left = None

    def stop(self) -> None:
        """Ask no more."""
        if self.display:
            self.leave()
            self.display = False
            self._taken = None
            self.field.ask("", selected=False)
            self.screen.set_focus(None)
