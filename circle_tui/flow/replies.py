"""What a user interface has to do once something was asked of the application.

Invariant: a reply is a plain value. It says what is shown, asked or said; how is for each user
interface to decide.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Union

from msgspec import Struct

from circle_tui.views.view import GoToContract, GoToCorrection, Request, Say

if TYPE_CHECKING:
    from circle_tui.core.attendance.facts import AttendanceFacts
    from circle_tui.service.follower import CircleFollower
    from circle_tui.views.question import Question


class Home(Struct, frozen=True):
    """The circle between its meetings; the fields are those of `home_view`."""

    parked: str | None = None
    unreadable: str | None = None
    told_of_three: bool = False
    dropped: bool = False


class Meeting(Struct, frozen=True):
    """The meeting that is open here, at the place for its phase."""


class Gap(Struct, frozen=True):
    """What becomes of the time in which nobody was here; the fields are `ResumePresenter`'s."""

    length: timedelta
    dropped_file: str
    held: bool
    long: bool


class Followed(Struct, frozen=True):
    """A circle that another program has open."""

    follower: "CircleFollower"


class Chooser(Struct, frozen=True):
    """The circles of the folder; `came_from` is the file of the one that was open before."""

    came_from: Path | None = None


class SetUp(Struct, frozen=True):
    """Making a circle; `first` is whether there is none yet, and so nothing to go back to."""

    first: bool


class Review(Struct, frozen=True):
    """Who came to the circle's meetings, as a lead would see it at `now`."""

    facts: "AttendanceFacts"
    now: datetime
    can_correct: bool


Destination = (
    Home
    | Meeting
    | Gap
    | Followed
    | Chooser
    | SetUp
    | Review
    | Request
    | GoToContract
    | GoToCorrection
)
"""What can be shown; a `Request` is one of the circle's places between meetings."""


class Show(Struct, frozen=True):
    """Show a place and say these sentences there; `then` follows once it is shown."""

    place: Destination
    says: tuple[str, ...] = ()
    then: "Reply | None" = None


class AskFirst(Struct, frozen=True):
    """Ask a question; the number of the answer, or None for going back, gives the next reply."""

    question: "Question"
    then: "Callable[[int | None], Reply]"


class Work(Struct, frozen=True):
    """Do something that may take a while; what it returns gives the next reply.

    It may be done in another thread, while nobody else uses the circle.
    """

    do: Callable[[], str | None]
    then: "Callable[[str | None], Reply]"


class Back(Struct, frozen=True):
    """Show again what was shown before."""


class Stay(Struct, frozen=True):
    """Leave everything as it is."""


class Leave(Struct, frozen=True):
    """End the program."""


Reply = Union[Show, Say, AskFirst, Work, Back, Stay, Leave]  # noqa: UP007 - named before it is made
