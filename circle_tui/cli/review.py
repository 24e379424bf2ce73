"""`circle-tui review`: who came, on a screen or without one."""

import argparse

from circle_tui.cli.output import CommandError, UsageError, stdout_or
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.terminal import line_by_line, make_ready_to_draw, require_terminal
from circle_tui.core.attendance.figures import DateRange, read_range
from circle_tui.core.attendance.period import read_period
from circle_tui.core.errors import RuleError
from circle_tui.store.read_file import is_missing


def run(arguments: argparse.Namespace) -> int:
    """Show or write the review; returns the exit status."""
    for form in ("html", "xlsx"):
        if (target := getattr(arguments, form)) is not None:
            if arguments.output is not None:
                raise UsageError(f"--{form} names its file itself: leave -o out.")
            arguments.form, arguments.output = form, target
    if arguments.output is not None and arguments.form is None:
        raise UsageError("-o needs a form: --text, --json, --csv or --svg.")
    if arguments.by is not None and arguments.form != "csv":
        raise UsageError("--by says what a row is about, so it needs --csv.")
    within = _range(arguments)
    if arguments.form is None and line_by_line(arguments):
        arguments.form = "text"
    if arguments.form is None:
        require_terminal("the review")
    paths = arguments.paths or [chosen_folder(arguments)]
    if not arguments.paths and is_missing(paths[0]):
        raise CommandError("There's no circle yet: run circle-tui to set one up.")
    if arguments.form is None:
        make_ready_to_draw()
        from circle_tui.tui.review_app import run_review

        as_members = arguments.as_members_see_it
        return run_review(paths, within, seats=arguments.seats, as_members=as_members)
    from circle_tui.reports.command import review_as_xlsx, write_review
    from circle_tui.service.clock import SystemClock

    clock, seats = SystemClock(), arguments.seats
    if arguments.form == "xlsx":
        return review_as_xlsx(paths, within, clock, stdout_or(arguments.output), seats=seats)
    output = None if str(arguments.output) == "-" else arguments.output
    by = arguments.by or "member"
    return write_review(paths, arguments.form, within, clock, seats=seats, output=output, by=by)


def _range(arguments: argparse.Namespace) -> DateRange:
    """The days that are meant. Raises `UsageError`."""
    try:
        if arguments.period is None:
            return read_range(arguments.start, arguments.end)
        if arguments.start is not None or arguments.end is not None:
            raise UsageError("--period already says both days: leave --from and --until out.")
        from circle_tui.service.clock import SystemClock

        clock = SystemClock()
        return read_period(arguments.period, clock.now().astimezone(clock.zone).date())
    except RuleError as refused:
        raise UsageError(str(refused)) from None
