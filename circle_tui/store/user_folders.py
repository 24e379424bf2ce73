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
        "There's no home folder here for your circles: say where they are with --sessions, or set "
        "$HOME.",
    )


def user_config() -> Path:
    """The folder for this user's preferences. Raises `NoHomeError`."""
    from platformdirs import user_config_path

    return _absolute(user_config_path, "There's no home folder here: set $HOME.")


def user_log() -> Path:
    """The folder for what the program logs. Raises `NoHomeError`."""
    from platformdirs import user_log_path

    return _absolute(user_log_path, "There's no home folder here to log anything in: set $HOME.")


def user_downloads() -> Path:
    """Where this user looks for files that arrive; their home if there is no such folder.

    Raises `NoHomeError`.
    """
    from platformdirs import user_downloads_path

    refusal = "There's no home folder here: say where with circle-tui calendar -o FILE."
    try:
        downloads = user_downloads_path()
        return downloads if downloads.is_dir() else _absolute(lambda *_, **__: Path.home(), refusal)
    except (OSError, RuntimeError):
        raise NoHomeError(refusal) from None


def _absolute(find: Callable[..., Path], refusal: str) -> Path:
    """The folder that `find` gives. Raises `NoHomeError` with `refusal` if it is not absolute."""
    try:
        path = find("circle-tui", appauthor=False)
    except RuntimeError:
        path = Path()
    if not path.is_absolute():
        raise NoHomeError(refusal)
    return path
