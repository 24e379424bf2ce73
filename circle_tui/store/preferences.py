"""The preferences of this user on this machine, for all circles: the theme.

Invariant: they are in a file in the user's config folder, never in a circle's file. If it cannot be
read, the defaults apply.
"""

import msgspec
from msgspec import Struct

from circle_tui.store import atomic
from circle_tui.store.errors import LoadError, SaveError, clean_path, save_error
from circle_tui.store.read_file import read_file
from circle_tui.store.user_folders import NoHomeError, user_config

NAME = "preferences.json"


class Preferences(Struct, frozen=True):
    """`theme` is the name of a theme; empty for the default one."""

    theme: str = ""


def read_preferences() -> Preferences:
    """The preferences in the file; the defaults if there is none. Raises `LoadError`."""
    try:
        path = user_config() / NAME
    except NoHomeError:
        return Preferences()
    try:
        return msgspec.json.decode(read_file(path), type=Preferences)
    except (FileNotFoundError, NotADirectoryError):
        return Preferences()
    except (OSError, ValueError, RecursionError):
        raise LoadError(
            f"{clean_path(path)} can't be read, so you see the usual colours: choose yours in the "
            "settings."
        ) from None


def write_preferences(preferences: Preferences) -> None:
    """Save `preferences` for the next start. Raises `SaveError`."""
    try:
        path = user_config() / NAME
    except NoHomeError as none:
        raise SaveError(f"Your colours aren't saved for next time. {none}") from none
    try:
        atomic.make_folder(path.parent)
        atomic.replace_file(path, msgspec.json.encode(preferences) + b"\n")
    except OSError as error:
        reason = save_error(error, path)
        raise SaveError(f"Your colours aren't saved for next time. {reason}") from error
