"""Compares two versions of a circle: what the later one lacks.

Invariant: only meetings and members are compared, because no command ever removes one. So if one is
missing, another program brought back an older version.
"""

from typing import NamedTuple

from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState


class Missing(NamedTuple):
    """Meetings, oldest first, and members, by seat."""

    meetings: tuple[MeetingRecord, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def total(self) -> int:
        """How many meetings and members together."""
        return len(self.meetings) + len(self.members)


def missing(earlier: CircleState, now: CircleState) -> Missing:
    """The meetings and members that `earlier` has and `now` lacks."""
    held = {each.id for each in now.records}
    here = {each.id for each in now.circle.members}
    return Missing(
        tuple(each for each in earlier.records if each.id not in held),
        tuple(each for each in earlier.circle.members if each.id not in here),
    )
