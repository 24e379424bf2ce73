"""The plan of a meeting that is held on paper, without the program: who speaks when.

Invariant: everybody whom the meeting expects has a turn, in the order in which the program would
call on them if everybody came.
"""

from datetime import timedelta
from typing import NamedTuple

from circle_tui.core.circle import rotation
from circle_tui.core.circle.circle import SHORTEST_SHARE, Member
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.meeting import agenda


class PlannedTurn(NamedTuple):
    """One member's turn, which begins so long `after` the beginning of the meeting."""

    member: Member
    after: timedelta


class PaperPlan(NamedTuple):
    """The turns; `closing` and `end` are counted from the beginning of the meeting, too.

    `fitting_share` is the share length with which the plan would fit into the meeting: None if it
    fits as it is, zero if no length would.
    """

    turns: tuple[PlannedTurn, ...]
    closing: timedelta
    end: timedelta
    fitting_share: timedelta | None


def paper_plan(context: MeetingContext) -> PaperPlan:
    """The plan of the coming meeting."""
    circle = context.circle
    start = agenda.opening(circle)
    closing = agenda.closing(circle) + (agenda.LOOK_BACK if context.choices else timedelta())
    each = circle.share + circle.response
    seats = tuple(member.id for member in context.members)
    chosen = rotation.opener(seats, context.openings)
    order = () if chosen is None else rotation.seats_from(seats, chosen.member)
    by_id = {member.id: member for member in context.members}
    turns = tuple(
        PlannedTurn(by_id[member], start + place * each) for place, member in enumerate(order)
    )
    end = start + len(turns) * each + closing
    fitting_share = None
    if end > circle.length:
        room = circle.length - start - closing
        fitting_share = agenda.share_within(room, len(turns), circle.response)
        if fitting_share < SHORTEST_SHARE:
            fitting_share = timedelta()
    return PaperPlan(turns, end - closing, end, fitting_share)
