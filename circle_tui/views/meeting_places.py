"""What can be opened from the palette: places during a meeting, the ways out of it, other places.

Invariant: during a meeting a place is offered only if going there and back does not affect the
meeting.
"""

from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.meeting import ROUND, Meeting, Phase
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Action, Execute, Intent, Offer, Request, offered

_REQUESTS = {
    Place.OPEN_COMMITMENTS: Request.COMMITMENTS,
    Place.COVENANT: Request.COVENANT,
    Place.PEOPLE: Request.PEOPLE,
    Place.SETTINGS: Request.SETTINGS,
    Place.CHECKINS: Request.CHECKINS,
    Place.CONTRACTS: Request.CONTRACTS,
}


def meeting_places(meeting: Meeting, *, gap_open: bool) -> tuple[Action, ...]:
    """The places; none while the question about a gap is open (`gap_open`)."""
    if gap_open:
        return ()
    offers = _places(meeting.circle)
    if meeting.phase in ROUND:
        offers["cut_short"] = Execute(closing_commands.cut_short)
    if meeting.phase is not Phase.GATHERING:
        # From the gathering esc goes there.
        offers["home"] = Request.HOME
    return offered(TABLE[Place.DURING_A_MEETING], offers)


def other_places(circle: Circle, here: Place) -> tuple[Action, ...]:
    """The places that can be gone to from another place between two meetings."""
    offers = {**_places(circle), "contracts": Request.CONTRACTS}
    places = offered(TABLE[Place.DURING_A_MEETING], offers)
    return tuple(each for each in places if each.does is not _REQUESTS.get(here))


def _places(circle: Circle) -> dict[str, Offer | Intent]:
    offers: dict[str, Offer | Intent] = {
        "open_commitments": Request.COMMITMENTS,
        "change_covenant": Request.COVENANT,
        "people": Request.PEOPLE,
        "settings": Request.SETTINGS,
    }
    if circle.preset.checkin:
        offers["check_in"] = Request.CHECKINS
    return offers
