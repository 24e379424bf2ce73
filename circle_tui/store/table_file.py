"""Reads a table that somebody has written, as text.

Invariant: a file that is no text is refused; no byte of it is dropped or guessed.
"""

import codecs
from pathlib import Path

from circle_tui.store.errors import LoadError, clean_path, load_error
from circle_tui.store.read_file import read_file

_MOST_BYTES = 4 << 20
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_table(path: Path) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or else in Windows' western letters.

    Raises `LoadError`.
    """
    try:
        raw = read_file(path)
    except OSError as error:
        raise load_error(error, path) from error
    if len(raw) > _MOST_BYTES:
        raise LoadError(
            f"{clean_path(path)} is too large for a list of people: choose another file."
        )
    mark = next((each for each in _MARKS if raw.startswith(each)), None)
    try:
        found = raw.decode(_MARKS[mark] if mark else "utf-8")
    except UnicodeDecodeError:
        # Spreadsheets on Windows write these, and every byte but five is a letter in them.
        try:
            found = raw.decode("cp1252")
        except UnicodeDecodeError:
            raise _no_text(path) from None
    if "\0" in found:
        raise _no_text(path)
    return found


def _no_text(path: Path) -> LoadError:
    return LoadError(f"{clean_path(path)} isn't text: save the table as CSV, in UTF-8.")
