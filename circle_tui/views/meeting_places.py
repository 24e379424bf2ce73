"""What the palette offers during a meeting: places, and the ways out of the meeting.

Invariant: a place is offered only if going there and back does not affect the meeting.
"""

from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.meeting import ROUND, Meeting, Phase
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.places import place_offers
from circle_tui.views.view import Action, Request, execute, offered


def meeting_places(meeting: Meeting) -> tuple[Action, ...]:
    """The places, and the ways out of the meeting."""
    offers = place_offers(meeting.circle)
    if meeting.phase in ROUND:
        offers["cut_short"] = execute(closing_commands.cut_short)
    if meeting.phase is not Phase.GATHERING:
        # From the gathering esc goes there.
        offers["home"] = Request.HOME
    return offered(TABLE[Place.DURING_A_MEETING], offers)
