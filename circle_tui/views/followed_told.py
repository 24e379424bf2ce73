"""A meeting followed from elsewhere in words, for whoever doesn't see the ring.

Invariant: nothing is said that anybody said or typed, and nothing about a meeting that nobody runs.
"""

from circle_tui.core import dates
from circle_tui.core.meeting.followed import FollowedCircle, MeetingStatus
from circle_tui.core.meeting.meeting import Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_face, meeting_words, time_told
from circle_tui.views.seats_told import seats_told

GATHERING = "The circle is gathering."


def told(followed: FollowedCircle) -> tuple[str, ...]:
    """What is going on, and who is next, but for the share itself; see `turn_told`."""
    snapshot = followed.meeting_snapshot
    if snapshot is None:
        return _between_meetings(followed)
    if followed.status is not MeetingStatus.LIVE:
        return ()
    match snapshot.meeting.phase:
        case Phase.GATHERING:
            return (GATHERING, *seats_told(snapshot))
        case Phase.READY | Phase.SHARE:
            return _next(snapshot)
        case Phase.RESPONSES if snapshot.meeting.responders:
            name = snapshot.meeting.person(snapshot.meeting.responders[0]).name
            return (f"{name} responds to {meeting_words.speaker(snapshot.meeting)}.",)
        case Phase.RESPONSES | Phase.COMMITMENTS:
            name = meeting_words.speaker(snapshot.meeting)
            return (f"{name} names commitments.", *_next(snapshot))
    face = meeting_face.meeting_face(snapshot)
    return (", ".join(filter(None, (face.caption, face.note))) + ".",)


def turn_told(followed: FollowedCircle) -> tuple[str, ...]:
    """Whose turn it is, and what is left of it; nothing while nobody shares or is about to."""
    snapshot = followed.meeting_snapshot
    if snapshot is None or followed.status is not MeetingStatus.LIVE:
        return ()
    shares = snapshot.meeting.phase in {Phase.READY, Phase.SHARE}
    return (time_told.turn(snapshot),) if shares else ()


def time_of(followed: FollowedCircle) -> str:
    """What time it is, and in a meeting what is left."""
    snapshot = followed.meeting_snapshot
    if snapshot is None or followed.status is not MeetingStatus.LIVE:
        circle = followed.state.circle
        return time_told.between_meetings(circle, followed.now, followed.here)
    return time_told.in_a_meeting(snapshot)


def _between_meetings(followed: FollowedCircle) -> tuple[str, ...]:
    snapshot = followed.circle_snapshot
    context = snapshot.context
    unreadable = followed.status is MeetingStatus.UNREADABLE
    if unreadable or context.resting or not snapshot.circle.preset.meets:
        return ()
    date = dates.spoken_date(context.planned, snapshot.circle, now=followed.now, here=followed.here)
    return (f"Next meeting: {date}",)


def _next(snapshot: MeetingSnapshot) -> tuple[str, ...]:
    meeting = snapshot.meeting
    following = (*meeting.waiting, *meeting.waiting_again)[:1]
    return tuple(f"Next: {meeting.person(each).name}." for each in following)
