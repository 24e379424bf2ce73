"""The ring between two meetings: which seats are lit, and the text in its middle.

Invariant: seats stay in seat order, as in a meeting, and the ring is full.
"""

from circle_tui.core import dates
from circle_tui.core.circle import rotation
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.ids import MemberId
from circle_tui.views.ring import RingFace, Seat, SeatState


def home_face(snapshot: CircleSnapshot) -> RingFace:
    """The circle between two meetings: when it meets next, and who opens."""
    context = snapshot.context
    opener = rotation.opener([member.id for member in context.members], context.openings)
    meets = snapshot.circle.preset.meets and not context.resting
    seats = tuple(
        Seat(
            member.name,
            SeatState.NOW
            if meets and opener is not None and member.id == opener.member
            else SeatState.WAITING,
        )
        for member in context.members
    )
    if snapshot.under_way:
        return RingFace(seats, caption="in a meeting now")
    if not meets:
        return RingFace(seats, caption="resting" if context.resting else snapshot.circle.name)
    return RingFace(
        seats,
        caption=snapshot.spoken_date(context.planned),
        note=_distance_and_opener(snapshot, context, opener),
    )


def people_face(snapshot: CircleSnapshot, chosen: MemberId) -> RingFace:
    """The members around the circle, with the one whose id is `chosen` lit."""
    members = snapshot.state.active
    seats = tuple(
        Seat(member.name, SeatState.NOW if member.id == chosen else SeatState.DONE)
        for member in members
    )
    ids = [member.id for member in members]
    return RingFace(
        seats,
        caption=snapshot.state.member(chosen).name,
        note=f"seat {ids.index(chosen) + 1} of {len(ids)}" if chosen in ids else "",
    )


def _distance_and_opener(
    snapshot: CircleSnapshot, context: MeetingContext, opener: rotation.Opener | None
) -> str:
    distance = dates.spoken_distance(context.planned, snapshot.now)
    if opener is None:
        return distance
    name = next(member.name for member in context.members if member.id == opener.member)
    return f"{distance}  ·  {name} opens"
