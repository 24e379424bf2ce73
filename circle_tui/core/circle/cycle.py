"""Cycles: when one ends, and what the circle may choose then.

Invariant: a cycle ends at its last meeting, without any command. A circle can graduate after two
strong cycles, including the one that ends (guide: practice, Cycles and choices); a cycle is strong
if at least three quarters of the expected attendance took place.
"""

from collections.abc import Iterable, Sequence

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import MeetingRecord

STRONG = 0.75
CYCLES_TO_GRADUATE = 2


def next_position(records: Sequence[MeetingRecord], length: int) -> tuple[int, int]:
    """The coming meeting's cycle, and its number within that cycle; `length` is in meetings."""
    if not records:
        return 1, 1
    last = records[-1]
    held = sum(record.cycle == last.cycle for record in records)
    if held >= length or last.looked_back is not None:
        return last.cycle + 1, 1
    return last.cycle, held + 1


def strong(records: Iterable[MeetingRecord]) -> bool:
    """Whether the attendance of one cycle's records is high enough to graduate."""
    attended = [
        attendance.attended for record in records for attendance in record.attendance.values()
    ]
    return bool(attended) and sum(attended) / len(attended) >= STRONG


def choices(records: Sequence[MeetingRecord], cycle: int) -> tuple[CycleChoice, ...]:
    """The choices at the end of `cycle`, the current one.

    `records` may lack the cycle's last meeting, which is still under way.
    """
    held = {record.cycle for record in records}
    strong_ones = {
        number for number in held if strong(record for record in records if record.cycle == number)
    }
    # A cycle of a single meeting has no records until that meeting is over.
    weak_now = cycle in held and cycle not in strong_ones
    ready = len(strong_ones) >= CYCLES_TO_GRADUATE and not weak_now
    return tuple(choice for choice in CycleChoice if ready or choice is not CycleChoice.GRADUATE)


def last_choice(records: Sequence[MeetingRecord]) -> CycleChoice | None:
    """The choice made at the last meeting; None if it did not end a cycle."""
    looked_back = records[-1].looked_back if records else None
    return looked_back.choice if looked_back is not None else None
