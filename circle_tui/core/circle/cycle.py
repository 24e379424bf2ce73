"""Cycles: when one ends, and what the circle may choose then.

Invariant: a cycle ends by itself, at its last meeting. Graduating is for circles with two strong
cycles behind them, the one that ends among them (field guide, 5); strong means that at least
three of four expected people came.
"""

from collections.abc import Iterable, Sequence

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import MeetingRecord

STRONG = 0.75
CYCLES_TO_GRADUATE = 2


def next_position(records: Sequence[MeetingRecord], length: int) -> tuple[int, int]:
    """The cycle of the coming meeting, and its number in it; `length` is in meetings."""
    if not records:
        return 1, 1
    last = records[-1]
    held = sum(record.cycle == last.cycle for record in records)
    if held >= length or last.looked_back is not None:
        return last.cycle + 1, 1
    return last.cycle, held + 1


def strong(records: Iterable[MeetingRecord]) -> bool:
    """Whether people came to the meetings of one cycle."""
    came = [attendance.attended for record in records for attendance in record.attendance.values()]
    return bool(came) and sum(came) / len(came) >= STRONG


def choices(records: Sequence[MeetingRecord], cycle: int) -> tuple[CycleChoice, ...]:
    """What can be chosen at the end of `cycle`, the present one.

    Its last meeting need not be among `records`.
    """
    held = {record.cycle for record in records}
    strong_ones = {
        each for each in held if strong(record for record in records if record.cycle == each)
    }
    # A cycle of one meeting says nothing of its strength before that meeting is over.
    weak_now = cycle in held and cycle not in strong_ones
    ready = len(strong_ones) >= CYCLES_TO_GRADUATE and not weak_now
    return tuple(each for each in CycleChoice if ready or each is not CycleChoice.GRADUATE)


def last_choice(records: Sequence[MeetingRecord]) -> CycleChoice | None:
    """What was chosen at the last meeting; None where it ended no cycle."""
    looked_back = records[-1].looked_back if records else None
    return looked_back.choice if looked_back is not None else None
