"""The circles of a folder to choose from, and whether there is anything to choose.

Invariant: the only circle of a folder is opened at once, whatever copies of it lie there; of
several, somebody chooses. The sample does not count as one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.store.folder import ListedCircle, count_circles, list_circles, without_copies


class Choice(NamedTuple):
    """A circle that can be chosen; `trouble` is why it can't be read, with no `facts` then."""

    path: Path
    slug: str
    trouble: str | None = None
    facts: AttendanceFacts | None = None
    under_way: bool = False
    copies: tuple[str, ...] = ()


def only_circle(folder: Path) -> ListedCircle | int:
    """The only circle of `folder`; else how many there are: none, or at least two.

    Raises `LoadError` where the folder can't be read.
    """
    own = []
    for listed in list_circles(folder):
        if not listed.sample:
            own.append(listed)
        if (count := count_circles(own)) > 1:
            return count
    kept = without_copies(own)
    return kept[0] if len(kept) == 1 else len(kept)


def choices(folder: Path) -> Iterator[Choice | None]:
    """The circles; None after each file of which only the beginning is read so far.

    Raises `LoadError` where the folder can't be read.
    """
    listed = []
    for each in list_circles(folder):
        listed.append(each)
        yield None
    for each in without_copies(listed):
        yield _choice(each)


def _choice(listed: ListedCircle) -> Choice:
    file = listed.file
    if listed.trouble is not None:
        return Choice(file.path, file.slug, listed.trouble)
    from circle_tui.store import attendance_reader

    read = attendance_reader.read(file.path)
    if isinstance(read, attendance_reader.Unread):
        return Choice(file.path, file.slug, str(read))
    return Choice(file.path, file.slug, None, read.facts, file.under_way, listed.copies)
