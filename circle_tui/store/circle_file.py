"""One circle's file: creating it, reading it, saving a state, adding a finished meeting.

Invariant: a file is only written if it could be read, holds what this object last read, and will be
readable afterwards; a file with a newer schema is never written. A write replaces the whole file,
and keeps what a newer version stored in it. TinyDB is imported for writing only, because that is
slow.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store import atomic, sidecars
from circle_tui.store.codec import file_contents
from circle_tui.store.codec.file_contents import FileContents
from circle_tui.store.errors import (
    ChangedOnDiskError,
    LoadError,
    SaveError,
    SchemaError,
    clean_path,
    load_error,
    save_error,
)
from circle_tui.store.read_file import read_file

if TYPE_CHECKING:
    from circle_tui.core.circle.comparison import Missing

SAMPLE = "sample"
"""The slug of the sample circle; no other circle gets it."""

_ID_BYTES = 16
_1970 = datetime(1970, 1, 1, tzinfo=UTC)
_SLUG_LETTERS = 60
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}


_Stamp = tuple[int, ...] | None
"""Device, inode, size and modification time of a file; None if there is no file."""


class _Version(Struct, frozen=True):
    """One version of the file: its bytes, its stamp when they were read, and what they hold."""

    raw: bytes
    stamp: _Stamp
    contents: FileContents


class MissingVersion(Struct, frozen=True):
    """Meetings and members that the file has lost, and the path of a version that has them."""

    path: Path
    missing: "Missing"


class CircleFile:
    """The file of one circle; constructing this object does not touch the disk.

    If `path` is a symbolic link, `journal_path` and `lock_path` are beside its target, so that two
    names of one circle share them.
    """

    def __init__(self, path: Path) -> None:
        real = Path(os.path.realpath(path)) if path.is_symlink() else path
        self.path = path
        self.slug = path.stem
        self.journal_path = sidecars.sidecar_path(real, sidecars.JOURNAL)
        self.lock_path = sidecars.sidecar_path(real, sidecars.LOCK)
        self.dropped_path = sidecars.sidecar_path(real, sidecars.DROPPED)
        self._known: _Version | None = None
        """What this object last read or wrote."""
        self._attempted: _Version | None = None
        """What the last write tried to leave, if it failed; it may have succeeded all the same."""
        self.missing: MissingVersion | None = None
        """What `add` found to be missing in the file; None if nothing is."""

    @classmethod
    def create(cls, folder: Path, circle: Circle) -> "CircleFile":
        """Create a file (0600) for `circle` in `folder`, which is created (0700) if needed.

        A circle without an id gets one. Raises `SaveError`, also for a circle that could not be
        read back.
        """
        try:
            contents = file_contents.encode(_with_id(CircleState(circle=circle)))
        except SchemaError as error:
            raise SaveError(f"This circle {error}: correct that, then try again.") from None
        return cls._create(folder, contents)

    @classmethod
    def copy_into(cls, folder: Path, other: "CircleFile") -> "CircleFile":
        """Create a file in `folder` that says all that `other` says, with fields it doesn't know.

        Raises `SaveError`, or `LoadError` as `read` does.
        """
        return cls._create(folder, other._read().contents)

    @classmethod
    def _create(cls, folder: Path, contents: FileContents) -> "CircleFile":
        circle = contents.state.circle
        path, content = folder / "circle.json", contents.to_bytes()
        try:
            atomic.make_folder(folder)
            for slug in _slugs(circle):
                path = folder / f"{slug}{sidecars.CIRCLE}"
                if any(os.path.lexists(folder / f"{slug}{tail}") for tail in sidecars.LEFT_BEHIND):
                    continue
                try:
                    atomic.create_file(path, content)
                except FileExistsError:
                    continue
                break
        except OSError as error:
            raise save_error(error, path) from error
        file = cls(path)
        file._known = _Version(content, None, contents)
        return file

    @property
    def stamp(self) -> _Stamp:
        """Changes whenever the file is written; None if there is no file."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns

    @property
    def saved(self) -> datetime:
        """When the file was last written (aware UTC); 1970 if that is unknown."""
        try:
            return _1970 + timedelta(microseconds=self.path.stat().st_mtime_ns // 1000)
        except (OSError, OverflowError):
            return _1970

    @property
    def under_way(self) -> bool:
        """Whether a meeting has begun and is not closed, in this program or another."""
        return os.path.lexists(self.journal_path)

    def read(self) -> CircleState:
        """The state in the file; decoded only if the file changed since the last read or write.

        Raises `LoadError`.
        """
        return self._read().contents.state

    def whole(self) -> bytes:
        """All that the file says, laid out as the program writes it. Raises `LoadError`."""
        return self._read().contents.to_bytes()

    def replace_with(self, other: "CircleFile") -> CircleState:
        """Write all that `other` says instead of what the file says, which stays as its backup.

        Raises as `save` does, and `LoadError` where `other` can't be read.
        """
        before, contents = self._unchanged(), other._read().contents
        circle_id = before.contents.state.circle.id
        if contents.state.circle.id != circle_id:
            # A file of the first version has none, and it stays the same circle.
            contents = _encode(_with_id(contents.state, circle_id), contents)
        return self._write(before, contents)

    def make_durable_and_private(self) -> None:
        """Sync the folder and make the files private, in case another program did neither.

        Raises `SaveError`.
        """
        real = Path(os.path.realpath(self.path))
        others = (sidecars.missing_of(real), self.journal_path, self.dropped_path)
        for path in (real, sidecars.backup_of(real), *others):
            atomic.make_private(path)
        try:
            atomic.sync_folder(self.journal_path.parent)
        except OSError as error:
            raise save_error(error, self.path) from error

    def save(self, state: CircleState) -> CircleState:
        """Write `state` to the file, unless the file has it already.

        Returns the state as it will be read back: moments in whole seconds, with the circle's id.
        `state` must be made from the state that this object last read or saved. If the file has
        changed since, this raises `ChangedOnDiskError` until `read` is called. Raises `SaveError`,
        or `LoadError` as `read` does.
        """
        return self._save(self._unchanged(), state)

    def save_without_history(self, state: CircleState) -> CircleState:
        """`save`, and delete every earlier version and any meeting that was set aside.

        Raises as `save` does; after a `SaveError` the file still has the state before.
        """
        before = self._unchanged()
        after = _encode(state, before.contents)
        real = Path(os.path.realpath(self.path))
        # Delete before the write, so that after a failure halfway it can be repeated.
        try:
            sidecars.backup_of(real).unlink(missing_ok=True)
            sidecars.missing_of(real).unlink(missing_ok=True)
            for damaged in sidecars.damaged_of(real):
                damaged.unlink(missing_ok=True)
            for remnant in sidecars.REMNANTS:
                self.journal_path.with_suffix(remnant).unlink(missing_ok=True)
            atomic.sync_folder(real.parent)
        except OSError as error:
            raise save_error(error, self.path) from error
        return self._write(before, after, keeps_before=False)

    def add(self, record: MeetingRecord, members: Sequence[Member] = ()) -> CircleState:
        """Add `record` to what the file holds now, and return the new state.

        It replaces a record with the same id; adding the same record twice changes nothing.
        Conflicts with what another program wrote are resolved (see `add_record`); `members` are
        those the meeting knew. If another program brought back an older version, `missing` says
        afterwards what that lacks. Raises `SaveError`, or `LoadError` as `read` does.
        """
        from circle_tui.core.circle.adding_record import add_record

        known, before = self._known, self._read()
        state = before.contents.state
        last = max((each.number for each in state.records), default=0)
        if record.number > last + 1 or (known is not None and known.raw != before.raw):
            self._keep_missing(known, before)
        # A file of the first version has no id yet, and the chain of meetings needs it.
        return self._save(before, add_record(_with_id(state), record, members))

    def _keep_missing(self, known: "_Version | None", now: "_Version") -> None:
        """If an older version was brought back, keep a copy of the version that has more.

        Raises `SaveError`.
        """
        from circle_tui.core.circle.comparison import Missing, missing

        found, version = Missing(), now
        for each in (known, self._backup()):
            if each is not None:
                has = missing(each.contents.state, now.contents.state)
                found, version = max((found, version), (has, each), key=lambda pair: pair[0].total)
        if not found.total:
            return
        path = sidecars.missing_of(Path(os.path.realpath(self.path)))
        try:
            atomic.replace_file(path, version.raw)
        except OSError as error:
            raise save_error(error, path) from error
        self.missing = MissingVersion(path, found)

    def _read(self) -> "_Version":
        """Read the file, and remember it as the known version. Raises `LoadError`."""
        raw, stamp = self.read_raw()
        contents = self.decode(raw)
        self._known = _Version(raw, stamp, contents)
        return self._known

    def _unchanged(self) -> "_Version":
        """The version in the file. Raises `ChangedOnDiskError` if it is not the known one.

        A version that a failed write has left after all counts as known. If nothing was read yet,
        the file is read. Raises `LoadError` if it cannot be read.
        """
        if self._known is None:
            return self._read()
        raw, stamp = self.read_raw()
        for version in (self._known, self._attempted):
            if version is not None and version.raw == raw:
                self._known = structs.replace(version, stamp=stamp)
                return self._known
        # For a damaged file, say that it is damaged rather than that it has changed.
        self.decode(raw)
        raise self._changed()

    def read_raw(self) -> tuple[bytes, _Stamp]:
        """The bytes of the file, and its stamp from before they were read.

        Raises `LoadError`.
        """
        stamp = self.stamp
        try:
            return read_file(self.path), stamp
        except FileNotFoundError as error:
            if self.under_way and self.path.parent.is_dir() and not self.path.is_symlink():
                raise LoadError(
                    f"{clean_path(self.path)} is gone, and its meeting in "
                    f"{clean_path(self.journal_path)} is still there: {self._way_back()}."
                ) from None
            raise load_error(error, self.path) from error
        except OSError as error:
            raise load_error(error, self.path) from error

    def decode(self, raw: bytes) -> FileContents:
        """What the file says if these are its bytes. Raises `LoadError`."""
        for version in (self._known, self._attempted):
            if version is not None and version.raw == raw:
                return version.contents
        try:
            return file_contents.decode(raw)
        except ValueError:
            raise LoadError(f"{clean_path(self.path)} is damaged: {self._way_back()}.") from None
        except SchemaError as error:
            advice = error.advice or f"correct it in an editor, or {self._way_back()}"
            raise LoadError(f"{clean_path(self.path)} {error}: {advice}.") from None

    def _save(self, before: "_Version", state: CircleState) -> CircleState:
        if state != before.contents.state:
            after = _encode(state, before.contents)
            if not after.same_documents(before.contents):
                return self._write(before, after)
        self.make_durable_and_private()
        return before.contents.state

    def _write(
        self, before: "_Version", contents: FileContents, *, keeps_before: bool = True
    ) -> CircleState:
        """Write `contents` in the place of `before`, if the file is still that version."""
        from circle_tui.store import storage

        raw = contents.to_bytes()
        self._attempted = _Version(raw, None, contents)
        try:
            with closing(storage.AtomicJSONStorage(self.path)) as file:
                file.keeps_before = keeps_before
                file.check = lambda: self._check_stamp(before.stamp)
                file.write_bytes(raw)
        except (OSError, ValueError) as error:
            raise save_error(error, self.path) from error
        self._known, self._attempted = self._attempted, None
        return contents.state

    def _check_stamp(self, stamp: _Stamp) -> None:
        """Called just before the file is replaced. Raises `ChangedOnDiskError`."""
        if self.stamp != stamp:
            raise self._changed()

    def _changed(self) -> ChangedOnDiskError:
        return ChangedOnDiskError(
            f"{clean_path(self.path)} was changed by another program in the meantime: look at what "
            "it says now, then try again."
        )

    def _way_back(self) -> str:
        if self._backup() is None:
            return "bring back a copy of your own"
        name = sidecars.backup_of(Path(os.path.realpath(self.path))).name
        return f"copy {name} over it: that's the previous version, and it's fine"

    def _backup(self) -> "_Version | None":
        """The version in the backup file; None if it is missing or unreadable."""
        try:
            raw = read_file(sidecars.backup_of(Path(os.path.realpath(self.path))))
            return _Version(raw, None, file_contents.decode(raw))
        except (OSError, ValueError, SchemaError):
            return None


def _with_id(state: CircleState, before: str = "") -> CircleState:
    """`state` with the id that its file had before, or else its own, or else a new one."""
    circle_id = before or state.circle.id or os.urandom(_ID_BYTES).hex()
    if circle_id == state.circle.id:
        return state
    return structs.replace(state, circle=structs.replace(state.circle, id=circle_id))


def _encode(state: CircleState, before: FileContents) -> FileContents:
    """Raises `SaveError`."""
    try:
        return file_contents.encode(_with_id(state, before.state.circle.id), before)
    except SchemaError as error:
        raise SaveError(f"What was to be saved {error}: nothing was written.") from None


def _slugs(circle: Circle) -> Iterator[str]:
    """File names to try for `circle`: its name in plain letters, then that with numbers."""
    plain = unicodedata.normalize("NFKD", circle.name.casefold()).encode("ascii", "ignore").decode()
    best = "-".join(re.findall("[a-z0-9]+", plain))[:_SLUG_LETTERS].strip("-") or "circle"
    if circle.sample:
        yield SAMPLE
    # Windows reserves some names for devices; "sample" belongs to the sample circle.
    if best not in _RESERVED and best != SAMPLE:
        yield best
    for number in count(2):
        tail = f"-{number}"
        yield best[: _SLUG_LETTERS - len(tail)].rstrip("-") + tail
