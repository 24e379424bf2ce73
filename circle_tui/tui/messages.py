"""What screens ask of the app.

Invariant: a screen never opens a file and never chooses the next screen; it asks here, and the
app answers.
"""

from enum import Enum
from pathlib import Path

from textual.message import Message

from circle_tui.views.view import Command, Request


class Requested(Message):
    """Something is asked of the app that no command does."""

    def __init__(self, what: Request) -> None:
        super().__init__()
        self.what = what


class Said(Message):
    """A sentence to flash on whatever screen is shown then."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


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


class RebookRequested(Message):
    """Too few came: leave the gathering without a record, and find another date."""


class SetAsideRequested(Message):
    """Put a live meeting that cannot be read out of the way."""


class AttendanceRequested(Message):
    """Show who came to this circle's meetings."""


class Place(Enum):
    """What can be opened from home, between two meetings."""

    COMMITMENTS = "commitments"
    COVENANT = "covenant"
    PEOPLE = "people"
    SETTINGS = "settings"
    CHECKINS = "check-ins"
    TRADES = "trades"
    REBOOKING = "rebooking"


class PlaceRequested(Message):
    """Show one of the places between two meetings, after an act where one is given."""

    def __init__(self, place: Place, act: Command | None = None, said: str | None = None) -> None:
        super().__init__()
        self.place = place
        self.act = act
        self.said = said
        """What the place says of the act."""


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
