"""Signs that a circle may be falling apart, although its figures look good.

Invariant: a sign is about the circle as a whole; it names and counts nobody. Each raises the one
question (guide: practice, Signs of life).
"""

from enum import StrEnum

from circle_tui.core.attendance.facts import Attendance, AttendanceFacts

TIMES_IN_A_ROW = 2
"""How many cancellations, absences or silent dates in a row raise the question."""

EXCUSED_IN_A_ROW = 3
"""How many meetings in a row are looked at for excuses."""

EXCUSED_SHARE = 3
"""If one in so many attendances of these meetings was excused, that is many."""

SHRINKING_WITHIN = 12
"""How many meetings back to compare a circle's size with."""


class Sign(StrEnum):
    """The signs: what happened several times, or what is shrinking."""

    CANCELLED = "cancelled"
    ABSENT = "absent"
    SILENCE = "silence"
    SHRINKING = "shrinking"
    EXCUSES = "excuses"


def signs(facts: AttendanceFacts, silent: int = 0) -> tuple[Sign, ...]:
    """The present signs; `silent` is how many dates passed silently since the last meeting."""
    found = {
        Sign.CANCELLED: len(facts.cancelled_since_last_meeting) >= TIMES_IN_A_ROW,
        Sign.ABSENT: _is_absent_throughout(facts),
        Sign.SILENCE: silent >= TIMES_IN_A_ROW,
        Sign.SHRINKING: _is_shrinking(facts),
        Sign.EXCUSES: _has_many_excuses(facts),
    }
    return tuple(sign for sign, there in found.items() if there)


def _is_absent_throughout(facts: AttendanceFacts) -> bool:
    recent = facts.records[-TIMES_IN_A_ROW:]
    return len(recent) == TIMES_IN_A_ROW and any(
        all(meeting.attendance.get(member.id) is Attendance.ABSENT for meeting in recent)
        for member in facts.active
    )


def _is_shrinking(facts: AttendanceFacts) -> bool:
    """Whether meetings expect at most half as many now as one of the last did."""
    recent = facts.records[-SHRINKING_WITHIN:]
    most = max((len(meeting.attendance) for meeting in recent), default=0)
    return 0 < 2 * len(facts.active) <= most


def _has_many_excuses(facts: AttendanceFacts) -> bool:
    """Whether a third of all attendances lately were excused, or somebody was each time."""
    recent = facts.records[-EXCUSED_IN_A_ROW:]
    if len(recent) < EXCUSED_IN_A_ROW:
        return False
    places = [each for meeting in recent for each in meeting.attendance.values()]
    excused = places.count(Attendance.EXCUSED)
    return 0 < len(places) <= EXCUSED_SHARE * excused or any(
        all(meeting.attendance.get(member.id) is Attendance.EXCUSED for meeting in recent)
        for member in facts.active
    )
