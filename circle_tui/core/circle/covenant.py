"""The covenant: what a circle is here for, and how it changes its mind.

Invariant: nobody signs without a review date still to come. A change to what somebody has signed
makes a new version, and signatures stay with the version they were given to (field guide, 5).
"""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import cycle
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.core.errors import RuleError

_PURPOSE = {
    "peer-circle": "We say out loud what we will do, and listen to how it went. "
    "We hold each other with care, and start again when something slips.",
    "pod": "We tell each other what we said we would do, what happened, and what comes next. "
    "We stay close enough to notice.",
    "movement-pod": "Each of us practises one behaviour that matters to the whole. "
    "What slips is not defended: we say what got in the way, and reset.",
    "trading-pair": "Each week we record twenty minutes for each other, and listen. "
    "That we go on is all we keep count of.",
}
_RHYTHM = {
    "peer-circle": "We meet {rhythm}.",
    "pod": "We meet {rhythm}. A meeting that falls out is rebooked within 48 hours.",
    "movement-pod": "We meet {rhythm}. Between two meetings each of us writes a few sentences.",
    "trading-pair": "We trade {rhythm}.",
}
_MISSED = "Whoever misses a meeting is missed: one of us reaches out within two days."
_MISSED_TRADE = "Whoever misses a week says so, and sends the next one."
_REVIEWED_AFTER_AT_MOST = 365

_BOUNDARIES = (
    "This is not therapy and not supervision. What is said here stays here. "
    "We do not fix each other."
)


def proposal(circle: Circle, now: datetime) -> Covenant:
    """A first version to begin with, whose review date is still to be set."""
    meets = circle.preset.meets
    return Covenant(
        version=1,
        written=now,
        clauses={
            Clause.PURPOSE: _PURPOSE[circle.format],
            Clause.RHYTHM: _RHYTHM[circle.format].format(rhythm=circle.rhythm),
            Clause.MISSED: _MISSED if meets else _MISSED_TRADE,
            Clause.BOUNDARIES: _BOUNDARIES,
        },
    )


def default_review(circle: Circle, now: datetime) -> date:
    """The day to propose for the review: when a cycle has passed, and within a year."""
    days = circle.cycle * circle.rhythm.days
    today = circle.day(now)
    return today + timedelta(days=min(days, _REVIEWED_AFTER_AT_MOST))


@CircleCommand
def write(state: CircleState, now: datetime) -> CircleState:
    """A first covenant, from the proposal for the circle's format."""
    if state.covenant is not None:
        raise RuleError("There is a covenant: change a clause of it.")
    return replace(state, covenants=(proposal(state.circle, now),))


@CircleCommand
def change(state: CircleState, now: datetime, clause: Clause, words: str) -> CircleState:
    """Another wording for one clause. Raises `RuleError` for too many words, or for none."""
    cleaned = text.words(words)
    if not cleaned:
        raise RuleError("A clause needs words: write one or two sentences.")
    present = _require_covenant(state)
    if present.clauses.get(clause) == cleaned:
        raise RuleError("That is what it says already.")
    return _with_changes(state, now, clauses={**present.clauses, clause: cleaned})


@CircleCommand
def set_review(state: CircleState, now: datetime, typed: str) -> CircleState:
    """The day on which the covenant is looked at again, as typed."""
    day = dates.read_coming_day(state.circle, typed, now)
    if _require_covenant(state).review == day:
        raise RuleError("That is the day already.")
    return _with_changes(state, now, review=day)


@CircleCommand
def sign(state: CircleState, now: datetime, member: str | None) -> CircleState:
    """A member's signature under the present version, by their own key press; None is nobody."""
    present = _require_covenant(state)
    if present.review is None:
        raise RuleError("It cannot be signed without a review date: press d to set one.")
    if review_due(state, state.circle.day(now)):
        raise RuleError("Its review is due: look at it together, and press d for the next one.")
    if member is None:
        raise RuleError("Choose yourself first, by your number or with ↑ ↓; then sign with s.")
    person = next((each for each in state.circle.members if each.id == member), None)
    if person is None or person.left is not None:
        raise RuleError("Only members sign.")
    if member in present.signatures:
        raise RuleError(f"{person.name} has signed this version.")
    signed = replace(present, signatures={**present.signatures, member: now})
    return replace(state, covenants=(*state.covenants[:-1], signed))


def unsigned(state: CircleState) -> tuple[str, ...]:
    """Ids of the members whose signature the present version has not, in seat order."""
    if state.covenant is None:
        return ()
    return tuple(
        member.id
        for member in state.circle.members
        if member.left is None and member.id not in state.covenant.signatures
    )


def review_due(state: CircleState, today: date) -> bool:
    """Whether the day to look at it again has come."""
    present = state.covenant
    return present is not None and present.review is not None and present.review <= today


def redesign_is_due(state: CircleState) -> bool:
    """Whether the circle chose to redesign, and its covenant is still from before that."""
    if cycle.last_choice(state.records) is not CycleChoice.REDESIGN:
        return False
    return state.covenant is None or state.covenant.written < state.records[-1].ended


def _require_covenant(state: CircleState) -> Covenant:
    if state.covenant is None:
        raise RuleError("There is no covenant yet: write one first.")
    return state.covenant


def _with_changes(state: CircleState, now: datetime, **changes: object) -> CircleState:
    """A new version where somebody has signed; what nobody has signed is still being written."""
    present = replace(_require_covenant(state), written=now, **changes)
    if present.signatures:
        fresh = replace(present, version=present.version + 1, signatures={})
        return replace(state, covenants=(*state.covenants, fresh))
    return replace(state, covenants=(*state.covenants[:-1], present))
