"""A disk as it may be after a power cut: what was synced stands, all else is anybody's guess.

Invariant: the model promises no more than POSIX. A file's bytes are sure after its own fsync, its
name only after its folder's; what was not synced may be lost, kept or torn, in any order. A
rename is one change: it comes through or it does not.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = -1
"""What stands for a folder where others have the number of a file."""

ALL_SUBSETS_UP_TO = 4


class Bytes(NamedTuple):
    """What is in a file: what was synced, and each state that unsynced writes gave it since."""

    synced: bytes = b""
    since: tuple[bytes, ...] = ()

    @property
    def now(self) -> bytes:
        """What a program reads."""
        return self.since[-1] if self.since else self.synced


class Renamed(NamedTuple):
    """One change of names: `gone` is taken away, `come` is given to a file. Either may be None."""

    gone: str | None
    come: str | None
    file: int

    @property
    def folder(self) -> str:
        """Whose fsync makes it sure."""
        return str(Path(self.come or self.gone or "").parent)


class Disk(NamedTuple):
    """Files by number, and names by path below the root: as they are, and as they are for sure."""

    files: Mapping[int, Bytes]
    names: Mapping[str, int]
    sure: Mapping[str, int]
    unsynced: tuple[Renamed, ...] = ()

    def written(self, file: int, now: bytes) -> "Disk":
        """After a write, or a truncation."""
        before = self.files.get(file, Bytes())
        return self._replace(
            files={**self.files, file: before._replace(since=(*before.since, now))}
        )

    def settled(self, file: int, content: bytes) -> "Disk":
        """After somebody whose word is taken said that this is in the file."""
        return self._replace(files={**self.files, file: Bytes(content)})

    def renamed(self, change: Renamed) -> "Disk":
        """After a change of names."""
        names = dict(self.names)
        _apply(names, change)
        return self._replace(names=names, unsynced=(*self.unsynced, change))

    def synced(self, file: int) -> "Disk":
        """After the fsync of a file."""
        return self.settled(file, self.files[file].now)

    def folder_synced(self, folder: str) -> "Disk":
        """After the fsync of a folder."""
        sure = dict(self.sure)
        for change in self.unsynced:
            if change.folder == folder:
                _apply(sure, change)
        rest = tuple(change for change in self.unsynced if change.folder != folder)
        return self._replace(sure=sure, unsynced=rest)

    def named_for_sure(self, name: str, file: int) -> "Disk":
        """A name that somebody whose word is taken has given a file."""
        return self._replace(names={**self.names, name: file}, sure={**self.sure, name: file})

    def after_a_power_cut(self, chance: Random) -> Iterator["Disk"]:
        """The disks that may be found, each once; everything lost first, everything kept last."""
        seen = set()
        for changes in _some(self.unsynced, chance):
            names = dict(self.sure)
            for change in changes:
                _apply(names, change)
            names = _reachable(names)
            for files in self._contents(sorted(set(names.values()) - {FOLDER})):
                found = Disk(files, names, names)
                if (key := found.key()) not in seen:
                    seen.add(key)
                    yield found

    def _contents(self, files: list[int]) -> Iterator[dict[int, Bytes]]:
        """One unsynced file in each of its states, the others lost or kept."""
        lost = {file: Bytes(self.files[file].synced) for file in files}
        kept = {file: Bytes(self.files[file].now) for file in files}
        yield lost
        for file in files:
            for content in _torn(self.files[file]):
                yield {**lost, file: Bytes(content)}
                yield {**kept, file: Bytes(content)}
        yield kept

    def key(self) -> tuple[object, ...]:
        """The same for disks that nobody can tell apart."""
        return (
            tuple(sorted((name, self._said(file)) for name, file in self.names.items())),
            tuple(sorted((name, self._said(file)) for name, file in self.sure.items())),
            self.unsynced,
        )

    def _said(self, file: int) -> tuple[bytes, ...]:
        found = self.files.get(file, Bytes())
        return (found.synced, *found.since)

    def lay_out(self, root: Path) -> None:
        """Make it a real folder."""
        made: dict[int, Path] = {}
        for name in sorted(self.names):
            path, file = root / name, self.names[name]
            if file == FOLDER:
                path.mkdir()
            elif file in made:
                path.hardlink_to(made[file])
            else:
                path.write_bytes(self.files[file].now)
                path.chmod(0o600)
                made[file] = path


EMPTY = Disk({}, {}, {})


def _apply(names: dict[str, int], change: Renamed) -> None:
    # What was taken away is that file: the name may have been given to another since.
    if change.gone is not None and names.get(change.gone) == change.file:
        del names[change.gone]
    if change.come is not None:
        names[change.come] = change.file


def _reachable(names: dict[str, int]) -> dict[str, int]:
    """Without what lies in a folder that is not there."""
    return {
        name: file
        for name, file in names.items()
        if all(
            names.get(str(folder)) == FOLDER for folder in Path(name).parents if str(folder) != "."
        )
    }


def _some(changes: tuple[Renamed, ...], chance: Random) -> Iterator[tuple[Renamed, ...]]:
    """Which changes came through: all choices of a few, and of many the likeliest and some more."""
    count = len(changes)
    if count <= ALL_SUBSETS_UP_TO:
        for size in range(count + 1):
            yield from combinations(changes, size)
        return
    for size in range(count + 1):
        yield changes[:size]
    for at in range(count):
        yield (changes[at],)
        yield (*changes[:at], *changes[at + 1 :])
    for _ in range(count):
        yield tuple(change for change in changes if chance.random() < 0.5)
    yield changes


def _torn(file: Bytes) -> Iterator[bytes]:
    """Each state between what was synced and what was written, and halves of each write."""
    before = file.synced
    for after in file.since:
        shorter = min(len(before), len(after))
        same = next((at for at in range(shorter) if before[at] != after[at]), shorter)
        half = (same + len(after)) // 2
        yield after[:half] + before[half:]
        # The length is there, the bytes are not.
        yield after[:same] + bytes(len(after) - same)
        yield after
        before = after
