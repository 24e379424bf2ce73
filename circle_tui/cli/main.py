"""The command line.

Invariant: each command is imported when it runs, so that `--version` and `--help` are there at
once. Data goes to stdout, messages to stderr; 0 is fine, 1 a problem found, 2 wrong usage.
"""

import io
import sys
from importlib import import_module

from circle_tui.cli.arguments import make_parser

_MODULES = {
    "new": "new",
    "today": "today",
    "checkin": "checkin",
    "review": "review",
    "export": "export",
    "demo": "meeting",
    None: "meeting",
}
"""The module of each command; its `run` takes the arguments and gives the exit status."""


def main() -> None:
    """`circle-tui`. Ends the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows another in its place.
            stream.reconfigure(errors="replace")
    arguments = make_parser().parse_args()
    command = import_module(f"circle_tui.cli.{_MODULES[arguments.command]}")
    from circle_tui.cli.output import CommandError, complain

    try:
        status = command.run(arguments)
    except CommandError as ended:
        complain(str(ended))
        status = ended.status
    sys.exit(status)
