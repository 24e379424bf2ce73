"""The record of a finished meeting.

Invariant: a record has attendance, opener, new commitments and results of earlier ones; never how
long anybody spoke, who gave which response, or whether the clock was paused (guide: practice, Why
a circle). Its field names are the stored format.
"""

from enum import StrEnum

from msgspec import Struct

from circle_tui.core.attendance.facts import CycleEnd, HeldMeeting
from circle_tui.core.fields import (
    Due,
    Id,
    IdOfCommitment,
    IdOfMember,
    OwnedCommitment,
    OwnerId,
    SharedWords,
    Words,
)


class Outcome(StrEnum):
    """How a commitment ended (guide: practice, Commitments and resets)."""

    KEPT = "kept"
    PARTLY = "partly"
    MISSED = "missed"
    CHANGED = "changed"
    RELEASED = "released"


class Reset(StrEnum):
    """How a missed commitment starts again (guide: practice, Commitments and resets)."""

    AGAIN = "again"
    SMALLER = "smaller"
    DIFFERENT = "different"
    LET_GO = "let go"


class NewCommitment(Struct, frozen=True, gc=False):
    """A commitment made in this meeting. `due` is "next" or an ISO date; `daily` asks each day."""

    id: IdOfCommitment
    member: OwnerId
    text: Words
    due: Due = "next"
    daily: bool = False


class CommitmentResult(Struct, frozen=True, gc=False, omit_defaults=True):
    """The outcome of an earlier commitment; `becomes` is the id of the one that follows it."""

    id: OwnedCommitment
    outcome: Outcome
    got_in_the_way: Words = ""
    reset: Reset | None = None
    becomes: IdOfCommitment | None = None


class Retrospective(CycleEnd, frozen=True, kw_only=True):
    """The end of a cycle: what worked, what to change (both may be empty), and the choice."""

    worked: SharedWords
    change: SharedWords


class HealthCheck(Struct, frozen=True):
    """The circle's answers at the check `check`: "yes", "partly" or "no" by question."""

    check: SharedWords
    answers: dict[SharedWords, SharedWords]


class PassedUp(Struct, frozen=True, gc=False, omit_defaults=True):
    """A line that the circle passes up: `line` is a commitment's id, or "worked", "change", "own".

    `member` is whose it is; a line without one is the circle's as a whole.
    """

    line: Id
    text: Words
    member: OwnerId | None = None


class MeetingRecord(HeldMeeting, frozen=True, kw_only=True):
    """The full record of a meeting: attendance and what members said."""

    order: tuple[IdOfMember, ...] = ()
    """Who had a turn, as it was in the meeting; a correction of attendance leaves it as it is."""
    made: tuple[NewCommitment, ...] = ()
    answered: tuple[CommitmentResult, ...] = ()
    reaches_out: dict[IdOfMember, IdOfMember] = {}
    """Who reaches out to whom: the missing member, then the one who does it."""
    reached: tuple[IdOfMember, ...] = ()
    """The missing members to whom somebody has reached out since."""
    looked_back: Retrospective | None = None
    vitality: HealthCheck | None = None
    passed_up: tuple[PassedUp, ...] = ()
