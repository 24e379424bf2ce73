"""Writes what a command has made, to a file or to stdout.

Invariant: a file is written whole or not at all, and is never a circle's own. Whatever goes wrong
is one sentence.
"""

import sys
from pathlib import Path

from circle_tui.cli.output import CommandError
from circle_tui.exit_codes import FINE, NOBODY_READS
from circle_tui.store.errors import SaveError, save_error
from circle_tui.store.output_file import discard_stdout, output_file


def write_out(content: bytes, goal: Path | None) -> int:
    """Write to `goal`, or to stdout for none and for "-"; the exit status.

    Raises `CommandError` where it cannot be written.
    """
    try:
        if goal is not None and str(goal) != "-":
            with output_file(goal) as file:
                file.write(content)
        else:
            _to_stdout(content)
    except SaveError as failure:
        raise CommandError(str(failure)) from None
    except BrokenPipeError:
        discard_stdout()
        return NOBODY_READS
    return FINE


def _to_stdout(content: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        raise save_error(error, Path("stdout")) from error
