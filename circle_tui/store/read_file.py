"""A file, read whole.

Invariant: only a regular file is read, and nobody is waited for. It takes as few system calls as
possible, because a folder may hold thousands of files.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""As it is, and without waiting for somebody to write into a pipe."""


def read_file(path: Path) -> bytes:
    """All bytes of a file. Raises `OSError`, also for what is no regular file."""
    with _opened(path) as (handle, size):
        # One byte more than there should be, so that it is seen at once whether that was all.
        raw = os.read(handle, size + 1)
        if len(raw) != size:
            while more := os.read(handle, 1 << 12):
                raw += more
        return raw


def read_beginning(path: Path, size: int) -> bytes:
    """The first bytes of a file, at most `size` of them. Raises as `read_file` does."""
    with _opened(path) as (handle, _):
        return os.read(handle, size)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, int]]:
    """The handle of a file, and how large it is."""
    handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "Not a file")
        yield handle, status.st_size
    finally:
        os.close(handle)
