"""A circle followed from elsewhere: the ring in a second terminal or on a page.

Invariant: it has no words that anybody said or typed. There is only the ring, so its middle shows
large whom the moment is about.
"""

from typing import ClassVar

from msgspec.structs import replace

from circle_tui.core import dates
from circle_tui.core.meeting.followed import FollowedCircle, MeetingStatus
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import circle_face, meeting_face, meeting_words, share
from circle_tui.views.ring import RingFace
from circle_tui.views.text import CyclePlace
from circle_tui.views.view import SpokenField, View

WAITING = "The meeting is paused, and continues from here."
UNREADABLE = "This meeting can't be read here."


class FollowedView(View, frozen=True, kw_only=True):
    """The ring; `state` says why the meeting stands still, and is empty if it does not."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = ()

    face: RingFace
    state: str = ""


def followed_view(followed: FollowedCircle) -> FollowedView:
    """The circle as it is followed."""
    snapshot = followed.meeting_snapshot
    if snapshot is None:
        unreadable = followed.status is MeetingStatus.UNREADABLE
        return FollowedView(
            headline=_headline(followed),
            face=_between_meetings(followed),
            state=UNREADABLE if unreadable else "",
        )
    waits = followed.status is not MeetingStatus.LIVE
    return FollowedView(
        headline=meeting_words.headline(snapshot),
        face=_in_meeting(snapshot),
        state=WAITING if waits else "",
    )


def _headline(followed: FollowedCircle) -> tuple[str, ...]:
    context = followed.circle_snapshot.context
    if not context.circle.preset.meets or context.resting:
        return (context.circle.name,)
    at = CyclePlace(f"Cycle {context.cycle}, meeting {context.number_in_cycle}")
    return context.circle.name, at


def _between_meetings(followed: FollowedCircle) -> RingFace:
    snapshot = followed.circle_snapshot
    face, context = circle_face.home_face(snapshot), snapshot.context
    if followed.status is MeetingStatus.UNREADABLE or context.resting:
        return face
    if not context.circle.preset.meets:
        return face
    return replace(
        face,
        large=dates.large_day(context.planned, snapshot.circle),
        caption=dates.beside_large_day(context.planned, snapshot.circle, here=snapshot.here),
    )


def _in_meeting(snapshot: MeetingSnapshot) -> RingFace:
    meeting = snapshot.meeting
    if meeting.phase in (Phase.READY, Phase.SHARE):
        return share.share_face(snapshot, digits=meeting.circle.digits)
    face = meeting_face.meeting_face(snapshot)
    match meeting.phase:
        case Phase.GATHERING:
            return _gathering(meeting, face)
        case Phase.RESPONSES if meeting.responders:
            return replace(
                face,
                large=meeting.person(meeting.responders[0]).name,
                caption=f"responds to {meeting_words.speaker(meeting)}",
            )
        case Phase.COMMITMENTS | Phase.RESPONSES:
            return replace(
                face, large=meeting_words.speaker(meeting), caption="commitments", note=""
            )
    if meeting.next is not None and meeting.next_is_settled and face.note:
        return replace(
            face,
            large=dates.large_day(meeting.next, meeting.circle),
            caption=dates.beside_large_day(meeting.next, meeting.circle, here=snapshot.here),
            note="see you then",
        )
    return face


def _gathering(meeting: Meeting, face: RingFace) -> RingFace:
    opener = meeting.opener_now()
    if opener is None:
        return replace(face, caption="gathering")
    return replace(face, large=meeting.person(opener.member).name, caption="opens")
