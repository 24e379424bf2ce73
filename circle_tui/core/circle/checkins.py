"""Check-ins: a few sentences that members write between two meetings.

Invariant: a check-in is shown at the next gathering only.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId, new_id

CHECKIN_CELLS = 600
"""Two or three sentences (guide: practice, Formats), at 200 characters each."""


@CircleCommand
def check_in(state: CircleState, now: datetime, member: MemberId, words: str) -> CircleState:
    """Add a check-in by `member`."""
    if not state.circle.preset.checkin:
        raise RuleError("This kind of circle has no check-ins between meetings.")
    cleaned = text.words(words, CHECKIN_CELLS)
    if not cleaned:
        raise RuleError("A check-in needs a few words. Write two or three sentences.")
    if member not in {person.id for person in state.circle.members if person.left is None}:
        raise RuleError("Only members can check in.")
    checkin_id = new_id("i", (each.id for each in state.checkins), now)
    written = CheckIn(id=checkin_id, member=member, at=now, text=cleaned)
    return replace(state, checkins=(*state.checkins, written))


def since_last_meeting(state: CircleState) -> tuple[CheckIn, ...]:
    """The check-ins for the next gathering, oldest first.

    A check-in written during a meeting belongs to the following gathering.
    """
    last = state.records[-1].started if state.records else None
    return tuple(checkin for checkin in state.checkins if last is None or checkin.at > last)
