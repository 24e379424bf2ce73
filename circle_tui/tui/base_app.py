"""What stands around every screen: its keys, help and palette, its looks, and how it ends.

Invariant: a key does what its binding says, in the order in which keys were pressed; help and
palette list what the bindings say, so they cannot disagree. A crash says one sentence and shows
nobody's words.
"""

import asyncio
import gc
import sys
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from circle_tui.core import text
from circle_tui.store.crash_report import keep_crash, without_words
from circle_tui.store.demo_folder import clear_throw_aways
from circle_tui.tui import at_once
from circle_tui.tui.key_queue import KeyQueue
from circle_tui.tui.palette import CommandPalette, has_room
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.signals import end_if_terminal_is_gone, end_on_signals, go_on_after_stop
from circle_tui.tui.theme import DARK, THEMES
from circle_tui.views import app_words
from circle_tui.views import help as help_words
from circle_tui.views.view import KeyNow

_LOOK_FOR_TERMINAL = 2.0
"""Seconds between two looks whether anybody can still be there."""


class BaseApp(App[None]):
    """The app without its screens."""

    TITLE = "circle"
    CSS_PATH = ["app.tcss", "screens/base.tcss"]
    # On every screen, also above others: whatever has the focus must not keep anybody here.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.working = False
        """Whether something is being done in another thread."""
        self._key_order = KeyQueue(self, self._deliver)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def first_screen(self) -> Screen[None]:
        """What is shown first. Subclasses say."""
        return Screen()

    def get_default_screen(self) -> Screen[None]:
        """The first screen itself: with another below it there would be two to make and draw."""
        first = self.first_screen()
        self._load_screen_css(first)
        # Whoever switches screens takes this away, and Textual gives it only to what was pushed.
        first._push_result_callback(first, None)
        return first

    async def on_mount(self) -> None:
        # Keys that are there already wait until there is something to be pressed.
        await self.screen._mounted_event.wait()
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            end_on_signals(partial(loop.call_soon_threadsafe, self.exit), clear_throw_aways)
            go_on_after_stop(partial(loop.call_soon_threadsafe, self.refresh))
            self.set_interval(_LOOK_FOR_TERMINAL, end_if_terminal_is_gone)
            # The shell had the terminal meanwhile, and Textual draws only what has changed.
            self.app_resume_signal.subscribe(self, lambda _app: self.refresh())

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Parse what is new; Textual would parse every style there is anew for each new screen."""
        missing = [
            path for path in screen.css_path if not self.stylesheet.has_source(str(path), "")
        ]
        if missing:
            self.stylesheet.read_all(missing)
            self.stylesheet.parse()
            self.stylesheet.update(self)
        super()._load_screen_css(screen)

    def leave(self) -> None:
        """End the program, with nothing lost."""
        self.exit()

    async def on_ready(self) -> None:
        """What a start has made stays: nobody need look through it for garbage at a key."""
        if not self.is_headless:
            gc.freeze()
            # A key makes thousands of objects and hardly any garbage: to look through them while
            # it is being drawn is felt.
            gc.set_threshold(50_000, 20, 100)
            gc.enable()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The ring has colours that no other theme knows."""
        return dict(DARK.variables)

    async def action_leave(self) -> None:
        """Leave the program."""
        self.leave()

    async def action_quit(self) -> None:
        """Textual's own way out is ours."""
        self.leave()

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes one after the other; see `key_queue.py`."""
        if isinstance(event, events.Paste):
            event.text = text.showable(event.text)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._key_order.take(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        """Have a key or a paste done."""
        if isinstance(event, events.Key) and self.focused is None:
            # It would go to the screen and come back to us; that takes a while.
            self.app_focus = True
            for first in (True, False):
                if await self._check_bindings(event.key, priority=first):
                    if isinstance(self.screen, BaseScreen):
                        at_once.draw(self.screen)
                    return
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """A key that nothing focused wanted."""
        if isinstance(self.screen, BaseScreen):
            self.screen.on_unbound_key(event)

    def on_resize(self, event: events.Resize) -> None:
        """Textual's palette has no room for itself on a very small screen, and breaks."""
        if not has_room(event.size) and isinstance(self.screen, CommandPalette):
            self.pop_screen()

    def action_command_palette(self) -> None:
        """Everything that can be done now, to search in."""
        if has_room(self.size) and not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette())

    def action_help(self) -> None:
        """The keys that work now, and the signs."""
        from circle_tui.tui.screens.help import HelpScreen

        screen = self.screen
        signs = screen.signs if isinstance(screen, BaseScreen) else ()
        self.push_screen(HelpScreen(help_words.help_sections(self.keys_of(screen), signs)))

    def keys_of(self, screen: Screen[Any]) -> tuple[KeyNow, ...]:
        """The keys that work on a screen now; none on one of Textual's own."""
        if isinstance(screen, BaseScreen):
            return tuple(screen.keys_now())
        return ()

    def name_of_key(self, key: str) -> str:
        """A key by its name: the sign for enter is not in every font."""
        return "enter" if key == "enter" else self.get_key_display(Binding(key, ""))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what the keys do now, and the two looks."""
        for key in help_words.palette_keys(self.keys_of(screen)):
            assert isinstance(screen, BaseScreen)
            yield SystemCommand(
                key.action.label,
                key.shown,
                partial(self.call_later, screen.perform_action, key.action),
            )
        if isinstance(screen, BaseScreen):
            for action in screen.actions:
                if not action.spec.keys:
                    yield SystemCommand(
                        action.label,
                        app_words.ESC_RETURNS,
                        partial(self.call_later, screen.perform_action, action),
                    )
        for theme in THEMES:
            yield SystemCommand(
                help_words.look(dark=theme.dark),
                help_words.CHANGE_LOOK,
                lambda name=theme.name: setattr(self, "theme", name),
            )

    def _fatal_error(self) -> None:
        """A crash says one sentence; the traceback goes to a file, without anybody's words."""
        error = sys.exc_info()[1]
        where = None if error is None else keep_crash(without_words(error))
        self._exit_renderables.clear()
        self.panic(app_words.crashed(str(where)) if where else app_words.CRASHED)
