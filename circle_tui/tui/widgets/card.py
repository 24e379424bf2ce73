"""Where words stand: cards on a page.

Invariant: no text lies loose on the screen. The card that takes the keys now is the active one;
where there is too little room the page scrolls rather than hide a line.
"""

from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.markup import escape
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.widgets.action_text import ActionText
from circle_tui.tui.widgets.bare_background import BareBackground
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from circle_tui.tui.widgets.wrapped_rows import WrappedRows


class Page(VerticalScroll, BareBackground, can_focus=False):
    """A column of cards, as wide as a line can be read."""

    DEFAULT_CSS = """
    Page { width: 1fr; max-width: 80; height: 1fr; padding: 0 2; align: center middle; }
    Page > * { width: 100%; max-width: 76; height: auto; }
    Page > .label { color: $text-muted; }
    """

    def on_resize(self) -> None:
        """A refusal of two lines leaves less room: the field that has it stays in view."""
        focused = self.screen.focused
        prompt = None if focused is None else focused.parent
        if isinstance(prompt, Prompt) and self in prompt.ancestors:
            self.call_after_refresh(self.scroll_to_widget, prompt, animate=False, force=True)

    def show_line(self, widget: Widget, line: int = 0, lines: int = 1) -> None:
        """Scroll until these lines of a widget within it are in view."""
        top = widget.region.y - self.content_region.y + self.scroll_offset.y
        self.scroll_to_region(Region(0, top + line, 1, lines), animate=False, force=True)

    def show_cursor(self, rows: "WrappedRows") -> None:
        """Scroll until the row of a list within it that the cursor is on is in view."""
        self.show_line(rows, *rows.lines_of_cursor)


_WHOLE = 24
"""Rows of a terminal that a large name, what it is about and an open field take."""


class SteadyPage(Page):
    """A page whose first line keeps its row, whatever opens below it.

    A page is in the middle of a tall terminal: this one is where it would be with a field open.
    """

    DEFAULT_CSS = """
    SteadyPage { align: center top; }
    SteadyPage > .-above { height: 1fr; max-height: 0; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        # As long as all has room; else it gives way.
        self._above = Vertical(classes="-above")
        super().__init__(self._above, id=id)

    def on_mount(self) -> None:
        # Before the first layout; another one would paint the screen a second time.
        self._keep_away()

    def on_resize(self) -> None:
        """Textual calls the page's own as well."""
        self._keep_away()

    def _keep_away(self) -> None:
        """Keep the letters away from the line of seats, and in the middle of a tall terminal."""
        spare = self.app.size.height - _WHOLE
        self._above.styles.max_height = max(spare // 2, 1) if spare >= 0 else 0


class Card(ActionText, Static):
    """A round border with a title, around what is read or typed: a text, or widgets."""

    DEFAULT_CSS = """
    Card {
        height: auto; padding: 0 1; margin-bottom: 1;
        border: round $border-blurred; border-title-color: $text-muted;
    }
    Card.-active { border: round $primary; border-title-color: $primary; }
    Card.-clickable:hover { background: $block-hover-background; pointer: pointer; }
    Card > * { width: 100%; height: auto; }
    """

    class CardClicked(Message):
        """Somebody clicked on a card that stands for an action."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    def __init__(
        self,
        title: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        active: bool = False,
        action_id: str = "",
        row: int | None = None,
    ) -> None:
        """A click on the card does the view's action `action_id`, if there is one; or the card
        itself is a row of a list, and is chosen by it."""
        classes = {
            "-active": active,
            "-untitled": not title,
            "-clickable": bool(action_id) or row is not None,
        }
        # All at once: each one that is added later has the card styled anew.
        super().__init__(id=id, classes=" ".join(name for name, has in classes.items() if has))
        self.border_title = escape(title)
        self._action_id = action_id
        self._row = row

    def set_title(self, title: str) -> None:
        """Show `title` in the border. It may hold a name, which is text and never markup."""
        self.border_title = escape(title)
        self.set_class(not title, "-untitled")

    def show(self, text: Content) -> None:
        """Show `text`, in a card without widgets."""
        shown = self.content
        # A text anew lays out the whole screen anew.
        if not (isinstance(shown, Content) and shown.is_same(text)):
            self.update(text)

    def on_click(self, event: events.Click) -> None:
        if self._action_id:
            self.post_message(self.CardClicked(self._action_id))
        if self._row is not None:
            self.post_message(RowClicked(self._row))
