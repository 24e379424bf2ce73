"""This user's own folders, where the operating system puts them.

Invariant: a folder is an absolute path. If the user has no home folder, an error is raised, and
nothing is created in the current folder instead.
"""

from collections.abc import Callable
from pathlib import Path

from circle_tui.store.errors import LoadError


class NoHomeError(LoadError):
    """This user has no home folder, so there is no place for files of their own."""


def user_data() -> Path:
    """The folder for this user's data. Raises `NoHomeError`."""
    from platformdirs import user_data_path

    return _absolute(
        user_data_path,
        "There's no home folder here that circles could lie in: say where they do with "
        "--sessions, or set $HOME.",
    )


def user_config() -> Path:
    """The folder for this user's preferences. Raises `NoHomeError`."""
    from platformdirs import user_config_path

    return _absolute(user_config_path, "There's no home folder here: set $HOME.")


def user_log() -> Path:
    """The folder for what the program logs. Raises `NoHomeError`."""
    from platformdirs import user_log_path

    return _absolute(user_log_path, "There's no home folder here to log anything in: set $HOME.")


def _absolute(find: Callable[..., Path], refusal: str) -> Path:
    """The folder that `find` gives. Raises `NoHomeError` with `refusal` if it is not absolute."""
    try:
        path = find("circle-tui", appauthor=False)
    except RuntimeError:
        path = Path()
    if not path.is_absolute():
        raise NoHomeError(refusal)
    return path
