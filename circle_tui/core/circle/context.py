"""What the coming meeting starts from.

Invariant: a context is computed from the circle's state and the moment. It is stored only in the
journal of the meeting that starts from it, so its field names must not change.
"""

from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import MOST, CycleChoice
from circle_tui.core.circle import checkins, commitments, cycle, health_check, rotation, schedule
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.state import CheckIn, CircleState, Clause, Win
from circle_tui.core.fields import IdOfMember, IdOrNone, Moment, SharedWords

WINS_PERIOD = timedelta(days=7)
"""A meeting celebrates the wins of the past week (guide: practice, Commitments and resets)."""


class MeetingContext(Struct, frozen=True, kw_only=True):
    """What the rules need to know of the circle at a meeting's start.

    `planned` is aware UTC, `anchor` naive wall time.

    `members` are those the meeting expects, in seat order. `open` are the commitments it asks for,
    `later` those that are due after it.
    """

    circle: Circle
    members: tuple[Member, ...]
    number: Annotated[int, Meta(ge=1, le=MOST)]
    cycle: Annotated[int, Meta(ge=1, le=MOST)]
    number_in_cycle: int
    planned: Moment
    anchor: datetime
    openings: dict[IdOfMember, int]
    open: tuple[Commitment, ...]
    next_commitment: int
    later: tuple[Commitment, ...] = ()
    wins: tuple[Win, ...] = ()
    checkins: tuple[CheckIn, ...] = ()
    covenant: dict[Clause, SharedWords] = {}
    question: str | None = None
    check: SharedWords | None = None
    """The health check that is due, as in "week 6"; None if none is."""
    choices: tuple[CycleChoice, ...] = ()
    """What can be chosen at the end of this meeting's cycle; empty in the middle of one."""
    resting: bool = False
    contracts_due: tuple[SharedWords, ...] = ()
    """A line to show for each contract that is due, with names only."""
    chain: IdOrNone = ""
    """The head of the circle's chain of meetings as this one begins; empty for its first."""


def meeting_context(
    state: CircleState, now: datetime, *, with_contracts: bool = True
) -> MeetingContext:
    """The context of the meeting that would begin at `now` (aware UTC).

    `with_contracts` is whether to look for those that are due: only a meeting needs them.
    """
    circle, records = state.circle, state.records
    number, in_cycle = cycle.next_position(records, circle.cycle)
    anchor = schedule.anchor(state)
    today = circle.day(now)
    all_open = commitments.open_commitments(state)
    members = state.active
    return MeetingContext(
        circle=circle,
        members=members,
        number=min(1 + max((record.number for record in records), default=0), MOST),
        cycle=min(number, MOST),
        number_in_cycle=in_cycle,
        planned=schedule.planned(state),
        anchor=anchor,
        openings=rotation.last_openings(records),
        open=tuple(commitment for commitment in all_open if commitment.is_due(today)),
        later=tuple(commitment for commitment in all_open if not commitment.is_due(today)),
        next_commitment=commitments.next_id(state),
        wins=tuple(win for win in state.wins if win.day > today - WINS_PERIOD),
        checkins=checkins.since_last_meeting(state),
        covenant=state.covenant.clauses if state.covenant is not None else {},
        question=figures.question(state),
        check=health_check.due(state, now),
        choices=cycle.choices(records, number) if in_cycle >= circle.cycle else (),
        resting=schedule.resting(state),
        contracts_due=_contracts_due(state, now) if with_contracts else (),
    )


def _contracts_due(state: CircleState, now: datetime) -> tuple[str, ...]:
    if not state.contracts:
        return ()
    # Imported here, because a circle without contracts does not need their rules.
    from circle_tui.core.contracts import overview

    return overview.due_lines(state, now)
