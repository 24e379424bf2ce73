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
from circle_tui.store.attendance_reader import Read, Unread


class Reviewed(NamedTuple):
    """One circle's file, and its review."""

    path: Path
    review: Review


def reviews(
    paths: Iterable[Path],
    now: datetime,
    within: DateRange = ALL_DATES,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Reviewed | Unread]:
    """The review at `now` (aware UTC) of every circle in `paths`, files or folders, in order.

    A file that cannot be read gives `Unread`. `progress` is called after each file with the number
    of files done and their total.
    """
    files = list(attendance_reader.files(paths))
    to_read = [path for path in files if isinstance(path, Path)]
    read = attendance_reader.read_all(to_read)
    for done, file in enumerate(files, 1):
        result = next(read) if isinstance(file, Path) else file
        yield result if isinstance(result, Unread) else _reviewed(result, now, within)
        progress(done, len(files))


def _reviewed(read: Read, now: datetime, within: DateRange) -> Reviewed | Unread:
    try:
        made = review(read.facts, now, within)
        # Fail here, where a date that cannot be converted can still be reported as `Unread`.
        _ = made.next is not None and made.next.astimezone(made.circle.tz)
        return Reviewed(read.path, made)
    except (OverflowError, ValueError):
        # The next meeting would be after the last date that `datetime` can hold.
        return Unread(read.path, "it has something amiss in its dates")
