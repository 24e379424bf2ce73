"""Words and glyphs for attendance and cancellations, shared by views and reports.

Invariant: each state has its own glyph and word, so that no meaning depends on colour.
"""

from collections.abc import Sequence
from datetime import date, datetime

from circle_tui.core.attendance.facts import Attendance, Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import AttendanceCount, DateRange
from circle_tui.core.attendance.roster import Attendee
from circle_tui.core.attendance.trading import TradingWeek
from circle_tui.core.circle.circle import CircleFacts

GLYPHS = {
    Attendance.PRESENT: "●",
    Attendance.LATE: "◐",
    Attendance.LEFT_EARLY: "◑",
    Attendance.EXCUSED: "○",
    Attendance.ABSENT: "·",
}
NOT_EXPECTED = "not expected"
"""For a member who had not joined yet, had left, or was away."""

NOT_EXPECTED_GLYPH = "-"

CANCELLED = ("×", "cancelled")
REBOOKED_SOON = ("↻", "cancelled, rebooked within 48 hours")
REBOOKED_LATER = ("↷", "cancelled, rebooked later")
CANCELLATION_SIGNS = (CANCELLED, REBOOKED_SOON, REBOOKED_LATER)
"""The possible outcomes of a cancelled meeting: glyph and word."""


TRADED = ("●", "traded")
NOT_TRADED = ("○", "not traded")
"""What a trading pair's weeks were: glyph and word."""

SIGNS = (
    *((GLYPHS[attendance], str(attendance)) for attendance in Attendance),
    (NOT_EXPECTED_GLYPH, NOT_EXPECTED),
    *CANCELLATION_SIGNS,
)
"""Every glyph and its word."""


def glyph(attendance: Attendance | None) -> str:
    """The glyph for an attendance; None stands for a member who was not expected."""
    return NOT_EXPECTED_GLYPH if attendance is None else GLYPHS[attendance]


def word(attendance: Attendance | None) -> str:
    """The word for an attendance; None stands for a member who was not expected."""
    return NOT_EXPECTED if attendance is None else str(attendance)


def cancellation_word(cancelled: Cancelled) -> str:
    """The word for the outcome of a cancelled meeting."""
    return _cancellation_sign(cancelled)[1]


def participation(
    meeting: HeldMeeting | Cancelled, person: Attendee, circle: CircleFacts
) -> tuple[str, str]:
    """Glyph and word for one member and one meeting, held or cancelled."""
    if isinstance(meeting, Cancelled):
        if person.was_expected_at(meeting.planned, circle):
            return _cancellation_sign(meeting)
        return NOT_EXPECTED_GLYPH, NOT_EXPECTED
    attendance = meeting.attendance.get(person.id)
    return glyph(attendance), word(attendance)


def _cancellation_sign(cancelled: Cancelled) -> tuple[str, str]:
    if cancelled.rebooked_at is None:
        return CANCELLED
    return REBOOKED_SOON if cancelled.within_48_hours else REBOOKED_LATER


def count(attendance: AttendanceCount) -> str:
    """As in "4 of 5"."""
    return f"{attendance.attended} of {attendance.expected}"


def short_count(attendance: AttendanceCount) -> str:
    """As in "4/5", for narrow places."""
    return f"{attendance.attended}/{attendance.expected}"


def percent(attendance: AttendanceCount) -> str:
    """As in "80%"; a dash if nobody was expected."""
    return "–" if attendance.ratio is None else f"{attendance.ratio:.0%}"


def day(moment: datetime, circle: CircleFacts) -> str:
    """As in "5 March 2026", in the circle's time zone."""
    return date_in_words(moment.astimezone(circle.tz))


def short_day(moment: datetime, circle: CircleFacts) -> str:
    """As in "5 Mar 2026", in the circle's time zone."""
    day = moment.astimezone(circle.tz)
    return f"{day.day} {day:%b} {day.year}"


def week(week: TradingWeek) -> tuple[str, str]:
    """Glyph and word for one week of a trading pair."""
    return TRADED if week.traded else NOT_TRADED


def weeks(weeks: Sequence[TradingWeek]) -> str:
    """As in "5 of 8"."""
    return f"{sum(week.traded for week in weeks)} of {len(weeks)}"


def date_in_words(day: date) -> str:
    """As in "5 March 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def date_range(within: DateRange) -> str:
    """As in "from 1 March 2026 until 30 April 2026"; empty for an unlimited range."""
    start = "" if within.start is None else date_in_words(within.start)
    end = "" if within.end is None else date_in_words(within.end)
    if start and end:
        return f"from {start} until {end}"
    if start:
        return f"from {start}"
    return f"until {end}" if end else ""


def guests(number: int) -> str:
    """As in "2 guests"; empty for none."""
    return "" if not number else f"{number} guest{'' if number == 1 else 's'}"
