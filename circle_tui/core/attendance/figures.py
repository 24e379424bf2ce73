"""The review of a circle: attendance by meeting and by cycle.

Invariant: a review is computed from facts only (guide: practice, Attendance). It has no count,
order or sentence about one person; low attendance raises one question to the whole circle.

Attendance, of a meeting or a cycle, is (present + late + left early) ÷ (members expected).
A meeting expects the members whom its record names, including the excused. Members are not named
before they joined, after they left or while they are away; guests never count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct

from circle_tui.core import date_reading
from circle_tui.core.attendance.facts import Attendance, AttendanceFacts, Cancelled, HeldMeeting
from circle_tui.core.attendance.signs import Sign, signs
from circle_tui.core.attendance.silence import silent_dates, silent_since_last_meeting
from circle_tui.core.attendance.trading import TradingWeek, trading_weeks
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import CircleFacts, Member
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId

QUESTION = "What would make it easier to be here?"


class DateRange(Struct, frozen=True):
    """Dates in the circle's time zone, both included; None leaves that side open."""

    start: date | None = None
    end: date | None = None

    def contains(self, moment: datetime, circle: CircleFacts) -> bool:
        """Whether the date of an aware moment is in the range."""
        if self.start is None and self.end is None:
            return True
        day = circle.day(moment)
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


ALL_DATES = DateRange()


def read_range(start: str | None, end: str | None) -> DateRange:
    """The range between two typed days, as in "2026-03-05" or "5 March 2026".

    Raises `RuleError` if one of them is not a day, or if the end is before the start.
    """
    within = DateRange(
        *(None if typed is None else date_reading.read_day(typed) for typed in (start, end))
    )
    if within.start is not None and within.end is not None and within.end < within.start:
        raise RuleError("The last day lies before the first: give them the other way round.")
    return within


class AttendanceCount(NamedTuple):
    """How many attended, of how many who were expected."""

    attended: int
    expected: int

    @property
    def ratio(self) -> float | None:
        """The attendance, from 0 to 1; None if nobody was expected."""
        return self.attended / self.expected if self.expected else None


class Cycle(Struct, frozen=True):
    """One cycle: the meetings that were held and those that were cancelled, oldest first.

    `part` is whether some of its meetings are outside the review's range.
    """

    number: int
    held: tuple[HeldMeeting, ...]
    cancelled: tuple[Cancelled, ...]
    part: bool = False

    @property
    def attendance(self) -> AttendanceCount:
        """The attendance of all held meetings of this cycle."""
        return count_attendance(self.held)

    @property
    def meetings(self) -> tuple[HeldMeeting | Cancelled, ...]:
        """Held and cancelled meetings, ordered by `meeting_date`."""
        return tuple(sorted((*self.held, *self.cancelled), key=meeting_date))


class Review(Struct, frozen=True, kw_only=True):
    """What leads and members see of one circle, within `range`.

    `members` are the present ones and those whom a meeting in the range expected, in seat order.
    `held` of `planned` meetings took place; planned are also dates that passed with nothing
    recorded. `next` is the next meeting (aware UTC), None for a circle that rests or never meets;
    `overdue` is whether it has passed without a meeting.
    """

    facts: AttendanceFacts
    range: DateRange
    members: tuple[Member, ...]
    cycles: tuple[Cycle, ...]
    held: int
    planned: int
    next: datetime | None
    overdue: bool
    resting: bool
    signs: tuple[Sign, ...]
    weeks: tuple[TradingWeek, ...]
    """Those of a trading pair; no others have any."""
    question: str | None
    now: datetime
    """When this was so (aware UTC)."""
    as_of: datetime | None = None
    """When the facts were handed over (aware UTC), if that is longer ago than the rhythm."""

    @property
    def circle(self) -> CircleFacts:
        """The circle itself."""
        return self.facts.circle

    @property
    def openings(self) -> str:
        """Whether openings are evenly shared, as a sentence."""
        return openings(self.facts, self.range)


def is_old(facts: AttendanceFacts, made: datetime, now: datetime) -> bool:
    """Whether a circle may have met since its facts were made, because its rhythm has passed."""
    return now - made > timedelta(days=facts.circle.rhythm.days)


def review(
    facts: AttendanceFacts,
    now: datetime,
    within: DateRange = ALL_DATES,
    made: datetime | None = None,
) -> Review:
    """The review of a circle at `now` (aware UTC).

    Facts that were handed over are reviewed as of `made` (aware UTC), the moment they were made,
    because they know nothing later.
    """
    as_of = None
    if made is not None and made < now:
        as_of = made if is_old(facts, made, now) else None
        now = made
    circle, records, cancelled = facts.circle, facts.records, facts.cancelled
    if within != ALL_DATES:
        records = tuple(meeting for meeting in records if within.contains(meeting.started, circle))
        cancelled = tuple(
            cancellation
            for cancellation in cancelled
            if within.contains(cancellation.planned, circle)
        )
    named = set[MemberId]().union(*(record.attendance for record in records))
    silent = silent_dates(facts, now)
    found = signs(facts, silent_since_last_meeting(facts, silent))
    lost = sum(_was_not_replaced(facts, cancellation, now) for cancellation in cancelled)
    lost += sum(within.contains(date, circle) for date in silent)
    resting = schedule.resting(facts)
    coming = None if resting or not circle.preset.meets else schedule.planned(facts)
    return Review(
        facts=facts,
        range=within,
        members=tuple(member for member in circle.members if member.expected or member.id in named),
        cycles=_cycles(records, cancelled, facts),
        held=len(records),
        planned=len(records) + lost,
        next=coming,
        overdue=coming is not None and coming + circle.length < now,
        resting=resting,
        signs=found,
        weeks=trading_weeks(facts, now, within),
        question=QUESTION if found else None,
        now=now,
        as_of=as_of,
    )


