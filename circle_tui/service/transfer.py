"""Moves a circle's file to another machine, and back.

Invariant: the file arrives exactly as it was sent, with fields that no version here knows. A circle
with a meeting under way is not moved, and nothing here is replaced without asking.
"""

from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.copies import Version, difference, newest, origin, same_circles
from circle_tui.core.circle.circle import Circle
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.copies import saved_at
from circle_tui.store.folder import circles
from circle_tui.store.output_file import output_file
from circle_tui.store.sent_file import refuse_other_files


def export_circle(file: CircleFile, goal: Path) -> None:
    """Write all that a circle's file says to `goal`. Raises `RuleError`, `LoadError`, `SaveError`.

    It is refused while a meeting is under way.
    """
    content = _read_to_move(file)
    with output_file(goal) as out:
        out.write(content)


def _read_to_move(file: CircleFile) -> bytes:
    content = file.whole()
    if file.under_way:
        name = file.read().circle.name
        raise RuleError(f"{name} has a meeting under way: finish it there first.")
    return content


class IncomingCircle(NamedTuple):
    """A circle that arrived, and the file of the same circle if it is here already.

    `difference` says how the older one differs from the newer.
    """

    sent: CircleFile
    circle: Circle
    here: CircleFile | None = None
    identical: bool = False
    is_newer: bool = False
    difference: str = ""


def read_incoming(path: Path, folder: Path) -> IncomingCircle:
    """The circle in a file that was sent, and what `folder` has of it.

    Raises `LoadError` if it is no circle, `RuleError` if it has a meeting under way.
    """
    refuse_other_files(path)
    sent = CircleFile(path)
    content = _read_to_move(sent)
    state = sent.read()
    here = _same_here(state.circle, folder)
    if here is None:
        return IncomingCircle(sent, state.circle)
    if here.whole() == content:
        return IncomingCircle(sent, state.circle, here, identical=True)
    known = here.read()
    versions = [
        Version(facts, saved_at([file.path])[0]) for facts, file in ((known, here), (state, sent))
    ]
    is_newer = newest(versions) == 1
    older, newer = versions if is_newer else versions[::-1]
    return IncomingCircle(
        sent, state.circle, here, is_newer=is_newer, difference=difference(older, newer)
    )


def _same_here(circle: Circle, folder: Path) -> CircleFile | None:
    for found in circles(folder):
        if found.contents is not None:
            both = [origin(circle), origin(found.contents.circle)]
            if len(same_circles(both)) == 1:
                return found.file
    return None


def add_incoming(arrived: IncomingCircle, folder: Path) -> CircleFile:
    """Put a circle that isn't here yet into `folder`. Raises `SaveError`, `LoadError`."""
    return CircleFile.copy_into(folder, arrived.sent)


def replace_with_incoming(arrived: IncomingCircle, clock: Clock) -> None:
    """Replace the circle that is here, which is kept as the backup.

    Raises `RuleError`, also while a meeting is under way here or the circle is open elsewhere.
    """
    assert arrived.here is not None
    service = CircleService(arrived.here, clock)
    try:
        if service.reading_only is not None:
            raise RuleError(service.reading_only)
        if service.under_way:
            raise RuleError(f"{service.circle.name} has a meeting under way here: finish it first.")
        arrived.here.replace_with(arrived.sent)
    finally:
        service.close()
