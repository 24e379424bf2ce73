"""Checks whether the files in a folder are intact, and restores the previous version of a file.

Invariant: a check changes nothing. A repair keeps the damaged file, and never replaces a file that
can be read or that a newer version of the program wrote. Nothing here quotes a file.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.circle.references import CirclePart, dangling
from circle_tui.core.circle.state import CircleState
from circle_tui.store import atomic, sidecars
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents
from circle_tui.store.codec.schema import SCHEMA
from circle_tui.store.errors import (
    LoadError,
    NewerSchemaError,
    NotACircleError,
    SaveError,
    SchemaError,
    clean_path,
    load_error,
    save_error,
)
from circle_tui.store.folder import circle_files, circles
from circle_tui.store.journal import SQLiteJournal
from circle_tui.store.lock import CircleLock
from circle_tui.store.read_file import read_file


class FindingKind(Enum):
    """What may be found about a file."""

    HEALTHY = auto()
    UNREADABLE = auto()
    REPAIRABLE = auto()
    """Unreadable, and its previous version is whole."""
    DANGLING = auto()
    """Parts of it refer to a missing member or commitment."""
    BACKUP_DAMAGED = auto()
    BACKUP_ALONE = auto()
    """A previous version whose circle is gone."""
    FOREIGN = auto()
    """It holds no circle at all."""
    FOLDER_READ_ONLY = auto()
    JOURNAL_DAMAGED = auto()
    OLDER_BROUGHT_BACK = auto()
    """Another program brought back an older version, and the newer one was kept."""
    OPEN_TO_OTHERS = auto()
    COPY = auto()
    UNDER_WAY = auto()
    """The journal of a meeting that can be continued."""
    SET_ASIDE = auto()
    """The journal of a meeting that people chose not to continue."""
    KEPT_DAMAGED = auto()
    """The damaged file from before a repair."""
    LEFTOVER = auto()
    """The temporary file of a save that was interrupted."""


NOTES = {
    FindingKind.HEALTHY,
    FindingKind.UNDER_WAY,
    FindingKind.SET_ASIDE,
    FindingKind.KEPT_DAMAGED,
    FindingKind.LEFTOVER,
}
"""The findings that need no repair."""


class Finding(NamedTuple):
    """One thing about one file; `sentence` is a ready one, such as that of an error.

    `where` says which parts refer to a missing member or commitment; `meetings` is how many a
    healthy file holds.
    """

    kind: FindingKind
    path: Path
    sentence: str = ""
    where: tuple[CirclePart, ...] = ()
    meetings: int = 0
    schema: int = SCHEMA

    @property
    def problem(self) -> bool:
        """Whether something is to be done about it."""
        return self.kind not in NOTES


def inspect(folder: Path) -> Iterator[Finding]:
    """The findings about the files in `folder`, by name. Raises `LoadError` for the folder."""
    files = circle_files(folder)
    if files and not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(FindingKind.FOLDER_READ_ONLY, folder)
    for file in files:
        yield from _circle(file)
    if len(files) > 1:
        for each in circles(folder):
            for sentence in each.copies:
                yield Finding(FindingKind.COPY, each.file.path, sentence)
    yield from _others(folder, {file.path.name for file in files})


def _circle(file: CircleFile) -> Iterator[Finding]:
    real = Path(os.path.realpath(file.path))
    state = None
    try:
        state = file.read()
    except LoadError as trouble:
        kind = FindingKind.UNREADABLE if _good_backup(file) is None else FindingKind.REPAIRABLE
        if kind is FindingKind.UNREADABLE and _is_foreign(real):
            yield Finding(FindingKind.FOREIGN, file.path)
            return
        yield Finding(kind, file.path, str(trouble))
    else:
        yield Finding(FindingKind.HEALTHY, file.path, meetings=len(state.records))
        if where := dangling(state):
            yield Finding(FindingKind.DANGLING, file.path, where=where)
    backup = sidecars.backup_of(real)
    if os.path.lexists(backup) and _decoded(backup) is None:
        yield Finding(FindingKind.BACKUP_DAMAGED, backup)
    if os.path.lexists(file.journal_path):
        yield _journal(file, state)
    if os.path.lexists(file.dropped_path):
        yield Finding(FindingKind.SET_ASIDE, file.dropped_path)
    if os.path.lexists(missing := sidecars.missing_of(real)):
        yield Finding(FindingKind.OLDER_BROUGHT_BACK, missing)
    for path in (real, *sidecars.sidecar_paths(real)):
        if _is_open_to_others(path):
            yield Finding(FindingKind.OPEN_TO_OTHERS, path)


def _journal(file: CircleFile, state: CircleState | None) -> Finding:
    """The finding about a live meeting, whose journal is read from a copy, to change nothing."""
    found = _copied_journal(file, state)
    # While another program writes, a copy may have come from two moments.
    return found if found.kind is FindingKind.UNDER_WAY else _copied_journal(file, state)


def _copied_journal(file: CircleFile, state: CircleState | None) -> Finding:
    path = file.journal_path
    circle_id = "" if state is None else state.circle.id
    with tempfile.TemporaryDirectory(prefix="circle-tui-") as place:
        copy = Path(place) / path.name
        journal = SQLiteJournal(copy, circle_id)
        try:
            shutil.copyfile(path, copy)
            for tail in ("-wal", "-journal"):
                if (log := path.with_name(f"{path.name}{tail}")).exists():
                    shutil.copyfile(log, copy.with_name(f"{copy.name}{tail}"))
            journal.load()
        except LoadError as trouble:
            sentence = str(trouble).replace(clean_path(copy), clean_path(path))
            return Finding(FindingKind.JOURNAL_DAMAGED, path, sentence)
        except OSError as error:
            return Finding(FindingKind.JOURNAL_DAMAGED, path, str(load_error(error, path)))
        finally:
            journal.close()
    return Finding(FindingKind.UNDER_WAY, path)


def _others(folder: Path, known: set[str]) -> Iterator[Finding]:
    """The findings about the other files in the folder."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return
    tail = f"{sidecars.CIRCLE}{sidecars.BACKUP}"
    for name in names:
        if name.endswith(tail) and name.removesuffix(sidecars.BACKUP) not in known:
            yield Finding(FindingKind.BACKUP_ALONE, folder / name)
        elif sidecars.is_kept_damaged(name):
            yield Finding(FindingKind.KEPT_DAMAGED, folder / name)
        elif name.startswith(".") and name.endswith(".tmp") and sidecars.CIRCLE in name:
            yield Finding(FindingKind.LEFTOVER, folder / name)


