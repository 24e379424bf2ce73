"""`circle-tui export`: what leaves a circle, what leaves its lead, and a circle that moves."""

import argparse
from pathlib import Path

from circle_tui.cli.output import CommandError, UsageError, say, stdout_or
from circle_tui.core.attendance.figures import read_range
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE
from circle_tui.store.errors import SaveError


def run(arguments: argparse.Namespace) -> int:
    """Write the file; returns the exit status."""
    if arguments.what == "facts":
        from circle_tui.cli.export_facts import run as run_facts

        return run_facts(arguments)
    if arguments.what == "circle":
        from circle_tui.cli.export_circle import run as run_circle

        return run_circle(arguments)
    if arguments.what == "shared":
        from circle_tui.cli.export_shared import run as run_shared

        return run_shared(arguments)
    if arguments.what == "key":
        return _make_key(arguments.output)
    from circle_tui.reports.command import Export, export_into, write_export
    from circle_tui.service.clock import SystemClock

    try:
        within = read_range(arguments.start, arguments.end)
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    how = Export(
        within, arguments.names, arguments.key, arguments.dates, max(arguments.at_least, 0)
    )
    if arguments.names and arguments.key is not None:
        raise UsageError("--key makes anonymous ids, and --names needs none: leave one out.")
    if arguments.into is not None:
        if arguments.names:
            raise UsageError("--into keeps circles apart by their ids: leave --names out.")
        return export_into(arguments.paths, arguments.into, SystemClock(), how)
    return write_export(arguments.paths, stdout_or(arguments.parquet), SystemClock(), how)


def _make_key(goal: Path | None) -> int:
    from circle_tui.store.export_key import create_key, new_key

    if goal is None or str(goal) == "-":
        say(new_key().decode("ascii"), end="")
        return FINE
    try:
        create_key(goal)
    except SaveError as failure:
        raise CommandError(str(failure)) from None
    return FINE
