"""Everything that is kept of a circle: itself, its meetings, and what happened between them.

Invariant: a state is a frozen value, and a command returns a new one. So any change between
meetings can be undone by returning to the state before it.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from circle_tui.core.attendance.facts import MOST, AttendanceFacts
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.record import MeetingRecord, Outcome
from circle_tui.core.contracts.contract import Contract, Judging
from circle_tui.core.errors import RuleError
from circle_tui.core.fields import (
    Due,
    Id,
    IdOfCommitment,
    IdOfMeeting,
    Moment,
    OwnedCommitment,
    OwnerId,
    SharedWords,
    Words,
)
from circle_tui.core.ids import MemberId

NO_SUCH_MEMBER = "Nobody in this circle has that seat."


class Clause(StrEnum):
    """The parts of a covenant that are words."""

    PURPOSE = "purpose"
    RHYTHM = "rhythm"
    MISSED = "missed"
    BOUNDARIES = "boundaries"


class Covenant(Struct, frozen=True, kw_only=True):
    """One version of a covenant. `written` and signatures are aware UTC, `review` is a day."""

    version: int
    written: Moment
    clauses: dict[Clause, SharedWords]
    review: date | None = None
    signatures: dict[OwnerId, Moment] = {}


class Change(Struct, frozen=True, kw_only=True):
    """A change to a commitment between two meetings; `due` is "next" or an ISO date."""

    commitment: OwnedCommitment
    at: Moment
    outcome: Outcome
    becomes: IdOfCommitment | None = None
    text: Words = ""
    due: Due = "next"
    daily: bool = False


class Win(Struct, frozen=True):
    """A day on which a daily commitment was kept; other days are deliberately not stored."""

    commitment: OwnedCommitment
    day: date


class CheckIn(Struct, frozen=True, kw_only=True):
    """Two or three sentences by a member between two meetings."""

    id: Id
    member: OwnerId
    at: Moment
    text: Words


class ContinuityLink(Struct, frozen=True, kw_only=True, gc=False):
    """A link of the chain of meetings: a meeting as it was closed, or `corrected` later.

    `place` is the link's position, from 1. `number` and `day` are those the meeting had then;
    `present` are the sorted salted hashes of those who attended. It has no names and no words.
    """

    place: Annotated[int, Meta(ge=1, le=MOST)]
    meeting: IdOfMeeting
    number: Annotated[int, Meta(ge=1, le=MOST)]
    day: date
    present: tuple[Id, ...]
    corrected: bool = False


class CircleState(AttendanceFacts, frozen=True, kw_only=True):
    """Everything about one circle. Tuples are oldest first; members are in seat order."""

    circle: Circle
    records: tuple[MeetingRecord, ...] = ()
    covenants: tuple[Covenant, ...] = ()
    changes: tuple[Change, ...] = ()
    wins: tuple[Win, ...] = ()
    checkins: tuple[CheckIn, ...] = ()
    contracts: tuple[Contract, ...] = ()
    """The versions of all contracts."""
    judgings: tuple[Judging, ...] = ()
    continuity: tuple[ContinuityLink, ...] = ()

    @property
    def covenant(self) -> Covenant | None:
        """The current version of the covenant; None if there is none."""
        return self.covenants[-1] if self.covenants else None

    def member(self, member: MemberId) -> Member:
        """The member with that id, present or former. Raises `KeyError` if there is none."""
        for person in self.circle.members:
            if person.id == member:
                return person
        raise KeyError(member)


def require_member(state: CircleState, member: MemberId) -> Member:
    """The member with that id, present or former. Raises `RuleError` if there is none."""
    try:
        return state.member(member)
    except KeyError:
        raise RuleError(NO_SUCH_MEMBER) from None