def _cycles(
    held: Sequence[HeldMeeting], cancelled: Sequence[Cancelled], facts: AttendanceFacts
) -> tuple[Cycle, ...]:
    by_number = defaultdict[int, tuple[list[HeldMeeting], list[Cancelled]]](lambda: ([], []))
    for meeting in held:
        by_number[meeting.cycle][0].append(meeting)
    for cancellation in cancelled:
        by_number[cancellation.cycle][1].append(cancellation)
    whole = Counter[int]()
    if len(held) + len(cancelled) < len(facts.records) + len(facts.cancelled):
        whole.update(record.cycle for record in facts.records)
        whole.update(cancellation.cycle for cancellation in facts.cancelled)
    return tuple(
        Cycle(number, tuple(met), tuple(not_met), part=whole[number] > len(met) + len(not_met))
        for number, (met, not_met) in sorted(by_number.items())
    )


def count_attendance(held: Iterable[HeldMeeting]) -> AttendanceCount:
    """The attendance of these meetings together."""
    expected = [attendance for meeting in held for attendance in meeting.attendance.values()]
    elsewhere = expected.count(Attendance.EXCUSED) + expected.count(Attendance.ABSENT)
    return AttendanceCount(len(expected) - elsewhere, len(expected))


def meeting_date(meeting: HeldMeeting | Cancelled) -> datetime:
    """When a meeting was held or, if cancelled, planned (aware UTC)."""
    return meeting.started if isinstance(meeting, HeldMeeting) else meeting.planned


def alphabetical(members: Iterable[Member]) -> tuple[Member, ...]:
    """Members in alphabetical order of their names, which ranks nobody."""
    return tuple(sorted(members, key=lambda member: (member.name.casefold(), member.id)))


def _was_not_replaced(facts: AttendanceFacts, cancelled: Cancelled, now: datetime) -> bool:
    """Whether a cancelled meeting was lost: nothing replaced it, and nothing still will.

    If its new date was cancelled as well, only that later cancellation can count as lost.
    """
    other = cancelled.rebooked
    if other is None:
        return True
    later = [cancellation for cancellation in facts.cancelled if cancellation.at > cancelled.at]
    if any(cancellation.planned == other for cancellation in later):
        return False
    until = min((cancellation.at for cancellation in later), default=None)
    if any(
        cancelled.at <= record.started and (until is None or record.started < until)
        for record in facts.records
    ):
        return False
    return bool(later) or other <= now


def openings(facts: AttendanceFacts, within: DateRange = ALL_DATES) -> str:
    """Whether openings are evenly shared, as one sentence that names and counts nobody.

    They are if each meeting was opened by a member who, of those present from beginning to end, had
    waited longest (guide: practice, Who opens).
    """
    # Ordered by who has waited longest. Members who never opened count as having waited equally.
    waiting = dict.fromkeys(member.id for member in facts.circle.members)
    have_opened: set[MemberId] = set()
    opened = uneven = 0
    for record in facts.records:
        if (opener := record.opener) is None:
            continue
        if within.contains(record.started, facts.circle):
            opened += 1
            if opener in have_opened:
                uneven += _waited_longer(waiting, opener, record)
        have_opened.add(opener)
        waiting.pop(opener, None)
        waiting[opener] = None
    if not opened:
        return (
            "No meeting has been opened yet."
            if within == ALL_DATES
            else "No meeting was opened in these days."
        )
    if not uneven:
        return "Openings are evenly shared: each went to whoever there had waited longest."
    meetings = "one meeting" if uneven == 1 else f"{uneven} meetings"
    return f"Openings are not evenly shared: at {meetings} somebody there had waited longer."


def _waited_longer(waiting: Iterable[MemberId], opener: MemberId, meeting: HeldMeeting) -> bool:
    """Whether a member who had waited longer than the opener was present for the whole meeting."""
    if next(iter(waiting), opener) == opener:
        return False
    before = takewhile(lambda member: member != opener, waiting)
    return any(meeting.attendance.get(member_id) is Attendance.PRESENT for member_id in before)


def question(facts: AttendanceFacts, silent: int = 0) -> str | None:
    """The question that the `signs` raise for the circle; None if there are no signs."""
    return QUESTION if signs(facts, silent) else None
