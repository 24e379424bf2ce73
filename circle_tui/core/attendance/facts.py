"""What anybody may know of a circle: who belongs to it, who came, what did not take place.

Invariant: nothing here can hold a word that somebody said. Members and leads see exactly this
(field guide, 6); what a circle keeps beside it, its words, is added in `record.py` and
`state.py`. Field names are the stored format.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Annotated, TypeVar

from msgspec import Meta, Struct

from circle_tui.core.circle.circle import CircleFacts, Member
from circle_tui.core.fields import Id, Moment

REBOOK_WITHIN = timedelta(hours=48)
"""How soon a cancelled meeting is rebooked by a circle that means to (field guide, 2)."""

_Meeting = TypeVar("_Meeting", bound="HeldMeeting")


class Attendance(StrEnum):
    """How somebody took part in one meeting."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left early"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def attended(self) -> bool:
        """Whether they were there at all (field guide, 6)."""
        return self in {Attendance.PRESENT, Attendance.LATE, Attendance.LEFT_EARLY}


class CycleChoice(StrEnum):
    """What a circle decides when a cycle ends (field guide, 5)."""

    RENEW = "renew"
    REDESIGN = "redesign"
    REST = "rest"
    GRADUATE = "graduate"


class CycleEnd(Struct, frozen=True, gc=False):
    """The end of a cycle: what the circle chose."""

    choice: CycleChoice


class HeldMeeting(Struct, frozen=True, kw_only=True, gc=False):
    """One meeting that took place, keyed by its own `id`. `started` and `ended` are aware UTC.

    `attendance` names those whom the meeting expected, and nobody else.
    """

    id: Id
    number: Annotated[int, Meta(ge=1)]
    cycle: Annotated[int, Meta(ge=1)]
    started: Moment
    ended: Moment
    opener: Id | None = None
    attendance: dict[Id, Attendance]
    guests: Annotated[int, Meta(ge=0)] = 0
    next: Moment | None = None
    looked_back: CycleEnd | None = None


class Cancelled(Struct, frozen=True, kw_only=True, gc=False):
    """A meeting that did not take place when planned, and what it was rebooked for, if it was."""

    id: Id
    cycle: int
    planned: Moment
    at: Moment
    rebooked: Moment | None = None
    rebooked_at: Moment | None = None

    @property
    def within_48_hours(self) -> bool:
        """Whether another date was found within 48 hours of the cancelling."""
        return self.rebooked_at is not None and self.in_time(self.rebooked_at)

    def in_time(self, now: datetime) -> bool:
        """Whether another date found at `now` is found within 48 hours of the cancelling."""
        return now - self.at <= REBOOK_WITHIN

    @property
    def rebook_by(self) -> datetime:
        """The last moment that is in time."""
        return self.at + REBOOK_WITHIN


class AttendanceFacts(Struct, frozen=True, kw_only=True):
    """One circle without its words. Tuples are oldest first; members are in seat order."""

    circle: CircleFacts
    records: tuple[HeldMeeting, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()

    @property
    def active(self) -> tuple[Member, ...]:
        """The members a meeting expects, in seat order."""
        return tuple(member for member in self.circle.members if member.expected)

    @property
    def cancelled_since_last_meeting(self) -> tuple[Cancelled, ...]:
        """What was cancelled since the circle last met; a circle that rests cancels nothing."""
        last = self.records[-1].ended if self.records else None
        return tuple(each for each in self.cancelled if last is None or each.at > last)


def sort_by_number(meetings: Iterable[_Meeting]) -> tuple[_Meeting, ...]:
    """Meetings as a state has them, oldest first by number."""
    return tuple(sorted(meetings, key=attrgetter("number")))
