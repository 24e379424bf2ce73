"""What happens to contracts when a member leaves the circle, or is forgotten.

Invariant: a member who leaves steps out of every contract at once, and a contract that is left with
one party has ended.
"""

from datetime import datetime

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.looking_back import without_party
from circle_tui.core.contracts.standing import not_ended
from circle_tui.core.ids import MemberId


def stepped_out_of_all(state: CircleState, member: MemberId, now: datetime) -> CircleState:
    """The state after a member stepped out of every contract that has not ended."""
    for found in not_ended(state, now):
        if member in lookup.party_ids(state, found.shown):
            state = without_party(state, found.newest.contract, member, now)
    return state
