"""Every private name of Textual that the program uses, and why.

Textual is pinned to a minor version because of them. Each says what breaks without it.

Invariant: no other module of the program uses a private name of Textual. Each name here has a test
in `tests/tui/test_textual_private.py` that fails when Textual changes under it.
"""

import asyncio
import errno
import sys
from abc import abstractmethod
from contextlib import suppress
from typing import Any

from rich.text import Text
from textual import constants
from textual.app import App
from textual.screen import Screen
from textual.widget import AwaitMount

from circle_tui.tui.terminal_input import ESCAPE_DELAY

_TERMINAL_GONE = {errno.EIO, errno.ENXIO, errno.EPIPE, errno.EBADF}
"""What reading or drawing says where there is no terminal any more."""


class CrashSafeApp(App[None]):
    """An app that says one sentence when it crashes.

    Private: `App._fatal_error`, which Textual calls for every unexpected error. Without it Textual
    prints a traceback with the values of local variables, which are people's words, onto a screen
    that a whole circle looks at. That is a promise of the program, so no measurement has to pay
    for it.
    """

    _crashed = False

    @abstractmethod
    def crash_message(self, error: BaseException | None) -> str:
        """The sentence for `error`."""

    def crash(self, error: BaseException) -> None:
        """End with the sentence for an error that isn't Textual's to handle; status 1."""
        if not self._crashed:
            self._crashed = True
            self.exit(return_code=1, message=Text(self.crash_message(error)))

    def _fatal_error(self) -> None:
        if not self._crashed:
            # Textual would add a note about further errors, which are consequences of the first.
            self._crashed = True
            self.panic(self.crash_message(sys.exc_info()[1]))


def allow_switching_from(first: Screen[Any]) -> Screen[Any]:
    """`first` as the default screen of an app, such that another can be switched to.

    Private: `Screen._push_result_callback`. `App.switch_screen` takes away a callback that Textual
    gives only to a screen that was pushed; without it the first change of screen is an
    `IndexError`. To push the first screen onto an empty default screen needs no private name, but
    costs a tenth of a start: 1.37 instead of 1.24 starts of the smallest app (processor time, the
    least of 28 starts of each, by turns).
    """
    first._push_result_callback(first, None)
    return first


def mount_ahead(app: App[Any], screen: Screen[Any]) -> AwaitMount:
    """Make the widgets of a screen that isn't shown yet.

    Private: `App._get_screen`, the part of `App.switch_screen` that does this. No public name makes
    a screen without showing it. A change to a screen made ahead takes 22 to 27 ms of processor time
    instead of 32 to 40 (the least of three, by turns, of five changes from the gathering to home).
    """
    return app._get_screen(screen)[1]


def paint_now(screen: Screen[Any]) -> None:
    """Paint what has changed on a screen that is shown, without waiting for messages.

    What has to be laid out first is left to Textual.

    Private: `Widget._repaint_required`, whether a widget has changed.
    Private: `Widget._layout_required`, whether its size may have.
    Private: `Screen._compositor`, which knows what is visible. To walk through all widgets takes a
    tenth of a millisecond.
    Private: `Screen._dirty_widgets`, the widgets that are painted next.
    Private: `Screen._on_timer_update`, which paints them.

    By itself Textual asks each widget whether it has changed, has each answer by a message, and
    starts a timer: 1.3 of the 9.5 ms from a key to its frame (the median of 400 keys).
    """
    if not screen.is_current:
        return
    changed = {each for each in screen._compositor.visible_widgets if each._repaint_required}
    if any(each._layout_required for each in changed):
        return
    for each in changed:
        each._repaint_required = False
    screen._dirty_widgets.update(changed)
    screen._on_timer_update()


if sys.platform != "win32":
    import os
    import select
    import signal
    import time

    from textual import events
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    from circle_tui.tui.key_sequences import Input, Pasted, Pressed
    from circle_tui.tui.terminal_input import TerminalInput
    from circle_tui.tui.terminal_output import TerminalOutput

    _FOR_WRITING = 0.00005
    """Seconds in which another thread wakes and begins to write."""

    _LOOK_FOR_END = 0.1
    """Seconds between two looks whether the program ends; as in Textual."""

    class TerminalDriver(LinuxDriver):
        """Textual's driver, which reads keys by way of `TerminalInput`, and draws on stdout.

        Private: `LinuxDriver._file`, which is stderr. Without it `2>err.log` leaves the screen
        empty, and all that is typed and shown in that file.

        Private: `LinuxDriver._run_input_thread`, which turns an error of the thread into a
        traceback on the screen and exit status 0.

        Private: `XTermParser`, which makes events of sequences. The public `run_input_thread` makes
        and feeds one itself, and a byte that isn't UTF-8 or a key with an event type ends it.
        """

        def __init__(self, app: CrashSafeApp, **options: Any) -> None:
            super().__init__(app, **options)
            self._stopping = asyncio.get_running_loop(), app
            output = sys.__stdout__
            assert output is not None
            self._file: Any = TerminalOutput(output.fileno(), output.encoding, self._stop)

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except BaseException as error:
                self._stop(error)

        def _stop(self, error: BaseException) -> None:
            """End the program from another thread; a terminal that is gone is as SIGHUP."""
            if isinstance(error, OSError) and error.errno in _TERMINAL_GONE:
                os.kill(os.getpid(), signal.SIGHUP)
            else:
                loop, app = self._stopping
                with suppress(RuntimeError):  # The program has ended already.
                    loop.call_soon_threadsafe(app.crash, error)

        def flush(self) -> None:
            """Let the thread that writes begin at once.

            By itself it begins when the event loop rests, which may be a millisecond later.
            """
            time.sleep(_FOR_WRITING)

        def run_input_thread(self) -> None:
            """Read keys until the program ends."""
            encoding = "utf-8" if sys.__stdin__ is None else sys.__stdin__.encoding
            delay = ESCAPE_DELAY if "ESCDELAY" not in os.environ else constants.ESCAPE_DELAY
            reader = TerminalInput(encoding, delay)
            parser = XTermParser()
            while not self.exit_event.is_set():
                due = reader.due
                left = _LOOK_FOR_END if due is None else max(due - time.monotonic(), 0)
                if select.select([self.fileno], [], [], min(left, _LOOK_FOR_END))[0]:
                    try:
                        data = os.read(self.fileno, 4096)
                    except BlockingIOError:
                        continue
                    if not data:
                        raise OSError(errno.EIO, "the terminal is gone")
                    self._take(reader.feed(data, time.monotonic()), parser)
                elif due is not None and time.monotonic() >= due:
                    self._take(reader.end_waiting(time.monotonic()), parser)

        def _take(self, found: list[Input], parser: XTermParser) -> None:
            for each in found:
                match each:
                    case Pressed(key=key, character=character):
                        self.process_message(events.Key(key, character))
                    case Pasted(text=text):
                        self.process_message(events.Paste(text))
                    case _:
                        for event in parser.feed(each.text):
                            self.process_message(event)
