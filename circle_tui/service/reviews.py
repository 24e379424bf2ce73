"""The reviews of many circles, one after the other.

Invariant: only facts are read, and nothing is written. Reviews are yielded and not kept, so memory
does not grow with the number of circles.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.figures import ALL_DATES, DateRange, Review, review
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import Unread
from circle_tui.store.copies import find_copies


class Reviewed(NamedTuple):
    """One circle's file, and its review."""

    path: Path
    review: Review
    slug: str = ""
    """The name of the circle's plainest file if it has several files; empty otherwise."""


def reviews(
    paths: Iterable[Path],
    now: datetime,
    within: DateRange = ALL_DATES,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Reviewed | Unread]:
    """The review at `now` (aware UTC) of every circle in `paths`, files or folders, in order.

    A file that cannot be read gives `Unread`, and `Copy` if another file of its circle is newer.
    `progress` is called after each file with the number of files done and the total.
    """
    files = list(attendance_reader.files(paths))
    there = [path for path in files if isinstance(path, Path)]
    copies = find_copies(there)
    read = attendance_reader.read_all(path for path in there if path not in copies.left_out)
    for done, file in enumerate(files, 1):
        result = (copies.left_out.get(file) or next(read)) if isinstance(file, Path) else file
        if isinstance(result, Unread):
            yield result
        else:
            slug = copies.slugs.get(result.path, "")
            yield Reviewed(result.path, review(result.facts, now, within, result.made), slug)
        progress(done, len(files))
