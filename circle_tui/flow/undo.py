"""Undo and redo, and what is said of them."""

from typing import NamedTuple

from circle_tui.service.changes import Change, MeetingChange
from circle_tui.service.circle_service import CircleService
from circle_tui.views import changes


class Undone(NamedTuple):
    """What undo or redo did, as a sentence, and whether that was in the meeting."""

    sentence: str
    in_meeting: bool


def undo(service: CircleService) -> Undone:
    """Take back the last change. Raises `RuleError` if there is none."""
    change = service.undo()
    return Undone(changes.undone(_name(change)), isinstance(change, MeetingChange))


def redo(service: CircleService) -> Undone:
    """Make the change again that undo took back last. Raises `RuleError` if there is none."""
    change = service.redo()
    return Undone(changes.redone(_name(change)), isinstance(change, MeetingChange))


def _name(change: Change) -> str:
    if isinstance(change, MeetingChange):
        return changes.meeting_change(change.before, change.events)
    return changes.circle_change(change.command, change.args, change.before, change.after)
