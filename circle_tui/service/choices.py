"""The circles of a folder to choose from, and whether there is anything to choose.

Invariant: the only circle of a folder is opened at once, whatever copies of it lie there; of
several, somebody chooses. The sample does not count as one.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.store.circle_file import CircleFile
from circle_tui.store.folder import ListedCircle, circle_files, list_files, without_copies

if TYPE_CHECKING:
    from circle_tui.store.choices import Choice


class FolderChoices:
    """The circles of one folder; each file is opened once, whatever is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._coming = self._read()
        self._ahead: list[Choice] = []
        """What was read to see whether there is anything to choose."""
        self._own = 0
        """How many circles were read so far, without the sample."""

    def only_circle(self) -> ListedCircle | int:
        """The only circle of the folder; else how many there are: none, or at least two.

        Raises `LoadError` where the folder can't be read.
        """
        if len(self._files) > 1:
            for each in self._coming:
                self._ahead.append(each)
                if self._own > 1:
                    return self._own
        # Of the only one there may be copies, of which the newest that can be opened counts.
        own = without_copies(each for each in list_files(self._files) if not each.sample)
        return own[0] if len(own) == 1 else len(own)

    def __iter__(self) -> Iterator["Choice"]:
        """The circles, as their files are read.

        Where a file is a copy of one before, the choice that it changes comes again. Raises
        `LoadError` where the folder can't be read.
        """
        while self._ahead:
            yield self._ahead.pop(0)
        yield from self._coming

    @cached_property
    def _files(self) -> list[CircleFile]:
        return circle_files(self.folder)

    def _read(self) -> Iterator["Choice"]:
        # Late: where there is only one file, nothing of it is needed.
        from circle_tui.store.choices import Choices

        choices = Choices()
        for file in self._files:
            found = choices.read(file)
            if self._own < 2:
                self._own = choices.own
            yield from found
