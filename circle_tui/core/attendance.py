"""The leads' review of a circle: who came, meeting by meeting and cycle by cycle.

Law: it is made from facts alone, and says what anybody may see (field guide, 6). There is no
count, order or sentence about one person; what attendance raises is one question to the circle.

Attendance, of a meeting or a cycle, is (present + late + left early) ÷ (members expected).
Expected are those whom a meeting's record names, the excused among them: members before they
joined, after they left or while away are not named, and guests never count.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from msgspec import Struct

from circle_tui.core import cadence
from circle_tui.core.circle import Circle, Member
from circle_tui.core.facts import Attendance, Cancelled, Facts, Held

ROW = 2
"""So many cancellations or absences in a row raise the question (field guide, 6)."""

QUESTION = "What would make it easier to be here?"


class Range(NamedTuple):
    """Days on the circle's own calendar, both included; None leaves a side open."""

    start: date | None = None
    end: date | None = None

    def holds(self, moment: datetime, circle: Circle) -> bool:
        """Whether a moment (aware) lies in it."""
        if self.start is None and self.end is None:
            return True
        day = moment.astimezone(circle.tz).date()
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


ALWAYS = Range()


class Came(NamedTuple):
    """How many came, of how many that were expected."""

    came: int
    expected: int

    @property
    def share(self) -> float | None:
        """Their ratio, from 0 to 1; None where nobody was expected."""
        return self.came / self.expected if self.expected else None


class Cycle(Struct, frozen=True):
    """One cycle: its meetings, oldest first, and those that were cancelled."""

    number: int
    held: tuple[Held, ...]
    cancelled: tuple[Cancelled, ...]

    @property
    def came(self) -> Came:
        """Who came to the meetings of this cycle."""
        return came(self.held)

    @property
    def meetings(self) -> tuple[Held | Cancelled, ...]:
        """All of them, by the date on which they took place, or were to."""
        return tuple(sorted((*self.held, *self.cancelled), key=date_of))


class Review(Struct, frozen=True, kw_only=True):
    """What a lead sees of one circle, within `range`.

    `members` are in seat order: those of now, and those whom a meeting in the range expected.
    `next` is aware UTC, None for a circle that rests or does not meet; `held` of `planned`
    meetings took place.
    """

    circle: Circle
    range: Range
    members: tuple[Member, ...]
    cycles: tuple[Cycle, ...]
    openings: str
    held: int
    planned: int
    next: datetime | None
    resting: bool
    question: str | None


def review(facts: Facts, now: datetime, within: Range = ALWAYS) -> Review:
    """The review of a circle at `now` (aware UTC)."""
    circle = facts.circle
    records = tuple(each for each in facts.records if within.holds(each.started, circle))
    cancelled = tuple(each for each in facts.cancelled if within.holds(each.planned, circle))
    named = {member for record in records for member in record.attendance}
    lost = sum(_lost(facts, each, now) for each in cancelled)
    resting = cadence.resting(facts)
    numbers = sorted({each.cycle for each in records} | {each.cycle for each in cancelled})
    return Review(
        circle=circle,
        range=within,
        members=tuple(each for each in circle.members if each.expected or each.id in named),
        cycles=tuple(
            Cycle(
                number,
                tuple(each for each in records if each.cycle == number),
                tuple(each for each in cancelled if each.cycle == number),
            )
            for number in numbers
        ),
        openings=openings(facts, within),
        held=len(records),
        planned=len(records) + lost,
        next=None if resting or not circle.preset.meets else cadence.planned(facts),
        resting=resting,
        question=question(facts),
    )


def came(held: Iterable[Held]) -> Came:
    """Who came to these meetings, of those they expected."""
    there = expected = 0
    for meeting in held:
        for how in meeting.attendance.values():
            expected += 1
            there += how is not Attendance.EXCUSED and how is not Attendance.ABSENT
    return Came(there, expected)


def date_of(meeting: Held | Cancelled) -> datetime:
    """When it took place, or was to."""
    return meeting.started if isinstance(meeting, Held) else meeting.planned


def in_alphabet(members: Iterable[Member]) -> tuple[Member, ...]:
    """Members by their names, as a list that has no first and last would have them."""
    return tuple(sorted(members, key=lambda member: (member.name.casefold(), member.id)))


def _lost(facts: Facts, cancelled: Cancelled, now: datetime) -> bool:
    """Whether no meeting took its place, nor is one still to come in its place."""
    if cancelled.rebooked is None:
        return True
    later = [each for each in facts.cancelled if each.at > cancelled.at]
    until = min((each.at for each in later), default=datetime.max.replace(tzinfo=UTC))
    if any(cancelled.at <= each.started < until for each in facts.records):
        return False
    return bool(later) or cancelled.rebooked <= now


def openings(facts: Facts, within: Range = ALWAYS) -> str:
    """Whether openings are evenly shared, as one sentence that names and counts nobody.

    They are where each went to the one who, of those there from beginning to end, had waited
    longest (field guide, 3).
    """
    waited_since: dict[str, int] = {}
    opened = uneven = 0
    for record in facts.records:
        if record.opener is None:
            continue
        if within.holds(record.started, facts.circle):
            opened += 1
            there = [
                waited_since.get(member, 0)
                for member, how in record.attendance.items()
                if how is Attendance.PRESENT
            ]
            uneven += min(there, default=0) < waited_since.get(record.opener, 0)
        waited_since[record.opener] = record.number
    if not opened:
        return "No meeting has been opened yet."
    if not uneven:
        return "Openings are evenly shared: each went to whoever there had waited longest."
    meetings = "one meeting" if uneven == 1 else f"{uneven} meetings"
    return f"Openings are not evenly shared: at {meetings} somebody there had waited longer."


def question(facts: Facts) -> str | None:
    """The one question that attendance raises now; None where it raises none."""
    records = facts.records
    last = records[-1].ended if records else None
    cancelled = sum(last is None or each.at > last for each in facts.cancelled)
    if cancelled >= ROW:
        return QUESTION
    recent = records[-ROW:]
    if len(recent) < ROW:
        return None
    return QUESTION if _absent_throughout(recent, facts.active) else None


def _absent_throughout(meetings: Sequence[Held], members: Iterable[Member]) -> bool:
    return any(
        all(each.attendance.get(member.id) is Attendance.ABSENT for each in meetings)
        for member in members
    )
