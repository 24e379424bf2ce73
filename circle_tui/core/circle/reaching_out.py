"""Reaching out to those who were missing at the last meeting.

Invariant: a reach-out stays on the list until somebody notes it as done, or until the next meeting
is held. The program never says who has not done it (guide: practice, Attendance).
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId


def to_reach(state: CircleState) -> tuple[tuple[Member, Member], ...]:
    """The open reach-outs, in seat order: the missing member, then the one who reaches out.

    Members who have left since are left out.
    """
    if not state.records:
        return ()
    last = state.records[-1]
    members = {member.id: member for member in state.circle.members if member.left is None}
    return tuple(
        (missing, members[by])
        for missing in state.circle.members
        if missing.id in members
        and missing.id not in last.reached
        and (by := last.reaches_out.get(missing.id)) in members
    )


@CircleCommand
def reach(state: CircleState, now: datetime, missing: MemberId) -> CircleState:
    """Note that somebody has reached out to the member `missing`."""
    if missing not in {member.id for member, _ in to_reach(state)}:
        raise RuleError("There's nobody left to reach out to.")
    last = state.records[-1]
    last = replace(last, reached=(*last.reached, missing))
    return replace(state, records=(*state.records[:-1], last))
