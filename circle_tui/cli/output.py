"""What a command says, and how it ends.

Invariant: what was asked for goes to stdout, everything else to stderr; a failed command never
ends with status 0.
"""

import os
import sys
from pathlib import Path
from typing import TextIO

from circle_tui.core.errors import CircleError
from circle_tui.exit_codes import PROBLEM, WRONG_USAGE


class CommandError(CircleError):
    """A command cannot go on; `str()` is the sentence for people, `status` the exit status."""

    def __init__(self, sentence: str, status: int = PROBLEM) -> None:
        super().__init__(sentence)
        self.status = status


class UsageError(CommandError):
    """What was asked for cannot be meant."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, WRONG_USAGE)


def say(line: str, to: TextIO | None = None, *, end: str = "\n") -> None:
    """A line to stdout, or elsewhere; at once."""
    print(line, file=to or sys.stdout, end=end, flush=True)


def complain(sentence: str) -> None:
    """Say to stderr why a command did not do what was asked for."""
    from circle_tui.core import text

    if sys.stderr is None:
        return
    # A folder or a file may be called anything.
    say(f"circle-tui: {text.clean(sentence)}", sys.stderr)


def say_path(path: Path) -> None:
    """A path as it is for whoever goes on with it, harmless on a terminal."""
    from circle_tui.store.errors import shown

    if sys.stdout.isatty():
        say(shown(path))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(os.fsencode(path) + os.linesep.encode())
