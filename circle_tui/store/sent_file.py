"""Checks a file that somebody sent, before it is read whole.

Invariant: only files that are plainly something else are refused here, so that they are not called
damaged circles.
"""

from contextlib import suppress
from pathlib import Path

from circle_tui.store.errors import LoadError, clean_path
from circle_tui.store.read_file import read_beginning

_BEGINNING = 64


def refuse_other_files(path: Path) -> None:
    """Raise `LoadError` for a table, a text, an archive; other trouble is left to the reader."""
    beginning = b""
    with suppress(OSError):
        beginning = read_beginning(path, _BEGINNING).lstrip()
    first = beginning.decode("utf-8-sig", "replace")[:1]
    if first.isascii() and first.isprintable() and first not in {"", "{", "["}:
        raise LoadError(f"{clean_path(path)} is no file of circle-tui's: choose another file.")
