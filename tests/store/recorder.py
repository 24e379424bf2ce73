"""Stands between the program and the system, and writes down what each operation did to the disk.

Invariant: every operation is really done, then done to the model. What SQLite does is taken at
its word: what its files hold when it returns is synced, and so are the names it gives; what it
takes away is a change of names like any other. An operation can be made to fail, before it does
anything.
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

from .disks import EMPTY, FOLDER, Bytes, Disk, Renamed
from .seasons import Picture

Fails = Callable[[str, int], OSError | None]
"""Whether operation number so-and-so, of such a kind, fails."""

_REAL = {
    name: getattr(os, name) for name in ("open", "fsync", "link", "unlink", "replace", "mkdir")
}
# The index is nothing without the log, and is made anew from it.
_SQLITES = re.compile(r"\.(live|dropped)(-wal|-journal)?$")


class Moment(NamedTuple):
    """A boundary after so many operations: the disk, and what may be found on it."""

    operations: int
    after: str
    disk: Disk
    possible: tuple[Picture, ...]


def never(_kind: str, _number: int) -> OSError | None:
    """Nothing fails."""
    return None


class Recorder:
    """Records what happens below `root`, which is laid out as `disk` is."""

    def __init__(
        self,
        root: Path,
        disk: Disk = EMPTY,
        possible: Callable[[], list[Picture]] = list,
        fails: Fails = never,
    ) -> None:
        self.disk = disk
        self.operations = 0
        self.moments: list[Moment] = []
        self._root = root
        self._possible = possible
        self._fails = fails
        self._handles: dict[int, str] = {}
        self._next = 1 + max(disk.files, default=0)

    def boundary(self, after: str) -> None:
        """Between two operations."""
        self._look_at_sqlite()
        self.moments.append(Moment(self.operations, after, self.disk, tuple(self._possible())))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """While this lasts everything is written down."""
        names = (f"{number:08x}" for number in count())
        ours = {name: getattr(self, f"_{name}") for name in _REAL}
        with (
            mock.patch.multiple(os, **ours),
            # Disks that differ in nothing but a name made by chance are one and the same.
            mock.patch.object(atomic, "_random_part", side_effect=names),
            mock.patch.object(atomic, "open", self._file, create=True),
            mock.patch.object(tinydb.storages, "open", self._file, create=True),
        ):
            self.boundary("nothing")
            yield

    def _about_to(self, kind: str) -> None:
        self._look_at_sqlite()
        self.operations += 1
        error = self._fails(kind, self.operations)
        if error is not None:
            raise error

    def _name(self, path: Any) -> str | None:
        """The name below the root of what is to be recorded."""
        if isinstance(path, int) or str(path).endswith(".lock"):
            return None
        try:
            return str(Path(path).relative_to(self._root))
        except ValueError:
            return None

    def _folder(self, name: str) -> bool:
        return name == "." or self.disk.names.get(name) == FOLDER

    def _change(self, gone: str | None, come: str | None, file: int) -> None:
        self.disk = self.disk.renamed(Renamed(gone, come, file))

    def _created(self, name: str) -> None:
        self.disk = self.disk.settled(self._next, b"")
        self._change(None, name, self._next)
        self._next += 1

    # What the program calls

    def _open(self, path: Any, flags: int, *mode: Any, **more: Any) -> int:
        name = self._name(path)
        new = name is not None and flags & os.O_CREAT and not os.path.lexists(path)
        if new:
            self._about_to("open")
        handle: int = _REAL["open"](path, flags, *mode, **more)
        self._handles.pop(handle, None)
        if name is not None:
            self._handles[handle] = name
            if new:
                self._created(name)
                self.boundary(f"open {name}")
        return handle

    def _fsync(self, handle: int) -> None:
        name = self._handles.get(handle)
        if name is None:
            _REAL["fsync"](handle)
            return
        self._about_to("fsync folder" if self._folder(name) else "fsync")
        # The model is what counts, and waiting for the disk beneath it proves nothing.
        if self._folder(name):
            self.disk = self.disk.folder_synced(name)
        else:
            self.disk = self.disk.synced(self.disk.names[name])
        self.boundary(f"fsync {name}")

    def _link(self, source: Any, target: Any, **more: Any) -> None:
        name = self._name(target)
        if name is not None:
            self._about_to("link")
        _REAL["link"](source, target, **more)
        if name is not None:
            self._change(None, name, self.disk.names[str(self._name(source))])
            self.boundary(f"link {name}")

    def _unlink(self, path: Any, **more: Any) -> None:
        name = self._name(path)
        if name is not None and os.path.lexists(path):
            self._about_to("unlink")
        _REAL["unlink"](path, **more)
        # What was none of ours to write down may be removed, too.
        if name is not None and name in self.disk.names:
            self._change(name, None, self.disk.names[name])
            self.boundary(f"unlink {name}")

    def _replace(self, source: Any, target: Any, **more: Any) -> None:
        gone, come = self._name(source), self._name(target)
        if gone is None or come is None:
            _REAL["replace"](source, target, **more)
            return
        if os.path.lexists(source):
            self._about_to("rename")
        file = self.disk.names.get(gone)
        _REAL["replace"](source, target, **more)
        # Of two names of one file, a rename leaves both.
        if file is not None and self.disk.names.get(come) != file:
            self._change(gone, come, file)
        self.boundary(f"rename {come}")

    def _mkdir(self, path: Any, *mode: Any, **more: Any) -> None:
        name = self._name(path)
        if name is not None and Path(path).parent.is_dir() and not Path(path).exists():
            self._about_to("mkdir")
        _REAL["mkdir"](path, *mode, **more)
        if name is not None:
            self._change(None, name, FOLDER)
            self.boundary(f"mkdir {name}")

    def _file(self, target: Any, mode: str = "r", **more: Any) -> Any:
        """What `open` gives, with each write recorded."""
        name = self._handles.get(target) if isinstance(target, int) else self._name(target)
        if name is None:
            return open(target, mode, **more)  # noqa: PTH123 - as it was called
        if not set(mode) & set("wax+"):
            return open(target, mode, **more)  # noqa: PTH123 - as it was called
        new = name not in self.disk.names
        raw = _Recorded(target, mode.replace("b", "").replace("t", ""))
        if new:
            self._created(name)
        self._handles[raw.fileno()] = name
        raw.recorder, raw.recorded = self, name
        buffered: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, **more)

    def wrote(self, name: str, do: Callable[[], int]) -> int:
        """Write to, or truncate, what is called `name`."""
        self._about_to("write")
        done = do()
        content = (self._root / name).read_bytes()
        self.disk = self.disk.written(self.disk.names[name], content)
        self.boundary(f"write {name}")
        return done

    # SQLite

    def _look_at_sqlite(self) -> None:
        folders = [".", *(name for name, file in self.disk.names.items() if file == FOLDER)]
        found: dict[str, bytes] = {}
        for folder in folders:
            with os.scandir(self._root / folder) as entries:
                for entry in entries:
                    if _SQLITES.search(entry.name):
                        path = Path(entry.path)
                        found[str(path.relative_to(self._root))] = path.read_bytes()
        for name in [each for each in self.disk.names if _SQLITES.search(each)]:
            if name not in found:
                self._change(name, None, self.disk.names[name])
        for name, content in found.items():
            file = self.disk.names.get(name)
            if file is None:
                self.disk = self.disk.named_for_sure(name, self._next)
                file, self._next = self._next, self._next + 1
            if self.disk.files.get(file) != Bytes(content):
                self.disk = self.disk.settled(file, content)


class _Recorded(io.FileIO):
    """A file whose every write is one operation."""

    recorder: Recorder
    recorded: str

    def write(self, data: Any) -> int:
        return self.recorder.wrote(self.recorded, lambda: super(_Recorded, self).write(data))

    def truncate(self, size: int | None = None) -> int:
        return self.recorder.wrote(self.recorded, lambda: super(_Recorded, self).truncate(size))
