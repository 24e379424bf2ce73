"""Which of many files are copies of one circle.

Invariant: only facts are read, and nothing is written. A file that cannot be read is no copy of
anything.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.copies import (
    Origin,
    Version,
    difference,
    newest,
    origin,
    same_circles,
)
from circle_tui.store import attendance_reader, facts_bundle
from circle_tui.store.attendance_reader import Read, Unread
from circle_tui.store.errors import shown
from circle_tui.store.read_file import read_beginning, read_file

_BEGINNING = 1 << 9
_ID = re.compile(rb'\{\n "circle": \{\n  "\d+": \{"schema": \d+, "id": "([^"\\]+)"')
"""The id of a circle, in the beginning of its file as the program lays it out."""
_FACTS_ID = re.compile(rb'\{"facts": \{"schema": \d+, "made": "[0-9TZ:-]+", "circle": "([^"\\]+)"')
"""The same in facts that it handed over."""


class Copy(Unread):
    """A file that is left out, because another one of the same circle is newer."""

    def __str__(self) -> str:
        return f"{shown(self.path)} was left out: {self.reason}."


class Copies(NamedTuple):
    """The files that are left out, and for each newest one the name by which its circle is known.

    That is the plainest name of all its files, without its suffix; it stays the same whichever of
    them is the newest.
    """

    left_out: dict[Path, Copy]
    slugs: dict[Path, str]


def find_copies(paths: Sequence[Path]) -> Copies:
    """The files among `paths` that are copies of a newer one of the same circle."""
    found = Copies({}, {})
    if len(paths) < 2:
        return found
    read: dict[Path, Read] = {}
    origins = {path: each for path in paths if (each := _origin(path, read)) is not None}
    if not all(each.id for each in origins.values()):
        # A file without an id is told by what stands deeper in the others.
        for path in origins:
            _read(path, read)
        origins = {path: origin(read[path].facts.circle) for path in origins if path in read}
    known = list(origins)
    for places in same_circles(list(origins.values())):
        if len(places) > 1:
            _add_copies_of_one([known[at] for at in places], read, found)
    return found


def plainest_first(paths: Iterable[Path]) -> list[Path]:
    """Files of one circle, first the one that was hardly named by a program that copies."""
    return sorted(paths, key=lambda path: (len(path.parts), len(path.name), path))


def saved_at(paths: Sequence[Path]) -> list[datetime]:
    """When each of these files of one circle was written (aware UTC).

    Where two hold the very same, that is when the first of them was: to copy is not to write.
    """
    first: dict[bytes, datetime] = {}
    saved = []
    for path in paths:
        try:
            content = sha256(read_file(path)).digest()
        except OSError:
            content = b""
        moment = _modified(path)
        first[content] = min(moment, first.get(content, moment))
        saved.append(content)
    return [first[content] for content in saved]


def _modified(path: Path) -> datetime:
    """When a file was written (aware UTC); long ago where that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _origin(path: Path, read: dict[Path, Read]) -> Origin | None:
    """Where the circle in a file comes from; what had to be read for it whole goes into `read`."""
    try:
        if facts_bundle.is_inside(path):
            beginning = facts_bundle.read_line(path)
        else:
            beginning = read_beginning(path, _BEGINNING)
        if found := _ID.match(beginning) or _FACTS_ID.match(beginning):
            return Origin(found[1].decode("ascii", "replace"), path)
    except (OSError, ValueError):
        return None
    whole = _read(path, read)
    return None if whole is None else origin(whole.facts.circle)


def _read(path: Path, read: dict[Path, Read]) -> Read | None:
    if path not in read:
        found = attendance_reader.read(path)
        if isinstance(found, Unread):
            return None
        read[path] = found
    return read[path]


def _add_copies_of_one(paths: Sequence[Path], read: dict[Path, Read], found: Copies) -> None:
    whole = [path for path in plainest_first(paths) if _read(path, read) is not None]
    if not whole:
        return
    # Facts say themselves when they were made, whoever copied them since.
    versions = [
        Version(read[path].facts, read[path].made or each)
        for path, each in zip(whole, saved_at(whole), strict=True)
    ]
    counts = newest(versions)
    found.slugs[whole[counts]] = whole[0].stem
    for path, version in zip(whole, versions, strict=True):
        if path is not whole[counts]:
            differs = difference(version, versions[counts])
            newest_path = whole[counts]
            near = newest_path.parent == path.parent
            name = shown(Path(newest_path.name) if near else newest_path)
            why = f"it is a copy of {name}, {differs}"
            found.left_out[path] = Copy(path, why)
