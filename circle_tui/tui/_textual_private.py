"""Every private name of Textual that the program uses, and why.

Textual is pinned to a minor version because of them. Each says what breaks without it.

Invariant: no other module of the program uses a private name of Textual. Each name here has a test
in `tests/tui/test_textual_private.py` that fails when Textual changes under it.
"""

import sys
from typing import Any

from textual.app import App
from textual.screen import Screen


class CrashSafeApp(App[None]):
    """An app that says one sentence when it crashes.

    Private: `App._fatal_error`, which Textual calls for every unexpected error. Without it Textual
    prints a traceback with the values of local variables, which are people's words, onto a screen
    that a whole circle looks at. That is a promise of the program, so no measurement has to pay
    for it.
    """

    _crashed = False

    def crash_message(self, error: BaseException | None) -> str:
        """The sentence for `error`. Subclasses say."""
        return f"Stopped by {type(error).__name__}."

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
