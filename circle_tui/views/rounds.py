"""What all screens of a round share: the listening rule, the covenant, arriving and leaving.

Invariant: the listening rule names nobody. The covenant's clause about missing members is shown at
the closing only.
"""

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.state import Clause
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.views.view import Intent, Local, Offer

PUT_AWAY = "Esc closes this."
BEGIN_OR_PUT_AWAY = "Enter starts the first share · Esc closes this"

MEETING_IS_ON = "You're in a meeting. q quits, and it waits for you right here."

_READ_ALOUD = (Clause.PURPOSE, Clause.RHYTHM, Clause.BOUNDARIES)


def round_offers(
    meeting: Meeting, *, overlay_shown: bool, resetting: bool = False
) -> dict[str, Offer | Intent]:
    """The actions of every screen of a round.

    `overlay_shown` is whether the rule or the covenant covers the screen, `resetting` whether a
    missed commitment waits for its reset: its keys are those of the rule and the arrivals.
    """
    offers: dict[str, Offer | Intent] = {
        "back": Local.BACK if overlay_shown else Offer(Local.NOWHERE, MEETING_IS_ON),
    }
    if not resetting:
        offers |= {"rule": Local.LISTENING_RULE, "arrivals": Local.ARRIVALS}
    if meeting.context.covenant:
        offers["covenant"] = Local.SHOW_COVENANT
    return offers


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
