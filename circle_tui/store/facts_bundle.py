"""Facts of many circles in one file: one circle a line, compressed.

Invariant: a bundle is read line by line, in its order, and is never held whole as text. A place in
one is a path below the bundle: "all.facts.jsonl.gz/3" is the third circle in it.
"""

import gzip
import re
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from circle_tui.store.read_file import open_file, read_beginning

_NAMED = re.compile(r"\.jsonl\b[^/]*$")
_GZIP = b"\x1f\x8b"

_LONGEST_LINE = 1 << 26
"""Bytes; a line that is longer is no circle's."""


def is_named_bundle(path: Path) -> bool:
    """Whether a file is named like a bundle, also with what a copying program adds to a name."""
    return is_bundles_name(path.name)


def is_bundles_name(name: str) -> bool:
    """`is_named_bundle` for a file's name alone."""
    return _NAMED.search(name) is not None


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle. Raises `OSError`."""
    return is_named_bundle(path) or (
        path.suffix == ".gz" and read_beginning(path, len(_GZIP)) == _GZIP
    )


def is_entry(path: Path) -> bool:
    """Whether a path is that of one circle in a bundle."""
    return path.name.isdecimal() and (is_named_bundle(path.parent) or path.parent.suffix == ".gz")


def entries(path: Path) -> Iterator[Path]:
    """The place of each circle in a bundle.

    Raises `OSError`, and `ValueError` where it is damaged, after those that stand before.
    """
    with closing(_Lines(path)) as lines:
        number = 0
        while line := lines.next():
            number += 1
            if line.strip():
                yield path / str(number)


def read_line(place: Path) -> bytes:
    """The line of one circle in a bundle. Raises `OSError`, `ValueError`."""
    return _CURSOR.read(place.parent, int(place.name))


def write_lines(lines: Iterable[bytes], file: BinaryIO, *, packed: bool) -> int:
    """Write a bundle into `file`, compressed if `packed`. Returns the number of lines."""
    if packed:
        # Without a name and a time in it, the same facts are the same bytes.
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packing:
            return _write_each(lines, packing)
    return _write_each(lines, file)


def _write_each(lines: Iterable[bytes], file: BinaryIO | gzip.GzipFile) -> int:
    number = 0
    for line in lines:
        file.write(line)
        number += 1
    return number


class _Cursor:
    """The position in the bundle read last, so that reading its next line costs nothing more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bundle: tuple[Path, int, int] | None = None
        self._lines: _Lines | None = None
        self._next = 1

    def read(self, path: Path, number: int) -> bytes:
        """A line by its number, from 1. Raises `OSError`, `ValueError`."""
        with self._lock:
            status = path.stat()
            bundle = (path, status.st_size, status.st_mtime_ns)
            if self._lines is None or bundle != self._bundle or number < self._next:
                if self._lines is not None:
                    self._lines.close()
                self._bundle, self._lines, self._next = bundle, _Lines(path), 1
            line = b""
            while self._next <= number:
                self._next += 1
                line = self._lines.next()
            return line


class _Lines:
    """The lines of a bundle, unpacked as they are read. Raises `OSError`."""

    def __init__(self, path: Path) -> None:
        self._file = open_file(path)
        packed = self._file.peek(len(_GZIP)).startswith(_GZIP)
        self._unpacked = gzip.GzipFile(fileobj=self._file) if packed else self._file

    def next(self) -> bytes:
        """The next line, empty at the end. Raises `OSError`, `ValueError`."""
        try:
            line = self._unpacked.readline(_LONGEST_LINE)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise ValueError("damaged") from None
        if len(line) == _LONGEST_LINE:
            raise ValueError("too long")
        return line

    def close(self) -> None:
        """Close the file."""
        self._file.close()


_CURSOR = _Cursor()
