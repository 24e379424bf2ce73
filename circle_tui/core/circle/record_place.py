"""Where a meeting recorded later belongs among the others: its number and cycle, from its date.

Invariant: numbers rise with the dates, and a meeting stays in its cycle unless the cycle is full.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.attendance.facts import MOST, CycleChoice
from circle_tui.core.circle import cycle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState


def index_at(records: Sequence[MeetingRecord], started: datetime) -> int:
    """The index in `records` at which a meeting at `started` belongs."""
    return sum(each.started <= started for each in records)


def ends_cycle(state: CircleState, started: datetime) -> bool:
    """Whether a meeting at `started` would be the last one, and the end of its cycle."""
    return bool(cycle_choices_at(state, started))


def cycle_choices_at(state: CircleState, started: datetime) -> tuple[CycleChoice, ...]:
    """The choices that the circle had at `started`; empty if no cycle ended then."""
    records = state.records
    if index_at(records, started) < len(records):
        return ()
    number, in_cycle = cycle.next_position(records, state.circle.cycle)
    return cycle.choices(records, number) if in_cycle >= state.circle.cycle else ()


def numbered(records: Sequence[MeetingRecord]) -> tuple[MeetingRecord, ...]:
    """The records with rising numbers; a later record keeps its number if it can."""
    found: list[MeetingRecord] = []
    last = 0
    for each in records:
        last = min(max(each.number, last + 1), MOST)
        found.append(each if each.number == last else replace(each, number=last))
    return tuple(found)


def with_cycles(
    records: Sequence[MeetingRecord], at: int, added: MeetingRecord, length: int
) -> list[MeetingRecord]:
    """The records with the `added` one at index `at`, each in its cycle.

    A cycle that ended with a look back still ends there, and may become longer by a meeting. A
    cycle that ended by its length moves its last meeting to the next cycle.
    """
    sizes = Counter(each.cycle for each in records)
    decided = {each.cycle for each in records if each.looked_back is not None}
    last = max(sizes, default=1)

    def is_full(number: int) -> bool:
        room = sizes[number] if number < last else max(length, sizes[number])
        return number not in decided and sizes[number] >= room

    def following(number: int) -> int:
        return min((each for each in sizes if each > number), default=number + 1)

    number = _cycle_of_added(records, at)
    if number in decided and at == len(records):
        number = following(number)
    placed = [*records[:at], replace(added, cycle=number), *records[at:]]
    while is_full(number):
        moved = max(place for place, each in enumerate(placed) if each.cycle == number)
        number = following(number)
        placed[moved] = replace(placed[moved], cycle=number)
    return placed


def _cycle_of_added(records: Sequence[MeetingRecord], at: int) -> int:
    """The cycle of a meeting at the index `at`, before cycles that are too long are split."""
    if at == 0:
        return records[0].cycle if records else 1
    before = records[at - 1]
    if before.looked_back is not None and at < len(records):
        return records[at].cycle
    return before.cycle
