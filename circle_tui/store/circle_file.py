"""One circle's file: making it, reading it, adding a finished meeting.

Invariant: nothing is written to a file that could not be read whole first, nor anything that
could not be read back, nor an older state over a newer one; a newer schema is left alone. A write
goes through TinyDB's own storage interface, whole and at once, and what a newer version keeps in
the file survives it. Who only reads does not wait for TinyDB: it is imported where something is
written.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from circle_tui.core.circle.adding_record import add_record
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.comparison import Missing, missing
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
    load_error,
    save_error,
    shown,
)
from circle_tui.store.read_file import read_file

SAMPLE = "sample"
"""The slug of the made-up circle, which no other can have."""

_ID_BYTES = 16
_SLUG_LETTERS = 60
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}


_Stamp = tuple[int, ...] | None


class _Version(NamedTuple):
    """The bytes of a file, with the stamp it had then, and what is in them."""

    raw: bytes
    stamp: _Stamp
    contents: FileContents


class MissingVersion(NamedTuple):
    """What the file has no more, and where a version lies that has it."""

    path: Path
    missing: Missing


class CircleFile:
    """The file of one circle; making this object touches nothing.

    `journal_path` and `lock_path` lie beside the file itself: where `path` is a symbolic link,
    beside what it leads to, so that two names of one circle share them.
    """

    def __init__(self, path: Path) -> None:
        real = Path(os.path.realpath(path)) if path.is_symlink() else path
        self.path = path
        self.slug = path.stem
        self.journal_path = sidecars.beside(real, sidecars.JOURNAL)
        self.lock_path = sidecars.beside(real, sidecars.LOCK)
        self.dropped_path = sidecars.beside(real, sidecars.DROPPED)
        self._known: _Version | None = None
        """What this object last read or wrote."""
        self._attempted: _Version | None = None
        """What a write that failed was to leave."""
        self.missing: MissingVersion | None = None
        """What `add` found to be missing; None where nothing was."""

    @classmethod
    def create(cls, folder: Path, circle: Circle) -> "CircleFile":
        """A new file (0600) for `circle`, in `folder`, which is made (0700) where missing.

        A circle without an id gets one. Raises `SaveError`, also for a circle that could not be
        read back.
        """
        try:
            contents = file_contents.encode(_with_id(CircleState(circle=circle)))
        except SchemaError as misfit:
            raise SaveError(f"This circle {misfit}: put that right, then try again.") from None
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
        """What is another one when the file was written meanwhile; None where there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns

    @property
    def under_way(self) -> bool:
        """Whether a meeting was begun and is not closed yet, here or in another terminal."""
        return os.path.lexists(self.journal_path)

    def read(self) -> CircleState:
        """What is in it; decoded only if it changed since this object last read or wrote it.

        Raises `LoadError`.
        """
        return self._read().contents.state

    def make_sure(self) -> None:
        """Make durable what is found, and private: whoever wrote it may have seen to neither.

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
        """Let the file hold `state`, in one write; none where it holds it already.

        Returns the state as it will be read back: moments in whole seconds, with the circle's id.
        `state` must be made from what this object last read or saved: if the file holds something
        else by now, this raises `ChangedOnDiskError`, until `read` was called. Raises `SaveError`,
        or `LoadError` as `read` does.
        """
        return self._save(self._unchanged(), state)

    def save_alone(self, state: CircleState) -> CircleState:
        """`save`, and no earlier version stays on the disk, nor any meeting that was set aside.

        Raises as `save` does; after `SaveError` the file says what it said before.
        """
        before = self._unchanged()
        after = _encode(state, before.contents)
        real = Path(os.path.realpath(self.path))
        # Before the write: where only half of this comes to pass, it can be done once more.
        try:
            sidecars.backup_of(real).unlink(missing_ok=True)
            sidecars.missing_of(real).unlink(missing_ok=True)
            for remnant in sidecars.REMNANTS:
                self.journal_path.with_suffix(remnant).unlink(missing_ok=True)
            atomic.sync_folder(real.parent)
        except OSError as error:
            raise save_error(error, self.path) from error
        return self._write(before, after, keeps_before=False)

    def add(self, record: MeetingRecord, members: Sequence[Member] = ()) -> CircleState:
        """Keep `record` beside whatever the file holds now, and return what it holds then.

        It takes the place of an earlier one of the same id; repeating it changes nothing. Whatever
        clashes with what another program wrote is set right; `members` are those the meeting knew.
        If an older version was brought back, `missing` says afterwards what it has not.
        Raises `SaveError`, or `LoadError` as `read` does.
        """
        known, before = self._known, self._read()
        state = before.contents.state
        last = max((each.number for each in state.records), default=0)
        if record.number > last + 1 or (known is not None and known.raw != before.raw):
            self._keep_missing(known, before)
        return self._save(before, add_record(state, record, members))

    def _keep_missing(self, known: "_Version | None", now: "_Version") -> None:
        """Where an older version was brought back, keep the one that has what it has not.

        Raises `SaveError`.
        """
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
        """The version in the file, which from now on is the known one. Raises `LoadError`."""
        raw, stamp = self._raw()
        contents = self._decoded(raw)
        self._known = _Version(raw, stamp, contents)
        return self._known

    def _unchanged(self) -> "_Version":
        """The version in the file, if it is the known one. Raises `ChangedOnDiskError`.

        A write that failed may have come through: then its version is known, too. Where nothing
        was read yet, any version is. Raises `LoadError` where it cannot be read.
        """
        if self._known is None:
            return self._read()
        raw, stamp = self._raw()
        for version in (self._known, self._attempted):
            if version is not None and version.raw == raw:
                self._known = version._replace(stamp=stamp)
                return self._known
        # One that cannot be read is said to be that, and not only to be another.
        self._decoded(raw)
        raise self._changed()

    def _raw(self) -> tuple[bytes, _Stamp]:
        """The bytes of the file, and its stamp from before they were read.

        Raises `LoadError`.
        """
        stamp = self.stamp
        try:
            return read_file(self.path), stamp
        except FileNotFoundError as error:
            if self.under_way and self.path.parent.is_dir() and not self.path.is_symlink():
                raise LoadError(
                    f"{shown(self.path)} is gone, and its meeting in {shown(self.journal_path)} "
                    f"is still there: {self._way_back()}."
                ) from None
            raise load_error(error, self.path) from error
        except OSError as error:
            raise load_error(error, self.path) from error

    def _decoded(self, raw: bytes) -> FileContents:
        """Raises `LoadError`."""
        for version in (self._known, self._attempted):
            if version is not None and version.raw == raw:
                return version.contents
        try:
            return file_contents.decode(raw)
        except ValueError:
            raise LoadError(f"{shown(self.path)} is damaged: {self._way_back()}.") from None
        except SchemaError as misfit:
            advice = misfit.advice or f"correct it in an editor, or {self._way_back()}"
            raise LoadError(f"{shown(self.path)} {misfit}: {advice}.") from None

    def _save(self, before: "_Version", state: CircleState) -> CircleState:
        if state != before.contents.state:
            after = _encode(state, before.contents)
            if not after.same_documents(before.contents):
                return self._write(before, after)
        self.make_sure()
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
        """At the last moment before the file is replaced. Raises `ChangedOnDiskError`."""
        if self.stamp != stamp:
            raise self._changed()

    def _changed(self) -> ChangedOnDiskError:
        return ChangedOnDiskError(
            f"{shown(self.path)} was changed by another program meanwhile: look at what it says "
            "now, then try again."
        )

    def _way_back(self) -> str:
        if self._backup() is None:
            return "bring back a copy of your own"
        name = sidecars.backup_of(Path(os.path.realpath(self.path))).name
        return f"copy {name} over it, which is the version before and whole"

    def _backup(self) -> "_Version | None":
        """The version before; None where there is none that can be read."""
        try:
            raw = read_file(sidecars.backup_of(Path(os.path.realpath(self.path))))
            return _Version(raw, None, file_contents.decode(raw))
        except (OSError, ValueError, SchemaError):
            return None


def _with_id(state: CircleState, before: str = "") -> CircleState:
    """`state` with the id that its file had before, or else with a new one if it has none."""
    circle_id = before or state.circle.id or os.urandom(_ID_BYTES).hex()
    if circle_id == state.circle.id:
        return state
    return structs.replace(state, circle=structs.replace(state.circle, id=circle_id))


def _encode(state: CircleState, before: FileContents) -> FileContents:
    """Raises `SaveError`."""
    try:
        return file_contents.encode(_with_id(state, before.state.circle.id), before)
    except SchemaError as misfit:
        raise SaveError(f"What was to be kept {misfit}: nothing was written.") from None


def _slugs(circle: Circle) -> Iterator[str]:
    """File names for it, best first: its name in plain letters, then that with numbers."""
    plain = unicodedata.normalize("NFKD", circle.name.casefold()).encode("ascii", "ignore").decode()
    best = "-".join(re.findall("[a-z0-9]+", plain))[:_SLUG_LETTERS].strip("-") or "circle"
    if circle.sample:
        yield SAMPLE
    # Windows takes some names for devices; "sample" is the name of the one we bring along.
    if best not in _RESERVED and best != SAMPLE:
        yield best
    for number in count(2):
        tail = f"-{number}"
        yield best[: _SLUG_LETTERS - len(tail)].rstrip("-") + tail
