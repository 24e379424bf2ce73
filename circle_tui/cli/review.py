"""`circle-tui review`: who came, on a screen or without one."""

import argparse
from pathlib import Path

from circle_tui.cli.output import CommandError, UsageError
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.terminal import make_ready_to_draw, require_terminal
from circle_tui.core.attendance.figures import read_range
from circle_tui.core.errors import RuleError


def run(arguments: argparse.Namespace) -> int:
    """Show or write the review; returns the exit status."""
    if arguments.output is not None and arguments.form is None:
        raise UsageError("-o needs a form: --text, --json, --csv or --svg.")
    try:
        within = read_range(arguments.start, arguments.end)
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    if arguments.form is None:
        require_terminal("the review")
    paths = arguments.paths or [chosen_folder(arguments)]
    if not arguments.paths and not _is_there(paths[0]):
        raise CommandError("There is no circle yet: circle-tui sets one up.")
    if arguments.form is None:
        make_ready_to_draw()
        from circle_tui.tui.review_app import run_review

        as_members = arguments.as_members_see_it
        return run_review(paths, within, seats=arguments.seats, as_members=as_members)
    from circle_tui.reports.command import review
    from circle_tui.service.clock import SystemClock

    return review(
        paths,
        arguments.form,
        within,
        SystemClock(),
        seats=arguments.seats,
        output=arguments.output,
    )


def _is_there(path: Path) -> bool:
    """Whether `path` exists; True if that cannot be found out."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True
