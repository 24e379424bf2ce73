"""Reads the circles of a folder for a list to choose from.

Invariant: each file is opened once. Its words are never decoded, unless it can't be read: then the
sentence why comes from the same bytes.
"""

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.copies import Origin, Version, origin
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.store import attendance_reader
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.copies import first_saved, plainest_first
from circle_tui.store.errors import LoadError, SchemaError, clean_path
from circle_tui.store.folder import circles_in, newest_of


class Choice(NamedTuple):
    """A circle that can be chosen; `trouble` is why it can't be read, with no `facts` then."""

    path: Path
    slug: str
    trouble: str | None = None
    facts: AttendanceFacts | None = None
    under_way: bool = False
    copies: tuple[str, ...] = ()
    """A sentence for each older file of this circle."""
    instead_of: tuple[Path, ...] = ()
    """Files that were given before as choices of their own, and are copies of this one."""

    @property
    def sample(self) -> bool:
        """Whether it is the sample, which nobody made."""
        return self.facts is not None and self.facts.circle.sample


class _ReadFile(NamedTuple):
    file: CircleFile
    content: int
    """Equal for equal bytes."""
    facts: AttendanceFacts | None = None
    under_way: bool = False
    trouble: str | None = None

    @property
    def choice(self) -> Choice:
        file = self.file
        return Choice(file.path, file.slug, self.trouble, self.facts, self.under_way)


class Choices:
    """What there is to choose among files, as they are read one by one."""

    def __init__(self) -> None:
        self._read: list[_ReadFile] = []
        self._origins: list[Origin | None] = []
        self._by_id: dict[str, list[int]] = {}
        self._by_beginning: dict[Hashable, list[int]] = {}
        self._begun_without_id: set[Hashable] = set()
        self._given: dict[Path, Choice] = {}

    @property
    def own(self) -> int:
        """How many circles the files read so far are of, without the sample."""
        return len(
            circles_in(
                [
                    known
                    for each, known in zip(self._read, self._origins, strict=True)
                    if each.facts is None or not each.facts.circle.sample
                ]
            )
        )

    @property
    def listed(self) -> tuple[Choice, ...]:
        """All that can be chosen by now, each circle once."""
        return tuple(self._given.values())

    def read(self, file: CircleFile) -> list[Choice]:
        """Read one more file: it as a choice, and those that change because it is a copy."""
        read = _read(file)
        known = None if read.facts is None else origin(read.facts.circle)
        self._read.append(read)
        self._origins.append(known)
        akin = [len(self._read) - 1] if known is None else self._akin(known, len(self._read) - 1)
        changed = self._without_copies(akin) if len(akin) > 1 else [read.choice]
        self._given.update({each.path: each._replace(instead_of=()) for each in changed})
        return changed

    def _akin(self, known: Origin, at: int) -> list[int]:
        """All files that may be copies of one circle with the file read last, at `at`."""
        beginning = known.beginning
        begun_alike = self._by_beginning.setdefault(beginning, [])
        begun_alike.append(at)
        if known.id:
            self._by_id.setdefault(known.id, []).append(at)
        else:
            self._begun_without_id.add(beginning)
        if beginning not in self._begun_without_id:
            # Files with two ids are never of one circle, however alike they are.
            return self._by_id[known.id]
        ids = {each.id for other in begun_alike if (each := self._origins[other]) is not None}
        renamed = (other for circle_id in ids if circle_id for other in self._by_id[circle_id])
        return sorted({*begun_alike, *renamed})

    def _without_copies(self, places: list[int]) -> list[Choice]:
        """The choices that change among the files at `places`, which may be of one circle."""
        changed = []
        for group in circles_in([self._origins[at] for at in places]):
            for each in self._choices([self._read[places[at]] for at in group]):
                gone = tuple(path for path in each.instead_of if self._given.pop(path, None))
                if gone or each._replace(instead_of=()) != self._given.get(each.path):
                    changed.append(each._replace(instead_of=gone))
        return changed

    def _choices(self, group: list[_ReadFile]) -> Iterator[Choice]:
        if len(group) == 1:
            yield group[0].choice
            return
        by_path = {each.file.path: at for at, each in enumerate(group)}
        order = [by_path[path] for path in plainest_first(by_path)]
        saved = first_saved(
            [group[at].file.path for at in order], [group[at].content for at in order]
        )
        versions = {
            at: Version(facts, moment, group[at].under_way)
            for at, moment in zip(order, saved, strict=True)
            if (facts := group[at].facts) is not None
        }
        for one in newest_of([each.file.path for each in group], versions):
            copies = tuple(group[at].file.path for at in one.files if at != one.at)
            yield group[one.at].choice._replace(copies=one.copies, instead_of=copies)


def _read(file: CircleFile) -> _ReadFile:
    try:
        raw, _ = file.read_raw()
    except LoadError as trouble:
        return _ReadFile(file, 0, trouble=str(trouble))
    content = hash(raw)
    try:
        return _ReadFile(file, content, attendance_reader.circle_facts(raw), file.under_way)
    except SchemaError as misfit:
        why = f"it {misfit}"
    except (ValueError, RecursionError):
        why = "it's damaged"
    try:
        file.decode(raw)
    except LoadError as trouble:
        return _ReadFile(file, content, trouble=str(trouble))
    return _ReadFile(file, content, trouble=f"{clean_path(file.path)} couldn't be read: {why}.")
