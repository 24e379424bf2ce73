"""Output and errors of commands.

Invariant: results go to stdout, everything else to stderr. A failed command never exits with 0.
"""

import io
import os
import sys
from pathlib import Path
from typing import TextIO

from circle_tui.core.errors import CircleError
from circle_tui.exit_codes import PROBLEM, WRONG_USAGE

_STDOUT = Path("/dev/stdout")


class CommandError(CircleError):
    """A command cannot go on; `str()` is the sentence for people, `status` the exit status."""

    def __init__(self, sentence: str, status: int = PROBLEM) -> None:
        super().__init__(sentence)
        self.status = status


class UsageError(CommandError):
    """The command line makes no sense; the exit status is 2."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, WRONG_USAGE)


def use_standard_streams() -> None:
    """Open /dev/null for each standard stream that is closed, as by `2>&-`.

    Otherwise the next file to be opened would get its number, and messages would go into it. Raises
    `UsageError` if stdout is closed.
    """
    closed = [number for number in range(3) if not _is_open(number)]
    for number in closed:
        # This takes the lowest free number, which is this one.
        os.open(os.devnull, os.O_RDWR)
        stream = Path(os.devnull).open("r" if number == 0 else "w", encoding="utf-8")  # noqa: SIM115
        setattr(sys, ("stdin", "stdout", "stderr")[number], stream)
    for each in (sys.stdout, sys.stderr):
        if isinstance(each, io.TextIOWrapper):
            # If the encoding lacks a letter, print "?" for it.
            each.reconfigure(errors="replace")
    if 1 in closed:
        raise UsageError("stdout is closed, so there's nowhere to write.")


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def stdout_or(goal: Path | None) -> Path:
    """Where to write: to `goal`, or to stdout for none and for "-"."""
    return _STDOUT if goal is None or str(goal) == "-" else goal


def say(line: str, to: TextIO | None = None, *, end: str = "\n") -> None:
    """Print a line to stdout, or to another stream, and flush."""
    print(line, file=to or sys.stdout, end=end, flush=True)


def complain(sentence: str) -> None:
    """Print a message to stderr."""
    from circle_tui.core import text

    if sys.stderr is None:
        return
    # Names of files and folders may have control characters.
    say(f"circle-tui: {text.clean(sentence)}", sys.stderr)


def say_path(path: Path) -> None:
    """Print a path: its exact bytes for another program, cleaned for a terminal."""
    from circle_tui.store.errors import clean_path

    if sys.stdout.isatty():
        say(clean_path(path))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(os.fsencode(path) + os.linesep.encode())
