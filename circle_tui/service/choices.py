"""The circles of a folder to choose from, and whether there is anything to choose.

Invariant: the only circle of a folder is opened at once, whatever copies of it lie there; of
several, somebody chooses. The sample does not count as one.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from circle_tui.store.circle_file import CircleFile
from circle_tui.store.folder import circle_files, list_files

if TYPE_CHECKING:
    from circle_tui.store.choices import Choice, Choices


class OnlyCircle(Struct, frozen=True):
    """The one circle of a folder, and a sentence for each older file of it."""

    file: CircleFile
    copies: tuple[str, ...] = ()


class FolderChoices:
    """The circles of one folder; each file is opened once to see what there is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._coming = self._read()
        self._ahead: list[Choice] = []
        """What was read to see whether there is anything to choose."""

    def only_circle(self) -> OnlyCircle | int:
        """The only circle of the folder; else how many there are: none, or at least two.

        Raises `LoadError` where the folder can't be read.
        """
        if len(self._files) <= 1:
            # Its beginning says whether it is the sample; all of it is read when it is opened.
            alone = [OnlyCircle(each.file) for each in list_files(self._files) if not each.sample]
            return alone[0] if alone else 0
        for each in self._coming:
            self._ahead.append(each)
            if self._choices.own > 1:
                return self._choices.own
        # Of the only one there may be copies, of which the newest that can be opened counts.
        own = [each for each in self._choices.listed if not each.sample]
        return OnlyCircle(CircleFile(own[0].path), own[0].copies) if len(own) == 1 else len(own)

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

    @cached_property
    def _choices(self) -> "Choices":
        # Late: where there is only one file, nothing of it is needed.
        from circle_tui.store.choices import Choices

        return Choices()

    def _read(self) -> Iterator["Choice"]:
        for file in self._files:
            yield from self._choices.read(file)
