"""Files that a key saves, without asking where.

Invariant: a file of the same name is replaced only if this program made it; otherwise the new one
gets a number.
"""

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from circle_tui.store import atomic
from circle_tui.store.errors import save_error
from circle_tui.store.output_file import not_written, output_file
from circle_tui.store.read_file import read_beginning
from circle_tui.store.user_folders import NoHomeError, user_downloads

_OURS = b"PRODID:-//circle-tui//"
_BEGINNING = 256


def save_download(name: str, content: bytes) -> Path:
    """Save a calendar under `name` where this user looks for files, and return its path.

    Raises `LoadError` where there is no such place, and `SaveError`.
    """
    folder = user_downloads()
    stem, suffix = Path(name).stem, Path(name).suffix
    names = (name if number == 1 else f"{stem}-{number}{suffix}" for number in count(1))
    path = next(path for each in names if _is_free(path := folder / each))
    try:
        with output_file(path) as file:
            file.write(content)
    except OSError as error:
        raise save_error(error, path) from error
    return path


def find_free(names: Iterable[str]) -> Path:
    """A path for a new file under the first of `names` that is free, as far as is known.

    It's where this user looks for files that arrive, or here where there is no such place. Where
    none is free, it is the last.
    """
    try:
        folder = user_downloads()
    except NoHomeError:
        folder = Path.cwd()
    path = folder
    for name in names:
        path = folder / name
        if not os.path.lexists(path):
            break
    return path


def create_download(path: Path, content: bytes) -> None:
    """Write a new file. Raises `SaveError`, and `FileExistsError` if there is one of that name."""
    try:
        atomic.create_file(path, content)
    except FileExistsError:
        raise
    except OSError as error:
        raise not_written(error, path) from error


def _is_free(path: Path) -> bool:
    if not os.path.lexists(path):
        return True
    try:
        return not path.is_symlink() and _OURS in read_beginning(path, _BEGINNING)
    except OSError:
        return False
