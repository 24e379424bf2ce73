"""The keys that work now, and no others; what the signs of the screen mean; the guide's pages.

Invariant: arrow keys reach everything: they scroll until a page can be seen, then choose among
the pages.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from circle_tui.tui import messages
from circle_tui.tui.screens.base import bindings_of
from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.views.action_table import Place
from circle_tui.views.help import HelpLine, HelpSection, HelpView, help_view
from circle_tui.views.view import KeyNow, Local, Move


class HelpScreen(DeferredPaintScreen[None], ModalScreen[None]):
    """Over the screen it is about."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = ""
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
        self._pages: tuple[Static, ...] = ()

    @property
    def view(self) -> HelpView:
        """What is shown and offered now."""
        return help_view(self._keys, self._signs, self._titles, cursor=self._cursor)

    def compose(self) -> ComposeResult:
        view = self.view
        with VerticalScroll(id="help", can_focus=False):
            for section in view.sections:
                yield from _section(section, tuple(map(Static, _lines(section))))
            if view.guide is not None:
                self._pages = tuple(map(Static, _lines(view.guide)))
                with Vertical(id="guide"):
                    yield from _section(view.guide, self._pages)
            yield Static(Content(view.status), classes="keys")

    def action_run(self, action_id: str) -> None:
        """Do what the view's action says; what it does not offer does nothing."""
        action = self.view.action(action_id)
        body = self.query_one("#help")
        match action.does if action is not None else None:
            case Move(by=by):
                self._move(by)
            case Local.SELECT if self._cursor is not None:
                self.post_message(messages.GuideRequested(self._cursor))
            case Local.SCREENFUL_UP:
                body.scroll_page_up(animate=False)
            case Local.SCREENFUL_DOWN:
                body.scroll_page_down(animate=False)
            case Local.TOP:
                body.scroll_home(animate=False)
            case Local.BOTTOM:
                body.scroll_end(animate=False)
            case Local.BACK:
                self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Open the page whose title is clicked."""
        clicked, _ = self.get_widget_at(*event.screen_offset)
        if clicked in self._pages:
            self._choose(self._pages.index(clicked))
            self.action_run("open")

    def _move(self, by: int) -> None:
        if self._cursor is not None:
            row = min(self._cursor + by, len(self._pages) - 1)
            self._choose(row if row >= 0 else None)
            return
        body = self.query_one("#help")
        seen = [
            row
            for row, page in enumerate(self._pages)
            if body.content_region.contains_region(page.region)
        ]
        if by > 0 and seen:
            self._choose(seen[0])
        else:
            body.scroll_relative(y=by, animate=False)

    def _choose(self, cursor: int | None) -> None:
        self._cursor = cursor
        guide = self.view.guide
        if guide is None:
            return
        for page, line in zip(self._pages, _lines(guide), strict=True):
            page.update(line)
        if cursor == len(self._pages) - 1:
            self.query_one("#help").scroll_end(animate=False)
        elif cursor is not None:
            self._pages[cursor].scroll_visible(animate=False)


def _section(section: HelpSection, lines: tuple[Static, ...]) -> Iterator[Static]:
    yield Static(Content(section.title), classes="title")
    yield from lines
    if section.note:
        yield Static(Content(section.note), classes="keys")


def _lines(section: HelpSection) -> list[Content]:
    widest = max((len(line.sign) for line in section.lines), default=0)
    return [_line(line, widest) for line in section.lines]


def _line(line: HelpLine, widest: int) -> Content:
    return Content.assemble((f"{line.sign:>{widest}}", "bold $primary"), f"  {line.means}")
