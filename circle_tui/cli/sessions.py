"""Where circles lie, as the command line and the environment say."""

import argparse
import os
from pathlib import Path

from circle_tui.cli.arguments import typed_path
from circle_tui.cli.output import UsageError
from circle_tui.store.folder import sessions_folder

_VARIABLE = "CIRCLE_SESSIONS"


def chosen_folder(arguments: argparse.Namespace) -> Path:
    """The folder of `--sessions`, or of $CIRCLE_SESSIONS, or else the usual one.

    Raises `UsageError` where the variable names a home folder that there is not.
    """
    environ = dict(os.environ)
    if arguments.sessions is None and environ.get(_VARIABLE):
        try:
            environ[_VARIABLE] = str(typed_path(environ[_VARIABLE]))
        except argparse.ArgumentTypeError as refused:
            raise UsageError(f"${_VARIABLE}: {refused}.") from None
    return sessions_folder(arguments.sessions, environ, Path.cwd())
