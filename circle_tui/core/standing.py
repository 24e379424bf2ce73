"""Where a circle stands between two meetings.

Law: folded from the circle and its records; nothing about it is stored.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from circle_tui.core import cadence, commitments, rotation
from circle_tui.core.circle import Circle
from circle_tui.core.commitments import Commitment
from circle_tui.core.record import Record


class Standing(Struct, frozen=True, kw_only=True):
    """What the coming meeting starts from. `planned` is aware UTC, `anchor` naive wall time."""

    circle: Circle
    number: int
    cycle: int
    number_in_cycle: int
    planned: datetime
    anchor: datetime
    openings: dict[str, int]
    open: tuple[Commitment, ...]
    next_commitment: int


def standing(circle: Circle, records: Sequence[Record]) -> Standing:
    """Where `circle` stands after `records`, oldest first."""
    cycle, in_cycle = 1, 1
    planned = cadence.moment(circle, circle.first)
    anchor = circle.first
    if records:
        last = records[-1]
        cycle = last.cycle
        in_cycle = 1 + sum(record.cycle == cycle for record in records)
        if in_cycle > circle.cycle:
            cycle, in_cycle = cycle + 1, 1
        # A circle that began on the spot finds its rhythm with the first date it chooses.
        if (chosen := records[0].next) is not None:
            anchor = chosen.astimezone(circle.tz).replace(tzinfo=None)
        planned = last.next or cadence.next_meeting(circle, anchor, last.started)
    return Standing(
        circle=circle,
        number=1 + max((record.number for record in records), default=0),
        cycle=cycle,
        number_in_cycle=in_cycle,
        planned=planned,
        anchor=anchor,
        openings=rotation.last_openings(records),
        open=commitments.open_commitments(records),
        next_commitment=commitments.next_id(records),
    )
