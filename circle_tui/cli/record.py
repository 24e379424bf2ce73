"""`circle-tui record`: a meeting that was held on paper, or is missing, on one screen."""

import argparse

from circle_tui.cli.member_seat import chosen_circles
from circle_tui.cli.output import CommandError, UsageError
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.terminal import line_by_line, make_ready_to_draw, require_terminal
from circle_tui.core.circle.circle import check_meets
from circle_tui.core.errors import RuleError
from circle_tui.views.view import Request


def run(arguments: argparse.Namespace) -> int:
    """Open a circle's screen for such a meeting; returns the exit status."""
    if not line_by_line(arguments):
        require_terminal("a meeting to record")
    folder = chosen_folder(arguments)
    chosen = chosen_circles(folder, arguments.circle)
    if len(chosen) > 1:
        each = ", ".join(found.file.slug for found in chosen)
        raise UsageError(f"There's more than one circle: say which with --circle ({each}).")
    (found,) = chosen
    try:
        check_meets(found.circle)
    except RuleError as refused:
        raise CommandError(str(refused)) from None
    if line_by_line(arguments):
        from circle_tui.plain.run import run as run_line_by_line

        return run_line_by_line(folder, begins_at=(found.file, Request.PAPER_MEETING))
    make_ready_to_draw()
    from circle_tui.tui.app import CircleApp

    app = CircleApp(folder, begins_at=(found.file, Request.PAPER_MEETING))
    try:
        return app.run_in_terminal()
    finally:
        # Also after a signal or a crash, as for any meeting.
        app.let_go()
