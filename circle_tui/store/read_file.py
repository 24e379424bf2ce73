"""Reads files.

Invariant: only regular files are read, so that reading never blocks, as it could on a pipe. It
takes as few system calls as possible, because a folder may have thousands of files.
"""

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Binary, and without waiting for somebody to write into a pipe."""


def read_file(path: Path) -> bytes:
    """All bytes of a file. Raises `OSError`, also if it is not a regular file."""
    with _opened(path) as (handle, size):
        # Ask for one byte more than the size, so that one call shows whether the file has grown.
        raw = os.read(handle, size + 1)
        if len(raw) != size:
            while more := os.read(handle, 1 << 12):
                raw += more
        return raw


def read_beginning(path: Path, size: int) -> bytes:
    """The first bytes of a file, at most `size` of them. Raises as `read_file` does."""
    with _opened(path) as (handle, _):
        return os.read(handle, size)


def open_file(path: Path) -> io.BufferedReader:
    """A file to read on and on, for its caller to close. Raises as `read_file` does."""
    handle = os.open(path, _FLAGS)
    try:
        _check_regular(os.fstat(handle))
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def is_missing(path: Path) -> bool:
    """Whether nothing is at a path; False where that can't be found out."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return False


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, int]]:
    """The handle of a file, and how large it is."""
    handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        _check_regular(status)
        yield handle, status.st_size
    finally:
        os.close(handle)


def _check_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Not a file")
