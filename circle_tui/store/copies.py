"""Finds files that are copies of one circle.

Invariant: only attendance facts are read, and nothing is written. A file that cannot be read never
counts as a copy.
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
"""Matches the beginning of a circle's file as this program writes it, with the circle's id."""
_FACTS_ID = re.compile(rb'\{"facts": \{"schema": \d+, "made": "[0-9TZ:-]+", "circle": "([^"\\]+)"')
"""The same in facts that it handed over."""


class Copy(Unread):
    """A file that is left out, because another one of the same circle is newer."""

    def __str__(self) -> str:
        return f"{shown(self.path)} was left out: {self.reason}."


class Copies(NamedTuple):
    """The files to leave out, and for each circle with copies a name, by its newest file.

    The name is that of the first file in the order of `plainest_first`, without its suffix. So a
    circle keeps its name whichever of its files is the newest.
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
        # A file without an id can only be compared by members, so the others are read whole, too.
        for path in origins:
            _read(path, read)
        origins = {path: origin(read[path].facts.circle) for path in origins if path in read}
    known = list(origins)
    for places in same_circles(list(origins.values())):
        if len(places) > 1:
            _add_copies_of_one([known[at] for at in places], read, found)
    return found


def plainest_first(paths: Iterable[Path]) -> list[Path]:
    """Files of one circle, outermost and shortest name first: programs that copy add to a name."""
    return sorted(paths, key=lambda path: (len(path.parts), len(path.name), path))


def saved_at(paths: Sequence[Path]) -> list[datetime]:
    """When each of these files of one circle was written (aware UTC).

    For files with equal content it is the earliest time, because copying is not writing.
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
    """When a file was written (aware UTC); 1970 if that is unknown."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _origin(path: Path, read: dict[Path, Read]) -> Origin | None:
    """The origin of the circle in a file; None if it cannot be read.

    A file that has to be read whole for this is added to `read`.
    """
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
    # Handed-over facts have the moment at which they were made, which copying does not change.
    versions = [
        Version(read[path].facts, read[path].made or each)
        for path, each in zip(whole, saved_at(whole), strict=True)
    ]
    newest_at = newest(versions)
    newest_path = whole[newest_at]
    found.slugs[newest_path] = whole[0].stem
    for path, version in zip(whole, versions, strict=True):
        if path is not newest_path:
            differs = difference(version, versions[newest_at])
            near = newest_path.parent == path.parent
            name = shown(Path(newest_path.name) if near else newest_path)
            why = f"it is a copy of {name}, {differs}"
            found.left_out[path] = Copy(path, why)
