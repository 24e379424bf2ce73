"""What a command says, and how it ends.

Invariant: what was asked for goes to stdout, everything else to stderr; a failed command never
ends with status 0.
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
    """What was asked for cannot be meant."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, WRONG_USAGE)


def use_standard_streams() -> None:
    """Make sure that each is one, as after `2>&-`. Raises `UsageError` where stdout is none.

    Otherwise the next file that is opened is the one that messages are written into.
    """
    closed = [number for number in range(3) if not _is_open(number)]
    for number in closed:
        # The lowest number that is free is taken.
        os.open(os.devnull, os.O_RDWR)
        stream = Path(os.devnull).open("r" if number == 0 else "w", encoding="utf-8")  # noqa: SIM115
        setattr(sys, ("stdin", "stdout", "stderr")[number], stream)
    for each in (sys.stdout, sys.stderr):
        if isinstance(each, io.TextIOWrapper):
            # A terminal that lacks a letter shows another in its place.
            each.reconfigure(errors="replace")
    if 1 in closed:
        raise UsageError("stdout is closed, so there is nowhere to say or draw anything.")


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
