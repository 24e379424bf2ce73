"""Which circle a start begins with, and the choice of one out of a folder.

Invariant: the only circle of a folder is opened at once; of several, somebody chooses. The sample
does not count as one. A choice is shown at once, and files are read while it is there.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import ListedCircle, list_circles
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.views.choose import CircleSummary, summary


class FolderReading:
    """The circles of a folder, read a few at a time; `now` is what "when" is said from."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder = folder
        self._coming = _summaries(folder, now)

    def some(self, seconds: float, most: int | None = None) -> list[tuple[Path, CircleSummary]]:
        """What comes next within these seconds; nothing where all is read.

        Raises `LoadError` where the folder itself can't be read.
        """
        until = time.monotonic() + seconds
        found = []
        for each in islice(self._coming, most):
            found.append(each)
            if time.monotonic() > until:
                break
        return found


def first(folder: Path, now: datetime) -> CircleFile | BaseScreen:
    """The circle to open, or the screen to choose or set one up with."""
    try:
        # Whether there is a second one is all that is asked here.
        own = list(islice((each for each in list_circles(folder) if not each.sample), 2))
    except LoadError:
        # The screen says why.
        return choice(folder, now)
    if not own:
        from circle_tui.tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(first=True)
    return own[0].file if len(own) == 1 else choice(folder, now)


def choice(
    folder: Path, now: datetime, first_said: str | None = None, came_from: Path | None = None
) -> BaseScreen:
    """The circles of `folder`, to choose from; `came_from` is the file of the one before."""
    from circle_tui.tui.screens.choose import ChooseScreen

    return ChooseScreen(FolderReading(folder, now), first_said, came_from)


def _summaries(folder: Path, now: datetime) -> Iterator[tuple[Path, CircleSummary]]:
    for listed in list_circles(folder):
        yield listed.file.path, _summary(listed, now)


def _summary(listed: ListedCircle, now: datetime) -> CircleSummary:
    if listed.trouble is not None:
        return CircleSummary(slug=listed.file.slug, trouble=listed.trouble)
    from circle_tui.store import attendance_reader

    read = attendance_reader.read(listed.file.path)
    if isinstance(read, attendance_reader.Unread):
        return CircleSummary(slug=listed.file.slug, trouble=str(read))
    return summary(listed.file.slug, read.facts, now, under_way=listed.file.under_way)
