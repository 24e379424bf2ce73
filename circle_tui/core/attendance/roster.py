"""The people in a review, and their order.

Invariant: the order is alphabetical or by seat. Ordering by attendance would rank people.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from circle_tui.core.attendance.figures import Review, alphabetical
from circle_tui.core.circle.circle import CircleFacts, Member
from circle_tui.core.ids import MemberId

Order = Callable[[Iterable[Member]], tuple[Member, ...]]


class Attendee(NamedTuple):
    """A person in a review; moments (aware UTC) are None if they are not known or do not apply."""

    id: MemberId
    name: str
    joined: datetime | None = None
    left: datetime | None = None
    away: datetime | None = None

    def was_expected_at(self, planned: datetime, circle: CircleFacts) -> bool:
        """Whether a meeting planned for `planned` that was not held would have expected them."""
        joined = self.joined is None or circle.day(self.joined) <= circle.day(planned)
        gone = [moment for moment in (self.left, self.away) if moment is not None]
        return joined and all(planned <= moment for moment in gone)


def order_of(seats: bool) -> Order:
    """Seat order if `seats`, otherwise alphabetical order."""
    return tuple if seats else alphabetical


def people(review: Review, order: Order) -> tuple[Attendee, ...]:
    """Everybody whom a meeting in the review or the next meeting expects, in `order`."""
    attendees = [_attendee(member) for member in order(review.members)]
    known = {attendee.id for attendee in attendees}
    # A file edited by hand may have people in a meeting who are not among its members.
    unknown_attendees = {
        member
        for cycle in review.cycles
        for meeting in cycle.held
        for member in meeting.attendance
        if member not in known
    }
    return (
        *attendees,
        *(Attendee(member_id, member_id) for member_id in sorted(unknown_attendees)),
    )


def _attendee(member: Member) -> Attendee:
    return Attendee(member.id, member.name, member.joined, member.left, member.away)
