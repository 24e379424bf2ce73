"""The secret from which the ids of an export are made.

Invariant: made once, readable by its owner alone, and never part of an export. With it ids stay
the same from one export to the next; without it nobody can tell whose they are.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from circle_tui.store import durable
from circle_tui.store.errors import LoadError, SaveError, load_error, save_error, shown

NAME = "export.key"

_BYTES = 32


def export_key() -> bytes:
    """The key of whoever runs this; a new one where there is none.

    Raises `LoadError` for one that is none any more, `SaveError` where none can be made.
    """
    from platformdirs import user_data_path

    path = user_data_path("circle-tui", appauthor=False) / NAME
    try:
        return _read(path)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise load_error(error, path) from error
    try:
        durable.make_folder(path.parent)
        _make(path)
        return _read(path)
    except OSError as error:
        raise _not_made(error, path) from error


def _read(path: Path) -> bytes:
    """Raises `OSError`, `LoadError`."""
    with suppress(ValueError):
        key = bytes.fromhex(path.read_text(encoding="ascii"))
        if len(key) == _BYTES:
            return key
    raise LoadError(f"{shown(path)} is no key: set it aside, and new ids are made with a new one.")


def _make(path: Path) -> None:
    """A new key, unless somebody else is quicker. Raises `OSError`."""
    handle, name = tempfile.mkstemp(".tmp", f".{NAME}-", path.parent)
    fresh = Path(name)
    try:
        with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123 - a handle
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(handle)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        except OSError:
            # No hard links here.
            fresh.replace(path)
        durable.sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _not_made(error: OSError, path: Path) -> SaveError:
    folder = shown(path.parent)
    if isinstance(error, PermissionError | FileExistsError | NotADirectoryError):
        return SaveError(
            f"The key for anonymous ids belongs into {folder}, which cannot be written: "
            "give yourself the right to, or name everybody with --names."
        )
    return save_error(error, path)
