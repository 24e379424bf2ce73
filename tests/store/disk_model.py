"""A model of a disk after a power cut: what was synced is there; anything else may be.

Invariant: the model promises no more than POSIX. A file's bytes are safe after an fsync of the
file, its name only after an fsync of its folder. What was not synced may be lost, kept or torn, in
any order. A rename is one change: it happened or it did not.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = -1
"""The "file number" of a folder."""

ALL_SUBSETS_UP_TO = 4


class FileContent(NamedTuple):
    """A file's content: as last synced, and after each write since then."""

    synced: bytes = b""
    unsynced: tuple[bytes, ...] = ()

    @property
    def now(self) -> bytes:
        """The content that a program reads."""
        return self.unsynced[-1] if self.unsynced else self.synced


class NameChange(NamedTuple):
    """One change of names: `removed` goes, `added` is given to a file. Either may be None."""

    removed: str | None
    added: str | None
    file: int

    @property
    def folder(self) -> str:
        """The folder whose fsync makes the change safe."""
        return str(Path(self.added or self.removed or "").parent)


class Disk(NamedTuple):
    """Files by number, and file numbers by path below the root: as they are now, and as synced."""

    files: Mapping[int, FileContent]
    names: Mapping[str, int]
    synced_names: Mapping[str, int]
    unsynced: tuple[NameChange, ...] = ()

    def after_write(self, file: int, now: bytes) -> "Disk":
        """The disk after a write or a truncation, which left `now` in the file."""
        before = self.files.get(file, FileContent())
        return self._replace(
            files={**self.files, file: before._replace(unsynced=(*before.unsynced, now))}
        )

    def with_safe_content(self, file: int, content: bytes) -> "Disk":
        """The disk after a trusted writer said that this content is safely in the file."""
        return self._replace(files={**self.files, file: FileContent(content)})

    def after_name_change(self, change: NameChange) -> "Disk":
        """The disk after a change of names."""
        names = dict(self.names)
        _apply(names, change)
        return self._replace(names=names, unsynced=(*self.unsynced, change))

    def after_fsync(self, file: int) -> "Disk":
        """The disk after an fsync of a file."""
        return self.with_safe_content(file, self.files[file].now)

    def after_folder_fsync(self, folder: str) -> "Disk":
        """The disk after an fsync of a folder."""
        synced_names = dict(self.synced_names)
        for change in self.unsynced:
            if change.folder == folder:
                _apply(synced_names, change)
        rest = tuple(change for change in self.unsynced if change.folder != folder)
        return self._replace(synced_names=synced_names, unsynced=rest)

    def with_safe_name(self, name: str, file: int) -> "Disk":
        """The disk after a trusted writer said that this name is safely given to the file."""
        return self._replace(
            names={**self.names, name: file}, synced_names={**self.synced_names, name: file}
        )

    def possible_after_power_cut(self, chance: Random) -> Iterator["Disk"]:
        """The disks that may be found, each once: all lost first, all kept last."""
        seen = set()
        for changes in _choices_of(self.unsynced, chance):
            names = dict(self.synced_names)
            for change in changes:
                _apply(names, change)
            names = _reachable(names)
            for files in self._file_states(sorted(set(names.values()) - {FOLDER})):
                found = Disk(files, names, names)
                if (identity := found.identity()) not in seen:
                    seen.add(identity)
                    yield found

    def _file_states(self, files: list[int]) -> Iterator[dict[int, FileContent]]:
        """One unsynced file in each possible state, the others all lost or all kept."""
        lost = {file: FileContent(self.files[file].synced) for file in files}
        kept = {file: FileContent(self.files[file].now) for file in files}
        yield lost
        for file in files:
            for content in _torn_states(self.files[file]):
                yield {**lost, file: FileContent(content)}
                yield {**kept, file: FileContent(content)}
        yield kept

    def identity(self) -> tuple[object, ...]:
        """Equal for disks that no program can tell apart."""
        return (
            tuple(sorted((name, self._states(file)) for name, file in self.names.items())),
            tuple(sorted((name, self._states(file)) for name, file in self.synced_names.items())),
            self.unsynced,
        )

    def _states(self, file: int) -> tuple[bytes, ...]:
        found = self.files.get(file, FileContent())
        return (found.synced, *found.unsynced)

    def write_to(self, root: Path) -> None:
        """Write the files to a real folder."""
        created: dict[int, Path] = {}
        for name in sorted(self.names):
            path, file = root / name, self.names[name]
            if file == FOLDER:
                path.mkdir()
            elif file in created:
                path.hardlink_to(created[file])
            else:
                path.write_bytes(self.files[file].now)
                path.chmod(0o600)
                created[file] = path


EMPTY = Disk({}, {}, {})


def _apply(names: dict[str, int], change: NameChange) -> None:
    # The name may belong to another file by now: then it stays.
    if change.removed is not None and names.get(change.removed) == change.file:
        del names[change.removed]
    if change.added is not None:
        names[change.added] = change.file


def _reachable(names: dict[str, int]) -> dict[str, int]:
    """The names without those in a folder that is not there."""
    return {
        name: file
        for name, file in names.items()
        if all(
            names.get(str(folder)) == FOLDER for folder in Path(name).parents if str(folder) != "."
        )
    }


def _choices_of(
    changes: tuple[NameChange, ...], chance: Random
) -> Iterator[tuple[NameChange, ...]]:
    """Choices of changes that came through: all if they are few, else likely and random ones."""
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


def _torn_states(file: FileContent) -> Iterator[bytes]:
    """The states between the synced and the written content; of each write also a half."""
    before = file.synced
    for after in file.unsynced:
        shorter = min(len(before), len(after))
        same = next((at for at in range(shorter) if before[at] != after[at]), shorter)
        half = (same + len(after)) // 2
        yield after[:half] + before[half:]
        # The length was written, but not the bytes.
        yield after[:same] + bytes(len(after) - same)
        yield after
        before = after
