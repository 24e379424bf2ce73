"""How a typed text is understood, shown before enter accepts it.

Invariant: it shows what the command itself would make of the text; a refusal is shown only after
enter.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from circle_tui.core import dates
from circle_tui.core.circle import commitments, covenant, membership, rebooking, schedule
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.replay import apply
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.core.text import shorten
from circle_tui.views import question, settings
from circle_tui.views.question import Question
from circle_tui.views.view import Ask, Command, DraftChange

_TAKES = "Enter saves · Esc cancels"


def while_typing(snapshot: CircleSnapshot | MeetingSnapshot, does: Ask, typed: str) -> str:
    """The line above the keys while `typed` is in the field; "" for the usual line."""
    if not typed.strip():
        return ""
    try:
        said = _said(snapshot, does, typed)
    except AmbiguousError as asked:
        return f"Enter asks what you mean by “{shorten(asked.typed)}”."
    except RuleError:
        return ""
    return f"{said}. {_TAKES}" if said else ""


def which_reading(
    snapshot: CircleSnapshot | MeetingSnapshot, does: Ask, asked: AmbiguousError
) -> Question:
    """The question which reading of a typed text is meant, with each reading in words."""

    def said(reading: str) -> str:
        with suppress(RuleError):
            return _said(snapshot, does, reading) or reading
        return reading

    return question.which_reading(asked, *map(said, asked.readings))


def _said(snapshot: CircleSnapshot | MeetingSnapshot, does: Ask, typed: str) -> str:
    """How the text is understood; "" if there is nothing to say. Raises `RuleError`."""
    if isinstance(snapshot, CircleSnapshot):
        return _between_meetings(snapshot, does, typed)
    return _in_a_meeting(snapshot, does, typed)


def _in_a_meeting(snapshot: MeetingSnapshot, does: Ask, typed: str) -> str:
    if does.command is not closing_commands.propose_date:
        return ""
    meeting = snapshot.meeting
    for event in closing_commands.propose_date(meeting, snapshot.now, typed):
        meeting = apply(meeting, event)
    assert meeting.next is not None
    return dates.understood(meeting.next, meeting.circle, snapshot.now, snapshot.here)


def _between_meetings(snapshot: CircleSnapshot, does: Ask, typed: str) -> str:
    if isinstance(does.command, DraftChange):
        from circle_tui.views import paper_meeting

        return paper_meeting.understood(snapshot, does, typed)
    says = _SAYS.get(does.command) or _of_contract(does.command)
    shown = settings.shown(does)
    if says is None and shown is None:
        return ""
    after: CircleState = does.command(snapshot.state, snapshot.now, *does.args, typed)
    if shown is not None:
        return shown(after.circle)
    assert says is not None
    return says(snapshot, after, does)


def _new_date(snapshot: CircleSnapshot, after: CircleState, _does: Ask) -> str:
    planned = schedule.planned(after)
    return dates.understood(planned, snapshot.circle, snapshot.now, snapshot.here)


def _joined(_snapshot: CircleSnapshot, after: CircleState, _does: Ask) -> str:
    people = sum(member.left is None for member in after.circle.members)
    return f"With {after.circle.members[-1].name} you are {people} people"


def _renamed(_snapshot: CircleSnapshot, after: CircleState, does: Ask) -> str:
    return after.member(does.args[0]).name


def _review(snapshot: CircleSnapshot, after: CircleState, _does: Ask) -> str:
    assert after.covenant is not None
    assert after.covenant.review is not None
    return _day(snapshot, after.covenant.review)


def _due(snapshot: CircleSnapshot, after: CircleState, does: Ask) -> str:
    due = next(each.due for each in commitments.open_commitments(after) if each.id == does.args[0])
    return "" if due == commitments.NEXT else _day(snapshot, date.fromisoformat(due))


def _of_contract(
    command: Command,
) -> Callable[[CircleSnapshot, CircleState, Ask], str] | None:
    """The function that puts a contract's review date into words; None for other commands."""
    if not getattr(command, "__module__", "").endswith(".contracts.wording"):
        return None
    # Imported here, because only text about contracts needs it.
    from circle_tui.core.contracts import wording

    return _looked_at_again if command in (wording.set_review, wording.set_length) else None


def _looked_at_again(snapshot: CircleSnapshot, after: CircleState, does: Ask) -> str:
    versions = [each for each in after.contracts if each.contract == does.args[0]]
    review = versions[-1].review
    return "" if review is None else f"You'll review it on {_day(snapshot, review)}"


def _day(snapshot: CircleSnapshot, day: date) -> str:
    return dates.understood_day(day, snapshot.circle.day(snapshot.now))


_SAYS: dict[Command, Callable[[CircleSnapshot, CircleState, Ask], str]] = {
    rebooking.rebook: _new_date,
    membership.join: _joined,
    membership.rename: _renamed,
    covenant.set_review: _review,
    commitments.set_due: _due,
}
"""For each command that parses typed text, how to describe the state after it."""