def _is_open_to_others(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return os.name == "posix" and stat.S_ISREG(status.st_mode) and bool(status.st_mode & 0o007)


def _decoded(path: Path) -> bytes | None:
    """The content of a file that holds a whole circle; None for any other."""
    try:
        raw = read_file(path)
        file_contents.decode(raw)
    except (OSError, ValueError, SchemaError):
        return None
    return raw


def _is_foreign(path: Path) -> bool:
    """Whether a file can be read, and is no circle."""
    try:
        file_contents.decode(read_file(path))
    except NotACircleError:
        return True
    except (OSError, ValueError, SchemaError):
        pass
    return False


def _good_backup(file: CircleFile) -> bytes | None:
    """The previous version, if it can replace the file; None otherwise."""
    real = Path(os.path.realpath(file.path))
    try:
        file_contents.decode(read_file(real))
    except (NewerSchemaError, PermissionError):
        return None
    except (OSError, ValueError, SchemaError):
        return _decoded(sidecars.backup_of(real))
    return None


class Repaired(NamedTuple):
    """The restored file, and the file that keeps the damaged version; None if it was missing."""

    path: Path
    kept: Path | None


def repair(path: Path) -> Repaired:
    """Restore the previous version of the circle's file at `path`, and keep the damaged one.

    Raises `SaveError` or `LockedError` if that cannot be done.
    """
    file = CircleFile(path)
    lock = CircleLock(file.lock_path)
    lock.acquire()
    try:
        # Looked at again, because only now nobody else writes.
        backup = _good_backup(file)
        if backup is None:
            raise SaveError(f"{clean_path(path)} has changed in the meantime: run it again.")
        real = Path(os.path.realpath(path))
        kept = sidecars.next_damaged(real) if os.path.lexists(real) else None
        try:
            atomic.replace_file(real, backup, backup=kept)
        except OSError as error:
            raise save_error(error, real) from error
        if kept is not None:
            atomic.make_private(kept)
        return Repaired(path, kept if kept is not None and os.path.lexists(kept) else None)
    finally:
        lock.release()
