"""How the names of files get onto the disk.

Invariant: a synced file whose folder is not synced may be gone after a power cut; whoever makes,
replaces or removes one syncs its folder too.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` as durable as the files. Raises `OSError`."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives cannot sync a folder, and do it on their own.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Let there be `folder`, 0700 where it is new, its name durable. Raises `OSError`."""
    missing = {each for each in folder.parents if not each.exists()}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Also where it is there: who made it may have died before this.
    for each in {folder, *missing}:
        # Where we may not even look, we made nothing.
        with suppress(PermissionError):
            sync_folder(each.parent)
