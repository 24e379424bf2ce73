"""How a circle's JSON file gets onto the disk.

Invariant: the file is at every moment one whole version, the old one or the new one, and what was
acknowledged survives kill -9, a full disk and a power cut; the version before stays beside it as
`<name>.bak`. Plain `tinydb.TinyDB(path)` reads it in any locale: it is ASCII, a document a line.
"""

import errno
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tinydb.storages import JSONStorage

from circle_tui.store import durable
from circle_tui.store.codec.json_text import join, lines_of, parse
from circle_tui.store.sidecars import backup_of


def write_new(path: Path, content: bytes) -> None:
    """Make `path`, 0600, with everything in it at once.

    Raises `FileExistsError` where something of that name is there already, `OSError` otherwise.
    """
    with _temporary(path, content, 0o600) as fresh:
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:
            # No hard links here. To reserve the name first would leave an empty file to whoever
            # dies before it is filled; two programs at the very same moment are less likely.
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "File exists", str(path)) from None
            fresh.replace(path)
    durable.sync_folder(path.parent)


class AtomicJSONStorage(JSONStorage):
    """TinyDB's JSON storage, except that a write replaces the file whole.

    A symbolic link is followed once, when the storage is made. Without an `encoding` any UTF is
    read, and ASCII written. `OSError` and `TypeError` (for what JSON cannot hold) leave file and
    folder as they were; only where the folder could not be synced, the write may yet last.
    """

    keeps_before = True
    """Whether a write leaves the version before as a backup."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        create_dirs: bool = False,
        encoding: str | None = None,
        access_mode: str = "r+",
        **kwargs: Any,
    ) -> None:
        self._path = Path(os.path.realpath(path))
        self._encoding = encoding
        if "+" in access_mode:
            if create_dirs:
                durable.make_folder(self._path.parent)
            # Before TinyDB makes it readable for everybody.
            with suppress(FileExistsError):
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        super().__init__(str(self._path), False, encoding, access_mode, **kwargs)
        # The file behind this handle is about to be replaced, which Windows forbids while it is
        # open, and which would leave us reading the old version elsewhere.
        self._handle.close()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, or None for an empty file. Raises `OSError`, `ValueError`."""
        raw = self._path.read_bytes()
        if not raw:
            return None
        said: dict[str, dict[str, Any]] = parse(
            raw if self._encoding is None else raw.decode(self._encoding)
        )
        return said

    def write(self, data: Mapping[str, Any]) -> None:
        """Replace the file by `data`, synced on return. Raises `OSError`, `TypeError`."""
        if "+" not in self._mode:
            raise OSError(f'Cannot write to the database. Access mode is "{self._mode}"')
        if self.kwargs:
            text = json.dumps(data, **self.kwargs)
        else:
            text = join(lines_of(data)).decode("ascii")
        self.write_bytes(text.encode(self._encoding or "utf-8"))

    def write_bytes(self, content: bytes) -> None:
        """`write` for a file that is encoded already. Raises `OSError`."""
        before = _status(self._path)
        mode = 0o600 if before is None else stat.S_IMODE(before.st_mode)
        with _temporary(self._path, content, mode) as fresh:
            if before is not None and hasattr(os, "chown"):
                # Written by an administrator, it still belongs to whom it belonged.
                with suppress(OSError):
                    os.chown(fresh, before.st_uid, before.st_gid)
            if self.keeps_before and before is not None and before.st_size:
                _keep(self._path)
            fresh.replace(self._path)
        durable.sync_folder(self._path.parent)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


@contextmanager
def _temporary(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """A synced file with `content` beside `path`; whatever was not moved away is removed."""
    for leftover in path.parent.iterdir():
        if leftover.name.startswith(f".{path.name}.") and leftover.name.endswith(".tmp"):
            leftover.unlink(missing_ok=True)
    fresh = _beside(path)
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle
            file.write(content)
            file.flush()
            fresh.chmod(mode)
            os.fsync(handle)
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def _keep(path: Path) -> None:
    """Let `<name>.bak` be the version that `path` is now."""
    second = _beside(path)
    try:
        try:
            os.link(path, second)
        except OSError:
            # No hard links here.
            handle = os.open(second, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle
                file.write(path.read_bytes())
                file.flush()
                os.fsync(handle)
        second.replace(backup_of(path))
    finally:
        # Also after a rename: of two names of one file, POSIX leaves both.
        second.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{_by_chance()}.tmp")


def _by_chance() -> str:
    return os.urandom(4).hex()
