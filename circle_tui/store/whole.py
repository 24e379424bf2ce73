"""A file, read whole.

Invariant: only what is a file is read, and nobody is waited for; by as few calls of the system as
can be, as a folder may hold thousands of files.
"""

import errno
import os
import stat
from pathlib import Path

_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""As it is, and without waiting for somebody to write into a pipe."""


def whole(path: Path) -> bytes:
    """All that a file holds. Raises `OSError`, also for what is no file."""
    file = os.open(path, _TO_READ)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "Not a file")
        # A byte more than there is to be, so that it is seen at once whether that was all.
        raw = os.read(file, status.st_size + 1)
        if len(raw) != status.st_size:
            while more := os.read(file, 1 << 12):
                raw += more
        return raw
    finally:
        os.close(file)
