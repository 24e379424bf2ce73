"""A file that somebody sent, before anything reads it whole.

Invariant: only what plainly is something else is refused here, so that it isn't called damaged.
"""

from contextlib import suppress
from pathlib import Path

from circle_tui.store.errors import LoadError, shown
from circle_tui.store.read_file import read_beginning

_BEGINNING = 64


def refuse_other_files(path: Path) -> None:
    """Raise `LoadError` for a table, a text, an archive; other trouble is left to the reader."""
    beginning = b""
    with suppress(OSError):
        beginning = read_beginning(path, _BEGINNING).lstrip()
    first = beginning.decode("utf-8-sig", "replace")[:1]
    if first.isascii() and first.isprintable() and first not in {"", "{", "["}:
        raise LoadError(f"{shown(path)} is no file of circle-tui's: choose another file.")
