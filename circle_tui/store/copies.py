"""Finds files that are copies of one circle.

Invariant: only attendance facts are read, and nothing is written. A file that cannot be read never
counts as a copy.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.copies import (
    Origin,
    Version,
    by_first_meeting,
    difference,
    newest,
    origin,
)
from circle_tui.store import attendance_reader, facts_bundle
from circle_tui.store.attendance_reader import LoadedFacts, UnreadableFile
from circle_tui.store.errors import clean_path
from circle_tui.store.read_file import read_beginning, read_file

_BEGINNING = 1 << 9
_ID = re.compile(rb'\{\n "circle": \{\n  "\d+": \{"schema": \d+, "id": "([^"\\]+)"')
"""Matches the beginning of a circle's file as this program writes it, with the circle's id."""
_FACTS_ID = re.compile(rb'\{"facts": \{"schema": \d+, "made": "[0-9TZ:-]+", "circle": "([^"\\]+)"')
"""The same in facts that it handed over."""


class OlderCopy(UnreadableFile):
    """A file that is left out, because another one of the same circle is newer."""

    def __str__(self) -> str:
        return f"{clean_path(self.path)} was left out: {self.reason}."


class Copies(NamedTuple):
    """Of the files of one circle the newest, a name for it, and those to leave out.

    The name is that of the first file in the order of `plainest_first`, without its suffix. So a
    circle keeps its name whichever of its files is the newest.
    """

    newest: Path
    slug: str
    left_out: list[OlderCopy]


def origin_of(path: Path) -> Origin | None:
    """The id of the circle in a file, if possible by its beginning; None if it cannot be read.

    It has all of the origin only if the circle has no id.
    """
    try:
        if facts_bundle.is_entry(path):
            beginning = facts_bundle.read_line(path)
        else:
            beginning = read_beginning(path, _BEGINNING)
        if found := _ID.match(beginning) or _FACTS_ID.match(beginning):
            return Origin(found[1].decode("ascii", "replace"), None)
    except (OSError, ValueError):
        return None
    return whole_origin_of(path)


def whole_origin_of(path: Path) -> Origin | None:
    """The origin of the circle in a file; None if it cannot be read."""
    found = attendance_reader.read_facts(path)
    return None if isinstance(found, UnreadableFile) else origin(found.facts.circle)


def sort_out(paths: Sequence[Path]) -> list[Copies]:
    """The copies among `paths`, which all seem to be of one circle."""
    plain = plainest_first(paths)
    read = {
        path: found
        for path in plain
        if isinstance(found := attendance_reader.read_facts(path), LoadedFacts)
    }
    whole = list(read)
    # Handed-over facts have the moment at which they were made, which copying does not change.
    versions = [
        Version(read[path].facts, read[path].made or each)
        for path, each in zip(whole, saved_at(whole), strict=True)
    ]
    return [
        _copies([whole[at] for at in group], [versions[at] for at in group])
        for group in by_first_meeting(versions)
        if len(group) > 1
    ]


def _copies(paths: Sequence[Path], versions: Sequence[Version]) -> Copies:
    at = newest(versions)
    found = Copies(paths[at], paths[0].stem, [])
    for path, version in zip(paths, versions, strict=True):
        if path is not found.newest:
            near = found.newest.parent == path.parent
            name = clean_path(Path(found.newest.name) if near else found.newest)
            why = f"it is a copy of {name}, {difference(version, versions[at])}"
            found.left_out.append(OlderCopy(path, why))
    return found


def plainest_first(paths: Iterable[Path]) -> list[Path]:
    """Files of one circle, outermost and shortest name first: programs that copy add to a name."""
    return sorted(paths, key=lambda path: (len(path.parts), len(path.name), path))


def saved_at(paths: Sequence[Path]) -> list[datetime]:
    """When each of these files of one circle was written, as `first_saved`; reads them."""
    return first_saved(paths, [_content(path) for path in paths])


def _content(path: Path) -> bytes:
    # Late: nothing of it is needed to choose among circles.
    from hashlib import sha256

    try:
        return sha256(read_file(path)).digest()
    except OSError:
        return b""


def first_saved(paths: Sequence[Path], contents: Sequence[Hashable]) -> list[datetime]:
    """When each of these files of one circle was written (aware UTC).

    For files with equal `contents` it is the earliest time, because copying is not writing.
    """
    first: dict[Hashable, datetime] = {}
    for path, content in zip(paths, contents, strict=True):
        moment = modified(path)
        first[content] = min(moment, first.get(content, moment))
    return [first[content] for content in contents]


def modified(path: Path) -> datetime:
    """When a file was written (aware UTC); 1970 if that is unknown."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)
