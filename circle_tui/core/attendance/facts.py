"""The facts of a circle that leads may see: members, attendance, cancelled meetings.

Invariant: no field here can hold what a member said. Members and leads see exactly this
(guide: practice, Attendance); the words are added in the subclasses in `record.py` and `state.py`.
Field names are the stored format.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Annotated, TypeVar

from msgspec import Meta, Struct

from circle_tui.core.circle.circle import CircleFacts, Member
from circle_tui.core.fields import Id, IdOfMeeting, IdOfMember, Moment
from circle_tui.core.ids import MemberId, is_own_member_id

REBOOK_WITHIN = timedelta(hours=48)
"""How soon a cancelled meeting should be rebooked (guide: practice, Attendance)."""

MOST = 1_000_000
"""The largest number of meetings, cycles or guests, so that calculations cannot overflow."""

_Meeting = TypeVar("_Meeting", bound="HeldMeeting")


class Attendance(StrEnum):
    """How a member took part in one meeting."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left early"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def attended(self) -> bool:
        """Whether they were there at all (guide: practice, Attendance)."""
        return self not in _ELSEWHERE


_ELSEWHERE = (Attendance.EXCUSED, Attendance.ABSENT)


class CycleChoice(StrEnum):
    """What a circle decides when a cycle ends (guide: practice, Cycles and choices)."""

    RENEW = "renew"
    REDESIGN = "redesign"
    REST = "rest"
    GRADUATE = "graduate"


class CycleEnd(Struct, frozen=True, gc=False):
    """The end of a cycle: what the circle chose."""

    choice: CycleChoice


class HeldMeeting(Struct, frozen=True, kw_only=True, gc=False):
    """One meeting that took place. Moments are aware UTC.

    `attendance` has exactly the members whom the meeting expected.
    """

    id: IdOfMeeting
    number: Annotated[int, Meta(ge=1, le=MOST)]
    cycle: Annotated[int, Meta(ge=1, le=MOST)]
    started: Moment
    ended: Moment
    opener: IdOfMember | None = None
    attendance: dict[IdOfMember, Attendance]
    guests: Annotated[int, Meta(ge=0, le=MOST)] = 0
    next: Moment | None = None
    looked_back: CycleEnd | None = None


class Cancelled(Struct, frozen=True, kw_only=True, gc=False):
    """A meeting that did not take place as `planned`; cancelled `at`. Moments are aware UTC.

    `rebooked` is the new date, and `rebooked_at` when it was found.
    """

    id: Id
    cycle: Annotated[int, Meta(ge=1, le=MOST)]
    planned: Moment
    at: Moment
    rebooked: Moment | None = None
    rebooked_at: Moment | None = None

    @property
    def within_48_hours(self) -> bool:
        """Whether a new date was found within 48 hours of the cancellation."""
        return self.rebooked_at is not None and self.in_time(self.rebooked_at)

    def in_time(self, now: datetime) -> bool:
        """Whether `now` is within 48 hours of the cancellation."""
        return now - self.at <= REBOOK_WITHIN

    @property
    def rebook_by(self) -> datetime:
        """The last moment for rebooking within 48 hours (aware UTC)."""
        return self.at + REBOOK_WITHIN


class Trade(Struct, frozen=True, kw_only=True):
    """One partner's week in a trading pair, without any content; `week` is its Monday."""

    week: date
    member: IdOfMember
    sent: bool = False
    received: bool = False


class AttendanceFacts(Struct, frozen=True, kw_only=True):
    """One circle without what members said. Tuples are oldest first, members in seat order."""

    circle: CircleFacts
    records: tuple[HeldMeeting, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
    trades: tuple[Trade, ...] = ()

    @property
    def active(self) -> tuple[Member, ...]:
        """The members whom meetings expect, in seat order."""
        return tuple(member for member in self.circle.members if member.expected)

    @property
    def unknown_attendees(self) -> frozenset[MemberId]:
        """The member ids in meetings that are of no member and that the program did not make.

        Somebody may have typed them into the file, so they may be words.
        """
        named = {record.opener for record in self.records if record.opener is not None}
        named.update(*[record.attendance for record in self.records])
        named.difference_update([member.id for member in self.circle.members])
        return frozenset(each for each in named if not is_own_member_id(each))

    @property
    def cancelled_since_last_meeting(self) -> tuple[Cancelled, ...]:
        """The cancellations since the last meeting, oldest first."""
        last = self.records[-1].ended if self.records else None
        return tuple(
            cancellation
            for cancellation in self.cancelled
            if last is None or cancellation.at > last
        )


def sort_by_number(meetings: Iterable[_Meeting]) -> tuple[_Meeting, ...]:
    """The meetings sorted by their number, oldest first."""
    return tuple(sorted(meetings, key=attrgetter("number")))
