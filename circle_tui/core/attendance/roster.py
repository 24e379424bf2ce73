"""Who stands in a review, and in which order.

Invariant: alphabetical or by seat, and no other: an order by figures would be a ranking of
people.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from circle_tui.core.attendance.figures import Review, alphabetical
from circle_tui.core.circle.circle import CircleFacts, Member

Order = Callable[[Iterable[Member]], tuple[Member, ...]]


class Attendee(NamedTuple):
    """Somebody in a review, with as much as is known of them."""

    id: str
    name: str
    joined: datetime | None = None
    left: datetime | None = None
    away: datetime | None = None

    def was_expected_at(self, planned: datetime, circle: CircleFacts) -> bool:
        """Whether a meeting planned for then, which nobody recorded, expected them."""
        joined = self.joined is None or circle.day(self.joined) <= circle.day(planned)
        gone = [each for each in (self.left, self.away) if each is not None]
        return joined and all(planned <= each for each in gone)


def order_of(seats: bool) -> Order:
    """By seat, as the circle sits, or else alphabetical."""
    return tuple if seats else alphabetical


def people(review: Review, order: Order) -> tuple[Attendee, ...]:
    """Everybody whom the review's meetings expected, or the next one does, in that order."""
    found = [_attendee(each) for each in order(review.members)]
    known = {each.id for each in found}
    # A file that was edited may name somebody in a meeting and nowhere else.
    strangers = {
        each
        for cycle in review.cycles
        for meeting in cycle.held
        for each in meeting.attendance
        if each not in known
    }
    return (*found, *(Attendee(each, each) for each in sorted(strangers)))


def _attendee(member: Member) -> Attendee:
    return Attendee(member.id, member.name, member.joined, member.left, member.away)
