"""The covenant: a circle's agreement with itself, its versions and signatures.

Invariant: nobody can sign without a review date in the future. A change to a signed version
makes a new version, and signatures stay with the version they were given to (guide: practice, The
covenant).
"""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from circle_tui.core import date_reading, text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import cycle
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId

_PURPOSE = {
    "peer-circle": "We say out loud what we will do, and listen to how it went. "
    "We hold each other with care, and start again when something slips.",
    "pod": "We tell each other what we said we would do, what happened, and what comes next. "
    "We stay close enough to notice.",
    "movement-pod": "Each of us practises one behaviour that matters to the whole. "
    "What slips is not defended: we say what got in the way, and reset.",
    "trading-pair": "Each week we record twenty minutes for each other, and listen. "
    "All we count is that we keep going.",
}
_RHYTHM = {
    "peer-circle": "We meet {rhythm}.",
    "pod": "We meet {rhythm}. A cancelled meeting is rebooked within 48 hours.",
    "movement-pod": "We meet {rhythm}. Between two meetings each of us writes a few sentences.",
    "trading-pair": "We trade {rhythm}.",
}
_MISSED = "If you miss a meeting, one of us will reach out within two days."
_MISSED_TRADE = "If you miss a week, you say so and send the next one."
_REVIEWED_AFTER_AT_MOST = 365

_BOUNDARIES = (
    "This is not therapy and not supervision. What is said here stays here. We do not fix each "
    "other."
)


def proposal(circle: Circle, now: datetime) -> Covenant:
    """A first version from the format's defaults, without a review date."""
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
    """The review date to propose: one cycle from now, but at most a year."""
    days = circle.cycle * circle.rhythm.days
    today = circle.day(now)
    return today + timedelta(days=min(days, _REVIEWED_AFTER_AT_MOST))


@CircleCommand
def write(state: CircleState, now: datetime) -> CircleState:
    """Make the first covenant, from the defaults of the circle's format."""
    if state.covenant is not None:
        raise RuleError("You have a covenant already: change one of its clauses.")
    return replace(state, covenants=(proposal(state.circle, now),))


@CircleCommand
def change(state: CircleState, now: datetime, clause: Clause, words: str) -> CircleState:
    """Change the text of one clause. Raises `RuleError` if it is empty or too long."""
    cleaned = text.words(words)
    if not cleaned:
        raise RuleError("A clause needs words. Write one or two sentences.")
    present = _require_covenant(state)
    if present.clauses.get(clause) == cleaned:
        raise RuleError("That's what it says already.")
    return _with_changes(state, now, clauses={**present.clauses, clause: cleaned})


@CircleCommand
def set_review(state: CircleState, now: datetime, typed: str) -> CircleState:
    """Set the review date, as typed."""
    day = date_reading.read_coming_day(state.circle, typed, now)
    if _require_covenant(state).review == day:
        raise RuleError("It's already set for that day.")
    return _with_changes(state, now, review=day)


@CircleCommand
def sign(state: CircleState, now: datetime, member: MemberId | None) -> CircleState:
    """Sign the current version as `member`; None stands for nobody chosen yet and is refused."""
    present = _require_covenant(state)
    if present.review is None:
        raise RuleError("Choose a review date first: press d. Then you can sign.")
    if review_due(state, state.circle.day(now)):
        raise RuleError(
            "It's time to review it: look at it together, then press d for the next date."
        )
    if member is None:
        raise RuleError("Choose yourself first, by number or with ↑ ↓. Then press s to sign.")
    person = next((signer for signer in state.circle.members if signer.id == member), None)
    if person is None or person.left is not None:
        raise RuleError("Only members can sign.")
    if member in present.signatures:
        raise RuleError(f"{person.name} has already signed this version.")
    signed = replace(present, signatures={**present.signatures, member: now})
    return replace(state, covenants=(*state.covenants[:-1], signed))


def unsigned(state: CircleState) -> tuple[MemberId, ...]:
    """The ids of the members who have not signed the current version, in seat order."""
    if state.covenant is None:
        return ()
    return tuple(
        member.id
        for member in state.circle.members
        if member.left is None and member.id not in state.covenant.signatures
    )


def review_due(state: CircleState, today: date) -> bool:
    """Whether the review date has come."""
    present = state.covenant
    return present is not None and present.review is not None and present.review <= today


def redesign_is_due(state: CircleState) -> bool:
    """Whether the circle chose to redesign and has not changed its covenant since."""
    if cycle.last_choice(state.records) is not CycleChoice.REDESIGN:
        return False
    return state.covenant is None or state.covenant.written < state.records[-1].ended


def _require_covenant(state: CircleState) -> Covenant:
    if state.covenant is None:
        raise RuleError("There's no covenant yet. Write one first.")
    return state.covenant


def _with_changes(state: CircleState, now: datetime, **changes: object) -> CircleState:
    """The current version with changes; a new version if somebody has signed the current one."""
    present = replace(_require_covenant(state), written=now, **changes)
    if present.signatures:
        fresh = replace(present, version=present.version + 1, signatures={})
        return replace(state, covenants=(*state.covenants, fresh))
    return replace(state, covenants=(*state.covenants[:-1], present))
