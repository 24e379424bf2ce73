"""The command line.

Invariant: each command is imported when it runs, so that `--version` and `--help` answer at once.
Data goes to stdout, messages to stderr; 0 is fine, 1 a problem found, 2 wrong usage.
"""

import signal
import sys
from types import SimpleNamespace
from typing import Any

_MODULES = {
    "new": "new",
    "today": "today",
    "checkin": "checkin",
    "review": "review",
    "export": "export",
    "calendar": "calendar",
    "next": "next",
    "sheet": "sheet",
    "partners": "partners",
    "check": "check",
    "completions": "completions",
    "watch": "watch",
    "page": "page",
    "import": "import_circle",
    "record": "record",
    "certificate": "certificate",
    "verify": "verify",
    "demo": "meeting",
    None: "meeting",
}
"""The module of each command; its `run` takes the arguments and returns the exit status."""

_WITH_SCREENS = {"meeting", "watch", "record"}
"""The modules that show screens, which handle signals themselves."""


def _parsed(words: list[str]) -> Any:
    """The arguments, by name. Most starts have none, and argparse is a thirtieth of a start."""
    if not words:
        return SimpleNamespace(command=None, sessions=None)
    from circle_tui.cli.arguments import make_parser

    return make_parser().parse_args(words)


def main() -> None:
    """Run the command line, and end the process with its exit status."""
    # During the imports there is nothing to clean up, and ctrl+c would print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from importlib import import_module

    from circle_tui.cli.output import CommandError, complain, use_standard_streams
    from circle_tui.exit_codes import FIRST_SIGNAL, INTERRUPTED, NOBODY_READS

    try:
        use_standard_streams()
        arguments = _parsed(sys.argv[1:])
        command = import_module(f"circle_tui.cli.{_MODULES[arguments.command]}")
        if _MODULES[arguments.command] not in _WITH_SCREENS:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            # As an error would: what was begun is taken away. A closed window sends SIGHUP.
            for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
                signal.signal(number, lambda number, _frame: sys.exit(FIRST_SIGNAL + number))
        status = command.run(arguments)
    except CommandError as ended:
        complain(str(ended))
        status = ended.status
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        from circle_tui.store.output_file import discard_stdout

        discard_stdout()
        status = NOBODY_READS
    sys.exit(status)
