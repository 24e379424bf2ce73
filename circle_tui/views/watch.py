"""A second terminal that follows a meeting, and can take it over when the first one is gone.

Invariant: nothing can be changed here while another program runs the meeting.
"""

from circle_tui.core.meeting.followed import FollowedCircle, MeetingStatus
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.followed import FollowedView, followed_view
from circle_tui.views.view import Action, Offer, Request, offered


def watch_view(followed: FollowedCircle) -> FollowedView:
    """What the second terminal shows, says and offers now."""
    view = followed_view(followed)
    return FollowedView(
        headline=view.headline,
        face=view.face,
        state=view.state,
        status=_status(followed),
        actions=_actions(followed),
    )


def _status(followed: FollowedCircle) -> str:
    elsewhere = bool(followed.open_elsewhere)
    match followed.status:
        case MeetingStatus.LIVE:
            return "You're watching. Someone runs the meeting in another terminal."
        case MeetingStatus.PARKED if elsewhere:
            return "The meeting is paused. It's still open in the other terminal."
        case MeetingStatus.PARKED:
            return "The meeting is paused. Enter continues it here."
        case MeetingStatus.ABANDONED:
            return "The other terminal is gone. Enter continues the meeting here."
        case MeetingStatus.UNREADABLE:
            return "This meeting can't be read here. Esc shows the circle."
    if elsewhere:
        return "No meeting yet. You'll see it here when it begins."
    return "No meeting yet. You'll see it here when it begins · Enter opens the circle"


def _actions(followed: FollowedCircle) -> tuple[Action, ...]:
    name = "open" if followed.meeting is None else "take_over"
    # Only the lock knows who has the circle, so it is tried even if somebody seems to have it.
    label = "Who has it open" if followed.open_elsewhere else None
    return offered(
        TABLE[Place.WATCH],
        {name: Offer(Request.TAKE_OVER, label=label), "back": Request.HOME},
    )
