"""The choice of a circle out of a folder.

Invariant: a choice is shown at once, and files are read while it is there.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.service.choices import FolderChoices
from circle_tui.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from circle_tui.views.choose import CircleSummary


class FolderReading:
    """The circles of a folder, read a few at a time; `now` is what "when" is said from."""

    def __init__(self, choices: FolderChoices, now: datetime) -> None:
        self.folder = choices.folder
        self.all_read = False
        self._coming = _summaries(choices, now)

    def some(self, seconds: float) -> "list[tuple[Path, CircleSummary]]":
        """What comes next within these seconds; `all_read` says whether more comes.

        Raises `LoadError` where the folder itself can't be read.
        """
        until = time.monotonic() + seconds
        found = []
        for each in self._coming:
            found.append(each)
            if time.monotonic() > until:
                return found
        self.all_read = True
        return found


def choice(
    choices: FolderChoices,
    now: datetime,
    first_said: str | None = None,
    came_from: Path | None = None,
) -> BaseScreen:
    """The circles of a folder, to choose from; `came_from` is the file of the one before."""
    from circle_tui.tui.screens.choose import ChooseScreen

    return ChooseScreen(FolderReading(choices, now), first_said, came_from)


def _summaries(choices: FolderChoices, now: datetime) -> "Iterator[tuple[Path, CircleSummary]]":
    from circle_tui.views.choose import summary_of

    for each in choices:
        yield each.path, summary_of(each, now)
