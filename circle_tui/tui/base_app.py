"""What stands around every screen: its keys, help and palette, its looks, and how it ends.

Invariant: a key does what its binding says, and help and palette list what the bindings say. A
crash says one sentence and shows nobody's words.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.screen import Screen, ScreenResultCallbackType

from circle_tui.store import preferences
from circle_tui.store.crash_report import is_last_crash, keep_crash, traceback_without_messages
from circle_tui.store.demo_folder import remove_temporary_folders
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.tui import messages
from circle_tui.tui.fewer_styles import driver_with_fewer_styles
from circle_tui.tui.key_input_app import KeyInputApp
from circle_tui.tui.safe_widths import driver_with_safe_widths
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.signals import SignalsThatEnd, end_if_terminal_is_gone, go_on_after_stop
from circle_tui.tui.theme import DARK, THEMES
from circle_tui.views import app_words
from circle_tui.views.view import AvailableKey, Local

if TYPE_CHECKING:
    from circle_tui.views.question import Question

_LOOK_FOR_TERMINAL = 2.0
"""Seconds between two looks whether anybody can still be there."""


class BaseApp(KeyInputApp):
    """The app without its screens."""

    TITLE = "circle"
    CSS_PATH = ["app.tcss", "screens/base.tcss"]
    # Terminals select text with shift. Textual's own selection has no key to copy it with here,
    # and a press on a widget that is just being removed ends the program.
    ALLOW_SELECT = False
    # On every screen, also above others: whatever has the focus must not keep anybody here.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.working = False
        """Whether something is being done in another thread."""
        self.drafts: dict[Hashable, str] = {}
        """What was typed and left without enter; subclasses may keep it with the circle."""
        # Each key of a screen is named at each key.
        self._key_display = cache(lambda key: self.get_key_display(Binding(key, "")))
        self._signals = SignalsThatEnd(remove_temporary_folders)
        for theme in THEMES:
            self.register_theme(theme)
        self._theme_trouble: str | None = None
        self.start_with_theme(self._preferred_theme())

    async def on_mount(self) -> None:
        if not self.is_headless:
            in_the_loop = _in_the_loop()
            threading.excepthook = lambda failed: in_the_loop(
                partial(self.crash, failed.exc_value or SystemExit())
            )
            go_on_after_stop(lambda: in_the_loop(self.refresh))
            self.set_interval(_LOOK_FOR_TERMINAL, end_if_terminal_is_gone)
            # The shell had the terminal meanwhile, and Textual draws only what has changed.
            self.app_resume_signal.subscribe(self, lambda _app: self.refresh())

    def run_in_terminal(self) -> int:
        """Run, and end however it may be; the exit status."""
        self._signals.watch()
        self.run()
        return self.return_code or 0

    async def after_first_paint(self) -> None:
        """There is something that keys can be pressed for, and that can be ended well."""
        if not self.is_headless:
            in_the_loop = _in_the_loop()
            self._signals.leave_with(
                lambda status: in_the_loop(partial(self.exit, return_code=status))
            )
        await super().after_first_paint()
        if self._theme_trouble is not None:
            self.flash(self._theme_trouble)

    # The look

    def _preferred_theme(self) -> str:
        """The look that was chosen last; the dark one where none was or it can't be read."""
        try:
            preferred = preferences.read_preferences().theme
        except LoadError as trouble:
            self._theme_trouble = str(trouble)
            return DARK.name
        return preferred if preferred in {theme.name for theme in THEMES} else DARK.name

    def choose_theme(self, *, dark: bool) -> None:
        """Change the look, and remember it for the next start."""
        self.theme = next(theme.name for theme in THEMES if theme.dark is dark)
        try:
            preferences.write_preferences(preferences.Preferences(self.theme))
        except SaveError as trouble:
            self.flash(str(trouble))

    @property
    def meeting_is_open(self) -> bool:
        """Whether the program ends in the middle of a meeting. Subclasses know."""
        return False

    def leave(self) -> None:
        """End the program, with nothing lost."""
        self.exit()

    def get_driver_class(self) -> type[Driver]:
        """What reads keys and draws: our own, except where somebody asks for another."""
        if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
            return driver_with_safe_widths(super().get_driver_class())
        from circle_tui.tui._textual_private import TerminalDriver

        driver: type[Driver] = TerminalDriver
        if os.environ.get("TERM") == "linux":
            from circle_tui.tui.console_driver import driver_with_console_signs

            driver = driver_with_console_signs(driver)
        return driver_with_safe_widths(driver_with_fewer_styles(driver))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The ring has colours that no other theme knows."""
        return dict(DARK.variables)

    async def action_leave(self) -> None:
        """Leave the program, as the screen's own key for it does."""
        screen = self.screen
        if isinstance(screen, BaseScreen):
            screen.perform(Local.QUIT)
        else:
            self.leave()

    async def action_interrupt(self) -> None:
        """Leave the field, which keeps what is typed; else the program."""
        screen = self.screen
        # A field takes letters.
        in_a_field = self.focused is not None and self.focused.check_consume_key("a", "a")
        if in_a_field and isinstance(screen, BaseScreen):
            back = screen.action_of("back")
            # Where there is nothing to go back to, as at the first start, the program is left.
            if back is not None and back.disabled_reason is None:
                screen.perform_action(back)
                return
        await self.action_leave()

    async def action_quit(self) -> None:
        """Textual's own way out is ours."""
        self.leave()

    def flash(self, sentence: str) -> None:
        """Flash a sentence on whatever is shown."""
        for screen in reversed(self.screen_stack):
            # Help and palette say nothing themselves; what lies below them does.
            if isinstance(screen, BaseScreen):
                screen.flash(sentence)
                return

    def on_key(self, event: events.Key) -> None:
        """A key that nothing focused wanted."""
        if isinstance(self.screen, BaseScreen):
            self.screen.on_unbound_key(event)

    def on_resize(self, event: events.Resize) -> None:
        """Textual's palette has no room for itself on a very small screen, and breaks."""
        if isinstance(self.screen, CommandPalette):
            from circle_tui.tui import palette

            if not palette.has_room(event.size):
                self.pop_screen()

    def action_command_palette(self) -> None:
        """Everything that can be done now, to search in."""
        screen = self.screen
        offered = screen.action_of("palette") if isinstance(screen, BaseScreen) else None
        if isinstance(screen, BaseScreen) and offered is not None and offered.disabled_reason:
            # Textual's own key for it comes here whatever the screen offers.
            screen.flash(offered.disabled_reason)
            return
        from circle_tui.tui import palette

        if palette.has_room(self.size) and not isinstance(screen, CommandPalette):
            self.push_screen(palette.CommandPalette())

    def action_help(self) -> None:
        """All keys, the signs, and the guide."""
        from circle_tui.store.guide_pages import guide_pages
        from circle_tui.tui.screens.help import HelpScreen
        from circle_tui.views.presenters.help import HelpPresenter

        screen = self.screen
        signs = screen.signs if isinstance(screen, BaseScreen) else ()
        titles = tuple(page.title for page in guide_pages())
        self.push_screen(HelpScreen(HelpPresenter(self.keys_of(screen), signs, titles)))

    def ask_question(
        self, asked: "Question", answered: ScreenResultCallbackType[int | None]
    ) -> None:
        """Ask above whatever is shown; `answered` gets the answer's number, None for esc."""
        from circle_tui.tui.screens.question import QuestionScreen

        self.push_screen(QuestionScreen(asked), answered)

    @on(messages.ActionChosen)
    async def _run_chosen(self, chosen: messages.ActionChosen) -> None:
        if chosen.by is not self.screen:
            # Two keys have come at once, and the first has left the help.
            return
        await self.pop_screen()
        from circle_tui.tui.screens.box import BoxScreen

        screen = self.screen
        if isinstance(screen, BoxScreen):
            screen.action_run(chosen.action_id)
        elif isinstance(screen, BaseScreen):
            action = screen.action_of(chosen.action_id)
            if action is not None:
                screen.perform_action(action)

    @on(messages.GuideRequested)
    async def _show_guide(self, asked: messages.GuideRequested) -> None:
        # Only now: what draws Markdown takes a while to load.
        from circle_tui.store.guide_pages import guide_pages
        from circle_tui.tui.screens.guide import GuideScreen

        await self.push_screen(GuideScreen(guide_pages(), asked.page))

    def keys_of(self, screen: Screen[Any]) -> tuple[AvailableKey, ...]:
        """The keys that work on a screen now, or in a box above one; none on Textual's own."""
        from circle_tui.tui.screens.box import BoxScreen

        return tuple(screen.keys_now()) if isinstance(screen, BaseScreen | BoxScreen) else ()

    def name_of_key(self, key: str) -> str:
        """A key by its name: the sign for enter is not in every font."""
        return "enter" if key == "enter" else self._key_display(key)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what the keys do now, other places, and the two themes."""
        from circle_tui.views import help as help_words

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
                        app_words.about_keyless(action.does, in_meeting=screen.in_meeting),
                        partial(self.call_later, screen.perform_action, action),
                    )
        for theme in THEMES:
            yield SystemCommand(
                help_words.theme_name(dark=theme.dark),
                help_words.CHANGE_THEME,
                partial(self.choose_theme, dark=theme.dark),
            )

    def crash_message(self, error: BaseException | None) -> str:
        """One sentence; the traceback goes to a file, without anybody's words."""
        if error is None:
            return app_words.crashed(None, parked=self.meeting_is_open, repeated=False)
        told = traceback_without_messages(error)
        repeated = is_last_crash(told)
        where = keep_crash(told)
        return app_words.crashed(
            None if where is None else str(where), parked=self.meeting_is_open, repeated=repeated
        )


def _in_the_loop() -> Callable[[Callable[[], object]], None]:
    """How a signal's handler or another thread has something done by the app."""
    loop = asyncio.get_running_loop()

    def in_the_loop(act: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # It has ended already.
            loop.call_soon_threadsafe(act)

    return in_the_loop
