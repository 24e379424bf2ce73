"""What screens ask of the app.

Law: a screen never opens a file and never chooses the next screen; it asks here, and the app
answers.
"""

from pathlib import Path

from textual.message import Message


class RouteRequested(Message):
    """The meeting has changed: show the screen for where it is now."""


class HomeRequested(Message):
    """Back to the circle's home; a meeting under way is parked."""


class BeginRequested(Message):
    """Begin the next meeting, or go on with the parked one."""


class ChoiceRequested(Message):
    """Show the circles of the folder."""


class SetupRequested(Message):
    """Show the screen that sets up a new circle."""


class DemoRequested(Message):
    """Open the demo."""


class CloseRequested(Message):
    """Keep the closed meeting's record, and go home."""


class DropRequested(Message):
    """Leave no record of the meeting under way."""


class SetAsideRequested(Message):
    """Put a live meeting that cannot be read out of the way."""


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
