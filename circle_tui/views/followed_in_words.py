"""A followed meeting in words, for people who don't see the ring.

Invariant: it has no words that anybody said or typed, and nothing about a meeting that nobody runs.
"""

from circle_tui.core import dates
from circle_tui.core.meeting.followed import FollowedCircle, MeetingStatus
from circle_tui.core.meeting.meeting import Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_face, meeting_words, time_in_words
from circle_tui.views.seats_in_words import seats_in_words

GATHERING = "The circle is gathering."


def followed_in_words(followed: FollowedCircle) -> tuple[str, ...]:
    """What is going on and who is next, without the share itself; see `turn_in_words`."""
    snapshot = followed.meeting_snapshot
    if snapshot is None:
        return _between_meetings(followed)
    if followed.status is not MeetingStatus.LIVE:
        return ()
    match snapshot.meeting.phase:
        case Phase.GATHERING:
            return (GATHERING, *seats_in_words(snapshot))
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


def turn_in_words(followed: FollowedCircle) -> tuple[str, ...]:
    """Whose turn it is and what is left of it; nothing unless somebody shares or is about to."""
    snapshot = followed.meeting_snapshot
    if snapshot is None or followed.status is not MeetingStatus.LIVE:
        return ()
    shares = snapshot.meeting.phase in {Phase.READY, Phase.SHARE}
    return (time_in_words.turn(snapshot),) if shares else ()


def time_of(followed: FollowedCircle) -> str:
    """What time it is, and in a meeting what is left."""
    snapshot = followed.meeting_snapshot
    if snapshot is None or followed.status is not MeetingStatus.LIVE:
        circle = followed.state.circle
        return time_in_words.between_meetings(circle, followed.now, followed.here)
    return time_in_words.in_a_meeting(snapshot)


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
