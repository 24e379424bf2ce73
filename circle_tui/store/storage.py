"""TinyDB's JSON storage, but a crash or a full disk cannot damage the file.

Invariant: a write replaces the whole file and keeps the version before as `<name>.bak`. The file is
ASCII with a document a line, so plain `tinydb.TinyDB(path)` reads it in any locale.
"""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tinydb.storages import JSONStorage

from circle_tui.store import atomic
from circle_tui.store.codec.json_text import join, lines_of, parse
from circle_tui.store.sidecars import backup_of


class AtomicJSONStorage(JSONStorage):
    """TinyDB's JSON storage, except that a write replaces the whole file.

    A symbolic link is followed once, when the storage is made. Without an `encoding`, any UTF is
    read and ASCII is written. After an `OSError` or a `TypeError` (for a value that JSON cannot
    hold), file and folder are as before; but if syncing the folder failed, the new version is there
    and may be lost in a power cut.
    """

    keeps_before = True
    """Whether a write leaves the version before as a backup."""
    check: Callable[[], None] = staticmethod(lambda: None)
    """Called at the last moment before the file is replaced; it may raise to keep it as it is."""

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
                atomic.make_folder(self._path.parent)
            # Made here with mode 0600, because TinyDB would make it readable for everybody.
            with suppress(FileExistsError):
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        super().__init__(str(self._path), False, encoding, access_mode, **kwargs)
        # Each write replaces the file. Windows forbids that while the file is open; elsewhere an
        # open handle would still read the old version.
        self._handle.close()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, or None for an empty file. Raises `OSError`, `ValueError`."""
        raw = self._path.read_bytes()
        if not raw:
            return None
        tables: dict[str, dict[str, Any]] = parse(
            raw if self._encoding is None else raw.decode(self._encoding)
        )
        return tables

    def write(self, data: Mapping[str, Any]) -> None:
        """Replace the file by `data`, synced on return. Raises `OSError`, `TypeError`."""
        if self.kwargs:
            text = json.dumps(data, **self.kwargs)
        else:
            text = join(lines_of(data)).decode("ascii")
        self.write_bytes(text.encode(self._encoding or "utf-8"))

    def write_bytes(self, content: bytes) -> None:
        """`write` for tables that are encoded already. Raises `OSError`."""
        if "+" not in self._mode:
            raise OSError(f'Cannot write to the database. Access mode is "{self._mode}"')
        backup = backup_of(self._path) if self.keeps_before else None
        atomic.replace_file(self._path, content, backup=backup, check=self.check)
