"""The guide: one page at a time, with the links between them.

Invariant: nothing outside the guide is ever opened from here. This module is imported only when a
page is asked for: what draws Markdown takes a while to load.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.markup import escape
from textual.widget import Widget
from textual.widgets import Markdown

from circle_tui.store.guide_pages import GuidePage, link_to
from circle_tui.tui.screens.action_screen import bindings_of
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.widgets.guide_table import GuideTable
from circle_tui.views.action_table import Place
from circle_tui.views.help import guide_view
from circle_tui.views.view import Action, Local, View


class GuideMarkdown(Markdown):
    """Markdown with tables that fit."""

    BLOCKS = Markdown.BLOCKS | {"table_open": GuideTable}


class GuideScreen(BaseScreen):
    """A page of the guide, above the help."""

    CSS_PATH = "guide.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.GUIDE, everywhere=False)

    def __init__(self, pages: tuple[GuidePage, ...], page: int) -> None:
        """Begin with `page`, counted from 0."""
        super().__init__()
        self._pages = pages
        self._page = page
        self._came_from: list[tuple[int, float]] = []
        """The pages that links led here from, and how far each was scrolled."""

    def compose_body(self) -> Iterator[Widget]:
        yield VerticalScroll(id="page", can_focus=False)

    async def on_mount(self) -> None:
        await self._show(self._page)

    def build_view(self) -> View:
        titles = tuple(page.title for page in self._pages)
        return guide_view(titles, page=self._page, came_from_page=bool(self._came_from))

    @property
    def actions(self) -> tuple[Action, ...]:
        """The page's own; what works everywhere works again when the guide is closed."""
        return self.view.actions

    def on_unbound_key(self, key: events.Key) -> None:
        """The footer shows all keys there are."""

    async def _show(self, page: int, scroll_y: float = 0, heading: str = "") -> None:
        """Show a page, from `scroll_y` on or from a heading, as links name it."""
        self._page = page
        self.refresh_view()
        body = self.query_one("#page")
        body.border_title = escape(self._pages[page].title)
        body.scroll_to(y=0, animate=False, immediate=True)
        # Markdown is parsed in another thread.
        self.base_app.working = True
        try:
            with self.app.batch_update():
                await body.remove_children()
                await body.mount(GuideMarkdown(self._pages[page].text, open_links=False))
        finally:
            self.base_app.working = False
        # Where anything is shows when the page has been laid out.
        if heading:
            self.call_after_refresh(self._scroll_to_heading, heading)
        else:
            self.call_after_refresh(body.scroll_to, y=scroll_y, animate=False)

    def _scroll_to_heading(self, link: str) -> None:
        for _, title, widget_id in self.query_one(Markdown).table_of_contents:
            if widget_id is not None and link_to(title) == link:
                self.query_one(f"#{widget_id}").scroll_visible(top=True, animate=False)

    @on(Markdown.LinkClicked)
    async def _follow(self, link: Markdown.LinkClicked) -> None:
        name, _, heading = link.href.partition("#")
        names = [page.name for page in self._pages]
        here = (self._page, self.query_one("#page").scroll_y)
        page = names.index(name) if name in names else self._page
        if name in names or heading:
            self._came_from.append(here)
            await self._show(page, heading=heading)

    def move_cursor(self, by: int) -> None:
        self._came_from.clear()
        self.call_later(self._show, self._page + by)

    def scroll_body(self, by: int) -> None:
        self.query_one("#page").scroll_relative(y=by, animate=False)

    def perform_local(self, does: Local) -> None:
        body = self.query_one("#page")
        match does:
            case Local.SCREENFUL_UP:
                body.scroll_page_up(animate=False)
            case Local.SCREENFUL_DOWN:
                body.scroll_page_down(animate=False)
            case Local.TOP:
                body.scroll_home(animate=False)
            case Local.BOTTOM:
                body.scroll_end(animate=False)
            case Local.BACK if self._came_from:
                self.call_later(self._show, *self._came_from.pop())
