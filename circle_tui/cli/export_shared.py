"""`circle-tui export shared`: the lines that a circle chose to pass up, for the circle above."""

import argparse

from circle_tui.cli.member_seat import chosen_circles
from circle_tui.cli.output import CommandError, UsageError, complain, stdout_or
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.attendance.figures import read_range
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.store.output_file import output_file
from circle_tui.views.passing_up import shared_page


def run(arguments: argparse.Namespace) -> int:
    """Write the lines as Markdown; returns the exit status."""
    try:
        within = read_range(arguments.start, arguments.end)
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    chosen = chosen_circles(chosen_folder(arguments), arguments.circle)
    if len(chosen) > 1:
        each = ", ".join(found.file.slug for found in chosen)
        raise UsageError(f"There's more than one circle: say which with --circle ({each}).")
    (found,) = chosen
    for sentence in found.copies:
        complain(sentence)
    try:
        page = shared_page(found.file.read(), within)
        with output_file(stdout_or(arguments.output)) as file:
            file.write(page.encode())
    except (RuleError, LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None
    return FINE
