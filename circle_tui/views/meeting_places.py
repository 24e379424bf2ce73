"""What can be opened between meetings and also while a meeting is on: without a key, by palette.

Invariant: a place is offered only where going there and back loses nothing of the meeting.
"""

from circle_tui.core.meeting.meeting import Meeting
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Action, Intent, Offer, Request, offered


def meeting_places(meeting: Meeting, *, gap_open: bool) -> tuple[Action, ...]:
    """The places; none while it is asked whether a gap counts (`gap_open`)."""
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
