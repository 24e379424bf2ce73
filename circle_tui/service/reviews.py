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
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.review_files import ReviewFiles
from circle_tui.store.scratch import scratch_database


class CircleReview(NamedTuple):
    """One circle's file, and its review."""

    path: Path
    review: Review
    slug: str = ""
    """The name of the circle's plainest file if it has several files; empty otherwise."""
    made: datetime | None = None
    """When the facts were handed over (aware UTC); None for the circle's own file."""


def reviews(
    paths: Iterable[Path],
    now: datetime,
    within: DateRange = ALL_DATES,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[CircleReview | UnreadableFile]:
    """The review at `now` (aware UTC) of every circle in `paths`, files or folders, in order.

    A file that cannot be read gives an `UnreadableFile`; an older copy of a circle an `OlderCopy`.
    `progress` is called after each file with the number of files done and the total. Raises
    `SaveError` where a list of very many files has no room on the disk.
    """
    with scratch_database() as db:
        files = ReviewFiles(db, paths)
        of = len(files)
        read = attendance_reader.read_all(files.to_read())
        for done, file in enumerate(files, 1):
            if isinstance(file, UnreadableFile):
                yield file
            elif isinstance(found := next(read), UnreadableFile):
                yield found
            else:
                made = review(found.facts, now, within, found.made)
                yield CircleReview(file.path, made, file.slug, found.made)
            progress(done, of)
