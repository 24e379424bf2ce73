"""Files that a key saves, without asking where.

Invariant: a file of the same name is replaced only if this program made it; otherwise the new one
gets a number.
"""

import os
from itertools import count
from pathlib import Path

from circle_tui.store.errors import save_error
from circle_tui.store.output_file import output_file
from circle_tui.store.read_file import read_beginning
from circle_tui.store.user_folders import user_downloads

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


def _is_free(path: Path) -> bool:
    if not os.path.lexists(path):
        return True
    try:
        return not path.is_symlink() and _OURS in read_beginning(path, _BEGINNING)
    except OSError:
        return False
