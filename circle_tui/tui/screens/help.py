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
from circle_tui.tui.screens.action_screen import bindings_of
from circle_tui.tui.screens.presented_screen import PresentedScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import help as help_words
from circle_tui.views.action_table import Place
from circle_tui.views.help import HelpView
from circle_tui.views.presenters.help import HelpPresenter
from circle_tui.views.view import Action, Local, View

_SECTIONS = (help_words.NOW, help_words.SIGNS, help_words.GUIDE, help_words.ALL_KEYS)


class HelpScreen(PresentedScreen, ModalScreen[None]):
    """Over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.HELP, everywhere=False)

    presenter: HelpPresenter

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
        first, line = 0, self.presenter.line
        for at, title in enumerate(_SECTIONS):
            section = shown.get(title)
            card = self.query_one(f"#section-{at}", Card)
            card.display = section is not None
            if section is None:
                continue
            rows = card.query_one(WrappedRows)
            count = len(section.lines)
            here = line is not None and first <= line < first + count
            card.set_class(here, "-active")
            rows.show(section.rows, cursor=line, first=first)
            if here:
                self.call_after_refresh(self.query_one(Page).show_cursor, rows)
            first += count
        if line is None:
            self.query_one(Page).scroll_home(animate=False)

    def choose_row(self, row: int) -> None:
        """A click runs what it is on."""
        self.perform_rest(self.current_presenter.choose_row(row))
        action = self.action_of("open")
        if action is not None and action.disabled_reason is None:
            self.action_run("open")

    # The search

    def on_unbound_key(self, key: events.Key) -> None:
        """What is typed is searched for."""
        if key.key in self.active_bindings:
            super().on_unbound_key(key)
        elif key.is_printable and key.character:
            self._type(key.character)

    def on_paste(self, paste: events.Paste) -> None:
        """As if it had been typed."""
        self._type(" ".join(paste.text.split()))

    def _type(self, words: str) -> None:
        self.presenter.type(words)
        self.perform_rest(None)

    # What is chosen

    def perform_local(self, does: Local) -> None:
        chosen = self.help_view.chosen
        match does:
            case Local.SELECT if chosen is not None and chosen.page is not None:
                self.post_message(messages.GuideRequested(chosen.page))
            case Local.SELECT if chosen is not None:
                self.post_message(messages.ActionChosen(chosen.action_id, self))
            case Local.BACK:
                self.dismiss(None)
