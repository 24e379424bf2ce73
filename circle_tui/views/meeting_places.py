"""Places between meetings that can also be opened during a meeting, from the palette.

Invariant: a place is offered only if going there and back does not affect the meeting.
"""

from circle_tui.core.meeting.meeting import Meeting
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Action, Intent, Offer, Request, offered


def meeting_places(meeting: Meeting, *, gap_open: bool) -> tuple[Action, ...]:
    """The places; none while the question about a gap is open (`gap_open`)."""
    if gap_open:
        return ()
    offers: dict[str, Offer | Intent] = {
        "open_commitments": Request.COMMITMENTS,
        "change_covenant": Request.COVENANT,
        "people": Request.PEOPLE,
        "settings": Request.SETTINGS,
    }
    if meeting.circle.preset.checkin:
        offers["check_in"] = Request.CHECKINS
    return offered(TABLE[Place.DURING_A_MEETING], offers)
