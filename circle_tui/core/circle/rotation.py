"""Who opens, and why.

Invariant: the opener is the present member who opened longest ago; those who never opened come
first, ties go by seat (guide: practice, Who opens). So nobody loses their turn by being absent,
and of two members who attend the same meetings neither is ever two openings ahead.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.ids import MemberId


class Opener(Struct, frozen=True):
    """The member who opens, by id, and the reason, which completes "Maya ..."."""

    member: MemberId
    reason: str


def last_openings(records: Iterable[MeetingRecord]) -> dict[MemberId, int]:
    """By member, the number of the last meeting they opened; only members who opened one."""
    return {record.opener: record.number for record in records if record.opener is not None}


def opener(seats: Sequence[MemberId], openings: Mapping[MemberId, int]) -> Opener | None:
    """The opener among `seats` (ids in seat order); None if `seats` is empty."""
    if not seats:
        return None
    chosen = min(seats, key=lambda member: openings.get(member, 0))
    if len(seats) == 1:
        return Opener(chosen, "is the only one here")
    if chosen in openings:
        return Opener(chosen, f"hasn't opened since meeting {openings[chosen]}")
    others = [member for member in seats if member not in openings]
    if len(others) == len(seats):
        return Opener(chosen, "sits first, and nobody has opened yet")
    if len(others) > 1:
        return Opener(chosen, "hasn't opened yet, and sits first")
    return Opener(chosen, "hasn't opened yet")


def seats_from(seats: Sequence[MemberId], first: MemberId) -> tuple[MemberId, ...]:
    """`seats` rotated so that they begin with `first`."""
    at = seats.index(first)
    return (*seats[at:], *seats[:at])
