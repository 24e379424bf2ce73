"""Places that can be opened from the palette: during a meeting, and from one place to another.

Invariant: during a meeting a place is offered only if going there and back does not affect the
meeting.
"""

from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Action, Intent, Offer, Request, offered

_REQUESTS = {
    Place.OPEN_COMMITMENTS: Request.COMMITMENTS,
    Place.COVENANT: Request.COVENANT,
    Place.PEOPLE: Request.PEOPLE,
    Place.SETTINGS: Request.SETTINGS,
    Place.CHECKINS: Request.CHECKINS,
}


def meeting_places(meeting: Meeting, *, gap_open: bool) -> tuple[Action, ...]:
    """The places; none while the question about a gap is open (`gap_open`)."""
    if gap_open:
        return ()
    return _places(meeting.circle)


def other_places(circle: Circle, here: Place) -> tuple[Action, ...]:
    """The places that can be gone to from another place between two meetings."""
    return tuple(each for each in _places(circle) if each.does is not _REQUESTS.get(here))


def _places(circle: Circle) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "open_commitments": Request.COMMITMENTS,
        "change_covenant": Request.COVENANT,
        "people": Request.PEOPLE,
        "settings": Request.SETTINGS,
    }
    if circle.preset.checkin:
        offers["check_in"] = Request.CHECKINS
    return offered(TABLE[Place.DURING_A_MEETING], offers)
