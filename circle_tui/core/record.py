"""What is kept of a finished meeting.

Law: a record says who came, who opened, what was promised and how earlier promises ended; never
how long anybody spoke, who asked what, or that anything was held (field guide, 1 and 6). Its
field names are the stored format.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Attendance(StrEnum):
    """How somebody took part in one meeting."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left early"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def came(self) -> bool:
        """Whether they were there at all (field guide, 6)."""
        return self in {Attendance.PRESENT, Attendance.LATE, Attendance.LEFT_EARLY}


class Outcome(StrEnum):
    """How a commitment ended (field guide, 4)."""

    KEPT = "kept"
    PARTLY = "partly"
    MISSED = "missed"
    CHANGED = "changed"
    RELEASED = "released"


class Reset(StrEnum):
    """How a missed commitment starts again (field guide, 4)."""

    AGAIN = "again"
    SMALLER = "smaller"
    DIFFERENT = "different"
    LET_GO = "let go"


class CycleChoice(StrEnum):
    """What a circle decides when a cycle ends (field guide, 5)."""

    RENEW = "renew"
    REDESIGN = "redesign"
    REST = "rest"
    GRADUATE = "graduate"


class Made(Struct, frozen=True):
    """A commitment made in this meeting. `due` is "next" or an ISO date; `daily` asks each day."""

    id: str
    member: str
    text: str
    due: str = "next"
    daily: bool = False


class Answered(Struct, frozen=True, omit_defaults=True):
    """How an earlier commitment ended here; `becomes` names the one it went on as."""

    id: str
    outcome: Outcome
    got_in_the_way: str = ""
    reset: Reset | None = None
    becomes: str | None = None


class LookedBack(Struct, frozen=True):
    """The end of a cycle: what worked, what to change (both may be empty), and the choice."""

    worked: str
    change: str
    choice: CycleChoice


class Vitality(Struct, frozen=True):
    """What the circle as a whole said about itself at `check`: "yes", "partly" or "no" each."""

    check: str
    answers: dict[str, str]


class Record(Struct, frozen=True, kw_only=True):
    """One finished meeting, keyed by the meeting's own `id`. Moments are aware UTC."""

    id: str
    number: int
    cycle: int
    started: datetime
    ended: datetime
    opener: str | None
    order: tuple[str, ...]
    attendance: dict[str, Attendance]
    guests: int
    made: tuple[Made, ...]
    answered: tuple[Answered, ...]
    next: datetime | None
    reaches_out: dict[str, str]
    looked_back: LookedBack | None = None
    vitality: Vitality | None = None


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records as a history has them, oldest first by number."""
    return tuple(sorted(records, key=lambda record: record.number))
