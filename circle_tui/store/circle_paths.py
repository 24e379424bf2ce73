"""Finds the files that a review reads, in folders however deep.

Invariant: nothing is opened but what may be a bundle, and a folder that leads back into itself ends
the search there. One folder's names are held at a time, sorted.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from circle_tui.store import facts_bundle
from circle_tui.store.attendance_reader import UnreadableFile, reason


class FoundFile(NamedTuple):
    """A file or a bundle by its path, and its status."""

    name: str
    status: os.stat_result

    @property
    def path(self) -> Path:
        """The path; it is made only when needed, because that takes longer than finding a file."""
        return Path(self.name)

    @property
    def inode(self) -> tuple[int, int]:
        """The same for every path that leads to this file."""
        return self.status.st_dev, self.status.st_ino


def find(paths: Iterable[Path]) -> Iterator[FoundFile | UnreadableFile]:
    """The files that `paths` name: themselves, and in folders all circles' files and bundles.

    Hidden files and folders are skipped. A folder that is found by several paths is searched once;
    a file is yielded for each path that leads to it.
    """
    seen: set[tuple[int, int]] = set()
    # A list rather than recursion, because folders can be nested deeper than Python recurses.
    coming: list[tuple[Iterator[str], frozenset[tuple[int, int]]]] = [
        (map(str, paths), frozenset())
    ]
    while coming:
        inside, above = coming[-1]
        if (name := next(inside, None)) is None:
            coming.pop()
            continue
        try:
            found = FoundFile(name, os.stat(name))  # noqa: PTH116
            if not stat.S_ISDIR(found.status.st_mode):
                yield found
            elif found.inode in above:
                yield UnreadableFile(found.path, "it leads back into itself")
            elif found.inode not in seen:
                seen.add(found.inode)
                coming.append((_inside(name), above | {found.inode}))
        except ValueError:
            yield UnreadableFile(Path(name), "it's damaged")
        except OSError as error:
            yield UnreadableFile(Path(name), reason(error))


def files(paths: Iterable[Path]) -> Iterator[Path | UnreadableFile]:
    """Each file that `find` finds, once; of a bundle, the path of each circle in it."""
    seen: set[tuple[int, int]] = set()
    for found in find(paths):
        if isinstance(found, UnreadableFile):
            yield found
        elif found.inode not in seen:
            seen.add(found.inode)
            yield from entries_of(found.path)


def entries_of(path: Path) -> Iterator[Path | UnreadableFile]:
    """The file itself, or, if it is a bundle, the path of each circle in it."""
    try:
        if facts_bundle.is_bundle(path):
            yield from facts_bundle.entries(path)
        else:
            yield path
    except ValueError:
        yield UnreadableFile(path, "it's damaged")
    except OSError as error:
        yield UnreadableFile(path, reason(error))


def _inside(folder: str) -> Iterator[str]:
    """The names in a folder that may be circles or hold some. Raises `OSError`."""
    # Names are smaller and quicker to sort than paths.
    names = [name for name in os.listdir(folder) if _may_hold_circles(folder, name)]  # noqa: PTH208
    names.sort()
    return (os.path.join(folder, name) for name in names)  # noqa: PTH118


def _may_hold_circles(folder: str, name: str) -> bool:
    return not name.startswith(".") and (
        name.endswith(".json")
        or facts_bundle.is_bundles_name(name)
        or os.path.isdir(os.path.join(folder, name))  # noqa: PTH112, PTH118
    )
