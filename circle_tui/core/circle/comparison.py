"""What one version of a circle has and another has not.

Invariant: only meetings and members count, which nothing that is done to a circle takes away:
where one is missing, an older version was brought back.
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
        """How many of both."""
        return len(self.meetings) + len(self.members)


def missing(earlier: CircleState, now: CircleState) -> Missing:
    """What `earlier` has and `now` has not."""
    held = {each.id for each in now.records}
    here = {each.id for each in now.circle.members}
    return Missing(
        tuple(each for each in earlier.records if each.id not in held),
        tuple(each for each in earlier.circle.members if each.id not in here),
    )
