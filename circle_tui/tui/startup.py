"""How an app starts: first what the first screen needs, then everything else.

Invariant: before the first screen is painted, nothing is imported, parsed, locked or collected that
it does not need.
"""

import gc
import inspect
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from circle_tui.tui._textual_private import CrashSafeApp, allow_switching_from
from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen

_BETWEEN_STEPS = 0.03
"""Seconds between two steps of what may be needed later, so that a key waits for one at most."""
_IDLE_AFTER = 0.3
"""Seconds from a change of screen until it has been painted and is only read."""


class StartupApp(CrashSafeApp):
    """An app whose default screen is its first screen."""

    _first_theme: str | None = ""
    """The theme used from the start; "" before it is chosen, None after the first painting."""

    def __init__(self) -> None:
        super().__init__()
        self._not_imported = self.later_imports()
        self._importing: Timer | None = None
        self._idle: Timer | None = None

    def start_with_theme(self, name: str) -> None:
        """Use this theme from the start.

        Otherwise Textual would style everything in its own default theme first, and then again.
        """
        self.theme = self._first_theme = name
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours; none before a theme is chosen, to save Textual computing them."""
        return {} if self._first_theme == "" else super().get_css_variables()

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew, unless that is being done already."""
        if self.theme != self._first_theme:
            super().refresh_css(animate)

    def first_screen(self) -> Screen[None]:
        """The screen to start with. Subclasses say."""
        return Screen()

    def later_imports(self) -> Iterator[type[Screen[Any]] | None]:
        """Import what may be needed later, a step at a time; yields each screen class among it."""
        return iter(())

    async def make_ahead(self) -> bool:
        """Make one thing that the next key may need. Whether there was one. Subclasses say what."""
        return False

    async def after_first_paint(self) -> None:
        """Called when the first screen is painted. Subclasses do here what it didn't need."""
        self._first_theme = None
        if not self.is_headless:
            self._end_of_start()
            self._importing = self.set_interval(_BETWEEN_STEPS, self._import_next)
            self.screen_change_signal.subscribe(self, self._wait_until_idle, immediate=True)

    # What Textual calls

    def get_default_screen(self) -> Screen[None]:
        """The first screen itself, because an empty one below it would be laid out as well."""
        first = self.first_screen()
        self._style_once(first)
        return allow_switching_from(first)

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:
        """The screen that is about to be pushed or switched to, which Textual styles next."""
        found = super().get_screen(screen, screen_class)
        self._style_once(found)
        return found

    def on_ready(self) -> None:
        """The first screen is laid out."""
        # By way of the app's own queue: the callback may replace the screen.
        self.screen.call_after_refresh(self.call_later, self.after_first_paint)

    # Before a screen and after the start

    def _style_once(self, screen: Screen[Any]) -> None:
        """Load its styles and set its classes before it is styled, so that this is done once."""
        self._load_styles(screen.css_path)
        if isinstance(screen, DeferredPaintScreen):
            screen.set_size_classes(self.size)

    def _load_styles(self, paths: Iterable[PurePath]) -> None:
        # Textual itself would parse all style files again for a screen with a new one.
        new = [path for path in paths if not self.stylesheet.has_source(str(path), "")]
        if new:
            self.stylesheet.read_all(new)
            self.stylesheet.parse()

    def _import_next(self) -> None:
        try:
            screen = next(self._not_imported)
        except StopIteration:
            if self._importing is not None:
                self._importing.stop()
            self._end_of_start()
            self._wait_until_idle()
            return
        if screen is not None and screen.CSS_PATH:
            self._load_styles([Path(inspect.getfile(screen)).parent / str(screen.CSS_PATH)])

    def _wait_until_idle(self, _shown: object = None) -> None:
        """Clear away the last screens and make the next ones, once this one has been painted."""
        if self._idle is not None:
            self._idle.stop()
        self._idle = self.set_timer(_IDLE_AFTER, self._collect_and_make_ahead)

    async def _collect_and_make_ahead(self) -> None:
        gc.collect()
        await self._make_ahead_in_steps()

    async def _make_ahead_in_steps(self) -> None:
        if await self.make_ahead():
            self._idle = self.set_timer(_BETWEEN_STEPS, self._make_ahead_in_steps)

    def _end_of_start(self) -> None:
        """Collect garbage again, which the start does without, but not among what it has made.

        A key makes thousands of objects and hardly any garbage, and people would notice a
        collection while the screen is drawn; so collections are rare.
        """
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        gc.enable()
