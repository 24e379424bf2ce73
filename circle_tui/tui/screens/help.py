"""Help: the keys that work now, the signs of the screen, the guide's pages, and all other keys.

Invariant: whatever is listed can be found by typing and reached with the arrow keys. Nothing is
run before something is chosen: until then, enter leaves the help.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui import messages
from circle_tui.tui.screens.base import BaseScreen, bindings_of
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import help as help_words
from circle_tui.views.action_table import Place
from circle_tui.views.help import HelpView, help_view
from circle_tui.views.view import Action, KeyNow, Local, View

_SECTIONS = (help_words.NOW, help_words.SIGNS, help_words.GUIDE, help_words.ALL_KEYS)


class HelpScreen(BaseScreen, ModalScreen[None]):
    """Over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.HELP, everywhere=False)

    def __init__(
        self,
        keys: tuple[KeyNow, ...],
        signs: tuple[tuple[str, str], ...],
        titles: tuple[str, ...],
    ) -> None:
        """`titles` are those of the guide's pages."""
        super().__init__()
        self._keys, self._signs, self._titles = keys, signs, titles
        self._cursor: int | None = None
        self._search = ""

    def compose_body(self) -> Iterator[Widget]:
        with Vertical(id="help"):
            with Card(help_words.SEARCH, id="search", active=True):
                yield Static()
            with Page():
                for at, title in enumerate(_SECTIONS):
                    with Card(title, id=f"section-{at}"):
                        yield WrappedRows(first_row=0)

    def on_mount(self) -> None:
        self.refresh_view()

    def build_view(self) -> HelpView:
        return help_view(
            self._keys, self._signs, self._titles, cursor=self._cursor, search=self._search
        )

    @property
    def help_view(self) -> HelpView:
        """What is shown and offered now."""
        assert isinstance(self.view, HelpView)
        return self.view

    @property
    def actions(self) -> tuple[Action, ...]:
        """Help's own; what works everywhere works again when it is closed."""
        return self.view.actions

    def update_view(self, view: View) -> None:
        assert isinstance(view, HelpView)
        self.query_one("#search > Static", Static).update(
            Content.assemble(
                view.search,
                (" ", "reverse"),
                ("" if view.search else f" {help_words.TYPE}", "$text-muted"),
            )
        )
        shown = {section.title: section for section in view.sections}
        first = 0
        for at, title in enumerate(_SECTIONS):
            section = shown.get(title)
            card = self.query_one(f"#section-{at}", Card)
            card.display = section is not None
            if section is None:
                continue
            rows = card.query_one(WrappedRows)
            count = len(section.lines)
            here = self._cursor is not None and first <= self._cursor < first + count
            card.set_class(here, "-active")
            rows.show(section.rows, cursor=self._cursor, first=first)
            if here:
                self.call_after_refresh(self._show_cursor, rows)
            first += count
        if self._cursor is None:
            self.query_one(Page).scroll_home(animate=False)

    def _show_cursor(self, rows: WrappedRows) -> None:
        self.query_one(Page).show_line(rows, *rows.lines_of_cursor)

    # The cursor

    @property
    def _count(self) -> int:
        return sum(len(section.lines) for section in self.help_view.sections)

    def move_cursor(self, by: int) -> None:
        if self._cursor is None:
            # The first key chooses the first line.
            self._choose(by if by > 1 else 0 if by > 0 else None)
        else:
            at = self._cursor + by
            self._choose(None if at < 0 and by == -1 else at)

    def _choose(self, cursor: int | None) -> None:
        last = self._count - 1
        self._cursor = None if cursor is None or last < 0 else max(0, min(cursor, last))
        self.status.clear()
        self.refresh_view()

    def choose_row(self, row: int) -> None:
        """A click runs what it is on."""
        self._choose(row)
        action = self.action_of("open")
        if action is not None and action.disabled_reason is None:
            self.action_run("open")

    # The search

    def on_unbound_key(self, key: events.Key) -> None:
        """What is typed is searched for."""
        if key.key in self.active_bindings:
            super().on_unbound_key(key)
        elif key.key == "backspace":
            self._find(self._search[:-1])
        elif key.is_printable and key.character:
            self._find(f"{self._search}{key.character}")

    def on_paste(self, paste: events.Paste) -> None:
        """As if it had been typed."""
        self._find(f"{self._search}{' '.join(paste.text.split())}")

    def _find(self, search: str) -> None:
        """List what has these words, and choose the first of it."""
        self._search, self._cursor = search, 0 if search else None
        self.status.clear()
        self.refresh_view()
        if not self.help_view.found:
            self._cursor = None

    # What is chosen

    def perform_local(self, does: Local) -> None:
        chosen = self.help_view.chosen
        match does:
            case Local.SELECT if chosen is not None and chosen.page is not None:
                self.post_message(messages.GuideRequested(chosen.page))
            case Local.SELECT if chosen is not None:
                self.post_message(messages.ActionChosen(chosen.action_id))
            case Local.SHOW_ALL:
                self._find("")
            case Local.BACK:
                self.dismiss(None)
