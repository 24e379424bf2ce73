"""One circle's file: making it, reading it, adding a finished meeting.

Law: nothing is written to a file that could not be read whole first, nor anything that could not
be read back; a newer schema is left alone. Documents are inserted and updated through TinyDB,
never rebuilt, so what a newer version keeps in them survives.
"""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tinydb import TinyDB, where

from circle_tui.core.circle import Circle
from circle_tui.core.record import Record
from circle_tui.store import documents, storage
from circle_tui.store.failures import NotSaved, Unreadable, not_saved, shown, unreadable

SAMPLE = "sample"
"""The slug of the made-up circle, which no other can have."""

_SLUG_LETTERS = 60
_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
# What may be left of an earlier circle; the new one must not take it for its own.
_SIBLINGS = (".json", ".json.bak", ".live", ".dropped")


class Contents(NamedTuple):
    """A circle and its records, oldest first by number."""

    circle: Circle
    records: tuple[Record, ...]


class CircleFile:
    """The file of one circle; making this object touches nothing.

    `journal_path` and `lock_path` lie beside the file itself: where `path` is a symbolic link,
    beside what it leads to, so that two names of one circle share them.
    """

    def __init__(self, path: Path) -> None:
        real = Path(os.path.realpath(path)) if path.is_symlink() else path
        self.path = path
        self.slug = path.stem
        self.journal_path = real.with_suffix(".live")
        self.lock_path = real.with_suffix(".lock")

    @classmethod
    def create(cls, folder: Path, circle: Circle) -> "CircleFile":
        """A new file (0600) for `circle`, in `folder`, which is made (0700) where missing.

        Raises `NotSaved`, also for a circle that could not be read back.
        """
        tables = documents.tables_of(circle)
        try:
            documents.read_tables(tables)
        except documents.Misfit as misfit:
            raise NotSaved(f"This circle {misfit}: put that right, then try again.") from None
        path = folder / "circle.json"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for slug in _slugs(circle):
                path = folder / f"{slug}.json"
                if any(os.path.lexists(folder / f"{slug}{tail}") for tail in _SIBLINGS):
                    continue
                try:
                    storage.write_new(path, tables)
                except FileExistsError:
                    continue
                break
        except OSError as error:
            raise not_saved(error, path) from error
        return cls(path)

    def read(self) -> Contents:
        """What is in it. Raises `Unreadable`."""
        try:
            return _contents(self.path)
        except OSError as error:
            raise unreadable(error, self.path) from error
        except ValueError:
            raise Unreadable(f"{shown(self.path)} is damaged: {self._way_back()}.") from None
        except documents.Misfit as misfit:
            advice = misfit.advice or f"correct it in an editor, or {self._way_back()}"
            raise Unreadable(f"{shown(self.path)} {misfit}: {advice}.") from None

    def add(self, record: Record) -> None:
        """Keep `record`, over an earlier one of the same id; repeating it changes nothing.

        Moments are kept to the second. Raises `NotSaved`, or `Unreadable` as `read` does.
        """
        circle, records = self.read()
        document = documents.document_of(record, circle)
        try:
            new = documents.read_record(document)
            documents.read_records([new, *(each for each in records if each.id != record.id)])
        except documents.Misfit as misfit:
            raise NotSaved(f"The record of this meeting {misfit}: nothing was written.") from None
        if new in records:
            return
        try:
            with TinyDB(self.path, storage=storage.AtomicJSONStorage) as db:
                sessions = db.table("sessions")
                stored = sessions.get(where("id") == record.id)
                if stored is None:
                    sessions.insert(document)
                else:
                    before = next(each for each in records if each.id == record.id)
                    same = documents.document_of(before, circle).items()
                    changed = {
                        name: value for name, value in document.items() if (name, value) not in same
                    }
                    sessions.update(changed, doc_ids=[stored.doc_id])
        except (OSError, ValueError) as error:
            raise not_saved(error, self.path) from error

    def _way_back(self) -> str:
        real = Path(os.path.realpath(self.path))
        before = real.with_name(f"{real.name}.bak")
        try:
            _contents(before)
        except (OSError, ValueError, documents.Misfit):
            return "bring back a copy of your own"
        return f"copy {before.name} over it, which is the version before and whole"


def _contents(path: Path) -> Contents:
    """Raises `OSError`, `ValueError` for what is no JSON, `Misfit`."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise IsADirectoryError(errno.EISDIR, "Not a file")
    return Contents(*documents.read_tables(storage.parse(path.read_bytes())))


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
