"""Which circle a start begins with, and the choice of one out of a folder.

Invariant: the only circle of a folder is opened at once, whatever copies of it lie there; of
several, somebody chooses. The sample does not count as one. A choice is shown at once, and files
are read while it is there.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.store.errors import LoadError
from circle_tui.store.folder import ListedCircle, count_circles, list_circles, without_copies
from circle_tui.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from circle_tui.views.choose import CircleSummary


class FolderReading:
    """The circles of a folder, read a few at a time; `now` is what "when" is said from."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder = folder
        self.all_read = False
        self._coming = _summaries(folder, now)

    def some(self, seconds: float) -> "list[tuple[Path, CircleSummary]]":
        """What comes next within these seconds; `all_read` says whether more comes.

        Raises `LoadError` where the folder itself can't be read.
        """
        until = time.monotonic() + seconds
        found = []
        for each in self._coming:
            if each is not None:
                found.append(each)
            if time.monotonic() > until:
                return found
        self.all_read = True
        return found


def first(folder: Path, now: datetime) -> ListedCircle | BaseScreen:
    """The circle to open, or the screen to choose or set one up with."""
    own = []
    try:
        for listed in list_circles(folder):
            if not listed.sample:
                own.append(listed)
            if count_circles(own) > 1:
                return choice(folder, now)
        if own:
            kept = without_copies(own)
            return kept[0] if len(kept) == 1 else choice(folder, now)
    except LoadError:
        # The screen says why.
        return choice(folder, now)
    from circle_tui.tui.screens.first_run import FirstRunScreen

    return FirstRunScreen(first=True)


def choice(
    folder: Path, now: datetime, first_said: str | None = None, came_from: Path | None = None
) -> BaseScreen:
    """The circles of `folder`, to choose from; `came_from` is the file of the one before."""
    from circle_tui.tui.screens.choose import ChooseScreen

    return ChooseScreen(FolderReading(folder, now), first_said, came_from)


def _summaries(folder: Path, now: datetime) -> "Iterator[tuple[Path, CircleSummary] | None]":
    """The circles; None after each file of which only the beginning is read so far."""
    listed = []
    for each in list_circles(folder):
        listed.append(each)
        yield None
    for each in without_copies(listed):
        yield each.file.path, _summary(each, now)


def _summary(listed: ListedCircle, now: datetime) -> "CircleSummary":
    from circle_tui.views.choose import CircleSummary, summary

    if listed.trouble is not None:
        return CircleSummary(slug=listed.file.slug, trouble=listed.trouble)
    from circle_tui.store import attendance_reader

    read = attendance_reader.read(listed.file.path)
    if isinstance(read, attendance_reader.Unread):
        return CircleSummary(slug=listed.file.slug, trouble=str(read))
    return summary(
        listed.file.slug,
        read.facts,
        now,
        under_way=listed.file.under_way,
        copies=listed.copies,
    )
