"""The ring on the screens between two meetings, with the chosen member lit.

Invariant: the seats are those of the coming meeting, in seat order, as at home.
"""

from collections.abc import Collection

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.ids import MemberId
from circle_tui.views.ring import RingFace, Seat, SeatState


def place_face(
    snapshot: CircleSnapshot,
    *,
    chosen: MemberId | None = None,
    done: Collection[MemberId] = (),
    title: str = "",
    note: str = "",
) -> RingFace:
    """The ring with the member `chosen` lit, and those `done` who did what the screen is about.

    The middle has the chosen member's name, or else `title`, and below it `note`.
    """
    members = snapshot.context.members
    return RingFace(
        tuple(
            Seat(
                member.name,
                SeatState.NOW
                if member.id == chosen
                else SeatState.DONE
                if member.id in done
                else SeatState.WAITING,
            )
            for member in members
        ),
        caption=next((member.name for member in members if member.id == chosen), title),
        note=note,
    )


def member_at(snapshot: CircleSnapshot, seat: int) -> MemberId | None:
    """The id of the member on a seat, counted from 1; None if there is none."""
    members = snapshot.context.members
    return members[seat - 1].id if 0 < seat <= len(members) else None
