"""Making a circle's file.

Invariant: a second circle of the same name and people is made only where somebody has said so.
"""

from pathlib import Path
from typing import NamedTuple

from circle_tui.core.circle.circle import Circle
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.folder import find_same


class SameCircle(NamedTuple):
    """A circle with the name and the people of the one that was to be made."""

    file: CircleFile
    circle: Circle


def create(folder: Path, circle: Circle, *, again: bool) -> CircleFile | SameCircle:
    """Create the file of `circle`; without `again`, only if `folder` has none like it.

    Raises `SaveError`.
    """
    same = None if again else find_same(folder, circle)
    return CircleFile.create(folder, circle) if same is None else SameCircle(*same)
