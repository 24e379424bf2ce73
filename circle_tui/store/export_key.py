"""The secret key for the anonymous ids of an export.

Invariant: the key is made once, readable by its owner alone, and never part of an export. It keeps
ids the same from one export to the next; without it nobody can tell whose they are.
"""

import errno
import secrets
from contextlib import suppress
from pathlib import Path

from circle_tui.store import atomic
from circle_tui.store.errors import LoadError, SaveError, clean_path, load_error, save_error
from circle_tui.store.user_folders import NoHomeError, user_data

NAME = "export.key"

_BYTES = 32


def export_key() -> bytes:
    """This user's key; a new one if there is none.

    Raises `LoadError` if the file is damaged, `SaveError` if no key can be made.
    """
    try:
        path = user_data() / NAME
    except NoHomeError:
        raise SaveError(
            "The key for anonymous ids belongs in your home folder, and there isn't one here: "
            "set $HOME, or name everybody with --names."
        ) from None
    try:
        return _read(path)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise load_error(error, path) from error
    try:
        atomic.make_folder(path.parent)
        # Another process may create it at the same time.
        with suppress(FileExistsError):
            atomic.create_file(path, secrets.token_hex(_BYTES).encode("ascii"))
        return _read(path)
    except OSError as error:
        raise _not_made(error, path) from error


def read_key(path: Path) -> bytes:
    """The key in a file that several leads share. Raises `LoadError`."""
    try:
        return _read(path)
    except OSError as error:
        raise load_error(error, path) from error


def new_key() -> bytes:
    """A new key as a file holds it."""
    return secrets.token_hex(_BYTES).encode("ascii") + b"\n"


def create_key(path: Path) -> None:
    """Make a new key, its owner's alone. Raises `SaveError`, also where there is a file already."""
    try:
        atomic.create_file(path, new_key())
    except FileExistsError:
        raise SaveError(
            f"There's a file {clean_path(path)} already, and a new key would change all ids. "
            "Choose another name."
        ) from None
    except OSError as error:
        raise save_error(error, path) from error


def _read(path: Path) -> bytes:
    """Raises `OSError`, `LoadError`."""
    with suppress(ValueError):
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(key) == _BYTES:
            return key
    raise LoadError(
        f"{clean_path(path)} isn't a key: set it aside, and new ids will be made with a new one."
    )


def _not_made(error: OSError, path: Path) -> SaveError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return save_error(error, path)
    return SaveError(
        f"The key for anonymous ids belongs in {clean_path(path.parent)}, which can't be written: "
        "give yourself permission, or name everybody with --names."
    )
