"""`circle-tui export circle`: a whole circle, to take to another machine."""

import argparse

from circle_tui.cli.member_seat import chosen_circles
from circle_tui.cli.output import CommandError, UsageError, complain, stdout_or
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE
from circle_tui.service import transfer
from circle_tui.store.errors import LoadError, SaveError


def run(arguments: argparse.Namespace) -> int:
    """Write the circle's file; returns the exit status."""
    chosen = chosen_circles(chosen_folder(arguments), arguments.slug)
    if len(chosen) > 1:
        each = ", ".join(found.file.slug for found in chosen)
        raise UsageError(f"There's more than one circle: write one of these after it: {each}.")
    (found,) = chosen
    for sentence in found.copies:
        complain(sentence)
    try:
        transfer.export_circle(found.file, stdout_or(arguments.output))
    except (RuleError, LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None
    return FINE
