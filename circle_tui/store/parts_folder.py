"""A folder of parts: tables cut into many files, and what is remembered of where they came from.

Invariant: one program at a time brings a folder up to date. A part is replaced whole or not at all,
and parts whose manifest doesn't fit them are refused.

    <table>/<part>.parquet
    parts.manifest
"""

import os
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from circle_tui.store import atomic
from circle_tui.store.errors import LoadError, SaveError, clean_path, save_error
from circle_tui.store.lock import CircleLock, LockedError
from circle_tui.store.output_file import output_file
from circle_tui.store.read_file import read_file

MANIFEST = "parts.manifest"
_LOCK = ".parts.lock"

_SCHEMA = 2

_PREFIX = 2
"""So many characters of an id say in which part its circle stands."""


class KnownCircle(Struct, array_like=True):
    """A circle as it was written: how far it was, sealed, and a digest of its rows."""

    age: str
    digest: str


class Manifest(Struct):
    """What is remembered: a stamp for each file by its path, and the circles by their ids."""

    schema: int
    options: str
    files: dict[str, str] = {}
    circles: dict[str, KnownCircle] = {}


def part_of(circle: str) -> str:
    """The name of the part that a circle with this id stands in."""
    return circle[:_PREFIX]


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Make the folder if there is none; nobody else may bring it up to date meanwhile.

    Raises `SaveError`.
    """
    try:
        atomic.make_folder(folder)
    except OSError as error:
        raise save_error(error, folder / MANIFEST) from error
    lock = CircleLock(folder / _LOCK)
    try:
        lock.acquire()
    except LockedError:
        raise SaveError(
            f"Another export is writing into {clean_path(folder)}: wait until it's done, then try "
            "again."
        ) from None
    try:
        yield
    finally:
        lock.release()


class PartsFolder:
    """The files of a folder of parts."""

    def __init__(self, folder: Path, tables: Collection[str]) -> None:
        self._folder, self._tables = folder, tables

    def load(self, options: str) -> Manifest:
        """What is remembered; an empty manifest, saved at once, for a new folder.

        `options` says how the parts were made. Raises `LoadError` for parts that were made
        otherwise, and `SaveError`.
        """
        path = self._folder / MANIFEST
        try:
            found = msgspec.json.decode(read_file(path), type=Manifest)
        except FileNotFoundError:
            return self._new_manifest(options)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            raise LoadError(
                f"{clean_path(path)} can't be read: choose another folder, or an empty one."
            ) from None
        if (found.schema, found.options) != (_SCHEMA, options):
            raise LoadError(
                f"{clean_path(self._folder)} was made with another key or other options: "
                "choose another folder for these."
            )
        for part in {part_of(circle) for circle in found.circles}:
            for table in self._tables:
                if not os.path.lexists(self._path(table, part)):
                    raise self.lost(table, part, "is missing")
        return found

    def _new_manifest(self, options: str) -> Manifest:
        if any(os.path.lexists(self._folder / table) for table in self._tables):
            raise LoadError(
                f"{clean_path(self._folder / MANIFEST)} is missing, and without it nobody knows "
                "what's in the parts: choose another folder, or an empty one."
            )
        manifest = Manifest(_SCHEMA, options)
        # Before any part, so that one run that is killed doesn't stop the next.
        self.save(manifest)
        return manifest

    def save(self, manifest: Manifest) -> None:
        """Remember this. Raises `SaveError`."""
        # Sorted, so that no order of files or circles shows through.
        manifest.files = dict(sorted(manifest.files.items()))
        manifest.circles = dict(sorted(manifest.circles.items()))
        with output_file(self._folder / MANIFEST) as file:
            file.write(msgspec.json.encode(manifest))

    def read(self, table: str, part: str) -> bytes | None:
        """The bytes of a part; None if there is no such file. Raises `LoadError`."""
        try:
            return read_file(self._path(table, part))
        except FileNotFoundError:
            return None
        except OSError:
            raise self.unreadable(table, part) from None

    def writing(self, table: str, part: str) -> AbstractContextManager[BinaryIO]:
        """A file to write into, which replaces a part at the end. Raises `SaveError`."""
        path = self._path(table, part)
        try:
            atomic.make_folder(path.parent)
        except OSError as error:
            raise save_error(error, path) from error
        return output_file(path)

    def unreadable(self, table: str, part: str) -> LoadError:
        """The error for a part with something else in it."""
        return self.lost(table, part, "can't be read")

    def lost(self, table: str, part: str, what: str) -> LoadError:
        """The error for a part that isn't what was written."""
        return LoadError(
            f"{clean_path(self._path(table, part))} {what}: remove the folder, and all parts will "
            "be made again."
        )

    def _path(self, table: str, part: str) -> Path:
        return self._folder / table / f"{part}.parquet"
