"""What screens ask of the app.

Invariant: a screen never opens a file and never chooses the next screen; it asks here, and the
app answers.
"""

from pathlib import Path
from typing import Any

from textual.message import Message
from textual.screen import Screen

from circle_tui.views.view import GoToContract, GoToCorrection, Request


class Requested(Message):
    """Something is asked of the app that no command does.

    `by` is the screen that asks to be left: a second time, when it's gone, it asks for nothing.
    """

    def __init__(
        self, what: Request | GoToContract | GoToCorrection, by: Screen[Any] | None = None
    ) -> None:
        super().__init__()
        self.what, self.by = what, by


class Said(Message):
    """A sentence to flash on whatever screen is shown then."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class ActionChosen(Message):
    """Do what was chosen in the help `by`, on the screen below it."""

    def __init__(self, action_id: str, by: Screen[Any]) -> None:
        super().__init__()
        self.action_id, self.by = action_id, by


class GuideRequested(Message):
    """Show a page of the guide above the help; `page` counts from 0."""

    def __init__(self, page: int) -> None:
        super().__init__()
        self.page = page


class CircleChosen(Message):
    """Open the circle in this file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class CircleRequested(Message):
    """Make a circle out of what was typed."""

    def __init__(self, name: str, members: str, format_key: str) -> None:
        super().__init__()
        self.name = name
        self.members = members
        self.format_key = format_key
