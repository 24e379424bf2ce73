"""What all screens of a round share: the listening rule, the covenant, arriving and leaving.

Invariant: the listening rule names nobody. The covenant's clause about missing members is shown at
the closing only. While the rule or the covenant lies over a screen, no key changes the meeting; but
for the covenant over the first turn, below which the first share is started.
"""

from enum import Enum, auto
from typing import TypeVar

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.state import Clause
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.views.action_table import Place, spec
from circle_tui.views.view import Action, Intent, Local, Offer, View

PUT_AWAY = "Enter or Esc closes this."
PUT_AWAY_FIRST = "Enter or Esc closes this first."
BEGIN_OR_PUT_AWAY = "Enter starts · Esc closes this"

MEETING_IS_ON = "You're in a meeting. q quits, and it waits for you right here."

_ShownView = TypeVar("_ShownView", bound=View)

_READ_ALOUD = (Clause.PURPOSE, Clause.RHYTHM, Clause.BOUNDARIES)


class Overlay(Enum):
    """What lies over a screen of the round, for everybody to read."""

    RULE = auto()
    COVENANT = auto()
    COVENANT_OF_FIRST_TURN = auto()
    """It came by itself as the round began."""


def round_offers(meeting: Meeting, *, resetting: bool = False) -> dict[str, Offer | Intent]:
    """The actions of every screen of a round.

    `resetting` is whether a missed commitment waits for its reset: its keys are those of the rule
    and the arrivals.
    """
    offers: dict[str, Offer | Intent] = {"back": Offer(Local.NOWHERE, MEETING_IS_ON)}
    if not resetting:
        offers |= {"rule": Local.LISTENING_RULE, "arrivals": Local.ARRIVALS}
    if meeting.context.covenant:
        offers["covenant"] = Local.SHOW_COVENANT
    return offers


def with_overlay(view: _ShownView, place: Place, overlay: Overlay | None) -> _ShownView:
    """The view of a place while `overlay` lies over it; the view itself without one."""
    if overlay is None:
        return view
    put_away = spec(place, "put_away")
    closes = Action(put_away, Local.BACK, put_away.label)
    others = tuple(action for action in view.actions if action.spec.id != "back")
    if overlay is Overlay.COVENANT_OF_FIRST_TURN:
        # After the others, so that enter starts the share.
        return replace(view, status=BEGIN_OR_PUT_AWAY, actions=(*others, closes))
    own = "rule" if overlay is Overlay.RULE else "covenant"
    actions = (closes, *(_below(action, own) for action in (*others, *_undo_and_redo())))
    return replace(view, status=PUT_AWAY, actions=actions, only_action="")


def _below(action: Action, own: str) -> Action:
    """An action while something lies over the round: only to close it or to show the other one.

    `own` is the id of the action that closes it too. The footer shows nothing that says why not.
    """
    if action.spec.id == own:
        return replace(action, spec=replace(action.spec, in_spare_room=False))
    if action.spec.id in {"rule", "covenant"}:
        return action
    quiet = replace(action.spec, in_footer=False)
    return replace(action, spec=quiet, disabled_reason=PUT_AWAY_FIRST)


def _undo_and_redo() -> tuple[Action, ...]:
    offers = (("undo", Local.UNDO), ("redo", Local.REDO))
    rows = ((spec(Place.EVERYWHERE, action_id), does) for action_id, does in offers)
    return tuple(Action(row, does, row.label) for row, does in rows)


def covenant_read_aloud(meeting: Meeting) -> tuple[str, ...]:
    """The clauses that are shown as a round begins; empty if there is no covenant."""
    clauses = meeting.context.covenant
    return tuple(clauses[clause] for clause in _READ_ALOUD if clause in clauses)


def covenant_of_first_turn(meeting: Meeting) -> tuple[str, ...]:
    """The clauses that are read aloud before the first share; empty at any other time."""
    return covenant_read_aloud(meeting) if just_begun(meeting) else ()


def just_begun(meeting: Meeting) -> bool:
    """Whether the round has begun and nobody has finished or passed a turn yet."""
    return meeting.phase is Phase.READY and not (meeting.finished or meeting.passed)


def movement_sentence(meeting: Meeting, member: MemberId) -> str:
    """What has just happened to a member who arrived or left."""
    person = meeting.person(member)
    if not person.here:
        return f"{person.name} has left."
    if person.attendance is Attendance.LEFT_EARLY:
        return f"{person.name} speaks next, then leaves."
    if meeting.waiting and meeting.waiting[-1] == member:
        return f"{person.name} is here and joins at the end."
    return f"{person.name} is here."
