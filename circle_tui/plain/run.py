"""Running line by line: standard input and output, signals, and how it ends.

Invariant: however it ends, the meeting is parked; a signal waits for what is being done.
"""

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from circle_tui.exit_codes import NOBODY_READS, PROBLEM
from circle_tui.plain.line_input import FileInput
from circle_tui.plain.line_output import WIDTH, LineOutput
from circle_tui.plain.session import Session
from circle_tui.service.clock import DEMO_SPEED
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.crash_report import is_last_crash, keep_crash, traceback_without_messages
from circle_tui.store.demo_folder import remove_temporary_folders
from circle_tui.store.output_file import discard_stdout
from circle_tui.views import app_words, line_by_line
from circle_tui.views.view import Request

PATIENCE = 1.0
"""Seconds that what is being done has after a signal; output that nobody reads blocks for ever."""


def run(
    folder: Path,
    *,
    demo_speed: float | None = None,
    demo: bool = False,
    begins_at: tuple[CircleFile, Request] | None = None,
    watched: CircleFile | None = None,
) -> int:
    """Go on line by line until somebody leaves; the exit status.

    `begins_at` is a circle and one of its places to begin with, rather than with its home.
    `watched` is a circle to follow instead.
    """
    lines = FileInput(0, sys.stdin.encoding or "utf-8")
    _end_at_signals(lines.end)
    lines.begin()
    width = shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH
    speed = (demo_speed or DEMO_SPEED) if demo else None
    session = Session(
        lines,
        LineOutput(_write, width),
        folder,
        demo_speed=speed,
        begins_at=begins_at,
        watched=watched,
    )
    parked = False
    try:
        status = session.run()
        parked = session.live is not None and not session.live.untouched
        nothing_saved = session.flow.demo is not None or session.follower is not None
    except BrokenPipeError:
        discard_stdout()
        return NOBODY_READS
    except Exception as error:
        sys.stderr.write(f"circle-tui: {_crashed(error, parked=session.live is not None)}\n")
        return PROBLEM
    finally:
        session.flow.let_go()
    try:
        session.output.say(line_by_line.farewell(parked=parked, nothing_saved=nothing_saved))
    except OSError:
        return status or NOBODY_READS
    return status


def _write(written: str) -> None:
    sys.stdout.write(written)
    sys.stdout.flush()


def _end_at_signals(end: Callable[[int], object]) -> None:
    """SIGINT, SIGTERM, SIGHUP and SIGQUIT: the status is 128 plus the number, as a shell counts."""

    def at_last(number: int) -> None:
        remove_temporary_folders()
        os._exit(128 + number)

    def handle(number: int, _frame: object) -> None:
        watchdog = threading.Timer(PATIENCE, at_last, (number,))
        watchdog.daemon = True
        watchdog.start()
        end(128 + number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, handle)


def _crashed(error: Exception, *, parked: bool) -> str:
    """One sentence; the traceback goes to a file, without anybody's words."""
    told = traceback_without_messages(error)
    repeated = is_last_crash(told)
    where = keep_crash(told)
    return app_words.crashed(
        None if where is None else str(where), parked=parked, repeated=repeated
    )
