"""What the screens of a review ask of the app that shows them.

Invariant: a screen never opens a file; what it asks for can hold facts alone.
"""

from pathlib import Path

from textual.message import Message

from circle_tui.core.attendance.figures import DateRange


class ReviewRequested(Message):
    """Show the review of the circle in this file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class RangeRequested(Message):
    """Look at these days only."""

    def __init__(self, within: DateRange) -> None:
        super().__init__()
        self.within = within
