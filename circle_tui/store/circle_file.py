"""One circle's file: making it, reading it, adding a finished meeting.

Invariant: nothing is written to a file that could not be read whole first, nor anything that
could not be read back; a newer schema is left alone. A write goes through TinyDB's own storage
interface, whole and at once, and what a newer version keeps in the file survives it. Who only
reads does not wait for TinyDB: it is imported where something is written.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from msgspec import structs

from circle_tui.core.attendance.facts import in_order
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store import atomic, sidecars
from circle_tui.store.codec import file_contents
from circle_tui.store.codec.file_contents import FileContents
from circle_tui.store.errors import (
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


class CircleFile:
    """The file of one circle; making this object touches nothing.

    `journal_path` and `lock_path` lie beside the file itself: where `path` is a symbolic link,
    beside what it leads to, so that two names of one circle share them.
    """

    def __init__(self, path: Path) -> None:
        real = Path(os.path.realpath(path)) if path.is_symlink() else path
        self.path = path
        self.slug = path.stem
        self.journal_path = real.with_suffix(sidecars.JOURNAL)
        self.lock_path = real.with_suffix(sidecars.LOCK)

    @classmethod
    def create(cls, folder: Path, circle: Circle) -> "CircleFile":
        """A new file (0600) for `circle`, in `folder`, which is made (0700) where missing.

        A circle without an id gets one. Raises `SaveError`, also for a circle that could not be
        read back.
        """
        try:
            state = _with_id(CircleState(circle=circle))
            content = file_contents.encode(state).to_bytes()
        except SchemaError as misfit:
            raise SaveError(f"This circle {misfit}: put that right, then try again.") from None
        path = folder / "circle.json"
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
        return cls(path)

    @property
    def stamp(self) -> tuple[int, ...] | None:
        """What is another one when the file was written meanwhile; None where there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns

    @property
    def under_way(self) -> bool:
        """Whether a meeting was begun and is not closed yet, here or in another terminal."""
        return os.path.lexists(self.journal_path)

    def read(self) -> CircleState:
        """What is in it. Raises `LoadError`."""
        return self._read().state

    def make_sure(self) -> None:
        """Make durable what is found: whoever wrote it may have died before that, or failed to.

        Raises `SaveError`.
        """
        try:
            atomic.sync_folder(self.journal_path.parent)
        except OSError as error:
            raise save_error(error, self.path) from error

    def save(self, state: CircleState) -> None:
        """Let the file hold `state`, in one write; none where it holds it already.

        Moments are kept to the second. Raises `SaveError`, or `LoadError` as `read` does.
        """
        self._save(self._read(), state)

    def save_alone(self, state: CircleState) -> None:
        """`save`, and no earlier version stays on the disk, nor any meeting that was set aside.

        Raises `SaveError`, and then the file says what it said before, or `LoadError`.
        """
        after = _encode(state, self._read())
        real = Path(os.path.realpath(self.path))
        # Before the write: where only half of this comes to pass, it can be done once more.
        try:
            sidecars.backup_of(real).unlink(missing_ok=True)
            for remnant in sidecars.REMNANTS:
                self.journal_path.with_suffix(remnant).unlink(missing_ok=True)
            atomic.sync_folder(real.parent)
        except OSError as error:
            raise save_error(error, self.path) from error
        self._write(after, keeps_before=False)

    def add(self, record: MeetingRecord) -> None:
        """Keep `record`, over an earlier one of the same id; repeating it changes nothing.

        Raises as `save` does.
        """
        before = self._read()
        others = (each for each in before.state.records if each.id != record.id)
        records = in_order((*others, record))
        self._save(before, structs.replace(before.state, records=records))

    def _read(self) -> FileContents:
        try:
            return file_contents.decode(read_file(self.path))
        except OSError as error:
            raise load_error(error, self.path) from error
        except ValueError:
            raise LoadError(f"{shown(self.path)} is damaged: {self._way_back()}.") from None
        except SchemaError as misfit:
            advice = misfit.advice or f"correct it in an editor, or {self._way_back()}"
            raise LoadError(f"{shown(self.path)} {misfit}: {advice}.") from None

    def _save(self, before: FileContents, state: CircleState) -> None:
        if state != before.state:
            after = _encode(state, before)
            if not after.same_documents(before):
                self._write(after)
                return
        self.make_sure()

    def _write(self, contents: FileContents, *, keeps_before: bool = True) -> None:
        from circle_tui.store import storage

        try:
            with closing(storage.AtomicJSONStorage(self.path)) as file:
                file.keeps_before = keeps_before
                file.write_bytes(contents.to_bytes())
        except (OSError, ValueError) as error:
            raise save_error(error, self.path) from error

    def _way_back(self) -> str:
        before = sidecars.backup_of(Path(os.path.realpath(self.path)))
        try:
            file_contents.decode(read_file(before))
        except (OSError, ValueError, SchemaError):
            return "bring back a copy of your own"
        return f"copy {before.name} over it, which is the version before and whole"


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
