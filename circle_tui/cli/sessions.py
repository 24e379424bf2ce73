"""The folder for circles, from the command line and the environment."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.cli.output import UsageError
from circle_tui.cli.typed_path import read_path
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import sessions_folder

if TYPE_CHECKING:
    import argparse

_VARIABLE = "CIRCLE_SESSIONS"


def chosen_folder(arguments: "argparse.Namespace") -> Path:
    """The folder of `--sessions`, or of $CIRCLE_SESSIONS, or else the default one.

    Raises `UsageError` if it would be in a home folder that does not exist.
    """
    environ = dict(os.environ)
    if arguments.sessions is None and environ.get(_VARIABLE):
        try:
            environ[_VARIABLE] = str(read_path(environ[_VARIABLE]))
        except ValueError as refused:
            raise UsageError(f"${_VARIABLE}: {refused}.") from None
    try:
        return sessions_folder(arguments.sessions, environ, _here())
    except LoadError as trouble:
        raise UsageError(str(trouble)) from None


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        # The current folder was removed.
        return Path()
