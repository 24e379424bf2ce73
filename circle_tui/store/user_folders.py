"""Where this user's own files belong, as the system has it.

Invariant: a folder is an absolute path, or none can be named: nothing is ever made in a folder that
happens to be the present one.
"""

from pathlib import Path

from circle_tui.store.errors import LoadError


class NoHomeError(LoadError):
    """This user has no home folder, so there is no place for files of their own."""


def user_data() -> Path:
    """The folder for this user's data. Raises `NoHomeError`."""
    from platformdirs import user_data_path

    try:
        path = user_data_path("circle-tui", appauthor=False)
    except RuntimeError:
        path = Path()
    if not path.is_absolute():
        raise NoHomeError(
            "There's no home folder here that circles could lie in: say where they do with "
            "--sessions, or set $HOME."
        )
    return path


def user_config() -> Path:
    """The folder for what this user prefers. Raises `NoHomeError`."""
    from platformdirs import user_config_path

    try:
        path = user_config_path("circle-tui", appauthor=False)
    except RuntimeError:
        path = Path()
    if not path.is_absolute():
        raise NoHomeError("There's no home folder here: set $HOME.")
    return path


def user_log() -> Path:
    """The folder for what the program logs. Raises `NoHomeError`."""
    from platformdirs import user_log_path

    try:
        path = user_log_path("circle-tui", appauthor=False)
    except RuntimeError:
        path = Path()
    if not path.is_absolute():
        raise NoHomeError("There's no home folder here to log anything in: set $HOME.")
    return path
