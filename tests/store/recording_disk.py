"""Record what each system call of the program does to a model of the disk.

Invariant: every operation is really done, and then done to the model. SQLite is trusted: whatever
its files hold when it returns counts as synced, and so do the names it creates. A file that it
deletes is an unsynced change of names like any other. An operation can be made to fail before it
does anything.
"""

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import tinydb.storages

from circle_tui.store import atomic

from .disk_model import EMPTY, FOLDER, Disk, FileContent, NameChange
from .random_life import Snapshot

FailureRule = Callable[[str, int], OSError | None]
"""Gets an operation's kind and number; returns the error it fails with, or None."""

_REAL = {
    name: getattr(os, name) for name in ("open", "fsync", "link", "unlink", "replace", "mkdir")
}
# Not the `-shm` index: SQLite rebuilds it from the log.
_SQLITE_FILE = re.compile(r"\.(live|dropped)(-wal|-journal)?$")


class Boundary(NamedTuple):
    """A point between two operations: the disk, and the snapshots that may be found on it."""

    operations: int
    after: str
    disk: Disk
    possible: tuple[Snapshot, ...]


def no_failure(_kind: str, _number: int) -> OSError | None:
    """Let nothing fail."""
    return None


class DiskRecorder:
    """Records what happens below `root`, which holds what `disk` describes."""

    def __init__(
        self,
        root: Path,
        disk: Disk = EMPTY,
        possible: Callable[[], list[Snapshot]] = list,
        failure_rule: FailureRule = no_failure,
    ) -> None:
        self.disk = disk
        self.operations = 0
        self.boundaries: list[Boundary] = []
        self._root = root
        self._possible = possible
        self._failure_rule = failure_rule
        self._handles: dict[int, str] = {}
        self._next_number = 1 + max(disk.files, default=0)

    def add_boundary(self, after: str) -> None:
        """Note the state between two operations."""
        self._record_sqlite_files()
        self.boundaries.append(Boundary(self.operations, after, self.disk, tuple(self._possible())))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record everything that happens inside this context."""
        names = (f"{number:08x}" for number in count())
        replacements = {name: getattr(self, f"_{name}") for name in _REAL}
        with (
            mock.patch.multiple(os, **replacements),
            # Random names are replaced by counted ones, so that equal disks compare as equal.
            mock.patch.object(atomic, "_random_part", side_effect=names),
            mock.patch.object(atomic, "open", self._open_recorded, create=True),
            mock.patch.object(tinydb.storages, "open", self._open_recorded, create=True),
        ):
            self.add_boundary("nothing")
            yield

    def _about_to(self, kind: str) -> None:
        self._record_sqlite_files()
        self.operations += 1
        error = self._failure_rule(kind, self.operations)
        if error is not None:
            raise error

    def _recorded_name(self, path: Any) -> str | None:
        """The path relative to the root; None for what is not recorded."""
        if isinstance(path, int) or str(path).endswith(".lock"):
            return None
        try:
            return str(Path(path).relative_to(self._root))
        except ValueError:
            return None

    def _is_folder(self, name: str) -> bool:
        return name == "." or self.disk.names.get(name) == FOLDER

    def _change_names(self, removed: str | None, added: str | None, file: int) -> None:
        self.disk = self.disk.after_name_change(NameChange(removed, added, file))

    def _add_file(self, name: str) -> None:
        self.disk = self.disk.with_safe_content(self._next_number, b"")
        self._change_names(None, name, self._next_number)
        self._next_number += 1

    # What the program calls

    def _open(self, path: Any, flags: int, *mode: Any, **options: Any) -> int:
        name = self._recorded_name(path)
        new = name is not None and flags & os.O_CREAT and not os.path.lexists(path)
        if new:
            self._about_to("open")
        handle: int = _REAL["open"](path, flags, *mode, **options)
        self._handles.pop(handle, None)
        if name is not None:
            self._handles[handle] = name
            if new:
                self._add_file(name)
                self.add_boundary(f"open {name}")
        return handle

    def _fsync(self, handle: int) -> None:
        name = self._handles.get(handle)
        if name is None:
            _REAL["fsync"](handle)
            return
        self._about_to("fsync folder" if self._is_folder(name) else "fsync")
        # No real fsync: only the model decides what is lost.
        if self._is_folder(name):
            self.disk = self.disk.after_folder_fsync(name)
        else:
            self.disk = self.disk.after_fsync(self.disk.names[name])
        self.add_boundary(f"fsync {name}")

    def _link(self, source: Any, target: Any, **options: Any) -> None:
        name = self._recorded_name(target)
        if name is not None:
            self._about_to("link")
        _REAL["link"](source, target, **options)
        if name is not None:
            self._change_names(None, name, self.disk.names[str(self._recorded_name(source))])
            self.add_boundary(f"link {name}")

    def _unlink(self, path: Any, **options: Any) -> None:
        name = self._recorded_name(path)
        if name is not None and os.path.lexists(path):
            self._about_to("unlink")
        _REAL["unlink"](path, **options)
        # The program may also delete files that are not recorded.
        if name is not None and name in self.disk.names:
            self._change_names(name, None, self.disk.names[name])
            self.add_boundary(f"unlink {name}")

    def _replace(self, source: Any, target: Any, **options: Any) -> None:
        removed, added = self._recorded_name(source), self._recorded_name(target)
        if removed is None or added is None:
            _REAL["replace"](source, target, **options)
            return
        if os.path.lexists(source):
            self._about_to("rename")
        file = self.disk.names.get(removed)
        _REAL["replace"](source, target, **options)
        # If both names lead to one file, a rename leaves both.
        if file is not None and self.disk.names.get(added) != file:
            self._change_names(removed, added, file)
        self.add_boundary(f"rename {added}")

    def _mkdir(self, path: Any, *mode: Any, **options: Any) -> None:
        name = self._recorded_name(path)
        if name is not None and Path(path).parent.is_dir() and not Path(path).exists():
            self._about_to("mkdir")
        _REAL["mkdir"](path, *mode, **options)
        if name is not None:
            self._change_names(None, name, FOLDER)
            self.add_boundary(f"mkdir {name}")

    def _open_recorded(self, target: Any, mode: str = "r", **options: Any) -> Any:
        """Open a file as `open` does, and record each write to it."""
        name = self._handles.get(target) if isinstance(target, int) else self._recorded_name(target)
        if name is None:
            return open(target, mode, **options)  # noqa: PTH123 - the program called `open`
        if not set(mode) & set("wax+"):
            return open(target, mode, **options)  # noqa: PTH123 - the program called `open`
        new = name not in self.disk.names
        raw = _RecordedFile(target, mode.replace("b", "").replace("t", ""))
        if new:
            self._add_file(name)
        self._handles[raw.fileno()] = name
        raw.recorder, raw.recorded_name = self, name
        buffered: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, **options)

    def record_write(self, name: str, operation: Callable[[], int]) -> int:
        """Do a write or a truncation of `name`, and record it."""
        self._about_to("write")
        result = operation()
        content = (self._root / name).read_bytes()
        self.disk = self.disk.after_write(self.disk.names[name], content)
        self.add_boundary(f"write {name}")
        return result

    # SQLite

    def _record_sqlite_files(self) -> None:
        folders = [".", *(name for name, file in self.disk.names.items() if file == FOLDER)]
        found: dict[str, bytes] = {}
        for folder in folders:
            with os.scandir(self._root / folder) as entries:
                for entry in entries:
                    if _SQLITE_FILE.search(entry.name):
                        path = Path(entry.path)
                        found[str(path.relative_to(self._root))] = path.read_bytes()
        for name in [each for each in self.disk.names if _SQLITE_FILE.search(each)]:
            if name not in found:
                self._change_names(name, None, self.disk.names[name])
        for name, content in found.items():
            file = self.disk.names.get(name)
            if file is None:
                self.disk = self.disk.with_safe_name(name, self._next_number)
                file, self._next_number = self._next_number, self._next_number + 1
            if self.disk.files.get(file) != FileContent(content):
                self.disk = self.disk.with_safe_content(file, content)


class _RecordedFile(io.FileIO):
    """A file that records every write as one operation."""

    recorder: DiskRecorder
    recorded_name: str

    def write(self, data: Any) -> int:
        return self.recorder.record_write(
            self.recorded_name, lambda: super(_RecordedFile, self).write(data)
        )

    def truncate(self, size: int | None = None) -> int:
        return self.recorder.record_write(
            self.recorded_name, lambda: super(_RecordedFile, self).truncate(size)
        )
